// SPDX-License-Identifier: Apache-2.0
// How jobs run, end and are interrupted, and what a runner needs to be made.
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/temp_folder.h"
#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using namespace rtlgen::process::test;
using std::chrono::seconds;

namespace {

void steps_share_the_work_folder(Runner& runner) {
    JobSpec job = shell("cat in/put; echo '#!/bin/sh\necho made' > tool; chmod +x tool; exit 3");
    job.steps[0].on_failure = Step::OnFailure::Continue;
    job.inputs = {{"in/put", "bytes", false}, {"given", "#!/bin/sh\necho $X\n", true}};
    job.steps.push_back({{"./tool"}, {}, {}, Step::OnFailure::Stop});
    job.steps.push_back({{"./given"}, {{"X", "set"}}, {}, Step::OnFailure::Stop});
    job.steps.push_back({{"/bin/false"}, {}, {}, Step::OnFailure::Stop});
    job.steps.push_back({{"/bin/true"}, {}, {}, Step::OnFailure::Stop});
    const auto result = runner.run(job);
    REQUIRE(result);
    CHECK(result->steps[0].out == "bytes");
    CHECK(result->steps[0].exit_code == 3);
    CHECK(result->steps[1].out == "made\n");
    CHECK(result->steps[2].out == "set\n");
    CHECK(result->steps[3].exit_code == 1);
    CHECK(result->steps[4].end == StepEnd::NotRun);
    CHECK_FALSE(result->ok());
    CHECK(result->level == runner.level());
}

void signals_are_told(Runner& runner) {
    const StepResult step = run_one(runner, perl("unpack('p', pack('Q', 1))"));
    CHECK(step.end == StepEnd::Signaled);
    CHECK(step.signal == SIGSEGV);
}

void a_missing_tool_is_an_error(Runner& runner) {
    const auto result = runner.run(job_of({"/usr/bin/no-such-tool"}));
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::ToolMissing);
    CHECK(contains(result.error().text(), "/usr/bin/no-such-tool"));
    const auto relative = runner.run(job_of({"./never-compiled"}));
    REQUIRE(relative);
    CHECK(relative->steps[0].exit_code == 127);
    CHECK(contains(relative->steps[0].err, "./never-compiled"));
}

void a_stop_ends_a_job(Runner& runner) {
    const std::string marker = fresh_marker();
    std::stop_source source;
    Result<JobResult> result = fail(ErrorCode::Internal, "not run");
    std::thread worker([&] {
        result =
            runner.run(shell("setsid sleep " + marker + " & sleep " + marker), source.get_token());
    });
    CHECK(eventually([&] { return count_marked(marker) >= 2; }));
    const auto start = std::chrono::steady_clock::now();
    source.request_stop();
    worker.join();
    CHECK(std::chrono::steady_clock::now() - start < seconds(2));
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::Interrupted);
    CHECK(count_marked(marker) == 0);
}

void a_killed_parent_leaves_nothing(Runner& runner) {
    const std::string marker = fresh_marker();
    const pid_t parent = fork();
    if (parent == 0) {
        (void)runner.run(shell("setsid sleep " + marker + " & sleep " + marker));
        _exit(0);
    }
    CHECK(eventually([&] { return count_marked(marker) >= 2; }));
    kill(parent, SIGKILL);
    waitpid(parent, nullptr, 0);
    CHECK(eventually([&] { return count_marked(marker) == 0; }));
}

void many_threads_run_jobs(Runner& runner) {
    std::vector<std::string> said(12);
    std::vector<std::thread> workers;
    for (std::size_t index = 0; index < said.size(); ++index) {
        workers.emplace_back([&, index] {
            const auto result = runner.run(shell("echo " + std::to_string(index)));
            said[index] = result ? result->steps[0].out : result.error().text();
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    for (std::size_t index = 0; index < said.size(); ++index) {
        CHECK(said[index] == std::to_string(index) + "\n");
    }
}

std::size_t open_files() {
    return static_cast<std::size_t>(
        std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}));
}

/// A folder for temporary files that no other program uses.
class OwnTemp {
public:
    OwnTemp() : folder_(TempFolder::create().value()) {
        std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
        setenv("TMPDIR", folder_.path().c_str(), 1);
    }
    ~OwnTemp() {
        if (old_.empty()) {
            unsetenv("TMPDIR");
        } else {
            setenv("TMPDIR", old_.c_str(), 1);
        }
    }
    OwnTemp(const OwnTemp&) = delete;
    OwnTemp& operator=(const OwnTemp&) = delete;
    [[nodiscard]] bool empty() const { return std::filesystem::is_empty(folder_.path()); }

private:
    std::string old_ = std::getenv("TMPDIR") != nullptr ? std::getenv("TMPDIR") : "";
    TempFolder folder_;
};

/// RTLGEN_SOAK_JOBS makes it as long as wanted; the nightly run asks for 10,000.
void nothing_grows(Runner& runner) {
    const OwnTemp temp;
    const char* wanted = std::getenv("RTLGEN_SOAK_JOBS");
    const int jobs = wanted != nullptr ? std::atoi(wanted) : 50;
    JobSpec job = shell("cat in; echo x > out; sleep 100 & exit 0");
    job.inputs = {{"in", "bytes", false}};
    job.outputs = {{"out"}};
    REQUIRE(runner.run(job));
    const std::size_t files = open_files();
    const auto resident = [] {
        std::ifstream file("/proc/self/statm");
        long pages = 0;
        file >> pages >> pages;
        return pages;
    };
    const long pages = resident();
    for (int index = 0; index < jobs; ++index) {
        const auto result = runner.run(job);
        REQUIRE(result);
        INFO("job " << index << ": " << to_string(result->steps[0].end) << " "
                    << result->steps[0].err);
        REQUIRE(result->ok());
        REQUIRE(result->outputs.count("out") == 1);
    }
    CHECK(open_files() == files);
    CHECK(temp.empty());
#ifndef __SANITIZE_ADDRESS__  // it holds freed memory back on purpose
    CHECK(resident() - pages < 1024);
#else
    static_cast<void>(pages);
#endif
    CHECK(waitpid(-1, nullptr, WNOHANG) == -1);  // no child, no zombie
    CHECK(errno == ECHILD);
}

}  // namespace

