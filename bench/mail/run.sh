#!/usr/bin/env bash
# Mails parsed and decoded a second beside gmime, on the same mails in the same run.
set -euo pipefail
data=../shared/data/mail/list-6000.mbox.xz
[ -e "$data" ] || { echo "skipped: $data is not here"; exit 0; }
home=$(mktemp -d); trap 'rm -rf "$home"' EXIT
xz -dc "$data" >"$home/list.mbox"
rooms=(build/libroom_unpack.a build/libroom_read.a build/libroom_reference.a build/libroom_evidence.a build/libroom_base.a)
read -ra flags <<<"$(pkg-config --cflags --libs gmime-3.0 libarchive zlib uchardet icu-i18n icu-uc simdjson fmt libcrypto)"
# Only what the mail half needs is pulled out of the archives, so no other library has to be named.
g++ -std=c++20 -O2 -Isrc bench/mail/main.cc "${rooms[@]}" "${flags[@]}" -lcld2 -o "$home/bench"
taskset -c 0 "$home/bench" "$home/list.mbox"
