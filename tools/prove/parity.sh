#!/usr/bin/env bash
# Text and pictures with and without confinement, over every document and every hostile file; and the escape probes.
. "$(dirname "$0")/common.sh"
[ -d "$shared" ] || { row "confinement changes nothing" "skipped: no shared data here"; exit 0; }
for folder in documents hostile mail; do
  row "text and pictures of shared/data/$folder, confined and not" "$(parity_wire "$shared/$folder" 2>/dev/null | tail -2 | paste -sd' ')"
done
row "escape probes (tests/wire/confine_test.cc)" "$(test_wire --gtest_filter='*Probe*:*Confine*' 2>/dev/null | tail -1)"
