#!/usr/bin/env bash
# The demo case: makes the sample leak, reads it, and prints the answers a reporter would ask for. `./dev demo` builds
# first and calls this; nothing here is needed to use careo.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
careo=build/careo
home=out/demo
say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
run() { printf '\033[2m$ careo %s\033[0m\n' "$*"; "$careo" "$@" || [ $? = 1 ]; }  # 1: done, with parts not read

rm -rf "$home"; mkdir -p "$home"
export CAREO_KEY_FILE="$home/key"

say "1. A sample leak: a recruiter's mailbox that we invented, and two articles about it"
build/sample-leak --seed 7 --mails 400 --out "$home/sample"

say "2. An encrypted case, and the leak read into it"
"$careo" new "$home/case" >"$home/recovery-sheet.txt"
printf 'The recovery sheet is in %s: in earnest, print it and keep it away from the case.\n' "$home/recovery-sheet.txt"
run add "$home/case" "$home/sample/leak" --how "handed over on a stick"

say "3. Did we read all of it?"
run inventory "$home/case"

say "4. Whose documents are these?"
run ids "$home/case" | head -25

say "5. How many persons?"
run people "$home/case" | head -25

say "6. Where is ...? (the name is written in Cyrillic in some mails, in Latin in others)"
run search "$home/case" 'contrato OR договор' --limit 5

say "7. What the articles say, confronted with the case"
run claims "$home/case" add "$home/sample/articles/english.txt" "$home/sample/articles/spanish.txt"

say "8. Is every byte still what it was?"
run check "$home/case"

cat <<END

The case is $home/case, its key $home/key. Ask it more:
  export CAREO_KEY_FILE=$home/key
  $careo search $home/case 'from:maria AND pasaporte'
  $careo show $home/case TRAIL          any trail printed above
  $careo people $home/case --json
The truth that the leak was made from is in $home/sample/truth.
END
