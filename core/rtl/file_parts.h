// SPDX-License-Identifier: Apache-2.0
// Each file of a list as a design of its own: it and the files that it needs, so that what one file
// holds doesn't decide on the others.
#pragma once

#include <string>
#include <vector>

#include "core/domain/source_set.h"

namespace rtlgen::rtl {

struct FilePart {
    std::string file;  ///< the path that the part is about
    /// The file, those whose modules, interfaces, packages or classes it needs, those of theirs,
    /// and all files without any unit (macros), and where the whole has libraries all packages, in
    /// the order of the whole. The top is the file's only module that no other one of it
    /// instantiates, or empty. Where it has no module, a further text instantiates its interfaces
    /// and is the top.
    SourceSet set;
};

/// A part for each file of `set`, in order. Names are compared as the lexer reads them: a module
/// that only a macro's text names is not found.
[[nodiscard]] std::vector<FilePart> file_parts(const SourceSet& set);

}  // namespace rtlgen::rtl
