#!/usr/bin/env bash
# One leak at growing sizes: rate and peak memory (sum of PSS over the process tree, sampled five times a second) of `add`,
# what the case takes on disk, what asking it costs. MAILS="10000 100000" by default; WHERE=DIR keeps leaks and cases.
set -euo pipefail
ninja -C build careo careo-worker sample-leak bench_case >/dev/null
PATH="$PWD/build:$PATH"
home=${WHERE:-$(mktemp -d)}; [ -n "${WHERE:-}" ] || trap 'rm -rf "$home"' EXIT
export CAREO_KEY_FILE="$home/key" TIMEFORMAT='%U %S %R'

# The sum over a process and all below it, in kB.
tree_pss() {
  local pids=$1 next sum=0 pid
  while [ -n "$pids" ]; do
    for pid in ${pids//,/ }; do
      sum=$((sum + $(awk '/^Pss:/{print $2}' "/proc/$pid/smaps_rollup" 2>/dev/null || echo 0)))
    done
    next=$(pgrep -d, -P "$pids" 2>/dev/null) || break
    pids=$next
  done
  echo "$sum"
}

# measure NAME COMMAND...: a line, and "$cpu" seconds; what the command said is in $home/log.
measure() {
  local name=$1 pid peak=0 now times user system real; shift
  { time { "$@" >"$home/log" 2>"$home/progress" || [ $? = 1 ]; }; } 2>"$home/times" & pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(tree_pss "$pid")
    [ "$now" -gt "$peak" ] && peak=$now
    sleep 0.2
  done
  wait "$pid"
  read -r user system real <"$home/times"
  cpu=$(awk -v u="$user" -v s="$system" 'BEGIN{print u+s}')
  printf '%-28s %9.1f s CPU %9.1f s wall %6d MB peak\n' "$name" "$cpu" "$real" $((peak / 1024))
}

for mails in ${MAILS:-10000 100000}; do
  leak=$home/leak$mails case=$home/case$mails
  [ -e "$leak" ] || sample-leak --seed 26 --mails "$mails" --documents 60 --out "$leak" >/dev/null
  printf '\n-- %s mails, %s MB\n' "$mails" "$(du -sm "$leak/leak" | cut -f1)"
  if [ ! -e "$case" ]; then
    careo new "$case" >/dev/null
    measure "add" careo add "$case" "$leak/leak" ${WORKERS:+--workers "$WORKERS"}
    tail -3 "$home/log"
    awk -v m="$mails" -v c="$cpu" 'BEGIN{printf "%.0f mails a CPU second\n", m/c}'
  fi
  for file in "$case"/*.db; do printf '%s %s MB, ' "$(basename "$file")" "$(du -m "$file" | cut -f1)"; done
  printf 'whole case %s MB\n' "$(du -sm "$case" | cut -f1)"
  measure "inventory" careo inventory "$case"
  measure "inventory --json" careo inventory "$case" --json
  measure "people" careo people "$case"
  measure "search, best ten" careo search "$case" contrato pago
  measure "check --digest" careo check "$case" --digest
  measure "check" careo check "$case"
  measure "15 queries, and by scan" bench_case "$case"
  cat "$home/log"
done
