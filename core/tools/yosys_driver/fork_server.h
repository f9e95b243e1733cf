// SPDX-License-Identifier: Apache-2.0
// One script that is run once, and many that go on from where it ended, each in a child of its own.
// What a child leaves is taken by the server, and said by it alone.
#pragma once

#include <functional>
#include <string>

namespace rtlgen::server {

/// Runs a script of Yosys. Throws, or ends the process, where it fails.
using RunScript = std::function<void(const std::string& file)>;

/// The plan is a text of lines, words separated by one blank; no name has one:
///   base SCRIPT           the script that is run once, in the current folder
///   keep NAME CAP         a file that it leaves, of at most CAP bytes; before the first item
///   item SCRIPT           begins a child's part
///   limits CPU_SECONDS WALL_MS MEMORY FILE OUTPUT    in bytes
///   input FROM TO         a file of the current folder and its name in the child's own
///   keep NAME CAP         a file that the child leaves
/// The answer is a file, made anew after the last child; u64 is 8 bytes little-endian, str is u64
/// length and bytes:
///   u64 magic, u64 count of parts (the base is the first; fewer than were planned where the base
///   fails, or where no further child could be started)
///   of each: u64 end (0 exited, 1 signaled, 2 wall, 3 CPU, 4 output), u64 code or signal,
///            u64 wall us, u64 CPU us, u64 peak bytes, str printed, u64 n, n * (str name, str
///            bytes)
/// Gives the process's exit code; nothing is printed but why there is no answer.
int serve(const std::string& plan_file, const std::string& answer_file, const RunScript& run);

}  // namespace rtlgen::server
