// SPDX-License-Identifier: Apache-2.0
// The library of verified designs: a specification is answered by retrieval and adaptation, without
// a language model, or not at all.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/domain/source_set.h"
#include "datasets/retrieval/adaptation.h"
#include "datasets/retrieval/design_metadata.h"
#include "datasets/retrieval/spec_interface.h"

namespace rtlgen {
class ResourceTree;
}

namespace rtlgen::datasets {

struct LearnedLibrary;

/// A design of the library that fits a specification.
struct LibraryAnswer {
    std::string design;     ///< such as "sync_fifo"
    double score = 0;       ///< of the retrieval: higher is better
    std::string code;       ///< one module in plain Verilog, with the wanted interface
    std::string top;        ///< its name
    std::string testbench;  ///< self-checking; last line "PASS: N checks" or "FAIL: ..."
    std::string testbench_top;
    std::vector<NameValue> parameters;  ///< values by the design's own names
    std::vector<std::string> notes;     ///< what was adapted and what was assumed, a line each
    Adaptation adaptation;
};

/// Read-only; safe to use from several threads.
class Library {
public:
    /// The built-in designs, with the files of `override_dir` (same paths) in front of them; a new
    /// folder there is a new design. Errors: Config (its metadata), Internal (SQLite without FTS5).
    static Result<Library> open(const std::filesystem::path& override_dir = {});

    /// The designs of `tree` with what their examples teach. Errors as `open`.
    static Result<Library> assemble(const ResourceTree& tree, LearnedLibrary learned);

    Library(Library&&) noexcept;
    Library& operator=(Library&&) noexcept;
    ~Library();

    /// The design that fits, adapted in names, widths, depths, reset and options. Deterministic;
    /// a few milliseconds. Error NotFound: "no match: ...", with the closest design and why it
    /// isn't it. It never guesses.
    [[nodiscard]] Result<LibraryAnswer> answer(const LibraryQuestion& question) const;

    /// Names of all designs, sorted.
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] const DesignMetadata* metadata(const std::string& name) const;
    /// The specification of a design as its folder has it. Error NotFound.
    [[nodiscard]] Result<std::string> spec(const std::string& name) const;

private:
    /// Errors NotFound of these two say why, without "no match".
    [[nodiscard]] Result<LibraryAnswer> answer_by_examples(const ReadSpec& spec) const;
    [[nodiscard]] Result<LibraryAnswer> answer_strictly(const ReadSpec& spec) const;

    struct Contents;
    explicit Library(std::unique_ptr<Contents> contents);
    std::unique_ptr<Contents> contents_;
};

}  // namespace rtlgen::datasets
