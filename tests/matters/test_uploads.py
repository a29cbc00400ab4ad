"""What people may bring and what is turned away, with files made on the spot."""

import io
import os
import socket
import struct
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from shangliang.matters.uploads.gate import admit, note_sentence
from shangliang.matters.uploads.limits import Limits
from shangliang.matters.uploads.refusals import Refused, codes
from shangliang.matters.uploads.scan import Clamd, TrialScanner
from tests.matters.brought import (
    docx_bytes,
    jpg_bytes,
    ofd_bytes,
    parts_of,
    pdf_bytes,
    png_bytes,
    webp_bytes,
    xlsx_bytes,
    zipped,
)
from tests.matters.hostile import HOSTILE, docx_body, docx_relation, docx_with

pytestmark = pytest.mark.slow

MB = 1024 * 1024
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def bring(content, name="提案.docx", **options):
    return admit(io.BytesIO(content), name, **options)


def refusal(content, name="提案.docx", **options):
    with pytest.raises(Refused) as refused:
        bring(content, name, **options)
    return refused.value


@contextmanager
def watching_memory():
    """Yields a list whose only item becomes the rise of this process's memory, in bytes."""
    page = os.sysconf("SC_PAGE_SIZE")
    rise, over = [0], threading.Event()

    def resident():
        return int(Path("/proc/self/statm").read_text().split()[1]) * page

    before = resident()

    def watch():
        while not over.wait(0.005):
            rise[0] = max(rise[0], resident() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield rise
    finally:
        over.set()
        watcher.join()


@pytest.mark.parametrize(
    ("name", "make", "code"),
    [pytest.param(*case[1:], id=case[0]) for case in HOSTILE],
)
def test_a_hostile_file_is_turned_away_quickly_and_cheaply(name, make, code):
    content = make()
    began = time.monotonic()

    with watching_memory() as rise:
        refused = refusal(content, name)

    assert refused.code == code
    assert refused.sentence.endswith("。")
    assert time.monotonic() - began <= 2.0
    assert rise[0] <= 50 * MB


def test_every_reason_to_refuse_has_its_own_sentence():
    from shangliang.matters.uploads.refusals import _sentences

    assert len(set(_sentences().values())) == len(codes())
    assert all("！" not in sentence and "!" not in sentence for sentence in _sentences().values())


@pytest.mark.parametrize(
    ("make", "name", "kept_as"),
    [
        (docx_bytes, "提案.docx", "提案.docx"),
        (xlsx_bytes, "名单.xlsx", "名单.xlsx"),
        (ofd_bytes, "复函.ofd", "复函.ofd"),
        (pdf_bytes, "复函.PDF", "复函.pdf"),
        (jpg_bytes, "照片.jpeg", "照片.jpg"),
        (png_bytes, "示意图.png", "示意图.png"),
        (webp_bytes, "示意图.webp", "示意图.webp"),
        (png_bytes, "其实是PNG.jpg", "其实是PNG.png"),
    ],
)
def test_good_files_come_in_under_the_ending_their_content_has_earned(make, name, kept_as):
    assert bring(make(), name).name == kept_as


def test_the_words_of_a_document_are_read_out_for_the_search():
    assert "加装电梯" in bring(docx_bytes()).text
    assert "梧桐苑" in bring(xlsx_bytes(), "名单.xlsx").text
    assert "住房和城乡建设局" in bring(ofd_bytes(), "复函.ofd").text
    assert "加装电梯" in bring(pdf_bytes(), "提案.pdf").text


def test_a_word_file_forgets_its_author_and_still_opens():
    import docx

    content = bring(docx_bytes(author="林晓的电脑")).content

    assert all("林晓".encode() not in part for part in parts_of(content).values())
    assert docx.Document(io.BytesIO(content)).paragraphs[0].text.startswith("关于")


def test_an_excel_file_forgets_its_author_and_still_opens():
    import openpyxl

    content = bring(xlsx_bytes(), "名单.xlsx").content

    assert all("林晓".encode() not in part for part in parts_of(content).values())
    assert openpyxl.load_workbook(io.BytesIO(content)).active["A2"].value == "梧桐苑"


def test_the_path_of_a_template_on_somebodys_disk_is_forgotten():
    path = "file:///C:\\Users\\linxiao\\Templates\\提案.dotx"

    content = bring(docx_relation("attachedTemplate", path)).content

    relations = parts_of(content)["word/_rels/settings.xml.rels"]
    assert b"linxiao" not in relations
    assert b'Target="Normal.dotm"' in relations


def test_a_link_to_a_page_may_stay():
    assert bring(docx_relation("hyperlink", "https://www.gov.cn/"))


def test_an_ofd_file_is_kept_byte_for_byte_because_it_may_be_sealed():
    assert bring(ofd_bytes(), "复函.ofd").content == ofd_bytes()


def test_a_photo_loses_its_place_and_camera_and_stands_upright():
    kept = bring(jpg_bytes(size=(64, 48)), "照片.jpg").content

    picture = Image.open(io.BytesIO(kept))
    assert picture.size == (48, 64)
    assert not picture.getexif()
    assert b"LINXIAO" not in kept


def test_words_hidden_behind_a_photo_do_not_come_along():
    assert b"<script>" not in bring(jpg_bytes() + b"<script>alert(1)</script>", "照片.jpg").content


def test_a_photo_of_exactly_forty_megapixels_is_let_in():
    big = png_bytes((8_000, 5_000), "RGBA")

    assert Image.open(io.BytesIO(bring(big, "规划图.png").content)).size == (8_000, 5_000)
    assert refusal(png_bytes((8_000, 5_001), "L"), "规划图.png").code == "pixels"


def test_a_moving_picture_keeps_one_frame_and_its_owner_is_told():
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "green")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])

    admitted = bring(out.getvalue(), "动图.webp")

    assert [note_sentence(note) for note in admitted.notes] == ["动态图片只保留了第一帧。"]


