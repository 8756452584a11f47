#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Words that careo finds in DOC, XLS and PPT files, beside Debian's antiword and catdoc (docs/benchmarks.md).

    bench/legacy/words.py [-v] FILE...

A word is two letters or digits and more, lower case, counted once a file. What embedded documents say is not counted, since
the peers don't open them. -v lists what a peer has and careo has not.
"""
import json
import re
import subprocess
import sys
from pathlib import Path

CAREO = Path(__file__).resolve().parents[2] / "build/careo"
PEERS = {
    ".doc": [["antiword", "-m", "UTF-8.txt"], ["catdoc", "-d", "utf-8"]],
    ".xls": [["xls2csv", "-d", "utf-8"]],
    ".ppt": [["catppt", "-d", "utf-8"]],
}


def words(text):
    return {word.lower() for word in re.findall(r"[^\W_]{2,}", text)}


def said(command):
    try:
        return subprocess.run(command, capture_output=True, timeout=60).stdout.decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return ""


def of_careo(path):
    texts = []
    for line in said([CAREO, "read", "--json", "--text", path]).splitlines():
        row = json.loads(line)
        if row["kind"] == "text" and "/" not in row["trail"].split("/path:", 1)[1]:
            texts.append(row["text"])
    return words("\n".join(texts))


def main():
    verbose = "-v" in sys.argv[1:]
    sums = {}
    for path in [argument for argument in sys.argv[1:] if argument != "-v"]:
        ours = of_careo(path)
        for peer in PEERS.get(Path(path).suffix.lower(), []):
            theirs = words(said(peer + [path]))
            row = sums.setdefault(peer[0], [0, 0, 0, 0, 0])
            for i, count in enumerate([1, len(ours), len(theirs), len(theirs - ours), len(ours - theirs)]):
                row[i] += count
            if verbose and theirs - ours:
                print(f"{Path(path).name}: {peer[0]} alone: {' '.join(sorted(theirs - ours))}")
    for peer, (files, ours, theirs, missed, more) in sums.items():
        print(f"{peer}: {files} files, careo {ours} words, {peer} {theirs}; {peer} alone {missed}, careo alone {more}")


if __name__ == "__main__":
    main()
