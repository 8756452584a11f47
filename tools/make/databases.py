#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the databases of tests/golden/documents with Python's own SQLite: small, of no real person.

    tools/make/databases.py tests/golden/documents
"""
import sqlite3
import struct
import sys
import zlib
from pathlib import Path


def png(side):
    """Noise, so that it does not pack: one of 40 pixels a side goes over several pages."""
    state, rows = 1, b""
    for _ in range(side):
        rows += b"\0"
        for _ in range(side):
            state = (state * 1103515245 + 12345) % 2**31
            rows += bytes([state >> 16 & 255])

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def make(path, encoding, page_size):
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA encoding = '{encoding}'")
    db.execute(f"PRAGMA page_size = {page_size}")
    return db


def chat(path):
    """Ids, blobs in one page and over several, a key of two columns, a computed column, changes of the layout, free pages."""
    db = make(path, "UTF-8", 1024)
    db.execute("""CREATE TABLE message(id INTEGER PRIMARY KEY, -- the row's own
                 "from" TEXT, sent REAL, body TEXT DEFAULT 'none, (or little)', picture BLOB, flags INT,
                 length INT GENERATED ALWAYS AS (length(body)) VIRTUAL, CHECK (id > 0))""")
    db.execute("CREATE TABLE member(room TEXT, person TEXT, since TEXT, PRIMARY KEY (person, room)) WITHOUT ROWID")
    db.execute("CREATE TABLE [old notes](note)")
    db.execute("CREATE INDEX by_sender ON message(\"from\")")
    db.execute("CREATE VIEW short AS SELECT body FROM message")
    db.execute("CREATE TRIGGER noted AFTER INSERT ON member BEGIN SELECT 1; END")
    rows = [(1, "Anna Specimen", 1614834367.5, "Hola,\tsalimos a las 10", None, 1),
            (2, "Иван Образец", 1614834400.0, "Приеду завтра. " * 120, png(8), -2),
            (9, "Ida Muster", -0.125, None, png(40), 2**40),
            (11, "", 1e300, "x", b"\x01\x02\x03", -2**62)]
    db.executemany("INSERT INTO message VALUES(?, ?, ?, ?, ?, ?)", rows)
    db.executemany("INSERT INTO member VALUES(?, ?, ?)",
                   [(f"room {i % 7}", f"person {i:03}", f"2021-03-{i % 28 + 1:02}") for i in range(120)])
    db.executemany("INSERT INTO [old notes] VALUES(?)", [("note %d " % i * 40,) for i in range(30)])
    db.execute("DELETE FROM [old notes] WHERE rowid > 3")
    db.execute("ALTER TABLE [old notes] ADD COLUMN seen INT DEFAULT 0")
    db.close()


def wide(path):
    """UTF-16, a column list that takes more than a page, an empty table."""
    db = make(path, "UTF-16le", 512)
    db.execute("CREATE TABLE wide(" + ", ".join(f"column_{i}" for i in range(90)) + ")")
    db.execute("INSERT INTO wide(column_0, column_89) VALUES('Ñandú', 'Їжак 🦔')")
    db.execute("CREATE TABLE blank(here)")
    db.close()


def main(folder):
    chat(folder / "chat.sqlite")
    wide(folder / "wide.sqlite")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
