#!/usr/bin/env bash
# The page's speed in a real browser, over made-up answers; over a case: CAREO_CASE=FOLDER CAREO_KEY_FILE=KEY bench/desk/run.sh,
# with CAREO_ASK=WORD, what is searched for, and CAREO_PAUSE=MS before the second page is visited. Needs chromium and `./dev test`'s npm packages.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export CAREO_BUILD=${CAREO_BUILD:-$root/build} CAREO_WEB=$root/web
exec node "$root/bench/desk/bench.mjs"
