#!/usr/bin/env bash
# The long proofs: `./dev prove [NAME...]` runs those in tools/prove/ (all without a name) and writes docs/proof.md.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
mkdir -p out/proof
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names < <(cd tools/prove && ls ./*.sh | sed 's/^\.\///; s/\.sh$//' | grep -v common)
failed=0
for name in "${names[@]}"; do
  printf '\n== %s\n' "$name" >&2
  if bash "tools/prove/$name.sh" | tee "out/proof/$name.new"; then mv "out/proof/$name.new" "out/proof/$name"; else failed=1; cat "out/proof/$name.new"; fi
done
{
  printf '# What was proved\n\nWritten by `./dev prove`; each row is a script in `tools/prove/`. Machine: %s cores, %s.\n\n' \
    "$(nproc)" "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"
  printf '| what | found |\n|---|---|\n'
  cat out/proof/*[!w]
} >docs/proof.md
exit "$failed"
