# SPDX-License-Identifier: Apache-2.0
# ./rtlgen and tests/run around a project of one C file: what is built when, and what is said.
. "$1/tests/e2e/expect.sh"

project="$work/the project"
mkdir -p "$project/third_party" "$project/tests" "$work/bin"
for folder in core prompts verify synth datasets cli; do mkdir "$project/$folder"; done
cp "$source_dir/rtlgen" "$source_dir/CMakePresets.json" "$project/"
cp "$source_dir/third_party/build.sh" "$project/third_party/"
cp "$source_dir/tests/run" "$project/tests/"
echo 'exit 0' >"$project/third_party/install.sh"
cat >"$project/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(tiny LANGUAGES C)
file(GLOB sources CONFIGURE_DEPENDS cli/*.c)
add_executable(rtlgen ${sources})
set_target_properties(rtlgen PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/cli)
enable_testing()
add_test(NAME good COMMAND rtlgen)
add_test(NAME slow COMMAND rtlgen)
set_tests_properties(good PROPERTIES LABELS quick)
set_tests_properties(slow PROPERTIES LABELS nightly)
END
program() { # program TEXT: prints TEXT and its arguments
    cat >"$project/cli/main.c" <<END
#include <stdio.h>
int main(int argc, char** argv) {
    printf("$1");
    for (int i = 1; i < argc; ++i) printf(" [%s]", argv[i]);
    printf("\\n");
    return argc > 1 && argv[1][0] == '7' ? 7 : 0;
}
END
}
unset RTLGEN_BUILD_DIR
# Counts the calls of cmake.
printf '#!/bin/sh\necho call >>"%s"\nexec "%s" "$@"\n' "$work/cmake.log" "$(command -v cmake)" >"$work/bin/cmake"
chmod +x "$work/bin/cmake"
PATH="$work/bin:$PATH"
export PATH
cmake_calls() { wc -l <"$work/cmake.log"; }

# The first call builds, from another folder, through a symbolic link; two at once do no harm.
program one
ln -s "$project/rtlgen" "$work/bin/link"
ln -s link "$work/bin/rtlgen"
cd / || exit 2
"$work/bin/rtlgen" second >"$scratch/second" 2>&1 </dev/null &
second=$!
run "$work/bin/rtlgen" 'a  b' '' '*'
expect_status 0
expect_out '^one \[a  b\] \[\] \[\*\]$'
expect "stdout holds more than the program's line" test "$(wc -l <"$scratch/out")" -eq 1
expect_err 'rtlgen: building rtlgen'
wait $second
expect "the second of two first calls failed: $(cat "$scratch/second")" grep -q '^one \[second\]$' "$scratch/second"

# Later calls start at once and pass the exit code on.
calls=$(cmake_calls)
run "$project/rtlgen" 7
expect_status 7
expect_no_err
expect "cmake was called although nothing changed" test "$(cmake_calls)" -eq "$calls"

# Saved, added and removed sources are seen.
age() { find "$project" -exec touch -d '1 hour ago' {} + && touch -d '30 minutes ago' "$project/build/.stamp"; }
age
program two
run "$project/rtlgen"
expect_out '^two$'
age
echo 'int more(void) { return 1; }' >"$project/cli/more.c"
run "$project/rtlgen"
expect_err 'building'
age
rm "$project/cli/more.c"
run "$project/rtlgen"
expect_status 0
expect_err 'building'
run "$project/rtlgen"
expect_no_err

# A build that fails: the compiler's message, few lines, what to do, no run of the old program.
program 'three'
echo '#error broken on purpose' >>"$project/cli/main.c"
run "$project/rtlgen"
expect_status 3
expect_err 'broken on purpose'
expect_err 'the build failed; all messages: .*build/build.log'
expect "more than 20 lines about a failed build" test "$(wc -l <"$scratch/err")" -le 20
expect "a failed build ran something" test ! -s "$scratch/out"
program 'three'
run "$project/rtlgen"
expect_out '^three$'

# CMake that fails is tried afresh after the mending.
mv "$project/build" "$work/old build"
echo 'message(FATAL_ERROR "no luck today")' >>"$project/CMakeLists.txt"
run "$project/rtlgen"
expect_status 3
expect_err 'no luck today'
sed -i '$d' "$project/CMakeLists.txt"
run "$project/rtlgen"
expect_out '^three$'

# Something missing, as install.sh says to a user.
printf 'echo "run this once:" >&2\necho "  sudo apt-get install tea" >&2\nexit 3\n' >"$project/third_party/install.sh"
rm -rf "$project/build"
run "$project/rtlgen"
expect_status 3
expect_err '^  sudo apt-get install tea$'
echo 'exit 0' >"$project/third_party/install.sh"

# The tests: the label, the summary at the end, a failure, and no test at all.
run "$project/tests/run"
expect_status 0
expect_out '100% tests passed, 0 tests failed out of 1'
expect_not "a nightly test ran in quick" grep -q slow "$scratch/out"
expect "the summary isn't at the end" sh -c 'tail -n 8 "$1" | grep -q "tests passed"' sh "$scratch/out"
run "$project/tests/run" nightly
expect_status 0
expect_out 'slow'
expect_not "a quick test ran in nightly" grep -q good "$scratch/out"
run "$project/tests/run" -R 'no such test'
expect "no test ran and that passed" test "$status" -ne 0
run "$project/tests/run" frobnicate
expect_status 2
sed -i 's/COMMAND rtlgen)/COMMAND rtlgen 7)/' "$project/CMakeLists.txt"
run "$project/tests/run"
expect "a failing test passed" test "$status" -ne 0
expect_out 'good (Failed)'

# Completion never starts a build.
rm "$project/build/.stamp"
RTLGEN_NO_BUILD=1 run "$project/rtlgen" --help
expect_status 3
expect_no_err
unset RTLGEN_NO_BUILD

# A tree that was moved with its build folder.
mv "$project" "$work/moved"
project="$work/moved"
run "$project/rtlgen"
expect_out '^three$'
age
program 'four'
run "$project/rtlgen"
expect_out '^four$'

# A build folder elsewhere, and one that can't be written.
RTLGEN_BUILD_DIR="$work/elsewhere" run "$project/rtlgen"
expect_out '^four$'
expect "RTLGEN_BUILD_DIR was not used" test -x "$work/elsewhere/cli/rtlgen"
: >"$work/file"
RTLGEN_BUILD_DIR="$work/file/build" run "$project/rtlgen"
expect_status 3
expect_err 'set RTLGEN_BUILD_DIR'
finish