def test_comments_in_a_word_file_are_pointed_out():
    admitted = bring(docx_body('<w:p><w:ins w:id="1" w:author="x"><w:r/></w:ins></w:p>'))

    assert "批注或修订" in note_sentence(admitted.notes[0])


@pytest.mark.parametrize(
    "content",
    [
        docx_bytes(header="机密★10年"),
        docx_bytes(header="秘密"),
        docx_bytes(text="机 密 ★ 1 0 年"),
        docx_body(
            '<w:p><w:r><w:pict><v:textpath xmlns:v="v" string="绝密★长期"/></w:pict></w:r></w:p>'
        ),
        docx_body(
            "<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密★</w:t></w:r><w:r><w:t>5年</w:t></w:r></w:p>"
        ),
        pdf_bytes("机密★10年"),
        ofd_bytes("秘密★5年"),
        xlsx_bytes([["密级：机密"], ["小区"]]),
    ],
    ids=["header", "bare header", "spaced", "watermark", "in runs", "pdf", "ofd", "xlsx"],
)
def test_a_file_with_a_secrecy_mark_is_turned_away(content):
    refused = refusal(content)

    assert refused.code == "secrecy"
    assert "不得处理国家秘密" in refused.sentence


def test_a_secrecy_mark_in_the_header_of_a_sheet_is_seen():
    parts = parts_of(xlsx_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"].replace(
        b"</worksheet>",
        "<headerFooter><oddHeader>&amp;R&amp;14机密★3年</oddHeader></headerFooter></worksheet>".encode(),
    )
    assert refusal(zipped({**parts, "xl/worksheets/sheet1.xml": sheet})).code == "secrecy"


def test_a_file_name_can_carry_a_secrecy_mark_too():
    assert refusal(pdf_bytes(), "机密★10年 会议纪要.pdf").code == "secrecy"


def test_a_text_about_keeping_secrets_is_welcome():
    assert bring(docx_bytes("委员应当履行保守秘密的义务，不得泄露国家秘密。"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.docx"),
        ("C:\\Users\\林晓\\提案.docx", "提案.docx"),
        ("提案\u202efdp.exe", "提案fdp.docx"),
        ("a\r\nSet-Cookie: x=1.docx", "aSet-Cookie_ x=1.docx"),
        ('"><script>.docx', "___script_.docx"),
        ("", "文件.docx"),
        ("...", "文件.docx"),
        ("提" * 300 + ".docx", "提" * 100 + ".docx"),
        ("关于\u3000加装电梯 v2.docx", "关于 加装电梯 v2.docx"),
    ],
)
def test_names_are_made_harmless(given, kept):
    assert bring(docx_bytes(), given).name == kept


