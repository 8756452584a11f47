#!/usr/bin/env bash
# The page's speed in a real browser: needs chromium and `./dev test`'s npm packages.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export CAREO_BUILD=${CAREO_BUILD:-$root/build} CAREO_WEB=$root/web
exec node "$root/bench/desk/bench.mjs"
