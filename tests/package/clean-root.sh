#!/usr/bin/env bash
# Installs the Debian package where nothing else is installed, looks at what came, starts the app from
# the menu, and removes it again. Each check is a line `ok SENTENCE` or `not ok SENTENCE`.
#
# usage: clean-root.sh PACKAGE CACHE PICTURE, as root, in a mount and process namespace of its own.
set -euo pipefail
package=$1 cache=$2 picture=$3

name=sip-registrar-setup
title='SIP Registrar Setup'
suite=bookworm
work=$(mktemp -d)
root=$work/root
tidy() {
  jobs -p | xargs -r kill 2>/dev/null || true
  for mounted in proc dev tmp/.X11-unix; do umount --recursive --lazy "$root/$mounted" 2>/dev/null || true; done
  rm -rf --one-file-system "$work"
}
trap tidy EXIT

check() { # SENTENCE COMMAND...
  local sentence=$1
  shift
  if "$@" >&2; then echo "ok $sentence"; else echo "not ok $sentence"; fi
}

wait_for() { # COMMAND..., for at most a minute
  local end=$((SECONDS + 60))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive "$@"; }

# Everything but what belongs to the person, to apt's own memory, and to no disk.
everything() {
  (cd "$root" && find . -xdev \( -path ./proc -o -path ./dev -o -path ./tmp -o -path ./person -o -path ./root \
    -o -path ./var/log -o -path ./var/cache -o -path ./var/lib/apt -o -path './var/lib/dpkg/*-old' \) -prune \
    -o -path ./var/lib/dpkg/status -o -path ./var/lib/dpkg/lock\* -o -printf '%p %m %s\n') | LC_ALL=C sort
}

# A clean Debian, made once.
base=$cache/$suite.tar
if [ ! -e "$base" ]; then
  debootstrap --variant=minbase "$suite" "$work/new" >&2
  mkdir -p "$cache"
  tar -C "$work/new" --one-file-system -cf "$base.$$" .
  mv "$base.$$" "$base"
  rm -rf --one-file-system "$work/new"
fi
mkdir "$root"
tar -C "$root" -xf "$base"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mkdir -p "$root/tmp/.X11-unix" /tmp/.X11-unix
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
# Packages come from where this computer gets its own.
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
rm -f "$root/etc/apt/sources.list"
cp -r /etc/apt/. "$root/etc/apt/"
# Nobody needs this Debian after a power failure.
echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/unsafe-io"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
inside useradd --create-home --home-dir /person person
cp "$package" "$root/tmp/$name.deb"

# What it depends on stays when it is removed: this is what it is compared with.
inside apt-get -qq update >&2
check 'apt installs the package and all that it needs' \
  inside apt-get -qq install --yes --no-install-recommends "/tmp/$name.deb"
inside apt-get -qq purge --yes "$name" >&2
everything >"$work/before"
inside apt-get -qq install --yes --no-install-recommends "/tmp/$name.deb" >&2
everything >"$work/installed"

came() { LC_ALL=C comm -13 "$work/before" "$work/installed" | sed 's/ [0-7]* [0-9]*$//'; }
came >"$work/came"
nothing_else_came() {
  grep -vxE "\./usr/bin/$name|\./usr/share/applications/$title\.desktop|\./usr/share/doc/$name(/copyright)?|\./usr/share/icons/hicolor/[0-9x@]+(/apps(/$name\.png)?)?|\./var/lib/dpkg/info/$name\.(list|md5sums)|\./usr/share/icons/hicolor/icon-theme\.cache|\./usr/share/applications|\./usr/share/icons/hicolor|\./usr/share/doc|\./var/lib/dpkg/info" \
    "$work/came" && return 1
  grep -qxF "./usr/bin/$name" "$work/came"
}
check 'a program, its menu entry, icons and license came, and nothing else' nothing_else_came
entry="$root/usr/share/applications/$title.desktop"
no_other_handler() { ! grep '^MimeType=' "$entry" | grep -vxE 'MimeType=(x-scheme-handler/sipregistrar;?)?'; }
check 'nothing is opened by it but links of its own scheme' no_other_handler
check 'it runs no script of its own while it is installed' \
  test -z "$(find "$root/var/lib/dpkg/info" -name "$name.*inst" -o -name "$name.*rm")"

# As the menu does it: the entry's own command, without the place for a link.
command=$(sed -n 's/^Exec=//p' "$entry" | head -1 | sed 's/ *%[a-zA-Z]//g')
Xvfb -displayfd 3 -screen 0 1280x900x24 -nolisten tcp -ac 3>"$work/display" 2>/dev/null &
wait_for test -s "$work/display"
DISPLAY=:$(cat "$work/display")
export DISPLAY
chroot --userspec=person:person "$root" env -i HOME=/person PATH=/usr/bin:/bin LANG=C.UTF-8 \
  DISPLAY="$DISPLAY" sh -c "cd && exec $command" >"$work/app.log" 2>&1 &
app=$!
check "the menu's entry opens the window" wait_for xdotool search --onlyvisible --name "$title"
drawn() { import -window root "$picture" && [ "$(identify -format %k "$picture")" -gt 30 ]; }
check 'the window shows its first screen' wait_for drawn
grep -v -e dconf -e Gtk -e '^$' "$work/app.log" >&2 || true
kill "$app"
wait "$app" 2>/dev/null || true

inside apt-get -qq purge --yes "$name" >&2
everything >"$work/after"
check 'it goes away without a trace' diff "$work/before" "$work/after"
check 'what the person had stays' test -d "$root/person/.local/share/dev.sipregistrar.setup"
