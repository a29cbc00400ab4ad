"""Papers of a matter: brought, read by those who may, never by others, and never damaged."""

import io
import os
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse

from shangliang.matters import attaching, documents, jobs, shelf
from shangliang.matters.attaching import attach, detach, file_paper, replace
from shangliang.matters.models import (
    Document,
    DocumentVersion,
    Entry,
    Matter,
    NamedNumber,
    StoredFile,
    Visibility,
)
from shangliang.matters.refusals import NotAllowed, Refused
from shangliang.matters.sweeping import sweep
from shangliang.people.models import Seat
from tests.matters.brought import docx_bytes, jpg_bytes, pdf_bytes, png_bytes
from tests.matters.hostile import MB, pdf_script
from tests.world import SPRING, build, proposal

DAY = SPRING.date()


@pytest.fixture
def draft(world):
    return proposal(world)


@pytest.fixture(scope="module")
def plan():
    return png_bytes()


def bring(matter, content, name="现场照片.png", *, by, at=SPRING, **more):
    return attach(matter, io.BytesIO(content), name, by=by, at=at, **more)


def get(client, person, version, **headers):
    client.force_login(person)
    return client.get(reverse("document", args=[version.document_id]), **headers)


def stand_in(matter, state="submitted", visibility=Visibility.HANDLERS):
    """As if its table had carried it there; the moves themselves are tested elsewhere."""
    Matter.objects.filter(pk=matter.pk).update(
        state=state, visibility=visibility, moved_at=SPRING + timedelta(hours=1)
    )
    matter.refresh_from_db()


def put_to(matter, unit, at=SPRING):
    matter.parts.create(role="lead_unit", unit=unit, since=at)


class TestBringing:
    def test_lin_xiao_adds_a_photo_to_her_draft(self, world, draft, plan):
        version = bring(draft, plan, by=world.lin)

        assert version.number == 1
        assert shelf.take(version.file.digest).read().startswith(b"\x89PNG")
        entry = draft.entries.latest("id")
        assert (entry.verb, entry.by) == ("attach", world.lin)
        assert entry.content.data["digest"] == version.file.digest

    def test_the_stored_photo_has_no_exif(self, world, draft):
        version = bring(draft, jpg_bytes(), "照片.jpg", by=world.lin)

        assert b"LINXIAO" not in shelf.take(version.file.digest).read()

    @pytest.mark.parametrize("who", ["zhou", "passer", "gao", "chen", "sys"])
    def test_nobody_else_can_add_to_a_draft(self, world, draft, plan, who):
        with pytest.raises(NotAllowed, match="现在不由您办理"):
            bring(draft, plan, by=world.people[who])
        assert not Document.objects.exists()

    def test_the_author_cannot_add_while_the_office_examines(self, world, draft, plan):
        stand_in(draft)

        with pytest.raises(NotAllowed):
            bring(draft, plan, by=world.lin)
        assert bring(draft, plan, "审查意见.png", by=world.chen)

    def test_nothing_is_added_to_a_closed_matter(self, world, draft, plan):
        stand_in(draft, "closed")
        Matter.objects.filter(pk=draft.pk).update(is_open=False)
        draft.refresh_from_db()

        assert not documents.may_attach(world.chen, draft)

    def test_a_refused_file_leaves_no_row_and_no_bytes(self, world, draft, own_shelf):
        with pytest.raises(Refused, match="脚本"):
            bring(draft, pdf_script(), "提案.pdf", by=world.lin)

        assert not StoredFile.objects.exists()
        assert not list(own_shelf.rglob("*"))
        assert not draft.entries.filter(verb="attach").exists()

    def test_the_same_file_sent_twice_is_attached_once(self, world, draft, plan):
        assert bring(draft, plan, by=world.lin) == bring(draft, plan, by=world.lin)
        assert Document.objects.count() == 1

    def test_the_same_content_in_two_matters_is_stored_once(self, world, draft, plan):
        bring(draft, plan, by=world.lin)
        bring(proposal(world, world.zhou), plan, by=world.zhou)

        assert (Document.objects.count(), StoredFile.objects.count()) == (2, 1)

    def test_twenty_files_a_matter_and_not_one_more(self, world, draft, plan):
        NamedNumber.objects.create(organisation=world.county, key="upload.max_files", value="2")
        bring(draft, plan, by=world.lin)
        bring(draft, png_bytes((9, 9)), by=world.lin)

        with pytest.raises(Refused, match="最多附 2 个文件"):
            bring(draft, png_bytes((8, 8)), by=world.lin)

    def test_the_size_of_a_file_is_the_committees_to_set(self, world, draft):
        NamedNumber.objects.create(organisation=world.county, key="upload.max_mb", value="1")

        with pytest.raises(Refused, match="超过了 1 MB"):
            bring(draft, b"%PDF-" + bytes(MB), "大.pdf", by=world.lin)

    def test_five_hundred_megabytes_a_person_and_no_more(self, world, draft, plan):
        version = bring(draft, plan, by=world.lin)
        StoredFile.objects.filter(pk=version.file_id).update(size=500 * MB)

        with pytest.raises(Refused, match="合计已超过 500 MB"):
            bring(draft, png_bytes((9, 9)), by=world.lin)
        assert bring(proposal(world, world.zhou), png_bytes((9, 9)), by=world.zhou)

    def test_a_failure_while_writing_the_rows_leaves_none(self, world, draft, plan, monkeypatch):
        def fails(*args, **options):
            raise OSError("no space left")

        monkeypatch.setattr(attaching.journal, "write", fails)
        with pytest.raises(OSError, match="no space"):
            bring(draft, plan, by=world.lin)

        assert not Document.objects.exists()
        assert not DocumentVersion.objects.exists()
        assert not StoredFile.objects.exists()

    def test_the_bytes_are_safe_on_disk_before_a_row_speaks_of_them(
        self, world, draft, plan, monkeypatch
    ):
        seen = []
        real = attaching.journal.hold
        monkeypatch.setattr(
            attaching.journal, "hold", lambda: (seen.append(len(list(shelf.standing()))), real())[1]
        )

        bring(draft, plan, by=world.lin)

        assert seen[0] == 1