JAIL_TRAP("steps share the work folder and stop at a failure", steps_share_the_work_folder);
JAIL_TRAP("a step that a signal ended says so", signals_are_told);
JAIL_TRAP("a missing tool is an Error, a missing product is not", a_missing_tool_is_an_error);
JAIL_TRAP("a stop ends a job and all it started", a_stop_ends_a_job);
JAIL_TRAP("a killed rtlgen leaves no process", a_killed_parent_leaves_nothing);
JAIL_TRAP("many threads run jobs at once", many_threads_run_jobs);
JAIL_TRAP("nothing grows over many jobs", nothing_grows);

TEST_CASE("Without an acceptable level the Error says what to install", "[sandbox]") {
    const TempFolder folder = TempFolder::create().value();
    SandboxChoice choice = choice_of(IsolationLevel::S2, folder.path());
    choice.bwrap = "/bin/false";  // a bubblewrap that makes no jail
    const auto runner = make_runner(choice);
    REQUIRE_FALSE(runner);
    CHECK(runner.error().code == ErrorCode::Sandbox);
    CHECK(contains(runner.error().message, "user namespaces"));
}

TEST_CASE("A bubblewrap that starts programs outside is found out", "[sandbox]") {
    const TempFolder folder = TempFolder::create().value();
    const auto fake = folder.path() / "bwrap";
    const TempFolder helpers = TempFolder::create().value();
    SandboxChoice honest = choice_of(IsolationLevel::S0, helpers.path());
    REQUIRE(make_runner(honest));  // installs the helper
    std::string helper;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(helpers.path() / "cache" / "jail")) {
        if (entry.path().filename() == "rtlgen-jail") {
            helper = entry.path().string();
        }
    }
    REQUIRE_FALSE(helper.empty());
    REQUIRE(write_file_atomic(fake, "#!/bin/sh\nexec " + helper + "\n"));
    std::filesystem::permissions(fake, std::filesystem::perms(0755));
    SandboxChoice choice = choice_of(IsolationLevel::S2, folder.path());
    choice.bwrap = fake;
    struct stat before{};
    struct stat after{};
    REQUIRE(stat("/tmp", &before) == 0);
    const auto runner = make_runner(choice);
    REQUIRE_FALSE(runner);
    CHECK(runner.error().code == ErrorCode::Sandbox);
    CHECK(contains(runner.error().message, "namespace of its own"));
    REQUIRE(stat("/tmp", &after) == 0);
    CHECK(before.st_uid == after.st_uid);  // no folder of the host is given to the job's user
}

TEST_CASE("S0 is taken only where it is asked for", "[sandbox]") {
    const TempFolder folder = TempFolder::create().value();
    SandboxChoice choice = choice_of(IsolationLevel::S0, folder.path());
    const auto bare = make_runner(choice);
    REQUIRE(bare);
    CHECK((*bare)->level() == IsolationLevel::S0);
    CHECK(run_one(**bare, shell("echo hello")).out == "hello\n");
    choice.maximum = IsolationLevel::S3;
    const auto strong = make_runner(choice);
    CHECK((!strong || (*strong)->level() >= IsolationLevel::S1));
}

TEST_CASE("A canary that sang is believed until bubblewrap changes", "[sandbox]") {
    const TempFolder folder = TempFolder::create().value();
    const SandboxChoice choice = choice_of(IsolationLevel::S2, folder.path());
    if (const auto runner = make_runner(choice); !runner) {
        SKIP_VISIBLY(runner.error().text());
    }
    const auto count = [&] {
        return std::count_if(
            std::filesystem::directory_iterator(choice.cache_dir.folder(CacheKind::Canary)), {},
            [](const auto& entry) { return !entry.path().filename().empty(); });
    };
    CHECK(count() == 1);
    REQUIRE(make_runner(choice));
    CHECK(count() == 1);
    SandboxChoice other = choice;
    other.bwrap = folder.path() / "bwrap";
    std::filesystem::copy("/usr/bin/bwrap", other.bwrap);
    REQUIRE(make_runner(other));
    CHECK(count() == 2);
}

TEST_CASE("Every trap is closed for an unprivileged user too", "[as-user]") {
    if (geteuid() != 0) {
        SKIP_VISIBLY("not root: the other tests ran as a user already");
    }
    if (access("/usr/bin/setpriv", X_OK) != 0) {
        SKIP_VISIBLY("setpriv (util-linux) isn't installed");
    }
    const TempFolder home = TempFolder::create().value();
    const auto log = home.path() / "log";
    std::filesystem::copy("/proc/self/exe", home.path() / "tests");
    REQUIRE(chown(home.path().c_str(), 65533, 65533) == 0);
    const std::string at = home.path().string();
    const std::string command =
        "cd " + at + " && env -i PATH=/usr/bin:/bin HOME=" + at + " TMPDIR=" + at +
        " setpriv --reuid=65533 --regid=65533 --clear-groups ./tests '[trap]' > " + log.string() +
        " 2>&1";
    const int status = std::system(command.c_str());
    const std::string said = read_file(log).value_or("no log");
    INFO(said);
    REQUIRE(status == 0);
    if (contains(said, "[skipped]")) {
        SKIP_VISIBLY("some levels can't be had by an ordinary user here: " + said);
    }
}
