# Sourced by every proof: where things are, and how a proof says what it found.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
PATH="$PWD/build:$PATH"
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export CAREO_KEY_FILE="$home/key" LC_ALL=C.UTF-8
shared=../shared/data
RANDOM=20231  # every proof draws the same numbers each time it runs

row() { printf '| %s | %s |\n' "$1" "$2"; }
fail() { row "$1" "**FAILED**: $2"; exit 1; }
field() { sed -nE "s/.*\"$1\":\"?([^,\"}]*)\"?.*/\1/p" | head -1; }
digest_of() { careo check "$1" --digest --json | field digest; }
# careo's exit 1 means done, with parts not read.
done_or_unread() { "$@" || [ $? = 1 ]; }
