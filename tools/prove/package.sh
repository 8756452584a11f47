#!/usr/bin/env bash
# The Debian package: lintian finds nothing, it installs in a minimal Debian 12, does the main job there for a user who is
# not root and with the same result as here, and leaves nothing behind when it is removed.
. "$(dirname "$0")/common.sh"
what="the package, in a minimal Debian 12"
needs_root "$what"
./dev deb >"$home/deb.log" 2>&1 || { tail -20 "$home/deb.log" >&2; fail "$what" "./dev deb failed"; }
package=$(ls -t build/careo_*.deb | head -1)
lintian --fail-on error,warning,info "$package" >&2 || fail "$what" "lintian complains"

sample-leak --seed 5 --mails 100 --out "$home/sample" >/dev/null
root=$home/root
minimal_root "$root"
listing() { (cd "$root" && find . -xdev ! -path './var/cache/*' ! -path './var/log/*' ! -path './var/lib/*' ! -path './tmp/*' | sort); }
before=$(megabytes "$root"); listing >"$home/before"
cp "$package" "$root/tmp/careo.deb"; mkdir "$root/tmp/work"; cp -r "$home/sample/leak" "$home/sample/articles" "$root/tmp/work/"
inside "$root" "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /tmp/careo.deb" \
  >"$home/install.log" 2>&1 || { tail -20 "$home/install.log" >&2; fail "$what" "it does not install"; }
after=$(megabytes "$root")

cat >"$root/tmp/work/story" <<'END'
set -euo pipefail
cd /tmp/work
export CAREO_KEY_FILE=/tmp/work/key LC_ALL=C.UTF-8
careo new case >recovery
careo add case leak >added 2>&1 || [ $? = 1 ]
careo inventory case >inventory || [ $? = 1 ]
careo ids case --json >ids
careo people case --json >people
careo claims case add articles/english.txt articles/spanish.txt >printed
careo claims case --json >claims
careo search case 'договор OR contrato' >search
careo check case --digest --json >digest
END
# The icon: what its menu entry runs, with a display and a browser that is looked over the shoulder.
mkdir "$root/tmp/work/bin"
cat >"$root/tmp/work/bin/xdg-open" <<'END'
#!/bin/bash
ask() { exec 3<>"/dev/tcp/127.0.0.1/$port"; printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n%sConnection: close\r\n\r\n' "$1" "$port" "$2" >&3; cat <&3; }
port=${1#http://127.0.0.1:}; way=/${port#*/}; port=${port%%/*}
cookie=$(ask "$way" "" | tr -d '\r' | sed -n 's/^Set-Cookie: \([^;]*\).*/\1/p')
ask /api/state "Cookie: $cookie"$'\r\n' >"$HOME/seen"
END
cat >"$root/tmp/work/menu" <<'END'
set -euo pipefail
entry=${ENTRY:-/usr/share/applications/careo.desktop}
command=$(sed -n 's/^Exec=//p' "$entry")
export PATH=$HOME/bin:$PATH DISPLAY=:0
$command >"$HOME/link" 2>&1 & desk=$!
for _ in $(seq 100); do ! grep -qs '"open":false' "$HOME/seen" || break; sleep 0.1; done
kill "$desk"; wait "$desk" || true
grep -q '"open":false' "$HOME/seen"
END
chmod +x "$root/tmp/work/bin/xdg-open"
chown -R 1000:1000 "$root/tmp/work"
inside "$root" "setpriv --reuid 1000 --regid 1000 --clear-groups bash /tmp/work/story" >&2 || fail "$what" "the main job fails"
inside "$root" "HOME=/tmp/work setpriv --reuid 1000 --regid 1000 --clear-groups bash /tmp/work/menu" >&2 ||
  fail "$what" "its menu entry opens no desk"
score=$(build/sample-score "$home/sample/truth" "$root"/tmp/work/{ids,people,claims}) || fail "$what" "$score"
careo new "$home/case" >/dev/null
done_or_unread careo add "$home/case" "$home/sample/leak" >/dev/null 2>&1
careo claims "$home/case" add "$home/sample"/articles/{english,spanish}.txt >/dev/null
[ "$(digest_of "$home/case")" = "$(field digest <"$root/tmp/work/digest")" ] || fail "$what" "another digest than from the tree"

inside "$root" "gzip -t /usr/share/man/man1/careo.1.gz && apt-get purge -y -qq --auto-remove careo" >"$home/purge.log" 2>&1 ||
  { tail -20 "$home/purge.log" >&2; fail "$what" "it cannot be removed"; }
listing | comm -13 "$home/before" - >"$home/left"
[ ! -s "$home/left" ] || { cat "$home/left" >&2; fail "$what" "$(wc -l <"$home/left") files left after its removal"; }
row "$what: ${package##*/}, $(($(stat -c %s "$package") / 1000)) kB" "lintian silent; $((after - before)) MB installed with all it needs; for a user who is not root: $score; its menu entry opens the desk; same digest as from the tree; nothing left after its removal"
