// SPDX-License-Identifier: Apache-2.0
// What earlier probes said, by the fingerprint of the program's files.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "core/base/result.h"

namespace rtlgen::tools {

class ProbeCache {
public:
    struct Answer {
        std::string version;
        std::set<std::string> features;
        bool operator==(const Answer&) const = default;
    };

    /// The cache in `file`; an empty path, a file that isn't there or that is broken: an empty one.
    static ProbeCache load(const std::filesystem::path& file);

    [[nodiscard]] const Answer* find(const std::string& fingerprint) const;
    void add(const std::string& fingerprint, Answer answer);
    /// Writes what was added, if anything. Its folder is made.
    Status save() const;

private:
    std::filesystem::path file_;
    std::map<std::string, Answer> answers_;
    bool changed_ = false;
};

}  // namespace rtlgen::tools
