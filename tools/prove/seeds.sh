#!/usr/bin/env bash
# Ten seeds of the sample leak against their truth: documents exact or honestly graded, persons inside their bounds,
# every planted claim with its verdict.
. "$(dirname "$0")/common.sh"
for seed in ${1:-1 2 3 4 5 6 7 8 9 10}; do
  sample-leak --seed "$seed" --mails 400 --out "$home/$seed" >/dev/null
  careo new "$home/case$seed" >/dev/null
  done_or_unread careo add "$home/case$seed" "$home/$seed/leak" >/dev/null 2>&1
  done_or_unread careo claims "$home/case$seed" add "$home/$seed"/articles/*.txt >/dev/null 2>&1
  careo ids "$home/case$seed" --json >"$home/ids"
  careo people "$home/case$seed" --json >"$home/people"
  careo claims "$home/case$seed" --json >"$home/claims"
  row "sample leak, seed $seed" "$(build/sample-score "$home/$seed/truth" "$home/ids" "$home/people" "$home/claims")"
  rm -rf "${home:?}/$seed" "$home/case$seed"
done
