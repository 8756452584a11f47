# Sourced by every proof: where things are, and how a proof says what it found.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
PATH="$PWD/build:$PATH"
home=$(mktemp -d)
trap 'rm -rf --one-file-system "$home"' EXIT
export CAREO_KEY_FILE="$home/key" LC_ALL=C.UTF-8
shared=../shared/data
RANDOM=20231  # every proof draws the same numbers each time it runs

row() { printf '| %s | %s |\n' "$1" "$2"; }
fail() { row "$1" "**FAILED**: $2"; exit 1; }
field() { sed -nE "s/.*\"$1\":\"?([^,\"}]*)\"?.*/\1/p" | head -1; }
digest_of() { careo check "$1" --digest --json | field digest; }
# careo's exit 1 means done, with parts not read.
done_or_unread() { "$@" || [ $? = 1 ]; }

# needs_root WHAT: what needs root and debootstrap says so where they are not, and ends.
needs_root() {
  [ "$(id -u)" = 0 ] || { row "$1" "skipped: needs root, for a chroot"; exit 0; }
  command -v debootstrap >/dev/null || { row "$1" "skipped: needs debootstrap"; exit 0; }
}

# minimal_root DIR: a minimal Debian 12 with what an ordinary machine of this network has, and no more: where packages come
# from, the network's own certificates, the settings of npm.
minimal_root() {
  local mirror
  mirror=$({ cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null || true; } |
    sed -nE 's/^(URIs:|deb) +([^ ]+).*/\2/p;T;q')
  debootstrap --variant=minbase bookworm "$1" ${mirror:+"$mirror"} >"$home/debootstrap.log" 2>&1 ||
    { tail -5 "$home/debootstrap.log" >&2; fail "a minimal Debian 12 root" "debootstrap failed"; }
  if [ -s /etc/apt/sources.list.d/debian.sources ]; then
    cp /etc/apt/sources.list.d/debian.sources "$1/etc/apt/sources.list.d/"; : >"$1/etc/apt/sources.list"
  fi
  mkdir -p "$1/usr/local/share/ca-certificates"
  find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$1/usr/local/share/ca-certificates/" \;
  [ ! -e ~/.npmrc ] || cp ~/.npmrc "$1/root/"
}

# inside ROOT COMMAND: as root in it, with mounts that nobody else sees and that end with it, and nothing of this
# environment. The kernel is this machine's: Landlock and seccomp act in a chroot as they do outside of it.
inside() {
  unshare --mount --propagation private bash -c '
    mount -t proc proc "$1/proc"; mount --rbind /sys "$1/sys"; mount --rbind /dev "$1/dev"
    exec env -i HOME=/root TERM="${TERM:-dumb}" PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$1" /bin/bash -c "$2"' _ "$1" "$2"
}

megabytes() { echo $(($(du -sxk "$1" | cut -f1) / 1000)); }

# held COMMAND...: runs it and ends as it ends; `peak`: the most that all its processes held at once, seen by looking;
# `largest`: the most that one of them held, counted by the kernel (MB, tools/prove/held.py).
held() {
  local status=0
  python3 tools/prove/held.py "$home/held" "$@" || status=$?
  read -r peak largest <"$home/held"
  return "$status"
}
