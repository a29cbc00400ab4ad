"""Official papers: the page of GB/T 9704, the words on it, and what no name or title can do to it."""

import io
import re
import shutil
import struct
import subprocess
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from shangliang.matters.letters import drawing
from shangliang.matters.letters.contexts import Answer, Contact, Person
from shangliang.matters.letters.fill import BadTemplate
from shangliang.matters.letters.pdf import FACES, missing_faces, render_pdf
from shangliang.matters.letters.plain import chinese_date, chinese_number, clean
from shangliang.matters.letters.specimens import ASSIGNMENT, REPLY, SHEET, SPECIMENS, assigned
from shangliang.matters.letters.word import render_docx, standard_template
from shangliang.matters.letters.words import spoken
from tests.matters.brought import parts_of, zipped

MM = 72 / 25.4
POPPLER = shutil.which("pdftotext") and shutil.which("pdftoppm")
OFFICE = shutil.which("soffice")

# Twenty characters without punctuation: nothing for a line breaker to squeeze or hang.
PLAIN = "老旧小区加装电梯是民生大事各方都很关心"
LONG_REPLY = replace(REPLY, answers=(Answer("补偿", PLAIN * 150),))


def lines_of(page):
    return [line for line in page.extract_text().splitlines() if line.strip()]


def is_number(line):
    return re.fullmatch(r"— ?\d+ ?—", line.strip()) is not None


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def xml_parts(content):
    """The parts of a Word file that hold text a reader sees, parsed."""
    document = docx.Document(io.BytesIO(content))
    related = document.part.rels.values()
    ends = ("/header", "/footer")
    others = [rel.target_part.element for rel in related if rel.reltype.endswith(ends)]
    return [document.element, *others]


def word_text(content):
    document = docx.Document(io.BytesIO(content))
    return "\n".join(node.text or "" for node in document.element.iter(qn("w:t")))


@pytest.fixture(scope="module")
def pages():
    return PdfReader(io.BytesIO(render_pdf("reply", LONG_REPLY))).pages


class TestPdfPage:
    def test_every_full_page_has_22_lines_of_28_characters(self, pages):
        full = pages[1:-1]
        assert len(full) >= 3
        for page in full:
            lines = [line for line in lines_of(page) if not is_number(line)]
            assert [len(line) for line in lines] == [28] * 22

    def test_it_is_a4(self, pages):
        box = pages[0].mediabox
        assert (round(box.width / MM), round(box.height / MM)) == (210, 297)

    def test_lines_begin_28_mm_from_the_left_and_fill_225_mm(self, pages):
        found = []

        def note(text, cm, _tm, _font, _size):
            if len(text.strip()) >= 20:
                found.append((cm[4], cm[5]))

        pages[2].extract_text(visitor_text=note)
        lefts, baselines = {round(x / MM, 1) for x, _ in found}, [y for _, y in found]

        # In a line of 16 pt the baseline lies 0.88 × 16 pt below its head.
        top_margin = 297 - (max(baselines) + 0.88 * 16) / MM
        bottom_margin = (min(baselines) - 0.12 * 16) / MM
        assert lefts == {28.0}
        assert abs(top_margin - 37) <= 1
        assert abs(bottom_margin - 35) <= 1

    @pytest.mark.skipif(not POPPLER, reason="poppler-utils are not installed")
    def test_poppler_finds_the_same_margins(self, tmp_path):
        (tmp_path / "reply.pdf").write_bytes(render_pdf("reply", LONG_REPLY))
        command = ["pdftotext", "-bbox-layout", "-f", "3", "-l", "3", "reply.pdf", "-"]
        told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        pattern = r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"'
        boxes = [tuple(map(float, box)) for box in re.findall(pattern, told.stdout)]
        text = [box for box in boxes if box[2] - box[0] > 100 * MM]

        assert abs(min(box[0] for box in text) / MM - 28) <= 1
        assert abs(210 - max(box[2] for box in text) / MM - 26) <= 1
        assert abs(min(box[1] for box in text) / MM - 37) <= 1
        assert abs(297 - max(box[3] for box in text) / MM - 35) <= 1
        number = next(box for box in boxes if box not in text)
        assert abs(number[1] / MM - (297 - 35 + 7)) <= 1

    def test_page_numbers_stand_outside_between_dashes_and_not_on_the_first_page(self, pages):
        def place(page):
            found = []
            page.extract_text(
                visitor_text=lambda text, cm, _tm, _f, _s: (
                    found.append(cm[4] / MM) if "—" in text else None
                )
            )
            return min(found) if found else None

        assert place(pages[0]) is None
        assert place(pages[1]) < 60  # an even page: left
        assert place(pages[2]) > 150  # an odd page: right

    def test_a_signature_never_stands_on_a_page_alone(self):
        for length in range(200, 700, 28):
            letter = replace(REPLY, answers=(Answer("补偿", (PLAIN * 40)[:length]),))
            last = lines_of(PdfReader(io.BytesIO(render_pdf("reply", letter))).pages[-1])
            text = "".join(last)
            if "2026年5月8日" in text:
                assert "不同意见" in text

    @pytest.mark.parametrize("kind", SPECIMENS)
    def test_each_kind_of_paper_is_made_quickly(self, kind):
        began = time.monotonic()

        content = render_pdf(kind, SPECIMENS[kind])

        assert content.startswith(b"%PDF-")
        assert time.monotonic() - began < 2

    def test_the_wrong_facts_for_a_kind_are_refused(self):
        with pytest.raises(TypeError):
            render_pdf("filing", REPLY)
        with pytest.raises(TypeError):
            render_docx("filing", REPLY)


