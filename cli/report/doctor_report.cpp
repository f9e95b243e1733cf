// SPDX-License-Identifier: Apache-2.0
#include "cli/report/doctor_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

void write_levels(std::ostream& out, const DoctorReport& report) {
    for (const process::LevelReport& level : report.levels) {
        out << "isolation  " << process::to_string(level.level) << " "
            << (level.works ? "works" : escape_for_terminal(level.reason)) << "\n";
        if (!level.works && !level.remedy.empty()) out << "           " << level.remedy << "\n";
    }
    if (report.level) {
        out << "level in use  " << process::to_string(*report.level) << " ("
            << process::mechanism(*report.level) << ")\n";
    }
}

void write_tools(std::ostream& out, const DoctorReport& report) {
    for (const tools::Tool& tool : report.tools) {
        out << "tool  " << tools::to_string(tool.kind) << " " << escape_for_terminal(tool.version);
        for (const std::string& feature : tool.features) out << " " << feature;
        out << "  " << escape_for_terminal(tool.binary.string()) << "\n";
    }
    for (const MissingTool& tool : report.missing) {
        out << "missing  " << tool.name << ": " << tool.cost << "\n";
    }
    for (const std::string& problem : report.problems) {
        out << "problem  " << escape_for_terminal(problem) << "\n";
    }
}

void write_endpoints(std::ostream& out, const DoctorReport& report) {
    for (const NamedServer& server : report.named_servers) {
        out << escape_for_terminal(fmt::format(
                   "endpoint  {} {} named by {}, {}: {}", server.provider, server.base_url,
                   server.where, server.has_key ? "with a key" : "without a key",
                   server.problem.empty()
                       ? "not asked, doctor sends nothing to it; rtlgen models does"
                       : server.problem))
            << "\n";
    }
    for (const LocalEndpoint& endpoint : report.local_endpoints) {
        out << escape_for_terminal(fmt::format(
                   "endpoint  {} at 127.0.0.1:{} {}", endpoint.name, endpoint.port,
                   endpoint.model.empty() ? "doesn't answer" : "answers with " + endpoint.model))
            << "\n";
    }
    const auto anthropic =
        std::ranges::find(report.named_servers, "anthropic", &NamedServer::provider);
    if (anthropic == report.named_servers.end()) {
        out << "endpoint  anthropic isn't named; --model anthropic/NAME asks it, with the key in "
               "ANTHROPIC_API_KEY\n";
    }
    out << "endpoint  library always answers, without a language model\n";
}

ordered_json levels_json(const DoctorReport& report) {
    ordered_json levels = ordered_json::array();
    for (const process::LevelReport& level : report.levels) {
        levels.push_back({{"level", process::to_string(level.level)},
                          {"works", level.works},
                          {"reason", to_valid_utf8(level.reason)},
                          {"remedy", to_valid_utf8(level.remedy)}});
    }
    return levels;
}

ordered_json tools_json(const DoctorReport& report) {
    ordered_json list = ordered_json::array();
    for (const tools::Tool& tool : report.tools) {
        list.push_back({{"name", tools::to_string(tool.kind)},
                        {"version", to_valid_utf8(tool.version)},
                        {"features", tool.features},
                        {"path", to_valid_utf8(tool.binary.string())}});
    }
    return list;
}

ordered_json endpoints_json(const DoctorReport& report) {
    ordered_json list = ordered_json::array();
    for (const NamedServer& server : report.named_servers) {
        list.push_back({{"name", "configured"},
                        {"provider", server.provider},
                        {"base_url", to_valid_utf8(server.base_url)},
                        {"where", to_valid_utf8(server.where)},
                        {"has_key", server.has_key},
                        {"problem", to_valid_utf8(server.problem)}});
    }
    for (const LocalEndpoint& endpoint : report.local_endpoints) {
        list.push_back({{"name", endpoint.name},
                        {"base_url", fmt::format("http://127.0.0.1:{}/v1", endpoint.port)},
                        {"answers", !endpoint.model.empty()},
                        {"model", to_valid_utf8(endpoint.model)}});
    }
    return list;
}

}  // namespace

void write_text(std::ostream& out, const DoctorReport& report) {
    write_levels(out, report);
    write_tools(out, report);
    write_endpoints(out, report);
}

ordered_json to_json(const DoctorReport& report) {
    ordered_json missing = ordered_json::array();
    for (const MissingTool& tool : report.missing) {
        missing.push_back({{"name", tool.name}, {"cost", tool.cost}});
    }
    ordered_json problems = ordered_json::array();
    for (const std::string& problem : report.problems) problems.push_back(to_valid_utf8(problem));
    ordered_json level = nullptr;
    if (report.level) level = process::to_string(*report.level);
    ordered_json error = nullptr;
    if (report.no_machine) error = to_valid_utf8(report.no_machine->text());
    return {{"schema", "rtlgen.doctor.v1"},    {"levels", levels_json(report)},
            {"level", std::move(level)},       {"error", std::move(error)},
            {"tools", tools_json(report)},     {"missing", std::move(missing)},
            {"problems", std::move(problems)}, {"endpoints", endpoints_json(report)}};
}

}  // namespace rtlgen::cli
