#!/usr/bin/env bash
# One leak at growing sizes: rate and peak memory (sum of PSS over the process tree, sampled five times a second) of `add`,
# what the case takes on disk, what asking it costs. MAILS="10000 100000" by default; WHERE=DIR keeps leaks and cases.
set -euo pipefail
ninja -C build careo careo-worker sample-leak bench_case >/dev/null
. bench/common.sh

# told NAME COMMAND...: a line, and "$cpu" seconds.
told() {
  local name=$1 real peak; shift
  read -r cpu real peak <<<"$(measure "$@")"
  printf '%-28s %9.1f s CPU %9.1f s wall %6d MB peak\n' "$name" "$cpu" "$real" "$peak"
}

for mails in ${MAILS:-10000 100000}; do
  leak=$home/leak$mails case=$home/case$mails
  [ -e "$leak" ] || sample-leak --seed 26 --mails "$mails" --documents 60 --out "$leak" >/dev/null
  printf '\n-- %s mails, %s MB\n' "$mails" "$(du -sm "$leak/leak" | cut -f1)"
  if [ ! -e "$case" ]; then
    careo new "$case" >/dev/null
    told "add" careo add "$case" "$leak/leak" ${WORKERS:+--workers "$WORKERS"}
    tail -3 "$home/log"
    awk -v m="$mails" -v c="$cpu" 'BEGIN{printf "%.0f mails a CPU second\n", m/c}'
  fi
  for file in "$case"/*.db; do printf '%s %s MB, ' "$(basename "$file")" "$(du -m "$file" | cut -f1)"; done
  printf 'whole case %s MB\n' "$(du -sm "$case" | cut -f1)"
  told "inventory" careo inventory "$case"
  told "inventory --json" careo inventory "$case" --json
  told "people" careo people "$case"
  told "search, best ten" careo search "$case" contrato pago
  told "check --digest" careo check "$case" --digest
  told "check" careo check "$case"
  told "15 queries, and by scan" bench_case "$case"
  cat "$home/log"
done
