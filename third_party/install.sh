#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs what rtlgen needs on Debian or Ubuntu, and nothing that is already there.
#
#   third_party/install.sh            what the build and the tools need, then the pinned toolset
#   third_party/install.sh --check    changes nothing: lists what is missing
#
# Exit: 0 the build can start (tools may be missing: that is said, and costs features only);
#       3 something that the build needs is missing and could not be installed;
#       2 wrong usage.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 3

# A program stands for its package: COMMAND=PACKAGE. Whatever provides the command is good enough.
build_programs="c++=g++ cmake=cmake pkg-config=pkg-config"
build_libraries="libcli11-dev nlohmann-json3-dev libcurl4-openssl-dev libspdlog-dev catch2
    libexpected-dev libfmt-dev libsqlite3-dev libtomlplusplus-dev libssl-dev libzstd-dev
    libkainjow-mustache-dev libseccomp-dev libcadical-dev"
run_programs="verilator=verilator iverilog=iverilog yosys=yosys yosys-config=yosys-dev bwrap=bubblewrap"
# For models behind https.
run_libraries="ca-certificates"
# For tests alone, which skip where it is missing: JSON against docs/schema.
test_libraries="libvalijson-dev"
# Only to fetch the pinned toolset.
fetch_programs="python3=python3 pip3=python3-pip"

say() { printf 'install.sh: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# missing_programs PAIR...: the packages whose command isn't there.
missing_programs() {
    for pair in "$@"; do
        have "${pair%%=*}" || printf '%s ' "${pair#*=}"
    done
}

# missing_libraries PACKAGE...: the packages that dpkg doesn't know as installed.
missing_libraries() {
    installed=" $(dpkg-query -W -f '${db:Status-Abbrev}${Package} ' "$@" 2>/dev/null) "
    for package in "$@"; do
        case $installed in
            *"ii $package "*) ;;
            *) printf '%s ' "$package" ;;
        esac
    done
}

case ${1:-} in
    '') mode=install ;;
    --check) mode=check ;;
    *) say "usage: third_party/install.sh [--check]"; exit 2 ;;
esac

# Without dpkg there is nothing to ask and nothing to install: CMake names what it misses.
if ! have dpkg-query || ! have apt-get; then
    say "this is neither Debian nor Ubuntu; the build needs what these packages hold:" \
        $(missing_programs $build_programs) $build_libraries
    say "and the tools are:" $run_programs
    exit 0
fi

fetch="$root/third_party/toolset/fetch.sh"
build_missing="$(missing_programs $build_programs)$(missing_libraries $build_libraries)"
have ninja || have make || build_missing="${build_missing}ninja-build "
run_missing="$(missing_programs $run_programs)$(missing_libraries $run_libraries $test_libraries)"
if [ -f "$fetch" ]; then
    run_missing="$run_missing$(missing_programs $fetch_programs)"
fi

if [ "$mode" = check ]; then
    printf 'build: %s\nrun: %s\n' "${build_missing:-nothing missing}" "${run_missing:-nothing missing}"
    [ -z "$build_missing" ] || exit 3
    exit 0
fi

# apt_install PACKAGE...: quiet, asks nothing, waits for another apt.
apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -q \
        --no-install-recommends "$@" >&2
}

if [ -n "$build_missing$run_missing" ]; then
    if [ "$(id -u)" -ne 0 ]; then
        say "missing: $build_missing$run_missing"
        say "run this once:"
        echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends" \
            $build_missing $run_missing >&2
        if [ -n "$build_missing" ]; then
            exit 3
        fi
        say "going on without: $run_missing"
    else
        say "installing: $build_missing$run_missing"
        apt-get -o DPkg::Lock::Timeout=600 update -q >&2 || say "the package lists could not be updated; trying all the same"
        if [ -n "$build_missing" ] && ! apt_install $build_missing; then
            say "apt could not install what the build needs: $build_missing"
            say "look at its messages above; is there a network, and is the 'universe' component on (Ubuntu)?"
            exit 3
        fi
        # One by one where all together fails, so that one missing package costs no other.
        if [ -n "$run_missing" ] && ! apt_install $run_missing; then
            for package in $run_missing; do
                apt_install "$package" || say "going on without $package"
            done
        fi
    fi
fi

# The pinned toolset is a bonus: without it the distribution's tools do the work.
if [ -f "$fetch" ]; then
    sh "$fetch" >&2 || say "the pinned toolset could not be fetched; going on with the distribution's tools"
fi
exit 0
