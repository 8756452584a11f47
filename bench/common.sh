# shellcheck shell=bash
# Sourced by benches that measure whole programs. WHERE=DIR keeps what they make.
PATH="$PWD/build:$PATH"
home=${WHERE:-$(mktemp -d)}; [ -n "${WHERE:-}" ] || trap 'rm -rf "$home"' EXIT
export CAREO_KEY_FILE="$home/key" TIMEFORMAT='%U %S %R'

# The sum of PSS over a process and all below it, in kB.
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

# measure COMMAND...: prints "CPU-seconds wall-seconds peak-PSS-MB" of the whole process tree, sampled five times a second;
# what it said is in $home/log and $home/progress. Its end with 1 is careo's "done, with parts not read".
measure() {
  local pid peak=0 now user system real
  { time { "$@" >"$home/log" 2>"$home/progress" || [ $? = 1 ]; }; } 2>"$home/times" & pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    now=$(tree_pss "$pid")
    [ "$now" -gt "$peak" ] && peak=$now
    sleep 0.2
  done
  wait "$pid" || { cat "$home/progress" >&2; return 1; }
  read -r user system real <"$home/times"
  awk -v u="$user" -v s="$system" -v r="$real" -v p="$peak" 'BEGIN{printf "%.2f %.2f %.0f\n",u+s,r,p/1024}'
}

# row NAME COUNT "CPU WALL PEAK" [WHAT]
row() {
  awk -v n="$1" -v m="$2" -v f="$3" -v w="${4:-mails}" \
    'BEGIN{split(f,a," ");printf "%-32s %8.1f %s/s CPU %8.1f %s/s wall %6s MB peak\n",n,m/a[1],w,m/a[2],w,a[3]}'
}

# A Maildir FOLDER of the mails of a mailbox FILE.
maildir_of() {
  mkdir -p "$2/cur" "$2/new" "$2/tmp"
  (cd "$2/cur" && csplit -sz -n6 -f m "$1" '/^From /' '{*}' && sed -i '1d' m* && for f in m*; do mv "$f" "$f:2,S"; done)
}

with_mu() { mu init --muhome="$home/mu$2" --maildir="$1" >/dev/null && measure taskset -c 0 mu index --muhome="$home/mu$2" --quiet; }

with_notmuch() {
  printf '[database]\npath=%s\n[user]\nname=bench\nprimary_email=bench@office.example\n[new]\ntags=new\n' "$1" >"$home/notmuch"
  measure taskset -c 0 notmuch --config="$home/notmuch" new --quiet
}

with_recoll() {
  mkdir -p "$home/recoll$2"
  printf 'topdirs = %s\nloglevel = 1\n' "$1" >"$home/recoll$2/recoll.conf"
  measure taskset -c 0 recollindex -c "$home/recoll$2" -z
}
