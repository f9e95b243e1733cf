// SPDX-License-Identifier: Apache-2.0
#include "core/config/config.h"

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/config/nearest.h"
#include "tests/catch.h"
#include "tests/environment.h"

using namespace rtlgen;
using namespace rtlgen::config;

namespace {

std::string error_of(std::string_view text, Layer layer) {
    Config config;
    const Status status = apply_toml(config, text, layer, "rtlgen.toml");
    if (status) return "";
    CHECK(status.error().code == ErrorCode::Config);
    return status.error().text();
}

Getenv environment(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const char* name) -> const char* {
        const auto found = variables.find(name);
        return found == variables.end() ? nullptr : found->second.c_str();
    };
}

}  // namespace

TEST_CASE("a later layer wins, and a value knows who set it") {
    const TempFolder folder = TempFolder::create().value();
    const auto user = folder.path() / "user.toml";
    const auto project = folder.path() / "project.toml";
    REQUIRE(write_file_atomic(user,
                              "model = \"library\"\n[generate]\ncandidates = 3\n"
                              "temperature = 1\n"));
    REQUIRE(write_file_atomic(project, "[generate]\n\ncandidates = 5\n"));
    const Config config =
        load_config({user, project, environment({{"RTLGEN_MODEL", "replay:x"}})}).value();
    CHECK(config.model.value == "replay:x");
    CHECK(config.model.layer == Layer::Environment);
    CHECK(config.model.where == "RTLGEN_MODEL");
    CHECK(config.generate.candidates.value == 5);
    CHECK(config.generate.candidates.where == project.string() + ":3");
    CHECK(config.generate.temperature.value == 1.0);
    CHECK(config.generate.temperature.layer == Layer::User);
    CHECK(config.generate.max_repairs.value == 1);
    CHECK_FALSE(config.generate.max_repairs.is_set());
}

TEST_CASE("absent files and empty variables set nothing") {
    const Config config =
        load_config({"/nonexistent/rtlgen.toml", "", environment({{"RTLGEN_MODEL", ""}})}).value();
    CHECK_FALSE(config.model.is_set());
}

TEST_CASE("an unknown key is an error with file, line and the nearest known key") {
    CHECK(error_of("\nmodle = \"x\"", Layer::User) ==
          "rtlgen.toml:2: unknown key \"modle\"; did you mean \"model\"?");
    CHECK(error_of("[generate]\ncandidate = 3", Layer::User) ==
          "rtlgen.toml:2: unknown key \"generate.candidate\"; did you mean "
          "\"generate.candidates\"?");
    CHECK(error_of("[wholly.other]\nx = 1", Layer::User) ==
          "rtlgen.toml:1: unknown key \"wholly\"");
    CHECK(error_of("temperature = 0.5", Layer::User) ==
          "rtlgen.toml:1: unknown key \"temperature\"; did you mean \"generate.temperature\"?");
}

TEST_CASE("a value of a wrong type and bad syntax are errors with their line") {
    CHECK(error_of("model = 3", Layer::User) == "rtlgen.toml:1: \"model\" must be a string");
    CHECK(error_of("[generate]\ncandidates = \"3\"", Layer::User) ==
          "rtlgen.toml:2: \"generate.candidates\" must be an integer");
    CHECK(error_of("[models.openai]\nallow_hosts = [1]", Layer::User) ==
          "rtlgen.toml:2: \"models.openai.allow_hosts\" must be a list of strings");
    CHECK(contains(error_of("a = \"x\"\nb = = 3\n", Layer::User), "rtlgen.toml:2: "));
}

