#!/usr/bin/env bash
# Writes the manual page from the program's own help, so that the two cannot disagree: man.sh PROGRAM VERSION
set -euo pipefail
printf '.TH CAREO 1 "" "careo %s" "User Commands"\n.SH NAME\ncareo \\- turn a leak, and what is said about it, into what the leak shows\n' "$2"
printf '.SH SYNOPSIS\n.B careo\nCOMMAND [WORDS] [OPTIONS]\n.SH DESCRIPTION\n.nf\n'
"$1" --help | sed -e 's/\\/\\\\/g' -e 's/-/\\-/g' -e "s/^\\([.']\\)/\\\\\\&\\1/"
printf '.fi\n'
