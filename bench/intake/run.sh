#!/usr/bin/env bash
# Mail, stage 1, one core: careo (decode, hash, dedupe, contacts, language, index, acknowledged) beside `mu index` on
# the same mails in the same run; its dates, figures and names; then mails with one document each.
# CPU seconds of the whole process tree; the peak is the sum of PSS, sampled.
set -euo pipefail
data=../shared/data/mail/list-6000.mbox.xz
[ -e "$data" ] || { echo "skipped: $data is not here"; exit 0; }
home=$(mktemp -d); trap 'rm -rf "$home"' EXIT
xz -dc "$data" >"$home/list.mbox"
mails=$(grep -c '^From ' "$home/list.mbox")
export CAREO_KEY_FILE="$home/key" TIMEFORMAT='%U %S %R'

# Runs its words pinned to one core; prints "CPU-seconds wall-seconds peak-PSS-MB".
measure() {
  local times peak=0 now pid
  exec 3>"$home/times"
  { time taskset -c 0 "$@" >"$home/log" 2>&1; } 2>&3 &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=0
    for child in $(pgrep -d' ' -g 0 -f 'careo|mu ' 2>/dev/null); do
      now=$((now + $(awk '/^Pss:/{s+=$2}END{print s+0}' "/proc/$child/smaps_rollup" 2>/dev/null || echo 0)))
    done
    [ "$now" -gt "$peak" ] && peak=$now
    sleep 0.1
  done
  wait "$pid" || [ $? = 1 ] || { cat "$home/log" >&2; return 1; }  # 1: done, with parts not read
  exec 3>&-
  read -r user system real <"$home/times"
  awk -v u="$user" -v s="$system" -v r="$real" -v p="$peak" 'BEGIN{printf "%.2f %.2f %.0f\n",u+s,r,p/1024}'
}

row() { awk -v n="$1" -v m="$mails" -v f="$2" 'BEGIN{split(f,a," ");printf "%-24s %8.0f msg/s CPU %8.0f msg/s wall %6s MB peak\n",n,m/a[1],m/a[2],a[3]}'; }

build/careo new "$home/case" >/dev/null
row "careo add" "$(measure build/careo add "$home/case" "$home/list.mbox" --workers 1 --json)"
if command -v mu >/dev/null; then
  mkdir -p "$home/maildir/cur" "$home/maildir/new" "$home/maildir/tmp"
  (cd "$home/maildir/cur" && csplit -sz -n6 -f m "$home/list.mbox" '/^From /' '{*}' && sed -i '1d' m* && for f in m*; do mv "$f" "$f:2,S"; done)
  mu init --muhome="$home/mu" --maildir="$home/maildir" >/dev/null
  row "mu index" "$(measure mu index --muhome="$home/mu" --quiet)"
fi

# What is read on demand, of mails alone: recognising their few pictures would be most of it.
mkdir "$home/plain" && csplit -sz -n6 -f "$home/plain/m" "$home/list.mbox" '/^From /' '{*}'
grep -LZ '^Content-Type: image/' "$home"/plain/m* | xargs -0 cat >"$home/plain.mbox"
mails=$(grep -c '^From ' "$home/plain.mbox")
build/careo new "$home/mined" >/dev/null
build/careo add "$home/mined" "$home/plain.mbox" >/dev/null 2>&1
row "dates, figures, names" "$(measure build/careo add "$home/mined" --wait --workers 1 --json)"

python3 bench/intake/attach.py ../shared/data/documents ../shared/data/hostile/pdf >"$home/attached.mbox"
mails=$(grep -c '^From bench@' "$home/attached.mbox")
build/careo new "$home/documents" >/dev/null
row "careo, one document each" "$(measure build/careo add "$home/documents" "$home/attached.mbox" --workers 1 --json)"
