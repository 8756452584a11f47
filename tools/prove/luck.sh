#!/usr/bin/env bash
# Bad luck at its full size: 10 GB that are not there, 100,000 files in one folder, a disk that fills up, a medium that
# cannot be written. tests/cli/hostile.txt holds the same and more at the size of CI.
. "$(dirname "$0")/common.sh"
begun() { begin=$(date +%s%N); }
took() { echo "$((($(date +%s%N) - begin) / 1000000)) ms"; }

truncate -s 10G "$home/hole"; mkdir "$home/sparse"; mv "$home/hole" "$home/sparse/"; echo beside >"$home/sparse/note.txt"
careo new "$home/case" >/dev/null; begun
done_or_unread careo add "$home/case" "$home/sparse" >"$home/log" 2>/dev/null
row "a sparse file of 10 GB" "$(took), $(tail -1 "$home/log"); the note beside it: $(careo search "$home/case" beside --json | head -1 | field total) found"
rm -rf "$home/case" "$home/sparse"

mkdir "$home/crowd"
for ((i = 0; i < 100000; i++)); do printf 'file number %d' "$i" >"$home/crowd/$i.txt"; done
careo new "$home/case" >/dev/null; begun
done_or_unread careo add "$home/case" "$home/crowd" >"$home/log" 2>/dev/null
row "100,000 files in one folder" "$(took), $(tail -1 "$home/log")"
rm -rf "$home/case" "$home/crowd"

[ "$(id -u)" = 0 ] || { row "full disk, read-only medium" "skipped: needs root for a mount"; exit 0; }
sample-leak --seed 3 --mails 400 --documents 20 --out "$home/sample" >/dev/null
careo new "$home/calm" >/dev/null; done_or_unread careo add "$home/calm" "$home/sample/leak" >/dev/null 2>&1
mkdir "$home/small"; mount -t tmpfs -o size=6m tmpfs "$home/small"; trap 'umount -q "$home/small"; rm -rf "$home"' EXIT
careo new "$home/small/case" >/dev/null
code=0; careo add "$home/small/case" "$home/sample/leak" >"$home/log" 2>&1 || code=$?
said=$(grep -o 'No space left on device' "$home/log" | head -1)
full=0; careo inventory "$home/small/case" >/dev/null 2>&1 || full=$?
mount -o remount,size=400m "$home/small"
done_or_unread careo add "$home/small/case" "$home/sample/leak" >/dev/null 2>&1
[ "$(digest_of "$home/small/case")" = "$(digest_of "$home/calm")" ] || fail "full disk" "another digest after resuming"
row "a disk of 6 MB that fills up" "exit $code, \"$said\"; read while full: exit $full; with space the same command gives the digest of a calm run"
mount -o remount,ro "$home/small"
asked=0; careo inventory "$home/small/case" --json >"$home/log" 2>&1 || asked=$?
written=0; careo add "$home/small/case" "$home/sample/leak" >/dev/null 2>&1 || written=$?
row "a case on a read-only medium" "inventory: exit $asked, $(head -1 "$home/log" | field parts) parts; add: exit $written"
