#!/usr/bin/env bash
# Every page of the desk in light and dark, 1280 and 1920 pixels wide, in four languages: clean by axe, no wider than its window.
. "$(dirname "$0")/common.sh"
bash tests/web/run.sh "$PWD" "$PWD/build" "$(command -v node || command -v nodejs)" gallery >"$home/log" 2>&1 ||
  fail "every page in two lights, two sizes, four languages" "$(tail -3 "$home/log" | tr '\n' ' ')"
row "every page in two lights, two sizes, four languages (\`tests/web/gallery.mjs\`)" "$(tail -1 "$home/log")"
