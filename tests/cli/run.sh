#!/usr/bin/env bash
# Runs one story: a text file that carries its own files and says what a person types and what must then be seen.
#
#   -- file mail.eml --          the lines up to the next "-- ... --" become that file ("-- end --" returns to the story)
#   $ careo add case mail.eml    runs in a folder of its own; must exit 0, or with the code in "$3 careo ..."
#   > parts: read                a line of standard output must contain this text
#   >~ ^digest [0-9a-f]{64}$     a line of standard output must match this expression
#   !> victim                    no line of standard output may contain this text
#   2> careo: error:             the same for standard error
#   # ...                        says why
#
# Usage: run.sh BUILD-FOLDER STORY
set -u
build=$(readlink -f "$1"); story=$(readlink -f "$2")
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export PATH="$build:$PATH" LC_ALL=C.UTF-8 CAREO_KEY_FILE="$folder/key"
out=$folder/.out; err=$folder/.err; : >"$out"; : >"$err"
number=0 failures=0 target=""

complain() { printf '%s:%d: %s\n' "${story##*/}" "$number" "$1"; failures=$((failures + 1)); }
show() { sed 's/^/    /' "$1" | head -40; }

while IFS= read -r line || [ -n "$line" ]; do
  number=$((number + 1))
  case "$line" in
    '-- file '*' --') target=${line#-- file }; target=${target% --}; mkdir -p "$(dirname "$target")"; : >"$target"; continue ;;
    '-- end --') target=""; continue ;;
  esac
  if [ -n "$target" ]; then printf '%s\n' "$line" >>"$target"; continue; fi
  case "$line" in
    '#'*|'') ;;
    '$'*)
      wanted=${line%% *}; wanted=${wanted#\$}
      bash -c "${line#* }" >"$out" 2>"$err" </dev/null
      code=$?
      if [ "$code" != "${wanted:-0}" ]; then complain "exit $code, not ${wanted:-0}: ${line#* }"; show "$err"; fi ;;
    '>~ '*) grep -qE -- "${line#>~ }" "$out" || { complain "nothing matches ${line#>~ }"; show "$out"; } ;;
    '> '*) grep -qF -- "${line#> }" "$out" || { complain "not seen: ${line#> }"; show "$out"; } ;;
    '!> '*) if grep -qF -- "${line#!> }" "$out"; then complain "seen: ${line#!> }"; fi ;;
    '2> '*) grep -qF -- "${line#2> }" "$err" || { complain "not said: ${line#2> }"; show "$err"; } ;;
    *) complain "what is this? $line" ;;
  esac
done <"$story"
[ "$failures" = 0 ]
