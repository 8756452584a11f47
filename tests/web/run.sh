#!/usr/bin/env bash
# The browser's tests: run.sh SOURCE_DIR BUILD_DIR NODE STORY. Needs Debian's chromium; says loudly where it is not there.
set -euo pipefail
source=$1; build=$2; node=$3 story=$4
chromium=$(command -v chromium || true)
if [ -z "$chromium" ]; then echo "SKIPPED: chromium is not here; ./dev test installs it"; exit 77; fi
if [ ! -e "$source/web/node_modules/playwright-core" ]; then
  (cd "$source/web" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null && touch node_modules/.careo-stamp)
fi
export CAREO_BUILD=$build CAREO_WEB=$source/web CAREO_SHARED=$source/../shared CHROMIUM=$chromium
exec "$node" "$source/tests/web/$story.mjs"
