// SPDX-License-Identifier: Apache-2.0
// The canary: a step that tries to get out of the jail, and says what it could do.
#pragma once

namespace rtlgen::jail {

/// Arguments: a secret file outside, a folder outside to write into, rtlgen's process id,
/// and any word where the kernel is to bound the number of processes.
/// Prints one line an escape that worked; 0 where none did.
int sing(int argc, char** argv);

}  // namespace rtlgen::jail
