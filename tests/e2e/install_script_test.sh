# SPDX-License-Identifier: Apache-2.0
# third_party/install.sh against a pretended Debian: what it asks apt for, as root and as a user.
. "$1/tests/e2e/expect.sh"

mkdir -p "$work/tree/third_party" "$work/bin"
cp "$source_dir/third_party/install.sh" "$work/tree/third_party/"

# A PATH of our own: what stands here is installed, everything else isn't.
for program in sh dirname cat; do ln -s "$(command -v $program)" "$work/bin/"; done
fake() { # fake NAME BODY
    printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}
install_script() { run env PATH="$work/bin" sh "$work/tree/third_party/install.sh" "$@"; }
log="$work/apt.log"

everything="ca-certificates libcli11-dev nlohmann-json3-dev libcurl4-openssl-dev libspdlog-dev catch2 libexpected-dev libfmt-dev
    libsqlite3-dev libtomlplusplus-dev libssl-dev libzstd-dev libkainjow-mustache-dev libseccomp-dev libcadical-dev libvalijson-dev"
all_installed() {
    fake dpkg-query "for p in $(echo $everything); do printf 'ii %s ' \$p; done"
    for program in c++ cmake ninja pkg-config verilator iverilog yosys yosys-config bwrap python3 pip3; do
        fake $program ''
    done
}
fake apt-get "echo \"\$*\" >>'$log'"
fake id 'echo 0'

all_installed
install_script
expect_status 0
expect_no_err
expect_not "apt was called although nothing is missing" test -e "$log"

# Root: one update, then what is missing and nothing else.
rm "$work/bin/iverilog"
fake dpkg-query "for p in $(echo $everything | sed 's/libfmt-dev//'); do printf 'ii %s ' \$p; done; printf 'rc libfmt-dev '"
install_script
expect_status 0
expect "apt-get update was not called" grep -q ' update' "$log"
expect "a removed package was taken for installed" grep -q 'install .*libfmt-dev' "$log"
expect "the missing simulator was not installed" grep -q 'install .*iverilog' "$log"
expect_not "what is there was installed again" grep -q -E 'verilator|libssl-dev' "$log"

# A tool that apt doesn't have costs its features only; a library that it doesn't have ends it.
fake apt-get 'case "$*" in *iverilog*) exit 100 ;; esac'
install_script
expect_status 0
expect_err 'going on without iverilog'
fake apt-get 'case "$*" in *libfmt-dev*) exit 100 ;; esac'
install_script
expect_status 3
expect_err 'could not install what the build needs: libfmt-dev'

# A user: one command to run, nothing is tried.
rm -f "$log"
fake apt-get "echo \"\$*\" >>'$log'"
fake id 'echo 1000'
install_script
expect_status 3
expect_err '^  sudo apt-get update && sudo apt-get install -y --no-install-recommends libfmt-dev iverilog$'
expect_not "apt was called by a user" test -e "$log"
all_installed
rm "$work/bin/iverilog"
install_script
expect_status 0
expect_err 'going on without: iverilog'

# --check changes nothing and tells the two kinds apart.
install_script --check
expect_status 0
expect_out '^build: nothing missing$'
expect_out '^run: iverilog $'
install_script --frobnicate
expect_status 2

# make stands in for ninja.
all_installed
rm "$work/bin/ninja"
install_script --check
expect_out '^build: ninja-build $'
fake make ''
install_script --check
expect_out '^build: nothing missing$'

# The pinned toolset: fetched where its script is, done without where it fails.
mkdir "$work/tree/third_party/toolset"
echo 'echo fetched >&2' >"$work/tree/third_party/toolset/fetch.sh"
install_script
expect_status 0
expect_err '^fetched$'
echo 'exit 1' >"$work/tree/third_party/toolset/fetch.sh"
install_script
expect_status 0
expect_err "going on with the distribution's tools"

# Neither Debian nor Ubuntu: the build may try.
rm "$work/bin/dpkg-query"
install_script
expect_status 0
expect_err 'neither Debian nor Ubuntu'
finish
