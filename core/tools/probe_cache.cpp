// SPDX-License-Identifier: Apache-2.0
#include "core/tools/probe_cache.h"

#include <nlohmann/json.hpp>

#include "core/base/files.h"

namespace rtlgen::tools {
namespace {

/// Raised when a probe asks more than before, so that old answers are asked again.
constexpr int kProbeGeneration = 2;

}  // namespace

ProbeCache ProbeCache::load(const std::filesystem::path& file) {
    ProbeCache cache;
    cache.file_ = file;
    if (file.empty()) return cache;
    const auto text = read_file(file);
    if (!text) return cache;
    try {
        const auto json = nlohmann::json::parse(*text);
        if (json.at("generation").get<int>() != kProbeGeneration) return cache;
        for (const auto& [fingerprint, answer] : json.at("tools").items()) {
            cache.answers_[fingerprint] = {answer.at("version").get<std::string>(),
                                           answer.at("features").get<std::set<std::string>>()};
        }
    } catch (const nlohmann::json::exception&) {
        cache.answers_.clear();
    }
    return cache;
}

const ProbeCache::Answer* ProbeCache::find(const std::string& fingerprint) const {
    const auto found = answers_.find(fingerprint);
    return found == answers_.end() ? nullptr : &found->second;
}

void ProbeCache::add(const std::string& fingerprint, Answer answer) {
    answers_[fingerprint] = std::move(answer);
    changed_ = true;
}

Status ProbeCache::save() const {
    if (!changed_ || file_.empty()) return {};
    nlohmann::json tools = nlohmann::json::object();
    for (const auto& [fingerprint, answer] : answers_) {
        tools[fingerprint] = {{"version", answer.version}, {"features", answer.features}};
    }
    const nlohmann::json json = {{"schema", "rtlgen.probes.v1"},
                                 {"generation", kProbeGeneration},
                                 {"tools", std::move(tools)}};
    std::error_code error;
    std::filesystem::create_directories(file_.parent_path(), error);
    return write_file_atomic(file_, json.dump(1) + "\n");
}

}  // namespace rtlgen::tools
