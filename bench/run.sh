#!/usr/bin/env bash
# Measures careo beside peers in the same run and prints a table; `./dev bench [NAME]`. No figure here fails a test.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
for script in bench/*/run.sh; do
  name=$(basename "$(dirname "$script")")
  [ -z "${1:-}" ] || [ "$1" = "$name" ] || continue
  printf '\n== %s\n' "$name"
  bash "$script"
done
