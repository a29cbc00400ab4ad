"""An organ's own Word templates, and the letters made on them."""

import io

import docx
import pytest

from shangliang.matters import shelf
from shangliang.matters.letters.fill import BadTemplate
from shangliang.matters.letters.specimens import REPLY
from shangliang.matters.letters.word import standard_template
from shangliang.matters.models import Entry, LetterTemplate, StoredFile
from shangliang.matters.refusals import Refused
from shangliang.matters.stationery import (
    drop_template,
    file_letter,
    set_template,
    template_for,
)
from shangliang.matters.sweeping import sweep
from tests.matters.brought import parts_of, pdf_bytes, zipped
from tests.matters.hostile import macro_docx
from tests.matters.test_letters import own_template, word_text
from tests.world import SPRING, proposal

OURS = own_template("云岭住建答复：{{ title }}", "{{ signer_line }}")


def put(world, content, kind="reply", name="模板.docx"):
    return set_template(world.housing, kind, io.BytesIO(content), name, by=world.sys, at=SPRING)


def letter(world, matter, organisation=None):
    return file_letter(
        matter, "reply", REPLY, organisation=organisation or world.housing, name="答复",
        by=world.liang, at=SPRING, visibility="members",
    )  # fmt: skip


def filed_word(matter):
    version = matter.documents.get(versions__name="答复.docx").versions.get()
    return word_text(shelf.take(version.file.digest).read())


def test_without_a_template_of_its_own_an_organ_uses_ours(world):
    assert template_for(world.housing, "reply") is None


def test_the_housing_bureau_puts_its_own_template_in_place(world):
    put(world, OURS)

    assert "云岭住建答复" in word_text(template_for(world.housing, "reply"))
    assert template_for(world.finance, "reply") is None
    assert template_for(world.housing, "filing") is None
    assert Entry.objects.latest("id").verb == "template"


def test_our_own_template_downloaded_changed_and_brought_back_is_accepted(world):
    parts = parts_of(standard_template("reply"))
    changed = parts["word/document.xml"].decode().replace("{{ greeting }}", "尊敬的{{ greeting }}")

    put(world, zipped({**parts, "word/document.xml": changed.encode()}))

    assert "尊敬的" in word_text(template_for(world.housing, "reply"))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (own_template("{{ no_such_thing }}"), BadTemplate),
        (own_template("{% if publicity %}"), BadTemplate),
        (own_template("{{ ''.__class__.__mro__ }}"), BadTemplate),
        (macro_docx(), Refused),
        (pdf_bytes(), Refused),
        (b"", Refused),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_and_nothing_changes(world, content, refusal):
    put(world, OURS)

    with pytest.raises(refusal):
        put(world, content)

    assert "云岭住建答复" in word_text(template_for(world.housing, "reply"))


def test_a_second_template_takes_the_place_of_the_first(world):
    put(world, OURS)
    put(world, own_template("第二版：{{ title }}"))

    assert "第二版" in word_text(template_for(world.housing, "reply"))
    assert LetterTemplate.objects.count() == 1


def test_taking_it_away_brings_ours_back(world):
    put(world, OURS)

    drop_template(world.housing, "reply", by=world.sys, at=SPRING)

    assert template_for(world.housing, "reply") is None


def test_a_template_in_use_is_never_swept(world):
    put(world, OURS)

    assert sweep(SPRING.replace(year=2099)) == 0
    assert StoredFile.objects.count() == 1


def test_a_letter_is_filed_in_word_and_as_pdf(world):
    matter = proposal(world)

    filed = letter(world, matter)

    names = set(matter.documents.values_list("versions__name", flat=True))
    assert names == {"答复.docx", "答复.pdf"}
    assert filed.versions.get().name == "答复.pdf"
    assert shelf.take(filed.versions.get().file.digest).read().startswith(b"%PDF-")
    assert "逐层递增" in filed_word(matter)


def test_a_letter_is_set_on_the_organs_own_paper(world):
    matter = proposal(world)
    put(world, OURS)

    letter(world, matter)

    assert filed_word(matter).startswith("云岭住建答复")


def test_a_letter_goes_out_even_when_the_template_is_lost(world):
    matter = proposal(world)
    put(world, OURS)
    shelf.drop(StoredFile.objects.get().digest)

    letter(world, matter)

    assert "林晓委员" in filed_word(matter)


def test_the_page_of_the_letter_can_be_opened_again_in_word(world):
    matter = proposal(world)
    letter(world, matter)
    version = matter.documents.get(versions__name="答复.docx").versions.get()

    assert docx.Document(shelf.take(version.file.digest)).sections[
        0
    ].page_width.mm == pytest.approx(210, abs=0.1)
