"""Nothing the journal says is altered unnoticed, and what must be forgotten can be."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from shangliang.matters import audit, chain, checkpoints, guards, journal, keys
from shangliang.matters.flow import move
from shangliang.matters.models import Entry, EntryContent, Matter
from shangliang.matters.refusals import NotAllowed, Refused
from shangliang.matters.tick import note_the_journal
from shangliang.people.record import record
from tests.matters import attacks
from tests.matters.attacks import ATTACKS, chain_anew, tampering
from tests.world import SPRING, World, proposal, walk

ATTEMPTS = 200


@pytest.fixture
def told(world: World) -> World:
    """A small county's journal: three proposals in three states, one entry's words erased."""
    first, second, third = (proposal(world) for _ in range(3))
    walk(first, (world.lin, "submit"), (world.chen, "return", "请补充周敏的电话 13800000002。"))
    walk(second, (world.lin, "submit"))
    walk(second, (world.chen, "review", {"category": "social", "proposed": "file"}))
    walk(second, (world.he, "file"))
    walk(third, (world.lin, "withdraw", "与他人重复。"))
    private = Entry.objects.get(verb="return")
    journal.blank(private, by=world.aud, at=SPRING, reason="含有他人电话。")
    walk(first, (world.lin, "submit"), at=SPRING + timedelta(days=1))
    world.proposals = (first, second, third)
    return world


# ── the guards ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE matters_entry SET verb = 'file' WHERE id = 2",
        "DELETE FROM matters_entry WHERE id = 2",
        "UPDATE matters_entrycontent SET note = '' WHERE entry_id = 2",
        "DELETE FROM matters_entrycontent WHERE entry_id = 2",
    ],
)
def test_the_database_itself_refuses_to_change_the_journal(told: World, sql: str) -> None:
    before = list(Entry.objects.values()), list(EntryContent.objects.values())

    with pytest.raises(DatabaseError, match="日志"), transaction.atomic():
        attacks.run(sql)

    assert before == (list(Entry.objects.values()), list(EntryContent.objects.values()))


@pytest.mark.sqlite_only
@pytest.mark.parametrize("table", [guards.ENTRY, guards.CONTENT])
def test_replacing_a_row_is_a_change_too(told: World, table: str) -> None:
    replace = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} ORDER BY 1 LIMIT 1"
    with pytest.raises(DatabaseError, match="日志"), transaction.atomic():
        attacks.run(replace)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's")
@pytest.mark.parametrize("table", [guards.ENTRY, guards.CONTENT])
def test_emptying_the_table_at_once_is_refused(told: World, table: str) -> None:
    connection.check_constraints()
    with pytest.raises(DatabaseError, match="日志"), transaction.atomic():
        attacks.run(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="replica roles are PostgreSQL's")
def test_a_session_that_calls_itself_a_replica_is_refused_as_well(told: World) -> None:
    attacks.run("SET LOCAL session_replication_role = replica")
    with pytest.raises(DatabaseError, match="日志"), transaction.atomic():
        Entry.objects.filter(pk=2).update(verb="file")


def test_words_may_go_only_after_an_entry_that_says_so(told: World) -> None:
    entry = Entry.objects.get(verb="withdraw")
    with pytest.raises(DatabaseError, match="登记清除"), transaction.atomic():
        EntryContent.objects.filter(entry=entry).delete()

    journal.blank(entry, by=told.aud, at=SPRING, reason="本人要求。")
    assert not EntryContent.objects.filter(entry=entry).exists()


def test_lifted_guards_are_missed_and_the_next_migration_puts_them_up(told: World) -> None:
    guards.lift(connection)
    fault = audit.verify().fault
    assert fault is not None
    assert "触发器缺失" in fault.sentence

    connection.check_constraints()
    guards.after_migrating(using="default")
    assert audit.verify().fault is None


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_rebuilding_a_table_of_the_journal_keeps_its_guards() -> None:
    """Django on SQLite changes a column by copying the table, and triggers do not come along."""
    guards.before_migrating(using="default", plan=["a migration"])
    with connection.schema_editor() as editor:
        editor._remake_table(Entry)
    guards.after_migrating(using="default")

    assert guards.absent(connection) == []


# ── the chain ─────────────────────────────────────────────────────────────────────────────


def test_entries_count_without_gaps_even_when_a_step_fails(told: World) -> None:
    last = Entry.objects.count()
    mark = transaction.savepoint()
    journal.write("export", by=told.aud, at=SPRING)
    transaction.savepoint_rollback(mark)
    entry = journal.write("export", by=told.aud, at=SPRING)

    assert entry.id == last + 1
    assert list(Entry.objects.values_list("id", flat=True)) == list(range(1, last + 2))


def test_what_is_hashed_is_what_will_be_read_again(world: World) -> None:
    said = {"2": "b", "10": ["a", 1.5, None, True], "名": {"深": "浅"}}
    journal.write("export", by=None, at=SPRING, note="行一\r\n行二\x1b[0m", data=said)
    journal.write("export", by=None, at=SPRING, data={10: ("a",), 2: "b"})

    assert audit.verify().fault is None
    assert EntryContent.objects.last().data == {"10": ["a"], "2": "b"}


@pytest.mark.parametrize("number", [1e20, float("nan"), float("inf")])
def test_a_number_the_engines_spell_differently_is_not_taken(world: World, number: float) -> None:
    with pytest.raises(ValueError, match=r"journal|JSON"):
        journal.write("export", by=None, at=SPRING, data={"n": number})


def test_a_time_without_its_zone_is_not_taken(world: World) -> None:
    with pytest.raises(ValueError, match="time zone"):
        journal.write("export", by=None, at=SPRING.replace(tzinfo=None))


def test_the_house_itself_has_a_journal(world: World) -> None:
    record("log_in", by=world.lin, at=SPRING, device="d1")

    entry = Entry.objects.get()
    assert (entry.verb, entry.by, entry.matter) == ("log_in", world.lin, None)
    assert entry.content.data == {"device": "d1"}


def test_a_step_from_outside_the_circle_is_written_down_beside_the_matter(told: World) -> None:
    paper = told.proposals[0]
    with pytest.raises(NotAllowed):
        move(paper, "return", by=told.zhou, at=SPRING, note="试试。")

    entry = Entry.objects.last()
    assert (entry.verb, entry.by, entry.matter) == ("refused", told.zhou, None)
    assert entry.content.data["step"] == "return"
    assert not paper.entries.filter(verb="refused").exists()


# ── forgetting ────────────────────────────────────────────────────────────────────────────


def test_erased_words_are_gone_for_good_and_the_chain_still_holds(told: World) -> None:
    private = Entry.objects.get(verb="return")
    assert not EntryContent.objects.filter(entry=private).exists()
    assert (private.by, private.was, private.now) == (told.chen, "submitted", "returned")

    said = Entry.objects.get(verb="blank")
    assert (said.about, said.by, said.content.note) == (private, told.aud, "含有他人电话。")
    verdict = audit.verify()
    assert (verdict.fault, verdict.blanked) == (None, 1)


def test_erased_words_cannot_be_guessed_from_what_remains(told: World) -> None:
    """Even a right guess proves nothing: the salt went with the words."""
    private = Entry.objects.get(verb="return")
    guess = chain.commitment("", "请补充周敏的电话 13800000002。", {})
    assert guess != private.commitment


@pytest.mark.parametrize("reason", ["", "  "])
def test_forgetting_wants_a_reason(told: World, reason: str) -> None:
    with pytest.raises(Refused, match="请写明清除的理由"):
        journal.blank(Entry.objects.get(pk=1), by=told.aud, at=SPRING, reason=reason)


def test_forgetting_is_not_forgotten(told: World) -> None:
    with pytest.raises(Refused, match="不能清除"):
        journal.blank(Entry.objects.get(verb="blank"), by=told.aud, at=SPRING, reason="再清。")
    with pytest.raises(Refused, match="已经清除"):
        journal.blank(Entry.objects.get(verb="return"), by=told.aud, at=SPRING, reason="再清。")


# ── reading it against itself ─────────────────────────────────────────────────────────────


def test_an_honest_journal_is_whole(told: World) -> None:
    point = checkpoints.take(SPRING)
    verdict = audit.verify([point])

    assert (verdict.fault, verdict.entries) == (None, point.seq)


def test_an_empty_journal_is_whole(db: Any) -> None:
    assert audit.verify().fault is None
    with pytest.raises(Refused, match="还是空的"):
        checkpoints.take(SPRING)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_every_tampering_is_found_and_its_first_entry_named(told: World, attack: Any) -> None:
    point, found = checkpoints.take(SPRING), 0
    attempts = ATTEMPTS // len(ATTACKS)
    for seed in range(attempts):
        with tampering():
            spoiled = attack(Random(f"{attack.__name__} {seed}"))
            fault = audit.verify([point]).fault
        assert fault is not None, seed
        assert fault.seq == spoiled, (seed, fault)
        assert str(spoiled) in fault.sentence
        found += 1
    assert found == attempts
    assert audit.verify([point]).fault is None


def test_words_that_were_erased_and_stand_there_again_are_noticed(told: World) -> None:
    """A backup brings them back; whoever restores it has to erase them again."""
    entry = journal.write("export", by=None, at=SPRING, note="可恢复的话。")
    kept = EntryContent.objects.get(entry=entry)
    blank = journal.blank(entry, by=told.aud, at=SPRING, reason="本人要求。")
    kept.save(force_insert=True)

    fault = audit.verify().fault
    assert fault is not None
    assert (fault.seq, "仍然存在" in fault.sentence) == (blank.pk, True)


def test_even_the_key_does_not_help_against_a_checkpoint_kept_elsewhere(told: World) -> None:
    early = checkpoints.take(SPRING)
    walk(told.proposals[1], (told.lin, "withdraw", "重复。"))
    late = checkpoints.take(SPRING)
    guards.lift(connection)
    Entry.objects.filter(pk=late.seq).update(acting_as="提案委")
    chain_anew(late.seq, keys.current())
    attacks.back_in_order()
    assert audit.verify([early]).fault is None

    fault = audit.verify([late, early]).fault
    assert fault is not None
    assert fault.seq == late.seq
    assert f"从第 {early.seq + 1} 号到这里" in fault.sentence


def test_a_matter_that_stands_elsewhere_than_its_journal_says_is_found(told: World) -> None:
    paper = told.proposals[1]
    Matter.objects.filter(pk=paper.pk).update(state="closed")

    fault = audit.verify().fault
    assert fault is not None
    assert fault.seq == paper.entries.last().pk
    assert "现为“closed”，而第" in fault.sentence


def test_a_matter_the_journal_never_heard_of_is_found(told: World) -> None:
    paper = told.proposals[1]
    Matter.objects.create(
        kind=paper.kind, title="空降", state="filed", organisation=told.county,
        created_at=SPRING, moved_at=SPRING,
    )  # fmt: skip

    fault = audit.verify().fault
    assert fault is not None
    assert "日志中却没有它" in fault.sentence


def test_replaying_the_journal_gives_every_matter_its_state(told: World) -> None:
    replayed: dict[int, str] = {}
    for entry in Entry.objects.exclude(matter=None).exclude(now=""):
        assert replayed.get(entry.matter_id, "") == entry.was
        replayed[entry.matter_id] = entry.now

    assert replayed == dict(Matter.objects.values_list("pk", "state"))


def test_a_damaged_row_is_named_and_does_not_stop_the_reader(told: World) -> None:
    guards.lift(connection)
    nonsense = "'2026-99-99'" if connection.vendor == "sqlite" else "'infinity'"
    attacks.run(f"UPDATE matters_entry SET at = {nonsense} WHERE id = 4")

    fault = audit.verify().fault
    assert fault is not None
    assert fault.seq == 4


def test_former_keys_are_remembered(told: World, settings: Any) -> None:
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another key, drawn after a leak"
    fault = audit.verify().fault
    assert fault is not None
    assert "SECRET_KEY_FALLBACKS" in fault.sentence

    settings.SECRET_KEY_FALLBACKS = [former]
    journal.write("export", by=None, at=SPRING)
    assert audit.verify([checkpoints.take(SPRING)]).fault is None


# ── checkpoints and commands ──────────────────────────────────────────────────────────────


def run(*words: str) -> tuple[int, str, str]:
    """Exit code, what it said, what it complained of."""
    out, err = StringIO(), StringIO()
    try:
        call_command("audit", *words, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_a_cut_tail_shows_only_against_a_checkpoint_file(told: World, tmp_path: Path) -> None:
    file = str(tmp_path / "checkpoint.json")
    assert run("checkpoint", file)[0] == 0
    assert run("verify", "--checkpoint", file)[:2] == (
        0, f"日志完好：共 {Entry.objects.count()} 条，其中 1 条的内容已登记清除。\n",
    )  # fmt: skip

    last = Entry.objects.count()
    with tampering():
        attacks.cut_to(last - 1)
        Matter.objects.filter(pk=told.proposals[0].pk).update(state="returned")
        attacks.back_in_order()
        code, said, _ = run("verify")
        assert code == 0
        assert "看不出末尾是否被截去" in said
        code, _, said = run("verify", "--checkpoint", file)
        assert code == 1
        assert f"第 {last} 号日志不见了" in said


def test_a_forged_checkpoint_is_noticed(told: World, tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.json"
    run("checkpoint", str(file))
    said = json.loads(file.read_text())
    before = Entry.objects.get(pk=said["seq"] - 1)
    file.write_text(json.dumps(said | {"seq": before.pk, "hash": before.hash}))

    code, _, complaint = run("verify", "--checkpoint", str(file))
    assert code == 1
    assert "检查点文件不是本系统写的" in complaint


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"seq": "1"}', '{"seq": "1", "hash": 1, "at": "", "algorithm": ""}']
)
def test_another_file_is_no_checkpoint(told: World, tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)
    assert run("verify", "--checkpoint", str(file))[0] == 1
    assert "不是检查点文件" in run("verify", "--checkpoint", str(file))[2]
    assert "无法读取" in run("verify", "--checkpoint", str(tmp_path / "none.json"))[2]


def test_a_later_checkpoint_is_not_replaced_by_an_older_one(told: World, tmp_path: Path) -> None:
    file = tmp_path / "checkpoint.json"
    early = checkpoints.take(SPRING)
    walk(told.proposals[1], (told.lin, "withdraw", "重复。"))
    checkpoints.write(checkpoints.take(SPRING), file)

    with pytest.raises(Refused, match="已有更新的检查点"):
        checkpoints.write(early, file)
    assert list(tmp_path.iterdir()) == [file]


def test_a_checkpoint_that_cannot_be_written_says_so(told: World, tmp_path: Path) -> None:
    code, _, complaint = run("checkpoint", str(tmp_path / "nowhere" / "checkpoint.json"))
    assert code == 1
    assert "检查点无法写入" in complaint


def test_words_are_erased_from_the_servers_own_console(told: World) -> None:
    number = Entry.objects.get(verb="withdraw").pk
    code, said, _ = run("blank", str(number), "--reason", "本人要求。")
    assert (code, f"第 {number} 号日志的内容已清除" in said) == (0, True)
    assert run("blank", str(number), "--reason", "再清。")[0] == 1
    assert "没有第 999 号日志" in run("blank", "999", "--reason", "没有。")[2]
    assert audit.verify().fault is None


def test_the_worker_keeps_a_checkpoint_elsewhere(
    told: World, tmp_path: Path, settings: Any, monkeypatch: Any
) -> None:
    settings.CHECKPOINTS = str(tmp_path)
    minute = timedelta(minutes=1)
    assert note_the_journal(SPRING) == 1
    assert note_the_journal(SPRING + minute) == 0  # nothing new
    journal.write("export", by=None, at=SPRING)
    assert note_the_journal(SPRING + 2 * minute) == 0  # hardly anything new
    assert note_the_journal(SPRING + 11 * minute) == 1
    journal.write("export", by=None, at=SPRING)
    monkeypatch.setattr(checkpoints, "EVERY", 1)
    assert note_the_journal(SPRING + 12 * minute) == 1
    journal.write("export", by=None, at=SPRING)
    assert note_the_journal(SPRING + timedelta(days=1)) == 1

    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "checkpoint-2026-03-02.json", "checkpoint-2026-03-03.json",
    ]  # fmt: skip
    assert run("verify", "--checkpoint", str(tmp_path))[0] == 0


def test_a_journal_that_became_shorter_is_reported_by_the_worker(
    told: World, tmp_path: Path, settings: Any, caplog: Any
) -> None:
    settings.CHECKPOINTS = str(tmp_path)
    note_the_journal(SPRING)
    with tampering():
        attacks.cut_to(Entry.objects.count() - 1)
        assert note_the_journal(SPRING + timedelta(days=1)) == 0
    assert "日志比检查点记下的短" in caplog.text

    settings.CHECKPOINTS = str(tmp_path / "nowhere")
    assert note_the_journal(SPRING) == 0
    assert "检查点无法写入" in caplog.text


def test_an_export_lets_anybody_check_the_chain_and_gives_no_words_away(
    told: World, tmp_path: Path
) -> None:
    file = tmp_path / "journal.jsonl"
    assert run("export", str(file))[0] == 0

    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    previous = chain.START
    for line in lines:
        algorithm, claimed = line.pop("algorithm"), line.pop("hash")
        assert line.pop("previous") == previous
        previous = chain.link(previous, line, algorithm)
        assert previous == claimed
    assert lines[-1]["verb"] == "export"
    assert "13800000002" not in file.read_text(encoding="utf-8")
    assert "与他人重复" not in file.read_text(encoding="utf-8")
