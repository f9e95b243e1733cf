// SPDX-License-Identifier: Apache-2.0
// What `rtlgen doctor` found, and how it is told.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/process/sandbox.h"
#include "core/tools/toolset.h"

namespace rtlgen::cli {

/// A tool that isn't there, what is lost without it and where it comes from.
struct MissingTool {
    std::string name;
    std::string cost;
};

/// One of the servers that people run on their own machine.
struct LocalEndpoint {
    std::string name;  ///< "Ollama"
    std::uint16_t port = 0;
    std::string model;  ///< its first one; empty: it doesn't answer
};

/// A server that the configuration names.
struct NamedServer {
    std::string provider;  ///< "openai"
    std::string base_url;
    std::string where;  ///< who named it
    bool has_key = false;
    std::string problem;  ///< why it can't be used; empty: nothing is known against it
};

struct DoctorReport {
    std::vector<process::LevelReport> levels;
    std::optional<process::IsolationLevel> level;  ///< in use
    std::optional<Error> no_machine;               ///< why nothing can be run
    std::vector<tools::Tool> tools;
    std::vector<MissingTool> missing;
    std::vector<std::string> problems;
    std::vector<LocalEndpoint> local_endpoints;
    std::vector<NamedServer> named_servers;
};

void write_text(std::ostream& out, const DoctorReport& report);
/// rtlgen.doctor.v1 (docs/schema/doctor.v1.json).
[[nodiscard]] nlohmann::ordered_json to_json(const DoctorReport& report);

}  // namespace rtlgen::cli
