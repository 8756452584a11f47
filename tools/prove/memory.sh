#!/usr/bin/env bash
# Peak memory (PSS of the whole process tree, sampled) while a case is fed, at 6,000 and at 200,000 mails.
. "$(dirname "$0")/common.sh"

for mails in ${1:-6000 200000}; do
  sample-leak --seed 6 --mails "$mails" --documents 60 --out "$home/sample" >/dev/null
  careo new "$home/case" >/dev/null
  begin=$(date +%s%N)
  done_or_unread held careo add "$home/case" "$home/sample/leak" >"$home/log" 2>&1
  took=$((($(date +%s%N) - begin) / 1000000))
  row "\`careo add\` of $mails mails with 60 pictures of documents" \
    "peak $peak MB for the whole process tree, $largest MB in the largest process, $((took / 1000)) s, $((mails * 1000 / took)) mails/s, $(tail -1 "$home/log")"
  rm -rf "$home/sample" "$home/case"
done
