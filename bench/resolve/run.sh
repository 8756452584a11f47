#!/usr/bin/env bash
# Persons out of labelled tables: pairs, clusters, the count and its interval.
set -euo pipefail
data=../shared/data/names
[ -e "$data" ] || { echo "skipped: $data is not here"; exit 0; }
ninja -C build bench_resolve >/dev/null
for table in febrl_dataset1 febrl_dataset2 febrl_dataset3; do
  echo "$table" && build/bench_resolve "$data/$table.csv"
done
echo splink_fake_1000 && build/bench_resolve "$data/splink_fake_1000.csv" cluster
