// SPDX-License-Identifier: Apache-2.0
// A site's own checks: run where the user's configuration names them, never where a project's does.
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "tests/catch.h"
#include "tests/environment.h"
#include "tests/unit/cli/run_rtlgen.h"

using namespace rtlgen;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// A project folder with a design, as the current folder, beside a user's configuration.
class Place {
public:
    Place()
        : before_(fs::current_path()),
          folder_(TempFolder::create().value()),
          home_("XDG_CONFIG_HOME", (folder_.path() / "config").string()) {
        fs::create_directories(folder_.path() / "config/rtlgen");
        fs::create_directories(folder_.path() / "project");
        fs::current_path(folder_.path() / "project");
        write("design.v", "module inverter(input a, output y);\n  assign y = ~a;\nendmodule\n");
    }
    ~Place() { fs::current_path(before_); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    static void write(const fs::path& path, const std::string& text) {
        REQUIRE(write_file_atomic(path, text));
    }
    void configure_user(const std::string& text) const {
        write(folder_.path() / "config/rtlgen/rtlgen.toml", text);
    }

private:
    fs::path before_;
    TempFolder folder_;
    ScopedVariable home_;
};

Json check_named(const Json& verdict, const std::string& name) {
    for (const Json& check : verdict["checks"]) {
        if (check["name"] == name) return check;
    }
    return nullptr;
}

bool has_front_end() {
    return fs::exists("/usr/bin/iverilog") || fs::exists("/usr/bin/verilator") ||
           fs::exists("/usr/bin/yosys");
}

}  // namespace

TEST_CASE("a check of the user's configuration runs on each design, and its failure fails it") {
    if (!has_front_end()) SKIP_VISIBLY("no front end is installed");
    const Place place;
    place.configure_user(
        "[site_checks]\nnames = \"grep -q nothing_of_this \\\"$@\\\"\"\n"
        "top = \"test $RTLGEN_TOP = inverter && touch ran\"\n");
    const Ran ran = run_rtlgen({"verify", "--json", "--all", "design.v"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 1);
    const Json verdict = Json::parse(ran.out);
    CHECK(check_named(verdict, "site:names")["outcome"] == "fail");
    CHECK(check_named(verdict, "site:top")["outcome"] == "pass");
}

TEST_CASE("a check of the command line joins those of the user's configuration") {
    if (!has_front_end()) SKIP_VISIBLY("no front end is installed");
    const Place place;
    place.configure_user("[site_checks]\none = \"exit 0\"\n");
    const Ran ran = run_rtlgen({"verify", "--json", "--check", "two=exit 0", "design.v"});
    INFO(ran.out << ran.err);
    CHECK(ran.code == 0);
    const Json verdict = Json::parse(ran.out);
    CHECK(check_named(verdict, "site:one")["outcome"] == "pass");
    CHECK(check_named(verdict, "site:two")["outcome"] == "pass");
}

TEST_CASE("a project's configuration names no command that is run, and says why") {
    const Place place;
    Place::write("rtlgen.toml", "[site_checks]\nmine = \"touch ran\"\n");
    const Ran ran = run_rtlgen({"verify", "design.v"});
    CHECK(ran.code == 2);
    CHECK(ran.err.find("site_checks") != std::string::npos);
    CHECK(ran.err.find("rtlgen.toml") != std::string::npos);
    CHECK_FALSE(fs::exists("ran"));
}
