// SPDX-License-Identifier: Apache-2.0
// The program around the pinned toolset's libyosys, which comes without one: `rtlgen-yosys -V`,
// `rtlgen-yosys -Q -T -s SCRIPT` and `-p COMMANDS`, with the meaning that yosys gives them. It must
// stand beside libyosys.so, so that Yosys finds its share folder and yosys-abc by /proc/self/exe.
// `rtlgen-yosys --serve PLAN ANSWER` runs one script once and many that go on from there
// (fork_server.h).
//
// Compiled by third_party/toolset/fetch.sh against the headers that the library came with, no part
// of rtlgen's own build.
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include <kernel/yosys.h>

#include "core/tools/yosys_driver/fork_server.h"

namespace {

struct Arguments {
    std::vector<std::string> scripts;   ///< -s
    std::vector<std::string> commands;  ///< -p
    std::string plan;                   ///< --serve
    std::string answer;
    bool version = false;
    bool valid = true;
};

Arguments parse_arguments(int argc, char** argv) {
    Arguments arguments;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "-V") {
            arguments.version = true;
        } else if ((option == "-s" || option == "-p") && i + 1 < argc) {
            (option == "-s" ? arguments.scripts : arguments.commands).emplace_back(argv[++i]);
        } else if (option == "--serve" && i + 2 < argc) {
            arguments.plan = argv[++i];
            arguments.answer = argv[++i];
        } else if (option != "-Q" && option != "-T") {
            arguments.valid = false;
        }
    }
    return arguments;
}

}  // namespace

int main(int argc, char** argv) {
    const Arguments arguments = parse_arguments(argc, argv);
    if (!arguments.valid) {
        std::fputs(
            "usage: rtlgen-yosys -V | [-Q] [-T] [-p COMMANDS]... [-s SCRIPT]... | --serve PLAN "
            "ANSWER\n",
            stderr);
        return 2;
    }
    if (arguments.version) {
        std::printf("%s\n", Yosys::yosys_maybe_version());
        return 0;
    }
    Yosys::logger().add_sink<Yosys::ConsoleLogSink>();
    Yosys::yosys_setup();
    Yosys::log_error_atexit = [] { std::fflush(stdout); };
    if (!arguments.plan.empty()) {
        const int code = rtlgen::server::serve(
            arguments.plan, arguments.answer,
            [](const std::string& script) { Yosys::run_frontend(script, "script"); });
        std::fflush(stdout);
        std::_Exit(code);
    }
    try {
        for (const std::string& command : arguments.commands) {
            Yosys::run_pass(command);
        }
        for (const std::string& script : arguments.scripts) Yosys::run_frontend(script, "script");
    } catch (const std::exception& error) {
        std::printf("ERROR: %s\n", error.what());
        std::fflush(stdout);
        return 1;
    }
    Yosys::log_flush();
    std::fflush(stdout);
    // Freeing a design and Python's state takes longer than ending.
    std::_Exit(0);
}