class TestVersions:
    def test_a_newer_version_stands_beside_the_older(self, world, draft, plan):
        first = bring(draft, plan, by=world.lin)

        second = replace(
            first.document, io.BytesIO(png_bytes((9, 9))), "新图.png", by=world.lin, at=SPRING
        )

        assert (second.number, second.document) == (2, first.document)
        first.refresh_from_db()
        assert shelf.take(first.file.digest).read() != shelf.take(second.file.digest).read()
        assert documents.find(first.document_id, world.lin, DAY) == second
        assert documents.find(first.document_id, world.lin, DAY, number=1) == first

    def test_only_who_brought_it_can_replace_it(self, world, draft, plan):
        version = bring(draft, plan, by=world.lin)
        stand_in(draft)

        with pytest.raises(NotAllowed, match="只有添加附件的人"):
            replace(version.document, io.BytesIO(plan), "x.png", by=world.chen, at=SPRING)

    def test_bytes_on_the_shelf_cannot_be_written_over(self, world, draft, plan):
        version = bring(draft, plan, by=world.lin)

        assert shelf.path(version.file.digest).stat().st_mode & 0o222 == 0

    def test_an_attachment_is_taken_back_while_nobody_has_received_it(self, world, draft, plan):
        document = bring(draft, plan, by=world.lin).document

        detach(document, by=world.lin, at=SPRING)

        assert not Document.objects.exists()
        assert draft.entries.latest("id").verb == "detach"

    def test_and_not_afterwards(self, world, draft, plan):
        document = bring(draft, plan, by=world.lin).document
        stand_in(draft, "returned")
        document.matter.refresh_from_db()

        with pytest.raises(NotAllowed, match="已随事项送出"):
            detach(document, by=world.lin, at=SPRING)

    def test_nobody_takes_back_what_another_brought(self, world, draft, plan):
        document = bring(draft, plan, by=world.lin).document

        with pytest.raises(NotAllowed):
            detach(document, by=world.chen, at=SPRING)


