# SPDX-License-Identifier: Apache-2.0
# cmake --install: one binary that needs nothing of the build or source folder, completion, manual page.
. "$1/tests/e2e/expect.sh"

[ -x "$build_dir/cli/rtlgen" ] || skip "rtlgen isn't built"
prefix="$work/prefix"
run cmake --install "$build_dir" --prefix "$prefix"
expect_status 0
binary="$prefix/bin/rtlgen"
expect "more or less than one binary is installed" test "$(ls "$prefix/bin")" = rtlgen
expect "more than binary, completion and manual page is installed" \
    test "$(find "$prefix" -type f | wc -l)" -eq 3

# With an empty environment, from a folder without anything, under another name.
mkdir "$work/empty"
cd "$work/empty" || exit 2
run env -i "$binary" --version
expect_status 0
expect_out '^rtlgen [0-9]'
expect_no_err
cp "$binary" "$work/empty/other"
run env -i ./other --help
expect_status 0
expect_out 'Usage:'
run env -i "$binary"
expect_status 2

# Nothing in it points back to where it was built; a sanitizer and debug information need to.
if ! grep -q -E '^CMAKE_(CXX_FLAGS:.*-fsanitize|BUILD_TYPE:.*=.*Deb)' "$build_dir/CMakeCache.txt"; then
    expect_not "the binary holds the build folder's path" grep -q -F "$build_dir/" "$binary"
    expect_not "the binary holds the source folder's path" grep -q -F "$source_dir/" "$binary"
fi

# The manual page has a section a command, and roff that man accepts.
page="$prefix/share/man/man1/rtlgen.1"
commands=$("$binary" --help | awk '/^[Ss][Uu][Bb]/ { on = 1; next } on && /^  [a-z]/ { print $1 }')
expect "the help lists no commands" test -n "$commands"
for command in $commands; do
    expect "the manual page lacks $command" grep -q "^.SS rtlgen $command\$" "$page"
done
expect_not "the manual page holds a marker that nothing replaced" grep -q '^@' "$page"
expect_not "the manual page holds a marker that nothing replaced" grep -q '@VERSION@' "$page"
expect "the manual page lacks the options" grep -q 'version' "$page"
if command -v groff >/dev/null; then
    run groff -man -Tutf8 -ww "$page"
    expect_status 0
    expect_no_err
fi

# Completion: commands, a command's options, files.
completion="$prefix/share/bash-completion/completions/rtlgen"
: >"$work/empty/design.v"
complete_words() {
    PATH="$prefix/bin:$PATH" run bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rtlgen
        printf "%s\n" "${COMPREPLY[@]}"' "$completion" "$@"
}
for command in $commands; do
    complete_words rtlgen "$command"
    expect_out "^$command\$"
done
complete_words rtlgen --ver
expect_out '^--version$'
first=${commands%%[!a-z-]*}
complete_words rtlgen "$first" --he
expect_out '^--help$'
complete_words rtlgen "$first" des
expect_out '^design.v$'
finish