class TestDraft:
    def test_a_draft_says_so_and_a_signed_letter_does_not(self):
        assert "草稿" in text_of(render_pdf("reply", REPLY, draft=True)).replace("\n", "")
        assert "草稿" not in text_of(render_pdf("reply", REPLY))

    @pytest.mark.skipif(not POPPLER, reason="poppler-utils are not installed")
    @pytest.mark.parametrize(("draft", "red"), [(False, True), (True, False)])
    def test_red_belongs_to_what_was_signed(self, tmp_path, draft, red):
        from PIL import Image

        (tmp_path / "a.pdf").write_bytes(render_pdf("reply", REPLY, draft=draft))
        command = ["pdftoppm", "-r", "40", "-l", "1", "-png", "a.pdf", "a"]
        subprocess.run(command, cwd=tmp_path, check=True)
        picture = Image.open(next(tmp_path.glob("a*.png"))).convert("RGB")

        counted = sum(
            count for count, (r, g, b) in picture.getcolors(10**6) if r > 180 and max(g, b) < 90
        )
        assert (counted > 100) == red

    def test_a_draft_in_word_has_the_mark_behind_every_page_and_no_red(self):
        content = render_docx("reply", REPLY, draft=True)
        headers = [part for name, part in parts_of(content).items() if "word/header" in name]

        assert len(headers) == 3
        assert all('string="草稿"' in part.decode() for part in headers)
        assert all(b"E60012" not in part for part in parts_of(content).values())
        assert any(b"E60012" in part for part in parts_of(render_docx("reply", REPLY)).values())