class TestReading:
    """One proposal with the housing bureau, and a paper of every circle in it."""

    @pytest.fixture
    def papers(self, world, draft):
        stand_in(draft, "handling", Visibility.MEMBERS)
        put_to(draft, world.housing)
        return {
            circle: file_paper(
                draft, circle.encode(), kind="paper", name=f"{circle}.pdf",
                media_type="application/pdf", by=world.gao, at=SPRING, visibility=circle,
            ).versions.get()
            for circle in ("private", "handlers", "members", "organ")
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("who", "circles"),
        [
            ("gao", {"private", "handlers", "members", "organ"}),  # the clerk who made them
            ("liang", {"private", "handlers", "members", "organ"}),  # her leader
            ("lin", {"handlers", "members", "organ"}),  # the author
            ("chen", {"handlers", "members", "organ"}),  # the proposal office
            ("zhou", {"members", "organ"}),  # any other member
            ("qian", set()),  # another unit: the matter itself is not hers to see
            ("passer", set()),
            ("far", set()),
            ("far_office", set()),
            ("sys", set()),
            ("sec", set()),
            ("aud", set()),
        ],
    )
    def test_everybody_reads_what_her_circle_reaches(self, client, world, papers, who, circles):
        person = world.people[who]

        opened = {c for c, v in papers.items() if get(client, person, v).status_code == 200}
        found = {c for c, v in papers.items() if documents.find(v.document_id, person, DAY)}

        assert opened == found == circles
        if circles:
            matter = papers["private"].document.matter
            names = {line["name"] for line in documents.listed(matter, person, day=DAY)}
            assert names == circles

    def test_a_stranger_learns_nothing_not_even_that_it_exists(self, client, world, papers):
        there = get(client, world.passer, papers["organ"])
        client.force_login(world.passer)
        nowhere = client.get(reverse("document", args=[99_999]))

        assert there.status_code == nowhere.status_code == 404
        assert there.content.count(b"organ.pdf") == 0

    def test_whoever_is_not_logged_in_gets_nothing_unless_it_is_public(self, client, papers):
        address = reverse("document", args=[papers["organ"].document_id])
        assert client.get(address).status_code == 404

        Document.objects.filter(pk=papers["organ"].document_id).update(visibility="public")
        assert client.get(address).status_code == 404  # the matter itself is not public
        Matter.objects.update(visibility="public")
        assert client.get(address).status_code == 200

    def test_who_leaves_office_reads_no_more(self, client, world, papers):
        assert get(client, world.liang, papers["private"]).status_code == 200

        Seat.objects.filter(person=world.liang).update(until=date(2026, 1, 1))

        assert get(client, world.liang, papers["private"]).status_code == 404
        assert get(client, world.liang, papers["organ"]).status_code == 404

    def test_when_the_matter_is_narrowed_the_old_address_is_dead(self, client, world, papers):
        assert get(client, world.zhou, papers["members"]).status_code == 200

        Matter.objects.update(visibility="handlers")

        assert get(client, world.zhou, papers["members"]).status_code == 404

    def test_the_list_costs_the_same_for_one_paper_and_for_many(
        self, world, papers, django_assert_max_num_queries
    ):
        matter = papers["private"].document.matter
        for number in range(15):
            file_paper(
                matter, b"%d" % number, kind="paper", name=f"{number}.pdf",
                media_type="application/pdf", by=world.gao, at=SPRING, visibility="organ",
            )  # fmt: skip
        with django_assert_max_num_queries(5):
            assert len(documents.listed(matter, world.gao, day=DAY)) == 19


