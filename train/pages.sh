#!/usr/bin/env bash
# Makes pictures of whole pages under every trouble, for tuning the finder: see train/README.md.
set -euo pipefail
[ $# -eq 3 ] || { echo "usage: train/pages.sh SEED EACH OUT_FOLDER" >&2; exit 2; }
here=$(cd "$(dirname "$0")/.." && pwd)
out=$3
mkdir -p "$out"
# shellcheck disable=SC2046
g++ -std=c++20 -O3 -I "$here/src" -I "$here/train" $(pkg-config --cflags freetype2) \
  "$here"/train/{make_pages,scene,page,camera,fax,overlay,print,redraw}.cc "$here"/src/read/mrz/{pyramid,slots}.cc \
  "$here"/src/base/raster.cc -o "$out/make_pages" $(pkg-config --libs freetype2) -ljpeg
"$out/make_pages" "$1" "$2" "$out"