class TestWordPage:
    @pytest.mark.parametrize("kind", SPECIMENS)
    def test_every_run_names_its_font_for_chinese_too(self, kind):
        for draft in (False, True):
            runs = [
                run
                for part in xml_parts(render_docx(kind, SPECIMENS[kind], draft=draft))
                for run in part.iter(qn("w:r"))
            ]
            assert len(runs) > 5
            for run in runs:
                fonts = run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
                named = {fonts.get(qn(f"w:{key}")) for key in ("ascii", "hAnsi", "eastAsia", "cs")}
                assert len(named) == 1
                assert named <= set(FACES)

    @pytest.mark.parametrize("kind", SPECIMENS)
    def test_the_page_is_that_of_the_standard(self, kind):
        section = docx.Document(io.BytesIO(render_docx(kind, SPECIMENS[kind]))).sections[0]

        assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
        margins = [
            section.top_margin, section.right_margin, section.bottom_margin, section.left_margin,
        ]  # fmt: skip
        assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]

    def test_the_grid_is_22_lines_and_28_characters(self):
        document = docx.Document(io.BytesIO(render_docx("reply", REPLY)))
        grid = document.element.body.find(f"{qn('w:sectPr')}/{qn('w:docGrid')}")
        pitch = int(grid.get(qn("w:linePitch"))) / 20
        squeezed = document.styles["Normal"].element.find(f"{qn('w:rPr')}/{qn('w:spacing')}")
        step = 16 + int(squeezed.get(qn("w:val"))) / 20

        assert int(225 * MM / pitch) == 22
        assert int(156 * MM / step) == 28

    def test_pages_are_numbered_outside_and_the_first_of_a_letter_is_not(self):
        document = docx.Document(io.BytesIO(render_docx("reply", REPLY)))
        section = document.sections[0]

        def side(footer):
            return footer.paragraphs[0]._p.find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val"))

        assert document.settings.odd_and_even_pages_header_footer
        assert (side(section.footer), side(section.even_page_footer)) == ("right", "left")
        assert "PAGE" in section.footer._element.xml
        assert "PAGE" not in section.first_page_footer._element.xml

    def test_the_properties_of_a_paragraph_stand_in_the_order_word_demands(self):
        order = [
            "keepNext", "pageBreakBefore", "framePr", "widowControl", "pBdr", "tabs",
            "snapToGrid", "spacing", "ind", "jc", "rPr",
        ]  # fmt: skip
        for kind in SPECIMENS:
            for part in xml_parts(render_docx(kind, SPECIMENS[kind])):
                for properties in part.iter(qn("w:pPr")):
                    names = [child.tag.rpartition("}")[2] for child in properties]
                    assert names == sorted(names, key=order.index)

    @pytest.mark.parametrize("kind", SPECIMENS)
    def test_the_stored_template_is_what_the_program_draws(self, kind):
        assert parts_of(standard_template(kind)) == parts_of(drawing.draw(kind))

    @pytest.mark.parametrize("kind", SPECIMENS)
    def test_nothing_is_left_unfilled(self, kind):
        text = word_text(render_docx(kind, SPECIMENS[kind]))

        assert "{" not in text
        assert "None" not in text

    @pytest.mark.slow
    @pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
    def test_libreoffice_sets_the_same_lines(self, tmp_path):
        (tmp_path / "reply.docx").write_bytes(render_docx("reply", LONG_REPLY))
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "reply.docx"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        ours = PdfReader(io.BytesIO(render_pdf("reply", LONG_REPLY))).pages
        theirs = PdfReader(tmp_path / "reply.pdf").pages

        assert len(ours) == len(theirs)
        for page in theirs[1:-1]:
            lines = [line for line in lines_of(page) if not is_number(line)]
            assert abs(len(lines) - 22) <= 1
            assert {len(line) for line in lines} == {28}


