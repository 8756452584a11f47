#!/usr/bin/env bash
# Builds the desk's page: build.sh NODE OUT_DIR GENERATED_FILE. Fetches what it needs from npm by name, pinned by
# package-lock.json, when it is not there yet; nothing of it runs while it is installed.
set -euo pipefail
node=$1; out=$2; generated=$3
cd "$(dirname "$(readlink -f "$0")")"
exec 9>.build.lock; flock 9  # two builds of one tree (release, sanitizers) at the same time
stamp=node_modules/.careo-stamp
if [ ! -e "$stamp" ] || [ package-lock.json -nt "$stamp" ]; then
  timeout 300 npm ci --omit=dev --ignore-scripts --no-audit --no-fund --fetch-retries=3 --loglevel=error >/dev/null ||
    { echo "careo: npm gave not what the desk's page is built with: is the registry reachable?" >&2; exit 1; }
  touch "$stamp"
fi
"$node" node_modules/vite/bin/vite.js build --outDir "$out" --emptyOutDir --logLevel warn
"$node" pack.mjs "$out" "$generated"
