#!/usr/bin/env bash
# Peak memory (PSS of the whole process tree, sampled) while a case is fed, at 6,000 and at 200,000 mails.
. "$(dirname "$0")/common.sh"

# The sum over a process and all below it, in kB.
tree_pss() {
  local pids=$1 next sum=0 pid
  for ((;;)); do
    next=$(pgrep -d, -P "$pids" 2>/dev/null) || break
    [[ ",$pids," == *",$next,"* ]] && break
    for pid in ${next//,/ }; do
      sum=$((sum + $(awk '/^Pss:/{print $2}' "/proc/$pid/smaps_rollup" 2>/dev/null || echo 0)))
    done
    pids=$next
  done
  echo "$sum"
}

for mails in ${1:-6000 200000}; do
  sample-leak --seed 6 --mails "$mails" --documents 60 --out "$home/sample" >/dev/null
  careo new "$home/case" >/dev/null
  begin=$(date +%s%N)
  careo add "$home/case" "$home/sample/leak" >"$home/log" 2>&1 & pid=$!
  peak=0
  while kill -0 "$pid" 2>/dev/null; do
    own=$(awk '/^Pss:/{print $2}' "/proc/$pid/smaps_rollup" 2>/dev/null || echo 0)
    now=$((${own:-0} + $(tree_pss "$pid")))
    [ "$now" -gt "$peak" ] && peak=$now
    sleep 0.2
  done
  wait "$pid" || [ $? = 1 ]
  took=$((($(date +%s%N) - begin) / 1000000))
  row "\`careo add\` of $mails mails with 60 pictures of documents" \
    "peak $((peak / 1024)) MB for the whole process tree, $((took / 1000)) s, $((mails * 1000 / took)) mails/s, $(tail -1 "$home/log")"
  rm -rf "$home/sample" "$home/case"
done