class TestDownload:
    def test_it_comes_as_a_file_that_no_page_can_run(self, client, world, draft):
        version = bring(draft, docx_bytes(), "关于“电梯”的说明;x=1\r\n.docx", by=world.lin)

        answer = get(client, world.lin, version)

        assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
        assert "\r" not in answer["Content-Disposition"]
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Content-Type"].endswith("wordprocessingml.document")
        assert b"".join(answer.streaming_content) == shelf.take(version.file.digest).read()

    def test_changed_bytes_are_never_handed_out(self, client, world, draft, plan, caplog):
        version = bring(draft, plan, by=world.lin)
        tamper(version)

        answer = get(client, world.lin, version)

        assert answer.status_code == 500
        assert "已损坏" in answer.content.decode()
        assert not answer.streaming

    def test_missing_bytes_are_shown_as_damaged_in_the_list(self, client, world, draft, plan):
        version = bring(draft, plan, by=world.lin)
        shelf.drop(version.file.digest)

        assert documents.listed(draft, world.lin, day=DAY)[0]["note"] == "已损坏，不能下载"
        assert get(client, world.lin, version).status_code == 500

    def test_a_write_to_the_address_is_refused(self, client, world, draft, plan):
        version = bring(draft, plan, by=world.lin)
        client.force_login(world.lin)

        assert client.post(reverse("document", args=[version.document_id])).status_code == 405


class TestPages:
    def post(self, client, person, matter, content, name="照片.png"):
        client.force_login(person)
        file = SimpleUploadedFile(name, content)
        return client.post(reverse("attach", args=[matter.pk]), {"file": file})

    def test_a_file_is_added_with_a_plain_form(self, client, world, draft, plan):
        answer = self.post(client, world.lin, draft, plan)

        assert answer.status_code == 302
        assert draft.documents.get().title == "照片.png"

    @pytest.mark.parametrize(
        ("content", "name", "sentence"),
        [
            (b"", "空.pdf", "这个文件是空的"),
            (b"MZ" * 99, "程序.exe", "不能上传这种文件"),
            (b"%PDF-" + bytes(20 * MB), "大.pdf", "超过了 20 MB"),
            (b"%PDF-" + bytes(30 * MB), "更大.pdf", "超过了 20 MB"),
        ],
    )
    def test_a_refusal_stands_beside_the_field_and_at_the_top(
        self, client, world, draft, content, name, sentence
    ):
        answer = self.post(client, world.lin, draft, content, name)

        page = answer.content.decode()
        assert answer.status_code == 422
        assert page.count(sentence) == 2
        assert "<title>错误：" in page

    def test_sending_no_file_is_a_sentence_too(self, client, world, draft):
        client.force_login(world.lin)

        answer = client.post(reverse("attach", args=[draft.pk]), {})

        assert "请选择要上传的文件。" in answer.content.decode()

    def test_a_body_that_is_too_big_is_not_even_written_to_disk(
        self, client, world, draft, tmp_path, settings
    ):
        settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
        self.post(client, world.lin, draft, b"%PDF-" + bytes(60 * MB))

        left = [place.stat().st_size for place in tmp_path.rglob("*") if place.is_file()]
        assert sum(left) <= 21 * MB

    def test_a_full_disk_is_a_sentence_and_no_broken_page(
        self, client, world, draft, plan, monkeypatch
    ):
        def full(content):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(attaching.shelf, "put", full)

        answer = self.post(client, world.lin, draft, plan)

        assert answer.status_code == 422
        assert "没能保存下来" in answer.content.decode()

    @pytest.mark.parametrize("who", ["zhou", "chen", "passer", "sys"])
    def test_the_page_does_not_exist_for_others(self, client, world, draft, plan, who):
        assert self.post(client, world.people[who], draft, plan).status_code == 404
        assert client.get(reverse("attach", args=[draft.pk])).status_code == 404

    def test_taking_back_and_replacing(self, client, world, draft, plan):
        self.post(client, world.lin, draft, plan)
        document = draft.documents.get()
        file = SimpleUploadedFile("新.png", png_bytes((9, 9)))

        assert client.get(reverse("replace", args=[document.pk])).status_code == 200
        client.post(reverse("replace", args=[document.pk]), {"file": file})
        assert document.versions.count() == 2
        assert client.get(reverse("detach", args=[document.pk])).status_code == 405
        client.post(reverse("detach", args=[document.pk]))
        assert not draft.documents.exists()

    def test_others_can_neither_replace_nor_take_back(self, client, world, draft, plan):
        document = bring(draft, plan, by=world.lin).document
        stand_in(draft)
        client.force_login(world.chen)

        assert client.post(reverse("detach", args=[document.pk])).status_code == 404
        assert client.get(reverse("replace", args=[document.pk])).status_code == 404
        assert Document.objects.exists()


