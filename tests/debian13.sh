#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The tests on Debian 13, in a folder of this machine: needs root, debootstrap and a network.
#
#   tests/debian13.sh FOLDER               debootstraps into FOLDER once, then runs tests/run there
#   tests/debian13.sh FOLDER COMMAND...    runs COMMAND there, in /root/rtlgen, a clone of this tree
#
# $DEBIAN_RELEASE names another release than trixie. The mirror is $DEBIAN_MIRROR, else the one that this machine's apt uses for Debian. Only commits
# are seen there. FOLDER's system has its own mount and process namespace, which end with the command.
set -eu

[ $# -ge 1 ] || { echo "usage: tests/debian13.sh FOLDER [COMMAND...]" >&2; exit 2; }
[ "$(id -u)" -eq 0 ] || { echo "debian13.sh: needs root" >&2; exit 3; }
source=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
mkdir -p -- "$1"
system=$(CDPATH='' cd -- "$1" && pwd -P)
shift
[ $# -gt 0 ] || set -- tests/run

if [ ! -f "$system/etc/debian_version" ]; then
    mirror=${DEBIAN_MIRROR:-$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' \
        'Created-By: Packages' | sed -n -e '/security/d' -e 's/^Debian //p' | head -n 1)}
    [ -n "$mirror" ] || { echo "debian13.sh: set DEBIAN_MIRROR to a mirror of Debian" >&2; exit 3; }
    debootstrap --variant=minbase --include=ca-certificates "${DEBIAN_RELEASE:-trixie}" "$system" "$mirror"
fi
# The host's way to the network: name servers, apt's settings, certificates.
cp -L /etc/resolv.conf "$system/etc/resolv.conf"
cp -L /etc/ssl/certs/ca-certificates.crt "$system/etc/ssl/certs/"
for setting in /etc/apt/apt.conf.d/*; do
    case ${setting##*/} in 0[0-9]* | [1-8][0-9]* | docker-*) ;; *) cp "$setting" "$system/etc/apt/apt.conf.d/" ;; esac
done

# The build folder stays from one call to the next; everything else is the commit.
checkout=$system/root/rtlgen
if [ -d "$checkout/.git" ]; then
    git -C "$checkout" fetch -q "$source" HEAD
    git -C "$checkout" checkout -q --force --detach FETCH_HEAD
    git -C "$checkout" clean -q -f -d
else
    git clone -q --no-hardlinks "$source" "$checkout"
fi

# pivot_root rather than chroot: in a chroot the kernel refuses user namespaces, which the jail needs.
export system
exec unshare --mount --pid --fork -- sh -euc '
    mount --make-rprivate /
    mount --bind "$system" "$system"
    mount -t proc proc "$system/proc"
    mount -t sysfs -o ro sysfs "$system/sys"
    mount --rbind /dev "$system/dev"
    mount -t tmpfs tmpfs "$system/tmp"
    cd "$system"
    mkdir -p .host
    pivot_root . .host
    umount -l /.host
    rmdir /.host
    cd /root/rtlgen
    unset system
    export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8
    exec "$@"' debian13 "$@"
