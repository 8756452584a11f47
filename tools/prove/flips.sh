#!/usr/bin/env bash
# 1,000 single flipped bits in the files of a case: `careo check` names each.
. "$(dirname "$0")/common.sh"
flips=${1:-1000}
sample-leak --seed 4 --mails 60 --documents 6 --out "$home/sample" >/dev/null
careo new "$home/case" >/dev/null
done_or_unread careo add "$home/case" "$home/sample/leak" >/dev/null 2>&1
mapfile -t files < <(find "$home/case" -type f -size +0 ! -name lock ! -name '*-shm' | sort)
total=0; for file in "${files[@]}"; do total=$((total + $(stat -c %s "$file"))); done
cp -r "$home/case" "$home/sound"
found=0
for ((i = 0; i < flips; i++)); do
  at=$(((RANDOM * 32768 * 32768 + RANDOM * 32768 + RANDOM) % total))
  for file in "${files[@]}"; do size=$(stat -c %s "$file"); [ "$at" -lt "$size" ] && break; at=$((at - size)); done
  byte=$(od -An -tu1 -j "$at" -N 1 "$file")
  printf "\\x$(printf %02x $((byte ^ (1 << (RANDOM % 8)))))" | dd of="$file" bs=1 seek="$at" conv=notrunc status=none
  code=0; careo check "$home/case" >"$home/report" 2>&1 || code=$?
  if [ "$code" = 5 ] || [ "$code" = 3 ]; then found=$((found + 1)); else echo "not found: ${file##*/} byte $at" >&2; fi
  rm -rf "$home/case"; cp -r "$home/sound" "$home/case"
done
[ "$found" = "$flips" ] || fail "flipped bits" "$found of $flips found"
row "$flips flipped bits in the ${#files[@]} files of a case (${total} bytes)" "$found found and named"
