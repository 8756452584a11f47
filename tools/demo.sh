#!/usr/bin/env bash
# The demo case: makes the sample leak, reads it, and prints the answers a reporter would ask for. `./dev demo` builds
# first and calls this; nothing here is needed to use careo.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
home=out/demo
export PATH="$PWD/build:$PATH" CAREO_KEY_FILE="$home/key"
width=$(stty size 2>/dev/null </dev/tty | cut -d' ' -f2) || width=
[ -z "$width" ] || export COLUMNS=$width  # also where a pipe stands between careo and the terminal

say() { printf '\n\033[1m%s\033[0m\n' "$1"; shift; [ $# = 0 ] || printf '%s\n' "$@" | fold -s -w "${COLUMNS:-100}"; }
run() {  # careo, as one would type it; its exit 1 means done, with parts not read
  local word typed="careo"
  for word in "$@"; do [[ $word =~ ^[A-Za-z0-9_./:=-]+$ ]] && typed+=" $word" || typed+=" '$word'"; done
  printf '\n\033[2m$ %s\033[0m\n' "$typed"
  careo "$@" || [ $? = 1 ]
}
first() {  # first LINES WHOLE: the first lines of a long answer, and how to see the whole
  awk -v most="$1" -v whole="$2" 'NR <= most; END { if (NR > most) printf "  ... %d more lines: %s\n", NR - most, whole }'
}

rm -rf "$home"; mkdir -p "$home"

say "1. A sample leak" "The mailbox of a recruiter, scans and photographs of passports, a zip in a zip, and two newspaper \
articles about it. All of it is invented by us, the states and the persons too."
sample-leak --seed 7 --mails 400 --out "$home/sample"
du -sh "$home/sample/leak" "$home/sample/articles"

say "2. An encrypted case, and the leak read into it"
careo new "$home/case" >"$home/recovery-sheet.txt"
printf 'The key is the file %s. So that a lost key is no lost case, the recovery\nsheet opens it too: %s. In earnest, print it and lock it away.\n' "$home/key" "$home/recovery-sheet.txt"
run add "$home/case" "$home/sample/leak" --how "handed over on a stick"

say "3. Did we read all of it?"
run inventory "$home/case"

say "4. Whose documents are these?"
run ids "$home/case" | first 40 "careo ids $home/case"

say "5. How many persons?" "One person may have several documents, and one document several images."
run people "$home/case" | first 30 "careo people $home/case"

say "6. Where is a name?" "Asked in Latin letters, found in Cyrillic ones too."
run search "$home/case" Shubeikin --limit 4

say "7. What the articles say, held against the case"
run claims "$home/case" add "$home/sample/articles/english.txt" "$home/sample/articles/spanish.txt"
took=$SECONDS

say "8. Is every byte still what it was?"
run check "$home/case"

say "All of this took $took seconds: $home/case is a case, and it stays."
cat <<END
Ask it more (copy these lines):
  export PATH="\$PWD/build:\$PATH" CAREO_KEY_FILE=$home/key
  careo search $home/case 'from:t.ordynsky AND договор'
  careo people $home/case --json
What stands where an answer came from; TRAIL is any src:... printed above:
  careo show $home/case 'TRAIL'
  careo show $home/case 'TRAIL' --png picture.png

Read a folder of your own; it asks for a passphrase and shows a recovery sheet:
  unset CAREO_KEY_FILE
  careo new mycase
  careo add mycase FOLDER
  careo inventory mycase

What the sample was made from, to compare: $home/sample/truth
All commands: careo --help
END

# Ends at the desk in the browser; scripts, and whoever says --no-desk, are told how to get there.
if [[ " $* " != *" --no-desk "* ]] && [ -t 0 ] && [ -t 1 ]; then
  say "9. The same in the browser" "Ctrl-C ends it."
  exec careo serve "$home/case"
fi
printf 'The same in the browser: careo serve %s\n' "$home/case"