TEST_CASE("a project's file can't set commands, hosts or keys") {
    for (const char* text :
         {"[models.openai]\nbase_url = \"http://x\"", "[models.openai]\nallow_hosts = [\"x\"]",
          "[models.openai]\napi_key_file = \"x\"", "[models.openai]\nproxy = \"x\"",
          "[models.openai]\nca_file = \"x\"", "[models.openai.headers]\nX = \"y\"",
          "[site_checks]\nx = \"rm\"", "model = \"command:rm\""}) {
        CAPTURE(text);
        CHECK(error_of(text, Layer::User).empty());
        CHECK(contains(error_of(text, Layer::Project), "a project's file can't set \""));
        CHECK(contains(error_of(text, Layer::Project), "rtlgen.toml or by a flag"));
    }
    CHECK(error_of("model = \"library\"\n[generate]\ncandidates = 2", Layer::Project).empty());
}

TEST_CASE("a relative path of a file is meant from that file's folder") {
    Config config;
    const char* text = "[generate]\nprompt_dir = \"my/prompts\"\nlibrary_dir = \"/lib\"";
    REQUIRE(apply_toml(config, text, Layer::Project, "/proj/rtlgen.toml"));
    CHECK(config.generate.prompt_dir.value == "/proj/my/prompts");
    CHECK(config.generate.library_dir.value == "/lib");
}

TEST_CASE("tables of names are read whole") {
    Config config;
    REQUIRE(apply_toml(config,
                       "[site_checks]\nlint = \"a b\"\n[models.openai.headers]\nX-A = \"1\"",
                       Layer::User, "f"));
    CHECK(config.site_checks.value == StringMap{{"lint", "a b"}});
    CHECK(config.openai.headers.value == StringMap{{"X-A", "1"}});
}

TEST_CASE("the project's file is looked for up to the top of the git work tree") {
    const TempFolder folder = TempFolder::create().value();
    const auto deep = folder.path() / "work" / "a" / "b";
    std::filesystem::create_directories(deep);
    REQUIRE(write_file_atomic(folder.path() / "rtlgen.toml", ""));
    CHECK(default_sources(deep).project_file.empty());
    std::filesystem::create_directories(folder.path() / "work" / ".git");
    CHECK(default_sources(deep).project_file.empty());
    REQUIRE(write_file_atomic(folder.path() / "work" / "rtlgen.toml", ""));
    CHECK(default_sources(deep).project_file == folder.path() / "work" / "rtlgen.toml");
    REQUIRE(write_file_atomic(deep / "rtlgen.toml", ""));
    CHECK(default_sources(deep).project_file == deep / "rtlgen.toml");
}

TEST_CASE("a key comes from the environment, else from a file that only its owner reads") {
    const TempFolder folder = TempFolder::create().value();
    const auto file = folder.path() / "key";
    REQUIRE(write_file_atomic(file, "sk-file\n"));
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    CHECK(load_secret("KEY", file, environment({})).value().reveal() == "sk-file");
    CHECK(load_secret("KEY", file, environment({{"KEY", "sk-env"}})).value().reveal() == "sk-env");
    CHECK(load_secret("KEY", "", environment({})).value().empty());
    std::filesystem::permissions(
        file, std::filesystem::perms::owner_read | std::filesystem::perms::group_read);
    const auto open = load_secret("KEY", file, environment({}));
    REQUIRE_FALSE(open);
    CHECK(contains(open.error().message, "chmod 600"));
    CHECK(load_secret("KEY", folder.path() / "none", environment({})).error().code ==
          ErrorCode::NotFound);
    const auto two_lines = load_secret("KEY", "", environment({{"KEY", "a\r\nX-Header: b"}}));
    REQUIRE_FALSE(two_lines);
    CHECK(two_lines.error().where == "KEY");
    CHECK_FALSE(contains(two_lines.error().text(), "X-Header"));
}

TEST_CASE("a key is taken out of texts that quote it") {
    CHECK(Secret("sk-12345").redact("bad sk-12345, sk-12345") == "bad [redacted], [redacted]");
    // What people set where no key is needed, and words of a header, are words of answers too.
    CHECK(Secret("EMPTY").redact("parameter EMPTY = 0;") == "parameter EMPTY = 0;");
    CHECK(Secret().redact("text") == "text");
}

