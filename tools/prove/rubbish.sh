#!/usr/bin/env bash
# 20,000 damaged files in one case: each has exactly one outcome, the account adds up, memory stays small.
. "$(dirname "$0")/common.sh"
count=${1:-20000}
folders=(tests/golden tests/fuzz/corpus)
for more in "$shared"/documents "$shared"/hostile "$shared"/mail "$shared"/msg "$shared"/pst; do [ ! -d "$more" ] || folders+=("$more"); done
sample-leak --seed 8 --mails 300 --documents 30 --out "$home/sample" >/dev/null
python3 tools/make/rubbish.py "$home/rubbish" "$count" 1 "${folders[@]}" "$home/sample/leak"
careo new "$home/case" >/dev/null
status=0
held careo add "$home/case" "$home/rubbish" >"$home/log" 2>"$home/errors" || status=$?
[ "$status" -le 1 ] || fail "$count damaged files" "careo add ended with $status: $(tail -1 "$home/errors")"

careo inventory "$home/case" --json >"$home/inventory" || [ $? = 1 ]
total=$(head -1 "$home/inventory")
of() { field "$1" <<<"$total"; }
# A damaged container may hold fewer members than it counts: then it says NO, and is cut for a reason.
silent=$(tail -n +2 "$home/inventory" | grep '"adds_up":false' | grep -vcE '"outcome":"(cut|failed)","reason":"[^"]' || true)
[ "$silent" = 0 ] || fail "$count damaged files" "$silent do not add up and say no reason"
[ "$(of waiting)" = 0 ] || fail "$count damaged files" "some wait still: $total"
[ "$(($(of read) + $(of cut) + $(of kept) + $(of duplicate) + $(of failed)))" = "$(of parts)" ] ||
  fail "$count damaged files" "parts and outcomes differ: $total"
# When it was opened, or when its pages were looked at.
crashed=$(grep -cE '"reason":"([^"]*; )?(not all pages could be looked at: )?crashed' "$home/inventory" || true)
unsure=$(tail -n +2 "$home/inventory" | grep -c '"adds_up":false' || true)
row "$count damaged files (\`tools/make/rubbish.py\`, seed 1) in one \`careo add\`" \
  "one outcome each, $(tail -1 "$home/log"); a parser crashed on $crashed; $unsure containers have fewer members than they count and say so; peak $peak MB for the whole process tree, $largest MB in the largest process"
[ -z "${KEEP:-}" ] || cp -r "$home" "$KEEP"
