#!/usr/bin/env bash
# 1,000 planted strings: none in the raw image of the disk that held the case and every temporary file of the run.
. "$(dirname "$0")/common.sh"
[ "$(id -u)" = 0 ] || { row "planted strings in a raw disk image" "skipped: needs root for a loop mount"; exit 0; }
truncate -s 600M "$home/disk.img"; mkfs.ext4 -q "$home/disk.img"; mkdir "$home/disk"
mount -o loop "$home/disk.img" "$home/disk" || { row "planted strings in a raw disk image" "skipped: no loop mount here"; exit 0; }
mkdir "$home/leak"; : >"$home/canaries"
for ((i = 0; i < 250; i++)); do
  a=KANARIO${RANDOM}a$i; b=kanario${RANDOM}b$i; c=Kanario${RANDOM}c$i; d=KaNaRiO${RANDOM}d$i
  printf '%s\n' "$a" "$b" "$c" "$d" >>"$home/canaries"
  printf 'From: %s@example.org\nTo: x@example.org\nSubject: about %s\nMessage-ID: <%s@example.org>\n\nThe text says %s.\n' "$a" "$b" "$i" "$c" >"$home/leak/$d.eml"
done
(cd "$home/leak" && zip -q ../all.zip ./*.eml) && mv "$home/all.zip" "$home/leak/"
export TMPDIR="$home/disk/tmp"; mkdir "$TMPDIR"
careo new "$home/disk/case" >/dev/null
done_or_unread careo add "$home/disk/case" "$home/leak" --wait >/dev/null 2>&1
hits=$(careo search "$home/disk/case" 'text' --json | head -1 | field total)
done_or_unread careo read "$home/leak/all.zip" --json >/dev/null 2>&1
umount "$home/disk"
found=$({ grep -aoFi -f "$home/canaries" "$home/disk.img" || true; } | sort -u | wc -l)
[ "$hits" -ge 250 ] || fail "planted strings" "the case itself does not find them ($hits hits)"
[ "$found" = 0 ] || fail "planted strings" "$found of 1000 found in the raw image"
row "1,000 planted strings (addresses, subjects, texts, file names), raw image of the disk with case and temporary files" "$found found; the case itself finds its $hits mails"
