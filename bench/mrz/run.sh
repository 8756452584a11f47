#!/usr/bin/env bash
# From a JPEG file's bytes to graded zones at 1.5 and 12 Mpx, pages of text without a zone, and every trouble of train/.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
build=${CAREO_BUILD:-build}
cmake --build "$build" --target bench_mrz > /dev/null
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
train/pages.sh "${SEED:-5}" "${EACH:-12}" "$folder"
"$build"/bench_mrz "$folder/list.tsv"
