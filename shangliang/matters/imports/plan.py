"""What an import would do, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from shangliang.ui.languages import clauses

NEW, CHANGED, SAME, REFUSED = "new", "changed", "same", "refused"


@dataclass(frozen=True)
class Keeper:
    """How an import writes one kind of thing, describes it, and puts it back."""

    model: type[Model]
    present: Callable[[Any], dict[str, Any]]
    make: Callable[[Any, Any], None]  # the thing, and what comes with it beside its own fields
    restore: Callable[[Any, dict[str, Any]], None]
    unmake: Callable[[Any], object] = lambda thing: thing.delete()
    silent: bool = False  # goes along with something else and need not be told

    @property
    def label(self) -> str:
        return self.model._meta.label_lower


def plain_keeper(model: type[Model], *names: str) -> Keeper:
    """A keeper of things that are no more than their fields."""

    def present(thing: Any) -> dict[str, Any]:
        return {name: getattr(thing, name) for name in names}

    def restore(thing: Any, facts: dict[str, Any]) -> None:
        for name in names:
            field = cast("Field[Any, Any]", model._meta.get_field(name))
            setattr(thing, name, field.to_python(facts[name]))
        thing.save(update_fields=list(names))

    return Keeper(model, present, lambda thing, coming: thing.save(force_insert=True), restore)


@dataclass
class Deed:
    """One thing a row makes (`before` is None) or changes."""

    keeper: Keeper
    thing: Any
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    coming: Any = None
    kept: dict[str, Any] = field(default_factory=dict)

    def told(self) -> str:
        """The deed in a few words: 新增人员“沈岚”, or which fields become what."""
        meta = self.keeper.model._meta
        if self.before is None:
            return _("新增%(kind)s“%(name)s”") % {"kind": meta.verbose_name, "name": self.thing}
        after = self.after or {}
        return clauses(*(
            _("%(field)s由“%(was)s”改为“%(now)s”")
            % {"field": _field_word(meta, name), "was": _short(was), "now": _short(after[name])}
            for name, was in self.before.items()
            if after[name] != was
        ))  # fmt: skip


def _field_word(meta: Any, name: str) -> str:
    try:
        return str(meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return str(_("具体建议"))


def _short(value: Any, most: int = 16) -> str:
    said = (
        ""
        if value is None
        else _("%(n)s 条") % {"n": len(value)}
        if isinstance(value, list)
        else str(value)
    )
    return said if len(said) <= most else f"{said[:most]}…"


@dataclass
class RowPlan:
    """What one row would do: its deeds, why it cannot, and what a person should look at."""

    number: int
    key: str = ""
    title: str = ""
    deeds: list[Deed] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        if self.problems:
            return REFUSED
        if not self.deeds:
            return SAME
        return NEW if any(deed.before is None for deed in self.deeds) else CHANGED

    def told(self) -> list[str]:
        """What would be written for this row, deed by deed."""
        return (
            [] if self.problems else [deed.told() for deed in self.deeds if not deed.keeper.silent]
        )


@dataclass
class Plan:
    """The whole of it; nothing is written while one row is refused."""

    mapping: Mapping[str, str]
    rows: list[RowPlan] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        told = Counter(row.outcome for row in self.rows)
        return {outcome: told[outcome] for outcome in (NEW, CHANGED, SAME, REFUSED)}

    @property
    def may_apply(self) -> bool:
        return not any(row.problems for row in self.rows)

    @property
    def changes_nothing(self) -> bool:
        return not any(row.deeds for row in self.rows)

    def worth_a_look(self) -> Iterator[RowPlan]:
        """Refused rows first, then those with remarks."""
        yield from (row for row in self.rows if row.problems)
        yield from (row for row in self.rows if row.remarks and not row.problems)
