#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bad files: rubbish.py OUT COUNT SEED FOLDER... writes COUNT damaged copies of the files in the folders (at most 200 kB each).

Each is damaged in one to three ways that a disk, a network, a careless copy or an enemy has: cut off, bits flipped, a piece
zeroed, repeated, moved, taken from another file, numbers of four bytes made huge, a name that lies. The same seed gives the
same files.
"""
import pathlib
import random
import sys

LARGEST = 200_000


def cut(data, draw, _):
    return data[: draw.randrange(len(data) + 1)]


def flip(data, draw, _):
    for _ in range(draw.choice((1, 4, 64))):
        data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return data


def piece(data, draw):
    at = draw.randrange(len(data))
    return at, min(len(data), at + draw.choice((1, 16, 512, 4096)))


def zero(data, draw, _):
    at, to = piece(data, draw)
    data[at:to] = bytes(to - at)
    return data


def repeat(data, draw, _):
    at, to = piece(data, draw)
    data[at:at] = data[at:to] * draw.choice((1, 2, 30))
    return data


def move(data, draw, _):
    at, to = piece(data, draw)
    taken = data[at:to]
    del data[at:to]
    where = draw.randrange(len(data) + 1)
    data[where:where] = taken
    return data


def splice(data, draw, others):
    other = draw.choice(others)[1]
    at = draw.randrange(len(data) + 1)
    return data[:at] + other[draw.randrange(len(other)) :]


def huge(data, draw, _):
    for _ in range(draw.choice((1, 3))):
        at = draw.randrange(max(1, len(data) - 4))
        data[at : at + 4] = draw.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b"\x7f\xff\xff\xff"))
    return data


DAMAGES = (cut, flip, flip, zero, repeat, move, splice, huge)


def main():
    out, count, seed = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    seeds = []
    for folder in sys.argv[4:]:
        for path in sorted(pathlib.Path(folder).rglob("*")):
            if path.is_file() and 0 < path.stat().st_size <= LARGEST:
                seeds.append((path.suffix, path.read_bytes()))
    if not seeds:
        sys.exit("rubbish.py: the folders hold no file to damage")
    draw = random.Random(seed)
    for number in range(count):
        suffix, whole = draw.choice(seeds)
        data = bytearray(whole)
        for _ in range(draw.choice((1, 1, 2, 3))):
            if data:
                data = bytearray(draw.choice(DAMAGES)(data, draw, seeds))
        if draw.random() < 0.05:
            suffix = draw.choice(seeds)[0]
        folder = out / f"{number // 1000:02d}"
        folder.mkdir(parents=True, exist_ok=True)
        # The number behind the bytes keeps two damaged files from being one.
        (folder / f"{number:05d}{suffix}").write_bytes(data[:LARGEST] + b"\n%d\n" % number)


main()
