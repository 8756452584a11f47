#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes DOC, XLS and PPT files for tests/golden/documents: small, of no real person, equal byte for byte at every run.

    tools/make/legacy_documents.py tests/golden/documents

The formats: [MS-CFB], [MS-OLEPS], [MS-DOC], [MS-XLS], [MS-PPT], [MS-ODRAW]; only what the tests need of them.
"""
import struct
import sys
import zlib

SECTOR = 512
NONE = 0xFFFFFFFF
END = 0xFFFFFFFE


def padded(data, size):
    return data + b"\0" * (-len(data) % size)


class Compound:
    """A compound file: add streams and storages by their path, "ObjectPool/_1/\\x01Ole10Native"."""

    def __init__(self):
        self.entries = [["Root Entry", 5, b"", []]]  # name, type, bytes, children
        self.by_path = {"": 0}

    def add(self, path, data=None):
        folder, _, name = path.rpartition("/")
        if folder not in self.by_path:
            self.add(folder)
        self.by_path[path] = len(self.entries)
        self.entries[self.by_path[folder]][3].append(len(self.entries))
        self.entries.append([name, 1 if data is None else 2, data or b"", []])
        return self

    def file(self):
        small, small_table, large, table = b"", [], b"", []

        def chain(numbers, first, count):
            numbers += [first + i + 1 for i in range(count - 1)] + [END] if count else []

        place = {}
        for i, (_, kind, data, _) in enumerate(self.entries):
            if kind == 2 and 0 < len(data) < 4096:
                place[i] = len(small_table)
                chain(small_table, len(small_table), (len(data) + 63) // 64)
                small += padded(data, 64)
        for i, (_, kind, data, _) in enumerate(self.entries):
            if i == 0:
                data = small
            if (kind == 2 and len(data) >= 4096) or (i == 0 and small):
                place[i] = len(table)
                chain(table, len(table), (len(data) + SECTOR - 1) // SECTOR)
                large += padded(data, SECTOR)
        first_small = len(table) if small_table else END
        packed = padded(b"".join(struct.pack("<I", n) for n in small_table), SECTOR)
        chain(table, len(table), len(packed) // SECTOR)
        large += packed
        directory = b"".join(self.entry(i, place, small) for i in range(len(self.entries)))
        directory = padded(directory, SECTOR)
        first_directory = len(table)
        chain(table, len(table), len(directory) // SECTOR)
        large += directory
        tables = 1
        while (len(table) + tables) * 4 > tables * SECTOR:
            tables += 1
        first_table = len(table)
        table += [0xFFFFFFFD] * tables
        table += [NONE] * (-len(table) % 128)
        large += b"".join(struct.pack("<I", n) for n in table)
        head = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 10
        head += struct.pack("<IIIIIIIII", tables, first_directory, 0, 4096, first_small, len(packed) // SECTOR, END, 0, first_table)
        head += b"".join(struct.pack("<I", first_table + i if i < tables else NONE) for i in range(1, 109))
        return head + large

    def entry(self, i, place, small):
        name, kind, data, children = self.entries[i]
        wide = name.encode("utf-16-le")
        # Siblings hang on a string of right links: a tree, if no balanced one.
        def rank(k):
            return (len(self.entries[k][0]), self.entries[k][0].upper())
        child = min(children, key=rank) if children else NONE
        right = NONE
        for _, _, _, others in self.entries:
            if i in others:
                after = sorted(others, key=rank)
                at = after.index(i)
                right = after[at + 1] if at + 1 < len(after) else NONE
        size = len(small) if i == 0 else len(data)
        start = place.get(i, END)
        return (wide + b"\0" * (64 - len(wide)) + struct.pack("<HBBIII", len(wide) + 2, kind, 1, NONE, right, child)
                + b"\0" * 16 + struct.pack("<IQQIQ", 0, 0, 0, start, size))


def property_set(sections):
    """[(format id in hexadecimal, [(id, type, value)], names)]"""
    out = struct.pack("<HHI", 0xFFFE, 0, 0x20006) + b"\0" * 16 + struct.pack("<I", len(sections))
    bodies, at = [], len(out) + 20 * len(sections)
    for form, values, names in sections:
        properties = [(1, struct.pack("<IHH", 2, 1251, 0))]
        if names:
            listed = struct.pack("<I", len(names))
            for number, name in names:
                raw = name.encode("cp1251") + b"\0"
                listed += struct.pack("<II", number, len(raw)) + raw
            properties.append((0, padded(listed, 4)))
        for number, kind, value in values:
            if kind == 30:
                raw = value.encode("cp1251") + b"\0"
                properties.append((number, padded(struct.pack("<II", 30, len(raw)) + raw, 4)))
            elif kind == 64:
                properties.append((number, struct.pack("<IQ", 64, value)))
            else:
                properties.append((number, struct.pack("<Ii", kind, value)))
        head, body = b"", b""
        first = 8 + 8 * len(properties)
        for number, data in properties:
            head += struct.pack("<II", number, first + len(body))
            body += data
        bodies.append(struct.pack("<II", first + len(body), len(properties)) + head + body)
        out += bytes.fromhex(form) + struct.pack("<I", at)
        at += len(bodies[-1])
    return out + b"".join(bodies)


def filetime(seconds_since_1970):
    return (seconds_since_1970 + 11644473600) * 10_000_000


def describe(compound, title, slides=0):
    compound.add("\x05SummaryInformation", property_set([("e0859ff2f94f6810ab9108002b27b3d9", [
        (2, 30, title), (4, 30, "Анна Специмен"), (8, 30, "E. Ditor"), (10, 64, 600_000_000 * 7), (12, 64, filetime(1614834367)),
        (13, 64, filetime(1614920767)), (14, 3, 1), (18, 30, "Microsoft Office")], [])]))
    compound.add("\x05DocumentSummaryInformation", property_set([
        ("02d5cdd59c2e1b10939708002b2cf9ae", [(15, 30, "Ministry of Roads")] + ([(7, 3, slides)] if slides else []), []),
        ("05d5cdd59c2e1b10939708002b2cf9ae", [(2, 30, "editor@ministry.example")], [(2, "_AuthorEmail")])]))
    return compound


def png(width, height, rows):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


PICTURE = png(16, 8, b"".join(b"\0" + bytes(16 * x + y for x in range(16)) for y in range(8)))


def art(kind, data, instance=0, version=0):
    return struct.pack("<HHI", instance << 4 | version, kind, len(data)) + data


def blip():
    return art(0xF01E, b"i" * 16 + b"\xff" + PICTURE, 0x6E0)


def metafile():
    raw = b"\x01\0\0\0" + b"\0" * 36 + b" EMF" + b"\0" * 60
    packed = zlib.compress(raw)
    return art(0xF01A, b"j" * 16 + struct.pack("<I", len(raw)) + b"\0" * 24 + struct.pack("<IBB", len(packed), 0, 0xFE) + packed, 0x3D4)


def package(name, data):
    raw = struct.pack("<H", 2) + name + b"\0C:\\" + name + b"\0" + struct.pack("<HHI", 0, 3, 4) + b"tmp\0" + struct.pack("<I", len(data)) + data
    return struct.pack("<I", len(raw)) + raw


# --- Word -------------------------------------------------------------------------------------------------------------

class Text:
    """Text with marks: "{-" "-}" around what is deleted, "|" a cell's end, "/|" a row's."""

    def __init__(self, marked):
        self.letters, self.deleted, self.row_ends = "", [], []
        deleted, i = False, 0
        while i < len(marked):
            two = marked[i:i + 2]
            if two in ("{-", "-}"):
                deleted, i = two == "{-", i + 2
                continue
            row = two == "/|"
            i += 2 if row else 1
            self.letters += "\x07" if row or two[0] == "|" else two[0]
            self.deleted.append(deleted)
            self.row_ends.append(row)


def letter_page(offset, width, text):
    """A ChpxFkp over letters of `width` bytes from `offset`."""
    bounds = [0] + [i for i in range(1, len(text.deleted)) if text.deleted[i] != text.deleted[i - 1]] + [len(text.deleted)]
    page = bytearray(SECTOR)
    runs = len(bounds) - 1
    for i, bound in enumerate(bounds):
        struct.pack_into("<I", page, i * 4, offset + bound * width)
    page[500:504] = b"\x03" + struct.pack("<HB", 0x0800, 1)
    for i in range(runs):
        page[(runs + 1) * 4 + i] = 250 if text.deleted[bounds[i]] else 0
    page[511] = runs
    return bytes(page)


def paragraph_page(offset, width, text):
    bounds = [0] + [i + 1 for i, c in enumerate(text.letters) if c in "\r\x07"]
    page = bytearray(SECTOR)
    runs = len(bounds) - 1
    for i, bound in enumerate(bounds):
        struct.pack_into("<I", page, i * 4, offset + bound * width)
    page[496:504] = b"\0\x03" + struct.pack("<HHB", 0, 0x2417, 1) + b"\0"
    for i in range(runs):
        page[(runs + 1) * 4 + i * 13] = 248 if text.row_ends[bounds[i + 1] - 1] else 0
    page[511] = runs
    return bytes(page)


def doc():
    plain = Text("Statement of the Ministry of Roads\rThe figure is {-200-}about 190.\x05\x02\rName|Born|/|Anna Specimen||/|")
    wide = Text("Міністерство доріг · Министерство дорог — 1974\r\x13 HYPERLINK \"https://ministry.example/\" \x14the ministry\x15\r\x01\r")
    note, header, comment, box = "\x02 Counted twice.\r", "Draft, not for publication\r", "\x05who counted?\r", "In the margin\r"
    main_length = len(plain.letters) + len(wide.letters)
    wide_all = wide.letters + note + header + comment + box + "\r"
    stream = bytearray(1024)
    at_plain = len(stream)
    stream += plain.letters.encode("cp1252")
    stream += b"\0" * (-len(stream) % 2)
    at_wide = len(stream)
    stream += wide_all.encode("utf-16-le")
    stream = bytearray(padded(bytes(stream), SECTOR))
    first_page = len(stream) // SECTOR
    stream += letter_page(at_plain, 1, plain)
    stream += paragraph_page(at_plain, 1, plain)
    # A run of its own for the picture, which says where in the stream Data it stands.
    at_picture = at_wide + wide.letters.index("\x01") * 2
    page = bytearray(SECTOR)
    struct.pack_into("<III", page, 0, at_wide, at_picture, at_picture + 2)
    page[9 + 4] = 240
    page[480:487] = b"\x06" + struct.pack("<HI", 0x6A03, 0)
    page[511] = 2
    stream += bytes(page)
    at_floating = len(stream)
    stream += metafile()
    table = b""
    pairs = {}

    def put(number, data):
        nonlocal table
        pairs[number] = (len(table), len(data))
        table += data

    cps = [0, len(plain.letters), len(plain.letters) + len(wide_all)]
    pieces = struct.pack("<III", *cps) + struct.pack("<HIH", 0, at_plain * 2 | 0x40000000, 0) + struct.pack("<HIH", 0, at_wide, 0)
    put(33, b"\x02" + struct.pack("<I", len(pieces)) + pieces)
    put(12, struct.pack("<IIIII", at_plain, at_wide, at_wide + 2, first_page, first_page + 2))
    put(13, struct.pack("<III", at_plain, at_wide, first_page + 1))
    put(4, struct.pack("<II", 60, main_length) + b"\x02\0E\0D\0".ljust(20, b"\0") + struct.pack("<HHHI", 0, 0, 0, NONE))
    put(5, struct.pack("<II", 0, len(comment)))
    put(36, struct.pack("<H", 8) + "E. Ditor".encode("utf-16-le"))
    saved = ["Anna Specimen", "C:\\roads\\statement.doc", "E. Ditor", "\\\\ministry\\press\\final.doc"]
    put(71, struct.pack("<HHH", 0xFFFF, len(saved), 0) + b"".join(struct.pack("<H", len(s)) + s.encode("utf-16-le") for s in saved))
    entry = struct.pack("<BB16sHIIIBBBB", 2, 2, b"j" * 16, 0xFF, len(metafile()), 1, at_floating, 0, 0, 0, 0)
    put(50, art(0xF000, art(0xF001, art(0xF007, entry, 2), 1, 15), 0, 15))
    struct.pack_into("<HHHHHH", stream, 0, 0xA5EC, 0xC1, 0, 0x0409, 0, 0x0200)
    struct.pack_into("<H", stream, 32, 14)
    struct.pack_into("<H", stream, 62, 22)
    lengths = [main_length, len(note), len(header), 0, len(comment), 0, len(box), 0]
    struct.pack_into("<8I", stream, 76, *lengths)
    struct.pack_into("<H", stream, 152, 0x5D)
    for number, (offset, length) in pairs.items():
        struct.pack_into("<II", stream, 154 + number * 8, offset, length)
    inline = art(0xF007, struct.pack("<BB16sHIIIBBBB", 6, 6, b"i" * 16, 0xFF, len(blip()), 1, NONE, 0, 0, 0, 0) + blip(), 6, 2)
    inside = art(0xF004, b"", 0, 15) + inline
    data = struct.pack("<IHH", 68 + len(inside), 68, 0x64) + b"\0" * 60 + inside
    out = describe(Compound(), "Statement")
    out.add("WordDocument", bytes(stream)).add("1Table", table).add("Data", data)
    out.add("ObjectPool/_1/\x01Ole10Native", package(b"list.txt", b"Anna Specimen\r\n"))
    out.add("Macros/VBA/ThisDocument", b"Attribute VB_Name")
    return out.file()


def doc_of_word6(language=0x0419, text="Список наёмников, 1995 год\rИмя\x07Год\x07\x07Анна Специмен\x071974\x07\x07", charset="cp1251", fonts=b""):
    raw = text.encode(charset)
    stream = bytearray(0x300) + raw + fonts
    struct.pack_into("<II", stream, 88 + 15 * 8, 0x300 + len(raw), len(fonts))
    struct.pack_into("<HHHHHH", stream, 0, 0xA5DC, 104, 0, language, 0, 0)
    struct.pack_into("<II", stream, 24, 0x300, 0x300 + len(raw))
    struct.pack_into("<I", stream, 52, len(raw))
    return describe(Compound(), "Список").add("WordDocument", bytes(stream)).file()


def doc_locked():
    stream = bytearray(1024)
    struct.pack_into("<HHHHHH", stream, 0, 0xA5EC, 0xC1, 0, 0x0409, 0, 0x0300)
    return describe(Compound(), "Locked").add("WordDocument", bytes(stream)).add("1Table", b"x" * 64).file()


# --- Excel ------------------------------------------------------------------------------------------------------------

def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


def wide(text, width=2):
    """Unicode as Excel 97 writes it: one byte a letter where that is enough."""
    narrow = all(ord(c) < 256 for c in text)
    raw = text.encode("latin-1") if narrow else text.encode("utf-16-le")
    return struct.pack("<H" if width == 2 else "<B", len(text)) + bytes([0 if narrow else 1]) + raw


def shared(texts):
    """A table of texts, cut into records in the middle of a text: first before its letters turn wide."""
    first, second = texts[0], texts[1]
    half = len(second) // 2
    out = record(0xFC, struct.pack("<II", 9, len(texts)) + wide(first) + struct.pack("<HB", len(second), 0) + second[:half].encode("latin-1"))
    out += record(0x3C, b"\1" + second[half:].encode("utf-16-le"))
    rich = texts[2]
    out += record(0x3C, struct.pack("<HBHI", len(rich), 0x0D, 1, 6) + rich.encode("utf-16-le") + b"r" * 4 + b"p" * 6
                  + b"".join(wide(text) for text in texts[3:]))
    return out


def cell(kind, row, column, style, data):
    return record(kind, struct.pack("<HHH", row, column, style) + data)


def link(address):
    raw = address.encode("utf-16-le") + b"\0\0"
    return record(0x1B8, struct.pack("<HHHH", 0, 0, 0, 0) + bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<II", 2, 3)
                  + bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b") + struct.pack("<I", len(raw)) + raw)


def workbook(version, charset):
    """Sheets "Payments" and "Old", the second hidden; version 8 for Excel 97, 5 for 95."""
    eight = version == 8

    def text(value, width=2):
        return wide(value, width) if eight else struct.pack("<H" if width == 2 else "<B", len(value)) + value.encode(charset)

    begin = struct.pack("<HHHHII", 0x600 if eight else 0x500, 5, 0, 0, 0, 6)[:16 if eight else 8]
    sheet_begin = begin[:2] + struct.pack("<H", 0x10) + begin[4:]
    half = struct.unpack("<Q", struct.pack("<d", 0.5))[0]
    payments = record(0x809, sheet_begin)
    payments += record(0x14, text("&CDraft", 2 if eight else 1))
    if eight:
        payments += b"".join(cell(0xFD, 0, i, 0, struct.pack("<I", i)) for i in range(3)) + cell(0xFD, 1, 0, 0, struct.pack("<I", 3))
    else:
        payments += b"".join(cell(0x204, 0, i, 0, text(t)) for i, t in enumerate(["Name", "Paid", "Sum"])) + cell(0x204, 1, 0, 0, text("Специмен Анна"))
    payments += cell(0x203, 1, 1, 1, struct.pack("<d", 45194.4375))
    payments += cell(0x27E, 1, 2, 0, struct.pack("<I", (150025 << 2 | 3)))
    payments += record(0xBD, struct.pack("<HH", 2, 1) + struct.pack("<HI", 1, 45195 << 2 | 2) + struct.pack("<HI", 0, 7 << 2 | 2) + struct.pack("<H", 2))
    payments += cell(6, 3, 2, 0, struct.pack("<QHI", half, 0, 0) + b"\0\0")
    payments += cell(6, 4, 0, 0, struct.pack("<QHI", 0xFFFF000000000000, 0, 0) + b"\0\0") + record(0x207, text("in words"))
    payments += cell(0x205, 4, 1, 0, b"\1\0") + cell(0x205, 4, 2, 0, b"\x07\1") + cell(6, 4, 4, 0, struct.pack("<QHI", 0xFFFF000000010001, 0, 0))
    if eight:
        payments += record(0x5D, struct.pack("<HHHHH", 0x15, 18, 0x19, 1, 0) + b"\0" * 12 + b"\0" * 4)
        payments += record(0x1B6, struct.pack("<HHIHHHI", 0, 0, 0, 0, 9, 16, 0)) + record(0x3C, b"\0who paid?") + record(0x3C, b"\0" * 16)
        payments += record(0x5D, struct.pack("<HHHHH", 0x15, 18, 6, 2, 0) + b"\0" * 12 + b"\0" * 4)
        payments += record(0x1B6, struct.pack("<HHIHHHI", 0, 0, 0, 0, 6, 16, 0)) + record(0x3C, b"\1" + "сверху".encode("utf-16-le")) + record(0x3C, b"\0" * 16)
        payments += record(0x1C, struct.pack("<HHHH", 1, 2, 0, 1) + wide("E. Ditor") + b"\0")
        payments += link("https://ministry.example/")
        payments += record(0x809, begin[:2] + struct.pack("<H", 0x20) + begin[4:]) + record(0x100D, struct.pack("<H", 0) + wide("Sums by month", 1))
        payments += cell(0x203, 0, 0, 0, struct.pack("<d", 1)) + record(0x0A)
    else:
        payments += record(0x1C, struct.pack("<HHH", 1, 2, 9) + b"who paid?")
    payments += record(0x0A)
    old = record(0x809, sheet_begin) + cell(0x204, 0, 0, 0, text("до 2019")) + record(0x0A)

    def globals_with(offsets):
        out = record(0x809, begin) + record(0x42, struct.pack("<H", 1200 if eight else 1251)) + record(0x5C, text("E. Ditor", 2 if eight else 1).ljust(112, b" "))
        out += record(0x22, b"\0\0") + record(0x41E, struct.pack("<H", 164) + text("yyyy\\-mm\\-dd", 2 if eight else 1))
        out += record(0xE0, struct.pack("<HH", 0, 0) + b"\0" * 16) + record(0xE0, struct.pack("<HH", 0, 164) + b"\0" * 16)
        for (name, state), offset in zip([("Payments", 0), ("Old", 2)], offsets):
            out += record(0x85, struct.pack("<IBB", offset, state, 0) + text(name, 1))
        if eight:
            out += record(0x1AE, struct.pack("<HH", 1, 16) + wide("\x01C\x03sums\x03old.xls")[2:])
            store = art(0xF007, struct.pack("<BB16sHIIIBBBB", 6, 6, b"i" * 16, 0xFF, len(blip()), 1, 0, 0, 0, 0, 0) + blip(), 6, 2)
            whole = art(0xF000, art(0xF001, store, 1, 15), 0, 15)
            out += record(0xEB, whole[:100]) + record(0x3C, whole[100:])
            out += shared(["Name", "Paid on the день", "Сумма", "Специмен Анна"])
        return out + record(0x0A)

    head = len(globals_with([0, 0]))
    return globals_with([head, head + len(payments)]) + payments + old


def xls(version=8, charset="cp1251"):
    out = describe(Compound(), "Payments")
    out.add("Workbook" if version == 8 else "Book", workbook(version, charset))
    if version == 8:
        out.add("MBD00000001/\x01Ole10Native", package(b"list.txt", b"Anna Specimen\r\n")).add("MBD00000001/WordDocument", b"")
    return out.file()


def xls_of_excel3():
    text = "Специмен".encode("cp1251")
    out = record(0x209, struct.pack("<HHH", 0, 0x10, 0)) + record(0x42, struct.pack("<H", 1251))
    out += record(0x1E, b"\x07General") + record(0x1E, b"\x08dd/mm/yy") + record(0x243, struct.pack("<BB", 0, 0) + b"\0" * 10)
    out += record(0x243, struct.pack("<BB", 0, 1) + b"\0" * 10)
    out += cell(0x204, 0, 0, 0, struct.pack("<H", len(text)) + text) + cell(0x203, 0, 1, 1, struct.pack("<d", 33000)) + record(0x0A)
    return out


def xls_locked():
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    return describe(Compound(), "Locked").add("Workbook", begin + record(0x2F, b"\1\0" + b"x" * 52) + b"\x99" * 300).file()


# --- PowerPoint -------------------------------------------------------------------------------------------------------

def said(text):
    """A text record: one byte a letter where that is enough."""
    narrow = all(ord(c) < 256 for c in text)
    return art(0x0FA8, text.encode("latin-1")) if narrow else art(0x0FA0, text.encode("utf-16-le"))


def string(text, instance):
    return art(0x0FBA, text.encode("utf-16-le"), instance)


def shape(text, place=False):
    inside = art(0xF011, art(0x0BC3, b"\0" * 8), 0, 15) if place else b""
    return art(0xF004, inside + art(0xF00D, art(0x0F9F, b"\4\0\0\0") + said(text), 0, 15), 0, 15)


def slide(kind, notes, *inside):
    head = art(0x03EF, b"\0" * 12 + struct.pack("<IIHH", 0x80000000, notes, 0, 0), 0, 2) if kind == 0x03EE else b""
    return art(kind, head + b"".join(inside), 0, 15)


def listed(number, slide_id, texts=b""):
    return art(0x03F3, struct.pack("<IIiII", number, 0, 1, slide_id, 0)) + texts


def ppt(token=0xE391C05F):
    comment = art(0x2EE0, string("E. Ditor", 0) + string("who drew this?", 1) + string("ED", 2), 0, 15)
    tags = art(0x1388, art(0x138A, string("___PPT10", 0) + art(0x138B, comment), 0, 15), 0, 15)
    hidden = art(0x03F9, b"\0" * 10 + struct.pack("<HHH", 4, 0, 0))
    document = art(0x03E8, art(0x0409, art(0x0FD7, string("the ministry", 0) + string("https://ministry.example/", 1), 0, 15), 0, 15)
                   + art(0x0FF0, listed(5, 0x80000000), 1, 15)
                   + art(0x0FF0, listed(2, 256, said("Ministry of Roads\rПлан на 2019")) + listed(3, 257, said("Old plan")) + listed(9, 258), 0, 15)
                   + art(0x0FF0, listed(4, 512), 2, 15)
                   + art(0x0FD9, string("Draft, not for publication", 2), 3, 15), 1, 15)
    raw = Compound().add("\x01Ole10Native", package(b"list.txt", b"Anna Specimen\r\n")).file()
    objects = [
        (1, document),
        (2, slide(0x03EE, 512, shape("190 roads\x0bin all", False), tags)),
        (3, slide(0x03EE, 0, hidden)),
        (4, slide(0x03F0, 0, shape("Say nothing of the bridge"), shape("*"))),
        (5, slide(0x03F8, 0, shape("Click to edit the title", True), shape("SECRET"))),
        (6, art(0x1011, struct.pack("<I", len(raw)) + zlib.compress(raw), 1)),
    ]
    stream = slide(0x03EE, 0, shape("an older version of slide 2"))
    offsets = {}
    old_list = len(stream)
    stream += art(0x1772, struct.pack("<II", 1 << 20 | 2, 0))
    old_edit = len(stream)
    stream += art(0x0FF5, struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, 0, old_list, 1, 6, 1, 0))
    for number, data in objects:
        offsets[number] = len(stream)
        stream += data
    places = len(stream)
    stream += art(0x1772, struct.pack("<I", len(objects) << 20 | 1) + b"".join(struct.pack("<I", offsets[n]) for n, _ in objects))
    edit = len(stream)
    stream += art(0x0FF5, struct.pack("<IHBBIIIIHH", 256, 0, 0, 3, old_edit, places, 1, 7, 1, 0))
    current = art(0x0FF6, struct.pack("<IIIHHBBH", 20, token, edit, 0, 0x3F4, 3, 0, 0))
    out = describe(Compound(), "Plan", 3)
    return out.add("PowerPoint Document", stream).add("Current User", current).add("Pictures", blip() + metafile()).file()


def documents():
    return {"statement.doc": doc(), "word6.doc": doc_of_word6(), "locked.doc": doc_locked(),
            "word6_greek.doc": doc_of_word6(0x0409, "Κατάλογος μισθοφόρων του υπουργείου, έγγραφα και διαβατήρια των προσώπων\r", "cp1253",
                                           b"\x0a\0\x07\0\0\0\xa1\0Gr\0"),
            "word6_undeclared.doc": doc_of_word6(0x0409, "Список наёмников министерства, документы и паспорта\r"),
            "payments97.xls": xls(), "payments95.xls": xls(5), "excel3.xls": xls_of_excel3(), "locked.xls": xls_locked(),
            "plan.ppt": ppt(), "locked.ppt": ppt(0xF3D1C4DF),
            "no_header.doc": Compound().add("WordDocument", b"no header of Word" * 30).file()}


def main():
    for name, data in documents().items():
        with open(f"{sys.argv[1]}/{name}", "wb") as out:
            out.write(data)


if __name__ == "__main__":
    main()
