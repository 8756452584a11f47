#!/usr/bin/env bash
# Every real file at hand through the built program: one outcome each, in bounded time.
. "$(dirname "$0")/common.sh"
[ -d "$shared" ] || { row "real files" "skipped: no shared data here"; exit 0; }
for folder in documents hostile/archives hostile/pdf mail/tnef; do
  begin=$(date +%s%N)
  done_or_unread careo read "$shared/$folder"/* --json >"$home/rows" 2>/dev/null
  took=$((($(date +%s%N) - begin) / 1000000))
  files=$(find "$shared/$folder" -maxdepth 1 -type f | wc -l)
  ends=$(grep '"kind":"outcome"' "$home/rows" | sed -E 's/.*"outcome":"([a-z]+)".*/\1/' | sort | uniq -c | awk '{printf "%s %s, ",$2,$1}')
  row "\`careo read\` shared/data/$folder ($files files)" "${ends}$((took / 1000)) s"
done
