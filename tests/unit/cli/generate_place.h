// SPDX-License-Identifier: Apache-2.0
// A folder in which `generate` is called as a user calls it: a specification, a testbench, a key.
#pragma once

#include <filesystem>
#include <sstream>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/machine.h"
#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "tests/catch.h"
#include "tests/unit/cli/gate_bench.h"

namespace rtlgen::test {

inline constexpr const char* kKey = "sk-canary-51b2";

inline std::string gate(const std::string& op) {
    return "\"```verilog\\nmodule gate(input a, input b, output y);\\n  assign y = a " + op +
           " b;\\nendmodule\\n```\\n\"";
}

inline bool can_simulate() {
    const auto machine = cli::open_machine({});
    return machine && machine->probe.toolset.find(tools::ToolKind::Icarus) != nullptr;
}

struct Called {
    int code = 0;
    std::string out;
    std::string err;
};

/// A folder that is the current one, with a specification and a testbench; an own configuration
/// folder; a key in the environment.
class Place {
public:
    Place() : before_(std::filesystem::current_path()), folder_(TempFolder::create().value()) {
        std::filesystem::create_directory(folder_.path() / "work");
        std::filesystem::current_path(folder_.path() / "work");
        setenv("XDG_CONFIG_HOME", (folder_.path() / "config").c_str(), 1);
        setenv("OPENAI_API_KEY", kKey, 1);
        REQUIRE(write_file_atomic("gate.md", "A module `gate`: y is a and b.\n"));
        REQUIRE(write_file_atomic("tb.v", kGateTestbench));
    }
    ~Place() {
        unsetenv("OPENAI_API_KEY");
        unsetenv("XDG_CONFIG_HOME");
        std::filesystem::current_path(before_);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    Called call(const std::vector<std::string>& arguments, std::stop_token stop = {}) {
        std::ostringstream out;
        std::ostringstream err;
        const int code = cli::run_program(arguments, {out, err}, std::move(stop));
        all_output_ += out.str() + err.str();
        return {code, out.str(), err.str()};
    }
    Called generate(const std::string& url, const std::vector<std::string>& more = {},
                    std::stop_token stop = {}) {
        std::vector<std::string> arguments = {"generate",   "gate.md", "--testbench", "tb.v",
                                              "--run-dir",  "run",     "--model",     "openai/m",
                                              "--api-base", url};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return call(arguments, std::move(stop));
    }
    /// Whether the key stands in anything that was printed or written.
    [[nodiscard]] bool key_leaked() const {
        if (contains(all_output_, kKey)) return true;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
            if (entry.is_regular_file() && contains(read_file(entry.path()).value(), kKey))
                return true;
        }
        return false;
    }

private:
    std::filesystem::path before_;
    TempFolder folder_;
    std::string all_output_;
};

}  // namespace rtlgen::test
