"""What somebody who owns the database can do to the journal: she lifts the guards and knows the
program, but not the key.  Each attack answers with the number of the first entry it spoils.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection, transaction

from shangliang.matters import chain, guards, journal
from shangliang.matters.models import ChainHead, Entry, EntryContent, Matter

FACTS = (
    "matter", "verb", "was", "now", "by", "acting_as", "at", "about", "algorithm", "commitment",
    "previous", "hash", "seal",
)  # fmt: skip


@contextmanager
def tampering() -> Iterator[None]:
    """The guards are lifted; afterwards everything is as it was."""
    mark = transaction.savepoint()
    guards.lift(connection)
    try:
        yield
    finally:
        transaction.savepoint_rollback(mark)


def back_in_order() -> None:
    """She puts the guards up again, so that nobody misses them."""
    connection.check_constraints()  # PostgreSQL alters no table with checks still to be made
    guards.put_up(connection)


def count() -> int:
    return Entry.objects.count()


def somewhere(dice: Random, leave: int = 0) -> int:
    return dice.randint(1, count() - leave)


def change_a_fact(dice: Random) -> int:
    """She rewrites history in one column, or moves it to another minute."""
    entry = Entry.objects.get(pk=somewhere(dice))
    name = dice.choice(FACTS)
    values: dict[str, Any] = {
        "matter": None if entry.matter_id else Matter.objects.first(),
        "by": None if entry.by_id else Entry.objects.exclude(by=None).first().by,
        "at": entry.at - timedelta(minutes=dice.randint(1, 600)),
        "about": None if entry.about_id else Entry.objects.get(pk=1),
        "algorithm": dice.choice(["md5", "sha256", ""]),
    }
    value = values.get(name, secrets.token_hex(6)) if name in values else secrets.token_hex(6)
    Entry.objects.filter(pk=entry.pk).update(**{name: value})
    erased = entry.about_id if entry.verb == "blank" and name in ("about", "verb") else None
    return erased or entry.pk


def change_the_words(dice: Random) -> int:
    content = EntryContent.objects.order_by("pk")[dice.randrange(EntryContent.objects.count())]
    changes = [
        {"note": content.note + "（同意）"}, {"data": {**content.data, "extra": "是"}},
        {"salt": secrets.token_hex(16)},
    ]  # fmt: skip
    EntryContent.objects.filter(pk=content.pk).update(**dice.choice(changes))
    return content.pk


def delete_an_entry(dice: Random) -> int:
    gone = somewhere(dice)
    silent = unsaid(gone) if Entry.objects.get(pk=gone).verb == "blank" else None
    run("DELETE FROM matters_entrycontent WHERE entry_id = %s", gone)
    run("DELETE FROM matters_entry WHERE id = %s", gone)
    return silent or gone


def unsaid(place: int) -> int | None:
    """The entry whose words are missing without a reason once those from `place` on are gone."""
    blank = Entry.objects.filter(verb="blank", pk__gte=place).first()
    return blank.about_id if blank else None


def delete_the_words(dice: Random) -> int:
    content = EntryContent.objects.order_by("pk")[dice.randrange(EntryContent.objects.count())]
    run("DELETE FROM matters_entrycontent WHERE entry_id = %s", content.pk)
    return content.pk


def make_up_erased_words(dice: Random) -> int:
    blank = Entry.objects.get(verb="blank")
    salt = secrets.token_hex(16)
    EntryContent.objects.create(entry=blank.about, note="另外一句话。", data={}, salt=salt)
    return blank.about_id


def insert_an_entry(dice: Random) -> int:
    """One more entry in the middle, everything after it moved up and chained anew."""
    place = somewhere(dice, leave=1) + 1
    move_up(place)
    forge(place)
    chain_anew(place)
    return place


def hang_an_entry_on(dice: Random) -> int:
    place = count() + 1
    forge(place)
    chain_anew(place)
    return place


def swap_two(dice: Random) -> int:
    first, second = sorted(dice.sample(range(1, count() + 1), 2))
    one, two = (Entry.objects.filter(pk=pk).values(*FACTS)[0] for pk in (first, second))
    Entry.objects.filter(pk=first).update(**two)
    Entry.objects.filter(pk=second).update(**one)
    return first


def cut_the_tail(dice: Random) -> int:
    """The last entries vanish and the head is set back: yesterday's database, in good order."""
    keep = count() - dice.randint(1, 5)
    silent = unsaid(keep + 1)
    cut_to(keep)
    return silent or keep + 1


def cut_to(keep: int) -> None:
    run("UPDATE matters_notice SET entry_id = NULL WHERE entry_id > %s", keep)
    run("UPDATE matters_deadline SET opened_by_id = NULL WHERE opened_by_id > %s", keep)
    run("DELETE FROM matters_entrycontent WHERE entry_id > %s", keep)
    run("DELETE FROM matters_entry WHERE id > %s", keep)
    ChainHead.objects.update(seq=keep, hash=Entry.objects.get(pk=keep).hash)


def rewrite_and_chain_anew(dice: Random) -> int:
    """One fact is changed and every later link computed again."""
    place = somewhere(dice)
    Entry.objects.filter(pk=place).update(acting_as="提案委")
    chain_anew(place)
    return place


ATTACKS: tuple[Callable[[Random], int], ...] = (
    change_a_fact, change_the_words, delete_an_entry, delete_the_words, make_up_erased_words,
    insert_an_entry, hang_an_entry_on, swap_two, cut_the_tail, rewrite_and_chain_anew,
)  # fmt: skip


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def move_up(place: int) -> None:
    """Renumber the entries from `place` on; through negative numbers, so that none collide."""
    for column in ("matters_entry.id", "matters_entrycontent.entry_id"):
        table, name = column.split(".")
        run(f"UPDATE {table} SET {name} = -({name} + 1) WHERE {name} >= %s", place)
        run(f"UPDATE {table} SET {name} = -{name} WHERE {name} < 0")
    run("UPDATE matters_entry SET about_id = about_id + 1 WHERE about_id >= %s", place)


def forge(place: int) -> None:
    model, salt = Entry.objects.get(pk=place - 1), secrets.token_hex(16)
    note = "经研究，同意撤案。"
    entry = Entry(
        id=place, verb="release", matter_id=model.matter_id, by_id=model.by_id, at=model.at,
        algorithm=chain.ALGORITHM, commitment=chain.commitment(salt, note, {}),
        previous=model.hash, hash="", seal=secrets.token_hex(32),
    )  # fmt: skip
    entry.save(force_insert=True)
    EntryContent.objects.create(entry=entry, note=note, data={}, salt=salt)


def chain_anew(place: int, key: bytes | None = None) -> None:
    """Compute the links from `place` on, and the seals too if she has the key."""
    before = Entry.objects.filter(pk=place - 1).first()
    previous = before.hash if before else chain.START
    for entry in Entry.objects.filter(pk__gte=place).order_by("pk"):
        entry.previous = previous
        entry.hash = chain.link(previous, journal.facts(entry), entry.algorithm)
        if key:
            entry.seal = chain.seal(key, entry.hash.encode(), entry.algorithm)
        Entry.objects.filter(pk=entry.pk).update(
            previous=previous, hash=entry.hash, seal=entry.seal
        )
        previous = entry.hash
    ChainHead.objects.update(seq=entry.pk, hash=previous)
