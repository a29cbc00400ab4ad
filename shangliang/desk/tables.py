"""What can be brought in and taken out as a table, and how the house tells about it."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError

from shangliang.analysis.tabular import Table
from shangliang.matters.imports.plan import Keeper, Plan
from shangliang.matters.imports.report import word
from shangliang.people.models import Organisation, Person

# Longer reports are for a file, not for a screen.
SHOWN = 60


@dataclass(frozen=True)
class Kind:
    """One kind of table: its columns, its plan, what its batches wrote, its way out."""

    name: str
    help: str
    fields: Mapping[str, str]
    keepers: Iterable[Keeper]
    suggest: Callable[[Sequence[str]], dict[str, str]]
    plan: Callable[[Table, Mapping[str, str], Organisation, dict[str, Any], datetime], Plan]
    header: Callable[[Organisation], list[str]]
    rows: Callable[[Organisation], Iterator[list[Any]]]
    add_options: Callable[[ArgumentParser], None] = lambda parser: None
    # Columns that are read by their name alone, such as 建议1, 建议2.
    reads: Callable[[str], object] = lambda column: False


def kinds() -> dict[str, Kind]:
    from .proposal_tables import PROPOSALS
    from .roster_tables import ROSTER

    return {kind.name: kind for kind in (PROPOSALS, ROSTER)}


def kind_named(name: str) -> Kind:
    return kinds()[name]


def committee_named(said: str) -> Organisation:
    """The committee called `said`, or the only one there is."""
    committees = Organisation.objects.filter(kind="committee")
    if not said and committees.count() == 1:
        return committees.get()
    found = [c for c in committees if said in (c.name, c.short_name)]
    if len(found) == 1:
        return found[0]
    names = "、".join(c.short_name or c.name for c in committees)
    if not names:
        raise CommandError("还没有设置政协委员会，请先完成设置。")
    raise CommandError(f"请用 --committee 指明是哪个政协委员会：{names}。")


def person_named(phone: str) -> Person | None:
    """Whose act it is, by telephone number; nobody's when none is given."""
    if not phone:
        return None
    person = Person.objects.filter(phone=phone).first()
    if person is None:
        raise CommandError(f"没有手机号为 {phone} 的人员。")
    return person


def report(kind: Kind, table: Table, plan: Plan, *, everything: bool) -> Iterator[str]:
    """The plan in lines a person reads: columns, counts, then row by row what to look at."""
    place = f"工作表“{table.sheet}”" if table.sheet else f"编码 {table.encoding}"
    yield f"读到 {len(table.rows)} 行，表头在第 {table.header_row} 行，{place}。"
    yield from _columns(kind, table, plan)
    yield from (
        f"注意：{note.sentence}" + _place(note.row, note.column) for note in table.notes[:10]
    )
    yield from plan.remarks
    rows = plan.rows if everything else list(plan.worth_a_look())
    shown = rows if everything else rows[:SHOWN]
    for row in shown:
        said = " ".join(row.problems or row.remarks or row.told())
        title = row.title if len(row.title) <= 24 else f"{row.title[:24]}…"
        yield f"  第 {row.number} 行 {word(row.outcome)} {title} {said}".rstrip()
    if len(shown) < len(rows):
        yield f"  另有 {len(rows) - len(shown)} 行有说明，可用 --report 写成表格查看。"
    yield "合计：" + "，".join(f"{word(name)} {n} 行" for name, n in plan.counts.items()) + "。"


def _columns(kind: Kind, table: Table, plan: Plan) -> Iterator[str]:
    """Which columns mean something else than their name says, and which are not read."""
    meant = {column: kind.fields[field] for field, column in plan.mapping.items()}
    told = [f"{column} → {label}" for column, label in meant.items() if column != label]
    yield "各列的含义：" + "；".join(told) + "。" if told else "各列按表头的名称读取。"
    unread = [column for column in table.header if column not in meant and not kind.reads(column)]
    if unread:
        yield f"没有读取的列：{'、'.join(unread)}。"


def _place(row: int, column: int) -> str:
    return f"（第 {row} 行第 {column} 列）" if row else ""


class Bar:
    """A line on the screen that fills while rows are written; ten plain lines in a log."""

    def __init__(self, out: Any, label: str) -> None:
        self.out, self.label, self.last = out, label, -1
        self.live = bool(getattr(out, "isatty", lambda: False)())

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *exc: object) -> None:
        if self.live and self.last >= 0:
            self.out.write("")

    def tick(self, done: int, whole: int) -> None:
        percent = 100 * done // max(whole, 1)
        if percent == self.last or (not self.live and percent // 10 == self.last // 10):
            return
        self.last = percent
        if self.live:
            filled = "█" * (percent // 4)
            self.out.write(f"\r{self.label} {filled:<25} {done}/{whole} ", ending="")
            self.out.flush()
        else:
            self.out.write(f"{self.label} {done}/{whole}")
