#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the documents of tests/golden/documents: small, of no real person, equal byte for byte at every run.

    tools/make/golden_documents.py tests/golden/documents
"""
import io
import struct
import sys
import tarfile
import zipfile
import zlib

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = '<?xml version="1.0" encoding="UTF-8"?><Types/>'


def package(members, method=zipfile.ZIP_DEFLATED, comment=b""):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1990, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" or name.endswith("/") else method
            archive.writestr(info, data)
        archive.comment = comment
    return out.getvalue()


def relations(*rows):
    inside = "".join(
        f'<Relationship Id="{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
        f'Target="{target}"{mode}/>' for i, kind, target, mode in rows)
    return f"<Relationships>{inside}</Relationships>"


def paragraph(text):
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def png(width, height, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


PICTURE = png(16, 8, b"".join(b"\0" + bytes(16 * x + y for x in range(16)) for y in range(8)))


def docx():
    body = (paragraph("Statement of the Ministry of Roads") + paragraph("Ministerstvo cest · Міністерство доріг · Министерство дорог")
            + '<w:p><w:r><w:t>The figure is </w:t></w:r><w:del w:author="E. Ditor"><w:r><w:delText>200</w:delText></w:r></w:del>'
              '<w:ins w:author="E. Ditor"><w:r><w:t>about 190</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r></w:p>'
            + "<w:tbl><w:tr><w:tc>" + paragraph("Name") + "</w:tc><w:tc>" + paragraph("Born") + "</w:tc></w:tr><w:tr><w:tc>"
            + paragraph("Anna Specimen") + "</w:tc><w:tc>" + paragraph("1974-08-12") + "</w:tc></w:tr></w:tbl>")
    return package([
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", relations(("r1", "officeDocument", "word/document.xml", ""))),
        ("docProps/core.xml", "<cp:coreProperties><dc:creator>Office of Nobody</dc:creator><cp:lastModifiedBy>E. Ditor"
                              "</cp:lastModifiedBy><dcterms:created>2021-03-04T05:06:07Z</dcterms:created></cp:coreProperties>"),
        ("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>"),
        ("word/_rels/document.xml.rels", relations(("r1", "image", "media/image1.png", ""),
                                                   ("r2", "hyperlink", "https://ministry.example/", ' TargetMode="External"'))),
        ("word/header1.xml", f"<w:hdr {WORD}>{paragraph('Draft, not for publication')}</w:hdr>"),
        ("word/comments.xml", f'<w:comments {WORD}><w:comment w:author="E. Ditor">{paragraph("who counted?")}</w:comment></w:comments>'),
        ("word/media/image1.png", PICTURE),
    ])


def xlsx():
    return package([
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", relations(("r1", "officeDocument", "xl/workbook.xml", ""))),
        ("xl/workbook.xml", '<workbook><sheets><sheet name="Payments" sheetId="1" r:id="r1"/>'
                            '<sheet name="Old" sheetId="2" state="veryHidden" r:id="r2"/></sheets></workbook>'),
        ("xl/_rels/workbook.xml.rels", relations(("r1", "worksheet", "worksheets/sheet1.xml", ""), ("r2", "worksheet", "worksheets/sheet2.xml", ""),
                                                 ("r3", "sharedStrings", "sharedStrings.xml", ""), ("r4", "styles", "styles.xml", ""))),
        ("xl/sharedStrings.xml", "<sst><si><t>Name</t></si><si><t>Date</t></si><si><t>Sum</t></si><si><t>Специмен Анна</t></si></sst>"),
        ("xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
        ("xl/worksheets/sheet1.xml", '<worksheet><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>'
                                     '<row><c r="A2" t="s"><v>3</v></c><c r="B2" s="1"><v>44259.5</v></c><c r="D2"><v>1250.75</v></c></row></sheetData></worksheet>'),
        ("xl/worksheets/sheet2.xml", '<worksheet><sheetData><row><c t="inlineStr"><is><t>nobody was to see this</t></is></c></row></sheetData></worksheet>'),
    ])


def pptx():
    def slide(text, more=""):
        return f"<p:sld{more}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"
    return package([
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", relations(("r1", "officeDocument", "ppt/presentation.xml", ""))),
        ("ppt/presentation.xml", '<p:presentation><p:sldIdLst><p:sldId id="256" r:id="r2"/><p:sldId id="257" r:id="r1"/></p:sldIdLst></p:presentation>'),
        ("ppt/_rels/presentation.xml.rels", relations(("r1", "slide", "slides/slide1.xml", ""), ("r2", "slide", "slides/slide2.xml", ""))),
        ("ppt/slides/slide1.xml", slide("Second, and hidden", ' show="0"')),
        ("ppt/slides/slide2.xml", slide("First")),
        ("ppt/slides/_rels/slide2.xml.rels", relations(("r1", "notesSlide", "../notesSlides/notesSlide1.xml", ""))),
        ("ppt/notesSlides/notesSlide1.xml", slide("say this slowly")),
    ])


def odt():
    body = ('<text:h>Carta</text:h><text:p>Unos<text:s text:c="2"/>doscientos<text:tab/>pasaportes</text:p>'
            "<office:annotation><dc:creator>E. Ditor</dc:creator><text:p>¿quién lo dice?</text:p></office:annotation>")
    return package([
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("meta.xml", "<office:document-meta><office:meta><meta:generator>a hand</meta:generator></office:meta></office:document-meta>"),
        ("content.xml", f"<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"),
    ])


def rtf():
    russian = "".join(f"\\'{b:02x}" for b in "Справка".encode("cp1251"))
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Serif;}{\\f1\\fcharset204 Serif Cyr;}}{\\info{\\title Report}{\\author Nobody}"
            f"{{\\creatim\\yr2020\\mo2\\dy3\\hr4\\min5}}}}\\f1 {russian}\\f0\\par caf\\'e9 \\u8364? 5\\par{{\\deleted not this}}"
            "{\\pict\\pngblip " + PICTURE.hex() + "}}").encode("ascii")


def pdf():
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(list.csv) 7 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
        b"/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T(E. Ditor)/Contents(who signed?)>>]>>",
        None,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>",
        b"<</Type/Filespec/F(list.csv)/EF<</F 8 0 R>>>>",
        None,
        b"<</Title(Order 7)/Author(Nobody)/CreationDate(D:20200203040506Z)>>",
    ]
    streams = {3: (b"", b"BT /F 12 Tf 20 60 Td (Order number 7) Tj 0 -20 Td (signed in Nowhere) Tj ET"),
               7: (b"/Type/EmbeddedFile/Subtype/text#2Fcsv", b"name,born\nAnna Specimen,1974-08-12\n")}
    for index, (entries, data) in streams.items():
        objects[index] = b"<<" + entries + b"/Length %d>> stream\n" % len(data) + data + b"\nendstream"
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj " % number + body + b" endobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d/Root 1 0 R/Info 9 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in [("list.txt", b"one\ntwo\n"), ("Папка/письмо.txt", b"text"), ("long/" + "n" * 120 + ".txt", b"x")]:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def cp866_zip():
    """As old Windows programs wrote names: bytes of the console's code page, and no flag that says so."""
    name = "Список личного состава и удостоверения.txt".encode("cp866")
    data = b"text"
    crc = zlib.crc32(data)
    local = struct.pack("<IHHHIIIIHH", 0x04034B50, 20, 0, 0, 0, crc, len(data), len(data), len(name), 0) + name + data
    entry = struct.pack("<IHHHHIIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, crc, len(data), len(data), len(name), 0, 0, 0, 0, 0, 0) + name
    return local + entry + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(entry), len(local), 0)


def documents():
    plain = package([("readme.txt", "hello\n"), ("folder/", ""), ("folder/photo.jpg", b"%PDF-1.4 no photo"), ("../up.txt", "x")], comment=b"made by hand")
    return {"statement.docx": docx(), "payments.xlsx": xlsx(), "slides.pptx": pptx(), "letter.odt": odt(), "report.rtf": rtf(), "order.pdf": pdf(),
            "members.zip": plain, "cut.zip": plain[:200], "behind.zip": plain + b"hidden behind the end", "cp866.zip": cp866_zip(),
            "members.tar": tar(), "nested.zip": package([("inner.zip", plain), ("statement.docx", docx())]), "picture.png": PICTURE,
            "cut.png": PICTURE[:70]}


def main():
    for name, data in documents().items():
        with open(f"{sys.argv[1]}/{name}", "wb") as out:
            out.write(data)


if __name__ == "__main__":
    main()
