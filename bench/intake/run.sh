#!/usr/bin/env bash
# Mail, stage 1, one core: careo (decode, hash, dedupe, contacts, language, index, acknowledged) beside mu, notmuch and
# Recoll on the same mails in the same run; its dates, figures and names; then mails with one document each, beside Recoll,
# the only one of them that reads documents. Recoll reads their texts; careo looks at their pages too, when all texts are
# found, so it is measured up to there and to its end.
# CPU seconds of the whole process tree; the peak is the sum of PSS, sampled.
set -euo pipefail
data=../shared/data/mail/list-6000.mbox.xz
[ -e "$data" ] || { echo "skipped: $data is not here"; exit 0; }
. bench/common.sh
ninja -C build careo careo-worker bench_texts >/dev/null
have() { command -v "$1" >/dev/null || { printf '%-28s not installed: left out\n' "$1"; return 1; }; }

xz -dc "$data" >"$home/list.mbox"
mails=$(grep -c '^From ' "$home/list.mbox")
careo new "$home/case" >/dev/null
row "careo add" "$mails" "$(measure taskset -c 0 careo add "$home/case" "$home/list.mbox" --workers 1 --json)"
maildir_of "$home/list.mbox" "$home/maildir"
careo new "$home/files" >/dev/null
row "careo add, each a file" "$mails" "$(measure taskset -c 0 careo add "$home/files" "$home/maildir" --workers 1 --json)"
! have mu || row "mu index" "$mails" "$(with_mu "$home/maildir" 1)"
! have recollindex || row "recollindex" "$mails" "$(with_recoll "$home/maildir" 1)"
! have notmuch || row "notmuch new" "$mails" "$(with_notmuch "$home/maildir")"  # last: it writes into the Maildir

# What is read on demand, of mails alone: recognising their few pictures would be most of it.
mkdir "$home/plain" && csplit -sz -n6 -f "$home/plain/m" "$home/list.mbox" '/^From /' '{*}'
grep -LZ '^Content-Type: image/' "$home"/plain/m* | xargs -0 cat >"$home/plain.mbox"
careo new "$home/mined" >/dev/null
careo add "$home/mined" "$home/plain.mbox" >/dev/null 2>&1
row "dates, figures, names" "$(grep -c '^From ' "$home/plain.mbox")" \
  "$(measure taskset -c 0 careo add "$home/mined" --wait --workers 1 --json)"

python3 bench/intake/attach.py ../shared/data/documents ../shared/data/hostile/pdf >"$home/attached.mbox"
mails=$(grep -c '^From bench@' "$home/attached.mbox")
careo new "$home/texts" >/dev/null
row "careo, texts of a document each" "$mails" \
  "$(measure taskset -c 0 bench_texts build/careo-worker "$home/texts" "$home/attached.mbox")"
careo new "$home/documents" >/dev/null
row "careo, and their pages" "$mails" "$(measure taskset -c 0 careo add "$home/documents" "$home/attached.mbox" --workers 1 --json)"
maildir_of "$home/attached.mbox" "$home/attached"
! have recollindex || row "recollindex, a document each" "$mails" "$(with_recoll "$home/attached" 2)"
