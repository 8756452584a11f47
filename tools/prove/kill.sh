#!/usr/bin/env bash
# 100 random kill -9 while a case is fed: nothing acknowledged is lost, and the digest is that of an undisturbed run.
# LEAK=PATH: that is added, and no leak of our own.
. "$(dirname "$0")/common.sh"
kills=${1:-100}
leak=${LEAK:-$home/sample/leak}
[ -n "${LEAK:-}" ] || sample-leak --seed 3 --mails 3000 --out "$home/sample" >/dev/null
careo new "$home/calm" >/dev/null
begin=$(date +%s%N)
done_or_unread careo add "$home/calm" "$leak" >/dev/null 2>&1
took=$((($(date +%s%N) - begin) / 1000000))
wanted=$(digest_of "$home/calm")

killed=0 rounds=0 lost=0
while [ "$killed" -lt "$kills" ]; do
  rm -rf "$home/case"; careo new "$home/case" --key-file "$CAREO_KEY_FILE" >/dev/null; before=0
  rounds=$((rounds + 1))
  while :; do
    careo add "$home/case" "$leak" >/dev/null 2>&1 & pid=$!
    wait_ms=$((took * (RANDOM % 1000) / 1500))
    sleep "$(printf '%d.%03d' $((wait_ms / 1000)) $((wait_ms % 1000)))"
    if [ "$killed" -lt "$kills" ] && kill -9 "$pid" 2>/dev/null; then
      wait "$pid" 2>/dev/null || true
      pkill -9 -P "$pid" 2>/dev/null || true
      killed=$((killed + 1))
      now=$(careo inventory "$home/case" --json | head -1 | field read || true)
      [ "${now:-0}" -ge "$before" ] || lost=$((lost + 1))
      before=${now:-0}
    else
      wait "$pid" || [ $? = 1 ]
      break
    fi
  done
  got=$(digest_of "$home/case")
  [ "$got" = "$wanted" ] || fail "kill -9" "digest $got, not $wanted, after round $rounds"
done
[ "$lost" = 0 ] || fail "kill -9" "acknowledged parts lost $lost times"
row "$killed random \`kill -9\` in $rounds runs of \`careo add\` ($([ -n "${LEAK:-}" ] && echo "${LEAK##*/}" || echo "3,000 mails"), $took ms undisturbed)" "same digest every time; acknowledged parts lost: $lost"
