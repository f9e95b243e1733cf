// SPDX-License-Identifier: Apache-2.0
// Full-text index over the library: SQLite FTS5 with BM25 (Robertson and Zaragoza 2009), in memory.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "datasets/retrieval/design_metadata.h"

struct sqlite3;

namespace rtlgen::datasets {

/// What the index holds of one design.
struct IndexedDesign {
    std::string name;
    std::string title;
    std::string keywords;
    std::string summary;
    std::string spec;
};

/// A design and how well it fits the words of a text; higher is better.
struct RankedDesign {
    std::string name;
    double score = 0;
    bool operator==(const RankedDesign&) const = default;
};

class DesignIndex {
public:
    /// Error Internal where SQLite was built without FTS5.
    static Result<DesignIndex> build(const std::vector<IndexedDesign>& designs);

    /// All designs with a word in common with `text`, best first; ties by name. Deterministic.
    [[nodiscard]] Result<std::vector<RankedDesign>> rank(std::string_view text) const;

private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    explicit DesignIndex(sqlite3* database) : database_(database) {}
    std::unique_ptr<sqlite3, Closer> database_;
};

}  // namespace rtlgen::datasets
