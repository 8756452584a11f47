#!/usr/bin/env bash
# The README's two commands in a minimal Debian 12 root, on a clean clone of what is committed: fresh.sh [demo] [test].
# Everything that was printed stays in out/fresh/.
. "$(dirname "$0")/common.sh"
what="\`./dev demo\` in a minimal Debian 12"
needs_root "$what"
root=$home/root
minimal_root "$root"
git clone -q . "$root/root/careo"
mkdir -p out/fresh

# run COMMAND: in the clone, its words kept; $took seconds of the clock, $cpu seconds of processor.
run() {
  local code=0 begin=$SECONDS
  TIMEFORMAT='%U %S'
  { time inside "$root" "cd /root/careo && ./dev $1" >"out/fresh/$1.txt" 2>&1 || code=$?; } 2>"$home/cpu"
  took=$((SECONDS - begin)) cpu=$(awk '{printf "%d", $1 + $2}' "$home/cpu")
  [ "$code" = 0 ] || { tail -20 "out/fresh/$1.txt" >&2; fail "\`./dev $1\` in a minimal Debian 12" "exit $code"; }
}
said() { sed -nE "s/.*$1.*/\\1/p" "out/fresh/$2.txt" | tail -1; }

for command in ${*:-demo test}; do
  before=$(megabytes "$root")
  run "$command"
  case "$command" in
    demo)
      for answer in 'adds up: yes' 'at least .* persons, from .* images' '^    fits ' '^    does not fit ' 'every byte is what it was'; do
        grep -qE "$answer" out/fresh/demo.txt || fail "$what" "not printed: $answer"
      done
      row "$what (${before} MB), as root, compiler cache empty" "packages installed in $(said 'installed in (.*)' demo), built in $(said '^built in (.*)' demo), then every answer in $(said 'All of this took ([0-9]+) seconds' demo) s; $cpu s of processor in all; $(($(megabytes "$root") - before)) MB more on the disk" ;;
    test)
      row "\`./dev test\` after it" "$(grep -E '[0-9]+% tests passed' out/fresh/test.txt | paste -sd';'), in $((took / 60)) min; $cpu s of processor; $(($(megabytes "$root") - before)) MB more on the disk" ;;
  esac
done
