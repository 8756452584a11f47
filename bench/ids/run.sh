#!/usr/bin/env bash
# Writes a set, lets every reader read the same files, judges all by the same code, prints Markdown.
# EACH pictures of a category (12), SEED (1), OUT a folder (out/bench-ids). docs/benchmarks-ids.md explains the columns.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
export OMP_THREAD_LIMIT=1
build=${CAREO_BUILD:-build}
out=${OUT:-out/bench-ids}
specimens=../shared/data/ids
cmake --build "$build" --target bench_ids careo careo-worker > /dev/null
bench="$build/bench_ids"
node_reader=no
if command -v npm > /dev/null && (cd bench/ids && timeout 600 npm ci --ignore-scripts --loglevel=error > /dev/null); then
  node_reader=yes
else
  echo "skipped: npm gave no mrz-detection" >&2
fi

# read_all SET RESULTS: one file a reader, named after it.
read_all() {
  mkdir -p "$2"
  "$bench" --read "$1" --reader careo > "$2/careo.tsv"
  "$bench" --read "$1" --reader program --program "$build/careo" > "$2/careo read --json.tsv"
  "$bench" --read "$1" --reader tesseract > "$2/tesseract.tsv" 2> /dev/null
  "$bench" --read "$1" --reader crops > "$2/tesseract on careo's lines.tsv" 2> /dev/null
  [ $node_reader = yes ] || return 0
  node bench/ids/mrz_detection.mjs "$1" > "$2/mrz-detection.tsv" 2> "$2/mrz-detection.txt"
  node bench/ids/autocorrect.mjs < "$2/mrz-detection.tsv" > "$2/mrz-detection + mrz.tsv"
  node bench/ids/autocorrect.mjs < "$2/tesseract.tsv" > "$2/tesseract + mrz.tsv"
}

"$bench" --write "$out/set" --each "${EACH:-12}" --seed "${SEED:-1}"
read_all "$out/set" "$out/results"
"$bench" --score "$out/set" "$out"/results/*.tsv --misses "$out/misses.tsv"

if [ -e "$specimens/truth.tsv" ]; then
  read_all "$specimens" "$out/specimens"
  printf '\n'
  "$bench" --score "$specimens" "$out"/specimens/*.tsv --misses "$out/specimens.misses"
  printf '\nWhat careo missed of them:\n'
  grep -P '^careo\t' "$out/specimens.misses" || echo none
  "$bench" --write "$out/retaken" --retake "$specimens" --each 2 --seed 11
  "$bench" --read "$out/retaken" --reader careo > "$out/retaken/careo.tsv"
  printf '\nThe same, taken again by every camera and machine:\n\n'
  "$bench" --score "$out/retaken" "$out/retaken/careo.tsv" --misses "$out/retaken.misses"
else
  echo "skipped: $specimens is not here, so no published specimen was read" >&2
fi