def tamper(version):
    place = shelf.path(version.file.digest)
    content = bytearray(place.read_bytes())
    content[-20] ^= 1
    place.chmod(0o640)
    place.write_bytes(content)


class TestShelf:
    def test_check_names_the_damaged_file_and_fails(self, world, draft, plan, capsys):
        version = bring(draft, plan, by=world.lin)
        bring(draft, pdf_bytes(), "说明.pdf", by=world.lin)
        tamper(version)

        with pytest.raises(CommandError, match="有文件损坏"):
            call_command("documents", "check")

        said = capsys.readouterr().out
        assert "现场照片.png" in said
        assert "共 2 个文件，损坏 1 个" in said

    def test_check_is_content_when_all_is_well(self, world, draft, plan, capsys):
        bring(draft, plan, by=world.lin)

        call_command("documents", "check")

        assert "共 1 个文件，损坏 0 个，无人引用 0 个。" in capsys.readouterr().out

    def test_a_file_nobody_needs_goes_after_seven_days_and_not_before(self, world, draft, plan):
        version = bring(draft, plan, by=world.lin)
        detach(version.document, by=world.lin, at=SPRING)

        assert sweep(SPRING - timedelta(minutes=1)) == 0
        assert sweep(SPRING + timedelta(minutes=1)) == 1
        assert not StoredFile.objects.exists()
        assert not list(shelf.standing())

    def test_a_file_in_use_is_never_swept(self, world, draft, plan):
        bring(draft, plan, by=world.lin)

        assert sweep(SPRING + timedelta(days=999)) == 0
        assert len(list(shelf.standing())) == 1

    def test_what_a_dead_process_left_behind_is_swept(self, world, own_shelf):
        name = shelf.put(b"no row ever spoke of this")
        unfinished = shelf.path(name).with_name("tmpx.part")
        unfinished.write_bytes(b"half")
        for place in (shelf.path(name), unfinished):
            os.utime(place, (0, 0))

        jobs.sweep_the_shelf.call_local()

        assert not [place for place in own_shelf.rglob("*") if place.is_file()]

    def test_a_file_swept_while_it_is_brought_again_is_put_back(
        self, world, draft, plan, monkeypatch
    ):
        real, swept = attaching.journal.hold, []

        def sweeps_first():
            if not swept:
                swept.extend(name for name, _ in shelf.standing())
                shelf.drop(swept[0])
            return real()

        monkeypatch.setattr(attaching.journal, "hold", sweeps_first)

        version = bring(draft, plan, by=world.lin)

        assert shelf.take(version.file.digest)

    def test_a_half_written_file_never_gets_its_name(self, own_shelf, monkeypatch):
        def power_cut(handle):
            raise OSError("gone")

        monkeypatch.setattr(shelf.os, "fsync", power_cut)
        with pytest.raises(OSError, match="gone"):
            shelf.put(b"x" * 1000)

        assert not [place for place in own_shelf.rglob("*") if place.is_file()]


def test_two_people_bring_the_same_bytes_at_once_and_both_have_them(world, draft, plan):
    """The second finds the row of the first and uses it, in its own transaction."""
    with transaction.atomic():
        first = bring(draft, plan, by=world.lin)
        second = bring(proposal(world, world.zhou), plan, by=world.zhou)

    assert first.file_id == second.file_id
    assert Entry.objects.filter(verb="attach").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_file_is_looked_at_outside_of_any_transaction(client, monkeypatch, plan):
    """An inspection may take seconds; on SQLite an open transaction would stop all other work."""
    world = build()
    draft, seen = proposal(world), []
    real = attaching.admit

    def watched(*args):
        seen.append(connection.in_atomic_block)
        return real(*args)

    monkeypatch.setattr(attaching, "admit", watched)
    client.force_login(world.lin)

    client.post(reverse("attach", args=[draft.pk]), {"file": SimpleUploadedFile("照片.png", plan)})

    assert seen == [False]
    assert draft.documents.count() == 1
