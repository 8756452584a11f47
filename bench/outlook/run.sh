#!/usr/bin/env bash
# Outlook stores beside pffexport and readpst in the same run: how many items each gives of every PST, recovered ones with
# them and mails inside items apart, and CPU seconds for all files.
set -euo pipefail
data=../shared/data/pst
[ -d "$data" ] || { echo "skipped: $data is not here"; exit 0; }
. bench/common.sh
for peer in pffexport readpst; do command -v "$peer" >/dev/null || { echo "skipped: $peer is not installed"; exit 0; }; done

# The items of its folders, each of them a part (that they are is asked by `test_unpack`), and what it recovered.
items_of_careo() {
  { careo read --json "$1" 2>/dev/null || true; } | awk '
    /"kind":"folder"/ && match($0, /"items":[0-9]+/) { items += substr($0, RSTART + 8, RLENGTH - 8) }
    /"kind":"recovered"/ { ++items }
    END { print items + 0 }'
}
# Folders "Message00001", "Contact00001", ... that stand in none of their own kind.
items_of_pffexport() {
  pffexport -m all -q -t "$home/pff" "$1" >/dev/null 2>&1 || true
  find "$home"/pff.* -type d -regextype posix-extended -regex '.*/[A-Z][a-z]+[0-9]{5}' -prune -print 2>/dev/null | wc -l
}
items_of_readpst() {
  mkdir "$home/readpst"
  readpst -e -D -o "$home/readpst" "$1" >/dev/null 2>&1 || true
  find "$home/readpst" -type f | wc -l
}

declare -A sum cpu
printf '%-28s %8s %10s %8s\n' file careo pffexport readpst
for file in "$data"/*.pst; do
  line=$(printf '%-28s' "$(basename "$file")")
  for program in careo pffexport readpst; do
    { time items=$("items_of_$program" "$file"); } 2>"$home/times"
    read -r user system _ <"$home/times"
    sum[$program]=$((${sum[$program]:-0} + items))
    cpu[$program]=$(awk -v a="${cpu[$program]:-0}" -v u="$user" -v s="$system" 'BEGIN{print a+u+s}')
    line+=$(printf ' %9d' "$items")
    rm -rf --one-file-system "$home/pff".* "$home/readpst"
  done
  printf '%s\n' "$line"
done
for program in careo pffexport readpst; do
  printf '%-12s %4d items, %.2f s CPU\n' "$program" "${sum[$program]}" "${cpu[$program]}"
done
