"""Good files as people bring them, built on the spot."""

import io
import zipfile

import docx
import openpyxl
import typst
from PIL import Image
from PIL.TiffImagePlugin import IFDRational


def docx_bytes(text="关于加快老旧小区加装电梯的建议", header="", author="林晓的电脑"):
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.last_modified_by = author
    document.add_paragraph(text)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return _saved(document)


def xlsx_bytes(rows=(("小区", "户数"), ("梧桐苑", 312))):
    book = openpyxl.Workbook()
    book.properties.creator = "林晓的电脑"
    for row in rows:
        book.active.append(row)
    return _saved(book)


def ofd_bytes(text="安澜县住房和城乡建设局"):
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts = {
        "OFD.xml": f'<ofd:OFD {space} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}/>",
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}><ofd:TextObject>"
        f"<ofd:TextCode X='0' Y='0'>{text}</ofd:TextCode></ofd:TextObject></ofd:Page>",
    }
    return zipped({name: f"<?xml version='1.0'?>{xml}".encode() for name, xml in parts.items()})


def pdf_bytes(text="关于加快老旧小区加装电梯的建议"):
    source = '#set page(width: 210mm, height: 297mm)\n#set text(font: "Noto Serif SC")\n'
    return typst.compile(
        (source + "#sys.inputs.text").encode(), font_paths=_fonts(), sys_inputs={"text": text}
    )


def _fonts():
    import pylopdf_fonts_zh_cn

    return [pylopdf_fonts_zh_cn.__path__[0]]


def jpg_bytes(size=(64, 48), place=True):
    picture = Image.new("RGB", size, "#c33")
    exif = Image.Exif()
    exif[0x010F] = "LINXIAO-PHONE"
    exif[0x0112] = 6  # lies on its side
    if place:
        exif.get_ifd(0x8825)[2] = (IFDRational(29), IFDRational(35), IFDRational(7))
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def png_bytes(size=(64, 48), mode="RGB"):
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def webp_bytes(size=(64, 48)):
    out = io.BytesIO()
    Image.new("RGB", size, "#3c3").save(out, "WEBP")
    return out.getvalue()


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
