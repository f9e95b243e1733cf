// SPDX-License-Identifier: Apache-2.0
// The system calls that no step needs, as one BPF program.
#pragma once

#include <string>

#include "core/base/result.h"

namespace rtlgen::process {

/// What beside the filter keeps a step in.
enum class FilterKind {
    Namespaces,  ///< a mount and a PID namespace
    Landlock,    ///< nothing that guards metadata and other processes: more is refused
};

/// A classic BPF program for seccomp(2). Error Sandbox where libseccomp can't make it.
Result<std::string> make_seccomp_filter(FilterKind kind);

}  // namespace rtlgen::process