TEST_CASE("the edit distance counts single letters") {
    CHECK(edit_distance("", "abc") == 3);
    CHECK(edit_distance("kitten", "sitting") == 3);
    CHECK(nearest("xyzzy", {"model"}).empty());
    CHECK(nearest("modl", {"mode", "model"}) == "mode");
}

TEST_CASE("a user's file that somebody else may write is refused, a project's is read") {
    const TempFolder folder = TempFolder::create().value();
    const auto file = folder.path() / "rtlgen.toml";
    REQUIRE(write_file_atomic(file, "[generate]\ncandidates = 3\n"));
    std::filesystem::permissions(file, std::filesystem::perms(0666));
    const auto as_user = load_config({file, "", environment({})});
    REQUIRE_FALSE(as_user);
    CHECK(as_user.error().code == ErrorCode::Config);
    CHECK(contains(as_user.error().text(), file.string()));
    CHECK(load_config({"", file, environment({})}).value().generate.candidates.value == 3);
}

TEST_CASE("without HOME the user's file is the account's own or none") {
    const ScopedVariable home("HOME", std::nullopt);
    const ScopedVariable config("XDG_CONFIG_HOME", std::nullopt);
    const auto file = default_sources("/").user_file;
    CHECK((file.empty() || file.is_absolute()));
    CHECK_FALSE(contains(file.string(), "/tmp/rtlgen-"));
}

TEST_CASE("a preset is [generate] as flags, by its name or from a file") {
    Config config;
    REQUIRE(
        apply_toml(config, "[generate]\ntemperature = 0.1\nmax_repairs = 4\n", Layer::User, "u"));
    REQUIRE(apply_preset(config, "verilog-eval-v2/high"));
    CHECK(config.generate.candidates.value == 20);
    CHECK(config.generate.temperature.value == 0.85);
    CHECK(config.generate.top_p.value == 0.95);
    CHECK(config.generate.temperature.layer == Layer::Flag);
    CHECK(config.generate.temperature.where.starts_with("--preset verilog-eval-v2/high"));
    CHECK(config.generate.max_repairs.value == 4);
    REQUIRE(apply_preset(config, "verilog-eval-v2/low"));
    CHECK(config.generate.candidates.value == 1);
    CHECK(config.generate.temperature.value == 0.0);
    const TempFolder folder = TempFolder::create().value();
    const std::string file = (folder.path() / "mine.toml").string();
    REQUIRE(write_file_atomic(file, "candidates = 7\n"));
    REQUIRE(apply_preset(config, file));
    CHECK(config.generate.candidates.value == 7);
    REQUIRE(write_file_atomic(file, "\ncandidtes = 7\n"));
    const Status misspelt = apply_preset(config, file);
    REQUIRE_FALSE(misspelt);
    CHECK(misspelt.error().text() ==
          file + ":2: unknown key \"generate.candidtes\"; did you mean \"generate.candidates\"?");
}

TEST_CASE("a preset that isn't there is told with those that are") {
    Config config;
    const Status status = apply_preset(config, "verilog-eval/high");
    REQUIRE_FALSE(status);
    CHECK(status.error().code == ErrorCode::InvalidArgument);
    CHECK(status.error().text() ==
          "--preset: there is no preset \"verilog-eval/high\"; there are verilog-eval-v2/high, "
          "verilog-eval-v2/low, and FILE.toml with keys of [generate]");
}

TEST_CASE("a project's file says nothing of money") {
    for (const char* key : {"budget_usd = 5.0", "budget_tokens = 5", "budget_seconds = 5"}) {
        CHECK(contains(error_of(std::string("[generate]\n") + key, Layer::Project),
                       "as it says what may be spent"));
        CHECK(error_of(std::string("[generate]\n") + key, Layer::User).empty());
    }
    CHECK(contains(error_of("[models]\nprice_file = \"p.toml\"", Layer::Project),
                   "as it says what may be spent"));
}
