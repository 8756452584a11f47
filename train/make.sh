#!/usr/bin/env bash
# Makes models/mrz.weights anew, or better when $FROM names such a file to go on from: see train/README.md.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: [FROM=WEIGHTS] [MINUTES=N] train/make.sh OUT_FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
out=$1
mkdir -p "$out"
# shellcheck disable=SC2046
g++ -std=c++20 -O3 -I "$here/src" -I "$here/train" $(pkg-config --cflags freetype2) \
  "$here"/train/{make_slots,camera,fax,overlay,print,redraw}.cc "$here"/src/read/mrz/{pyramid,slots}.cc "$here"/src/base/raster.cc -o "$out/make_slots" \
  $(pkg-config --libs freetype2) -ljpeg
for seed in 21 22 23 24; do "$out/make_slots" "$seed" 150000 "$out/train$seed.bin"; done
for seed in 25 26; do "$out/make_slots" "$seed" 75000 "$out/train$seed.bin"; done
"$out/make_slots" 99 30000 "$out/held.bin"
/usr/bin/python3 "$here/train/train.py" "$out/mrz.weights" "${MINUTES:-28}" "$out/held.bin" "$out"/train*.bin \
  ${FROM:+--from "$FROM"}