def test_limits_are_data():
    small = Limits(bytes=1_000)

    assert refusal(docx_bytes(), limits=small).sentence.startswith("这个文件超过了")
    assert refusal(png_bytes((20, 20)), "图.png", limits=Limits(pixels=399)).code == "pixels"
    assert refusal(docx_bytes(), limits=Limits(entries=5)).code == "entries"


def test_a_parser_that_wants_too_much_memory_is_stopped():
    flood = png_bytes((6_000, 6_000))

    assert refusal(flood, "图.png", limits=Limits(memory=160 * MB)).code == "too_complex"


def test_a_parser_that_takes_too_long_is_stopped():
    slow = docx_with(**{"word/media/a.txt": os.urandom(64 * 1024) * 300})
    began = time.monotonic()

    refused = refusal(slow, limits=Limits(wall_seconds=0.05))

    assert refused.code == "too_complex"
    assert time.monotonic() - began < 2


def test_the_child_sees_no_secret_of_the_house(monkeypatch, tmp_path):
    from shangliang.matters.confined import run_confined

    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    module = tmp_path / "tell_environment.py"
    module.write_text(
        "import os, sys, pathlib\npathlib.Path(sys.argv[1], 'told').write_text(str(os.environ))"
    )
    monkeypatch.syspath_prepend(str(tmp_path))

    run_confined(
        "tell_environment", tmp_path, memory=512 * MB, cpu_seconds=5, wall_seconds=9, room=MB
    )

    assert "postgres" not in (tmp_path / "told").read_text()


def test_nothing_of_a_refused_file_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    refusal(docx_bytes(header="机密★10年"))

    assert list(tmp_path.iterdir()) == []


def test_no_scanner_is_asked_unless_one_is_given():
    infected = docx_with(**{"word/media/a.txt": EICAR})
    stored = zipped(parts_of(infected), 0)

    assert bring(stored)
    refused = refusal(stored, scanner=TrialScanner())
    assert (
        refused.sentence == "安全检查发现这个文件带有病毒“EICAR”，没有保存。请查杀病毒后再传一次。"
    )


def test_a_clamav_daemon_is_asked_through_its_socket(tmp_path):
    address = str(tmp_path / "clamd.sock")
    daemon = Daemon(address, b"stream: Win.Test.EICAR_HDB-1 FOUND\0")

    refused = refusal(docx_bytes(), scanner=Clamd(address))

    assert refused.facts == {"name": "Win.Test.EICAR_HDB-1"}
    assert daemon.received == docx_bytes_length_checked(daemon.received)


def test_a_clean_answer_lets_the_file_in_and_a_broken_one_does_not(tmp_path):
    Daemon(str(tmp_path / "ok.sock"), b"stream: OK\0")
    Daemon(str(tmp_path / "bad.sock"), b"INSTREAM size limit exceeded. ERROR\0")

    assert bring(docx_bytes(), scanner=Clamd(str(tmp_path / "ok.sock")))
    with pytest.raises(OSError, match="size limit"):
        bring(docx_bytes(), scanner=Clamd(str(tmp_path / "bad.sock")))


def docx_bytes_length_checked(received):
    """A whole zip file came through: it begins and ends as one."""
    assert received.startswith(b"PK\x03\x04")
    assert b"PK\x05\x06" in received[-30:]
    return received


class Daemon:
    """A ClamAV daemon that has seen everything and answers always the same."""

    def __init__(self, address, answer):
        self.received, self.answer = b"", answer
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(address)
        self.door.listen()
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        caller, _ = self.door.accept()
        with caller, caller.makefile("rb") as stream:
            assert stream.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!L", stream.read(4))[0]:
                self.received += stream.read(size)
            caller.sendall(self.answer)
