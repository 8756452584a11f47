#!/usr/bin/env bash
# Every parser of our own under both sanitizers (clang, libFuzzer): `fuzz.sh RUNS MINUTES [NAME...]` gives each RUNS random
# inputs (1,000,000) or MINUTES (120), whichever ends first, begun from its corpus and the golden files. Without entropic
# scheduling and without the stack of every allocation an execution costs half: a crash shows its own stack all the same.
. "$(dirname "$0")/common.sh"
runs=${1:-1000000} minutes=${2:-120}
shift $(($# < 2 ? $# : 2))
cmake --preset fuzz -DBUILD_TESTING=ON >"$home/log" && ninja -C build-fuzz -j2 fuzzers >>"$home/log" || { tail -20 "$home/log" >&2; exit 1; }
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(cd tests/fuzz && ls ./*_fuzz.cc | sed 's/^\.\///; s/_fuzz\.cc$//')

export ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=16
mkdir -p out/fuzz
for name in "${names[@]}"; do
  own=tests/fuzz/corpus/$name
  largest=$({ find "$own" -type f -printf '%s\n' 2>/dev/null || true; } | sort -n | tail -1)
  mkdir -p "out/fuzz/$name" "$own"
  found=none
  "build-fuzz/fuzz_$name" -runs="$runs" -max_total_time=$((minutes * 60)) -max_len=$((${largest:-0} > 1024 ? largest : 1024)) \
    -entropic=0 -rss_limit_mb=2048 -timeout=20 -print_final_stats=1 -artifact_prefix="out/fuzz/$name-" \
    "out/fuzz/$name" "$own" tests/golden/documents tests/golden/mail >"$home/$name" 2>&1 ||
    found=$(grep -m1 -E 'SUMMARY|ERROR' "$home/$name" || echo "ended with an error")
  executed=$(sed -nE 's/^stat::number_of_executed_units: *//p' "$home/$name")
  row "fuzzing \`$name\` under ASan and UBSan" "${executed:-0} executions, findings: $found"
done