class TestWords:
    def test_a_reply_answers_ask_by_ask_under_numbered_headings(self):
        text = text_of(render_pdf("reply", REPLY)).replace("\n", "")

        assert "关于政协云岭县第五届委员会第五次会议第0123号提案的答复" in text
        for words in ("林晓委员、周敏委员", "一、关于", "二、关于第二项建议", "三、关于", "签发人"):
            assert words in text
        assert "抄送：县政协提案委员会，县人民政府督查室。" in text

    @pytest.mark.parametrize("kind", SPECIMENS)
    def test_word_and_pdf_say_the_same(self, kind):
        def letters(text):
            return sorted(re.sub(r"[\s—\d□]|草稿", "", text))

        pdf = text_of(render_pdf(kind, SPECIMENS[kind]))
        word = "".join(
            node.text or ""
            for part in xml_parts(render_docx(kind, SPECIMENS[kind]))
            for node in part.iter(qn("w:t"))
        )
        once = {"sheet": "提案人共人"}.get(kind, "")
        assert set(letters(pdf)) - set(once) <= set(letters(word))
        assert set(letters(word)) - set("（）") <= set(letters(pdf)) | set(once)

    def test_a_greeting_the_writer_typed_is_not_said_twice(self):
        said = spoken(replace(REPLY, opening="林晓、周敏委员：\n提案收悉，现答复如下。"))

        assert said["greeting"] == "林晓、周敏委员："
        assert said["body"][0]["text"] == "提案收悉，现答复如下。"

    def test_a_letter_without_a_contact_has_no_empty_brackets(self):
        assert spoken(replace(REPLY, contact=Contact("")))["contact_line"] == ""

    def test_a_single_answer_has_no_number(self):
        said = spoken(replace(REPLY, answers=(Answer("设立补助。", "已设立。"),)))

        assert said["body"][1] == {"style": "heading", "text": "关于“设立补助”"}

    def test_a_title_brings_no_second_pair_of_title_marks(self):
        said = spoken(replace(REPLY, proposal_title="关于落实《条例》的建议"))

        assert "《关于落实〈条例〉的建议》" in said["body"][0]["text"]

    def test_indents_that_people_type_do_not_add_to_ours(self):
        said = spoken(replace(REPLY, opening="　　　您好。\n\n   第二段。"))

        assert [block["text"] for block in said["body"][:2]] == ["您好。", "第二段。"]

    @pytest.mark.parametrize(
        ("number", "words"),
        [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")],
    )
    def test_headings_count_in_chinese(self, number, words):
        assert chinese_number(number) == words

    def test_dates_have_no_leading_zeros(self):
        assert chinese_date(date(2026, 1, 5)) == "2026年1月5日"

    def test_many_attachments_are_numbered(self):
        said = spoken(replace(REPLY, attachments=("征询意见表", "补偿标准")))

        assert said["attachment_lines"] == ["附件：1. 征询意见表", "\u3000\u3000\u30002. 补偿标准"]

    def test_a_long_name_of_an_organ_and_many_signers_stay_on_the_page(self):
        long = "中国人民政治协商会议云岭县委员会提案委员会办公室及提案办理协商工作领导小组"
        letter = replace(REPLY, organ=long, signatures=(long, "云岭县财政局"))

        assert long in text_of(render_pdf("reply", letter)).replace("\n", "")
        assert long in word_text(render_docx("reply", letter))


HOSTILE = [
    '#import "@preview/x:1.0": *; #read("/etc/passwd")',
    "#panic()[]$x^2$*粗*_斜_`码`<标签>@引用 \\u{41} // 注释 /* 注 */",
    "{{ 7 * 7 }}{% for x in range(9) %}a{% endfor %}{# 注 #}",
    "<w:p><w:r><w:t>注入</w:t></w:r></w:p>&amp;&lt;&#65;",
    "]]><!-- 注释 --><?xml version='1.0'?>",
    "\"引号\" '单引' 反斜\\ 制表",
    "%s %(x)s {0} {x}",
]


class TestHostileWords:
    @pytest.mark.parametrize("words", HOSTILE)
    def test_what_a_person_types_is_set_as_it_is(self, words):
        letter = replace(
            REPLY, organ=words, proposal_title=words, signer=words, publicity=words,
            addressees=(words,), opening=words, copies=(words,), attachments=(words,),
            answers=(Answer(words, words),),
        )  # fmt: skip
        squeezed = re.sub(r"\s", "", words)

        assert re.sub(r"\s", "", word_text(render_docx("reply", letter))).count(squeezed) >= 8
        pdf = re.sub(r"\s", "", text_of(render_pdf("reply", letter)))
        assert pdf.count(squeezed[:12]) >= 9

    def test_control_and_direction_marks_are_dropped(self):
        dirty = "林\x00\x0b\x1b[31m晓\u202e\u2066\ufffe\ud800\u200b\x07委员"

        assert clean(dirty) == "林[31m晓委员"
        assert clean("\ue0a5\U00031350") == "\ue0a5\U00031350"  # rare names need these
        letter = replace(REPLY, addressees=(dirty,), opening=dirty)
        assert "林[31m晓委员" in word_text(render_docx("reply", letter))
        assert render_pdf("reply", letter)

    def test_every_kind_stands_empty_and_endless_words(self):
        empty = replace(
            SHEET, title="", type="", situation="", analysis="", asks=(), proposers=(),
            submitted_on=None, opinion="", category="",
        )  # fmt: skip
        endless = replace(SHEET, title="长" * 2_000, situation="x" * 5_000, asks=("建" * 5_000,))
        for sheet in (empty, endless):
            assert render_pdf("sheet", sheet)
            assert render_docx("sheet", sheet)

    def test_rare_characters_of_names_are_set(self):
        content = render_pdf("sheet", replace(SHEET, proposers=(Person("李垚"), Person("张喆"))))

        assert "李垚" in text_of(content)


class TestLongTables:
    def test_the_head_is_repeated_on_every_page(self):
        notice = replace(ASSIGNMENT, proposals=assigned(300))
        began = time.monotonic()

        pages = PdfReader(io.BytesIO(render_pdf("assignment", notice))).pages
        tables = [page.extract_text() for page in pages if "案由" in page.extract_text()]

        assert time.monotonic() - began < 20
        assert len(tables) > 15
        assert all("承办" in text or "主办单位" in text for text in tables)
        assert "第0300号" in re.sub(r"\s", "", tables[-1])

    def test_in_word_too(self):
        content = render_docx("assignment", replace(ASSIGNMENT, proposals=assigned(300)))
        table = docx.Document(io.BytesIO(content)).tables[0]

        assert len(table.rows) == 301
        assert table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None

    def test_a_sheet_lists_sixty_cosigners(self):
        people = tuple(Person(f"委员{n}", "教育界", "某某学校", "138") for n in range(60))

        assert "委员59" in text_of(render_pdf("sheet", replace(SHEET, proposers=people)))


def own_template(*paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class TestOwnTemplates:
    def test_an_organ_words_its_letters_itself(self):
        template = own_template("云岭风格：{{ proposal_title }}", "{{ contact.phone }}")

        text = word_text(render_docx("reply", REPLY, template))

        assert "云岭风格：关于加快老旧小区加装电梯的建议" in text
        assert "0571-0000 1234" in text

    def test_our_own_template_can_be_changed_and_put_back(self):
        parts = parts_of(standard_template("reply"))
        changed = (
            parts["word/document.xml"].decode().replace("{{ greeting }}", "尊敬的{{ greeting }}")
        )
        template = zipped({**parts, "word/document.xml": changed.encode()})

        assert "尊敬的林晓委员" in word_text(render_docx("reply", REPLY, template))

    def test_a_draft_on_own_paper_is_marked_too(self):
        content = render_docx("reply", REPLY, own_template("{{ title }}"), draft=True)

        assert any(b"textpath" in part for part in parts_of(content).values())

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            ("{{ no_such_thing }}", "unknown"),
            ("{{ contact.no_such_thing }}", "unknown"),
            ("{% if publicity %}没有收尾", "syntax"),
            ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "forbidden"),
            ("{{ title.__class__.__init__.__globals__ }}", "forbidden"),
            ("{{ self.__init__.__globals__ }}", "forbidden"),
            ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "forbidden"),
            ("{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
             "too_much"),
            ("{{ 'x' * 10 ** 10 }}", "too_much"),
        ],
    )  # fmt: skip
    def test_a_template_that_asks_too_much_is_refused_with_a_sentence(
        self, words, code, monkeypatch
    ):
        from shangliang.matters.letters import word
        from shangliang.matters.uploads.limits import Limits

        monkeypatch.setattr(word, "_BOUNDS", Limits(cpu_seconds=2, wall_seconds=8))

        with pytest.raises(BadTemplate) as refused:
            render_docx("reply", REPLY, own_template(words))

        assert refused.value.code == code
        assert str(refused.value).endswith("。")

    def test_what_is_no_word_file_is_refused(self):
        for content in (b"", b"not a zip", zipped({"a.txt": b"x"})):
            with pytest.raises(BadTemplate, match="不是可以打开的 Word 模板"):
                render_docx("reply", REPLY, content)

    def test_a_template_gets_words_and_nothing_of_the_house(self, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "do-not-tell")
        said = spoken(REPLY)

        def plain(value):
            if isinstance(value, dict):
                return all(plain(item) for item in value.values())
            if isinstance(value, list):
                return all(plain(item) for item in value)
            return value is None or isinstance(value, str | bool)

        assert plain(said)


