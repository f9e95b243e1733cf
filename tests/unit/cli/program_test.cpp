// SPDX-License-Identifier: Apache-2.0
// What users see who mistype, and how commands, errors and exit codes meet.
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/commands.h"
#include "tests/catch.h"

namespace rtlgen::cli {
namespace {

CommandRun configure_judge(CLI::App& app) {
    struct Options {
        std::string file;
        std::string testbench;
        int samples = 0;
        bool json = false;
    };
    auto options = std::make_shared<Options>();
    app.add_option("FILE", options->file)->required();
    app.add_option("--testbench", options->testbench);
    app.add_option("-n,--samples", options->samples);
    app.add_flag("--json", options->json);
    return [options](Session& session) -> Result<int> {
        if (options->file == "bad") return fail(ErrorCode::Network, "no answer", "host");
        session.streams.out << "judged " << options->file << "\n";
        return options->file == "wrong" ? 1 : 0;
    };
}

CommandRun configure_runs(CLI::App& app) {
    app.require_subcommand(1);
    app.add_subcommand("show", "shows")->add_flag("--brief");
    return [](Session&) -> Result<int> { return 0; };
}

CommandRun configure_nothing(CLI::App& /*app*/) {
    return [](Session&) -> Result<int> { return 0; };
}

const std::vector<Command> kTable = {{"verify", "judges", configure_judge},
                                     {"generate", "writes", configure_nothing},
                                     {"runs", "lists", configure_runs}};

struct Ran {
    int code = 0;
    std::string out;
    std::string err;
};

Ran ran(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = run_program(kTable, arguments, {out, err}, {});
    return {code, out.str(), err.str()};
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("the program alone prints its help on stderr and is a usage error") {
    const Ran alone = ran({});
    CHECK(alone.code == 2);
    CHECK(alone.out.empty());
    CHECK(contains(alone.err, "Usage: rtlgen"));
    CHECK(contains(alone.err, "verify"));
}

TEST_CASE("help and version go to stdout and succeed") {
    const Ran help = ran({"--help"});
    CHECK(help.code == 0);
    CHECK(contains(help.out, "generate"));
    const Ran of_command = ran({"verify", "--help"});
    CHECK(of_command.code == 0);
    CHECK(contains(of_command.out, "--testbench"));
    const Ran version = ran({"--version"});
    CHECK(version.code == 0);
    CHECK(contains(version.out, "rtlgen "));
}

TEST_CASE("an unknown command is named together with the nearest one") {
    const Ran mistyped = ran({"verfiy", "a.v"});
    CHECK(mistyped.code == 2);
    CHECK(mistyped.out.empty());
    CHECK(mistyped.err ==
          "rtlgen: there is no command 'verfiy'; did you mean 'verify'? (rtlgen --help lists "
          "them)\n");
    CHECK(ran({"frobnicate"}).err ==
          "rtlgen: there is no command 'frobnicate' (rtlgen --help lists them)\n");
}

TEST_CASE("an unknown option is named together with the nearest one") {
    const Ran mistyped = ran({"verify", "--tesbench=t.v", "a.v"});
    CHECK(mistyped.code == 2);
    CHECK(mistyped.err ==
          "rtlgen: there is no option '--tesbench'; did you mean '--testbench'? (see rtlgen verify "
          "--help)\n");
    CHECK(contains(ran({"verify", "--xyzzy", "a.v"}).err, "there is no option '--xyzzy' (see"));
    CHECK(contains(ran({"--verison"}).err, "did you mean '--version'?"));
}

TEST_CASE("what is mistyped below a command is looked for there") {
    CHECK(ran({"runs", "show", "--brief"}).code == 0);
    CHECK(ran({"runs", "shwo"}).err ==
          "rtlgen: there is no command 'shwo'; did you mean 'show'? (see rtlgen runs --help)\n");
    CHECK(ran({"runs", "show", "--breif"}).err ==
          "rtlgen: there is no option '--breif'; did you mean '--brief'? (see rtlgen runs show "
          "--help)\n");
    CHECK(contains(ran({"runs"}).err, "(see rtlgen runs --help)"));
}

TEST_CASE("a missing, superfluous or malformed argument is one line that names the help to read") {
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
        {{"verify"}, "FILE"},
        {{"verify", "a.v", "b.v"}, "'b.v' is one argument too many"},
        {{"verify", "a.v", "--testbench"}, "--testbench"},
        {{"verify", "a.v", "-n", "many"}, "many"},
    };
    for (const auto& [arguments, expected] : cases) {
        const Ran wrong = ran(arguments);
        INFO(wrong.err);
        CHECK(wrong.code == 2);
        CHECK(contains(wrong.err, expected));
        CHECK(contains(wrong.err, "see rtlgen verify --help"));
        CHECK(std::count(wrong.err.begin(), wrong.err.end(), '\n') == 1);
    }
}

TEST_CASE("an option without a command asks for a command") {
    const Ran wrong = ran({"--json"});
    CHECK(wrong.code == 2);
    CHECK(nlohmann::json::parse(wrong.out).at("schema") == "rtlgen.error.v1");
}

TEST_CASE("a command's answer and its error become exit codes") {
    CHECK(ran({"verify", "right"}).code == 0);
    CHECK(ran({"verify", "wrong"}).code == 1);
    const Ran failed = ran({"verify", "bad"});
    CHECK(failed.code == 5);
    CHECK(failed.out.empty());
    CHECK(failed.err == "rtlgen: host: no answer\n");
}

TEST_CASE("with --json an error is a document on stdout") {
    const auto document = nlohmann::json::parse(ran({"verify", "bad", "--json"}).out);
    CHECK(document.at("schema") == "rtlgen.error.v1");
    CHECK(document.at("code") == "network");
    CHECK(document.at("where") == "host");
    CHECK(nlohmann::json::parse(ran({"verfy", "--json"}).out).at("code") == "invalid_argument");
}

TEST_CASE("a mistyped word of control characters is escaped") {
    CHECK(contains(ran({"\x1b[2J"}).err, "\\x1b[2J"));
}

}  // namespace
}  // namespace rtlgen::cli
