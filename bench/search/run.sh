#!/usr/bin/env bash
# Index speed and query times on generated text: MAILS (20000) mails of about 6 kB in two alphabets, pages encrypted.
set -euo pipefail
root=$PWD
ninja -C build bench_search >/dev/null
home=$(mktemp -d); trap 'rm -rf "$home"' EXIT
cd "$home" && "$root/build/bench_search" "${MAILS:-20000}"