def test_the_operator_is_told_which_fonts_are_replaced(tmp_path):
    assert missing_faces(None) == list(FACES)
    assert missing_faces(tmp_path / "nowhere") == list(FACES)


def test_a_font_the_operator_put_in_its_folder_is_found_and_used(tmp_path):
    """No licensed font can be shipped, so ours is put there under the name of one."""
    (tmp_path / "fangsong.otf").write_bytes(renamed_font("FangSong_GB2312"))

    assert "仿宋_GB2312" not in missing_faces(tmp_path)
    assert "黑体" in missing_faces(tmp_path)
    content = render_pdf("reply", REPLY, fonts=tmp_path)
    used = PdfReader(io.BytesIO(content)).pages[1]["/Resources"]["/Font"]
    assert any("FangSong" in str(font.get_object()["/BaseFont"]) for font in used.values())


def renamed_font(family):
    """Noto Serif SC with a new table of names at its end."""
    import pylopdf_fonts_zh_cn

    font = Path(pylopdf_fonts_zh_cn.__path__[0], "NotoSerifSC-Regular.otf").read_bytes()
    names = {1: family, 2: "Regular", 4: family, 6: family}
    words = b"".join(name.encode("utf-16be") for name in names.values())
    records, at = b"", 0
    for number, name in names.items():
        records += struct.pack(">6H", 3, 1, 0x409, number, len(name) * 2, at)
        at += len(name) * 2
    table = struct.pack(">3H", 0, len(names), 6 + len(records)) + records + words
    entry = font.index(b"name", 12)
    place = struct.pack(">LL", len(font), len(table))
    return font[: entry + 8] + place + font[entry + 16 :] + table


def test_the_templates_are_part_of_the_package():
    for kind in SPECIMENS:
        assert zipfile.is_zipfile(io.BytesIO(standard_template(kind)))
