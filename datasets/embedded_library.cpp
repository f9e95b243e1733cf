// SPDX-License-Identifier: Apache-2.0
// The library as it is built in: its designs, and what was learned from their examples at build.
#include "core/base/resources.h"
#include "datasets/library.h"
#include "datasets/retrieval/learned_library.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> library_designs();
std::span<const EmbeddedFile> learned_library();
}  // namespace rtlgen::embedded

namespace rtlgen::datasets {

Result<Library> Library::open(const std::filesystem::path& override_dir) {
    TRY_ASSIGN(const ResourceTree tree,
               ResourceTree::open(embedded::library_designs(), override_dir));
    TRY_ASSIGN(LearnedLibrary learned,
               override_dir.empty() ? learned_from_bytes(embedded::learned_library().front().bytes)
                                    : learn_library(tree));
    return assemble(tree, std::move(learned));
}

}  // namespace rtlgen::datasets
