// SPDX-License-Identifier: Apache-2.0
// Tries jails from the strongest down; a canary decides.
#include "core/process/sandbox.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/files.h"
#include "core/base/temp_folder.h"
#include "core/base/text.h"
#include "core/process/jail/wire.h"
#include "core/process/jailed_runner.h"
#include "core/process/probe_cache.h"

namespace rtlgen::process {
namespace {

struct Candidate {
    JailPlan plan;
    std::string name;  ///< for the cache: "S2 root"
};

std::filesystem::path find_bwrap(const SandboxChoice& choice) {
    if (!choice.bwrap.empty()) {
        return choice.bwrap;
    }
    for (const char* path : {"/usr/bin/bwrap", "/usr/local/bin/bwrap", "/bin/bwrap"}) {
        if (access(path, X_OK) == 0) {
            return path;
        }
    }
    return {};
}

std::vector<Candidate> candidates(const SandboxChoice& choice, const std::filesystem::path& bwrap) {
    std::vector<Candidate> all;
    if (choice.maximum >= IsolationLevel::S2 && !bwrap.empty()) {
        if (geteuid() == 0) {
            all.push_back({{IsolationLevel::S2, bwrap, BwrapUser::Root}, "S2 root"});
        } else {
            all.push_back({{IsolationLevel::S2, bwrap, BwrapUser::Namespace}, "S2 user"});
            all.push_back({{IsolationLevel::S2, bwrap, BwrapUser::NestableNamespace}, "S2 nest"});
        }
    }
    if (choice.maximum >= IsolationLevel::S1) {
        all.push_back({{IsolationLevel::S1, {}, BwrapUser::Namespace}, "S1"});
    }
    return all;
}

std::string remedy(IsolationLevel level, const std::filesystem::path& bwrap) {
    if (level == IsolationLevel::S1) {
        return "use a kernel with Landlock (Linux 5.13 or newer, `landlock` among lsm=)";
    }
    if (bwrap.empty()) {
        return "install bubblewrap (`apt install bubblewrap`)";
    }
    return "allow user namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0 (Ubuntu "
           "24.04) or kernel.unprivileged_userns_clone=1, or start the container with "
           "--security-opt seccomp=unconfined";
}

/// What the canary could do; empty: it stayed in.
Result<std::string> sing(JailedRunner& runner) {
    TRY_ASSIGN(const TempFolder outside, TempFolder::create());
    const auto secret = outside.path() / "secret";
    TRY(write_file_atomic(secret, "secret"));
    JobSpec job;
    job.name = "canary";
    job.limits = {.wall = std::chrono::milliseconds(10'000),
                  .cpu = std::chrono::seconds(10),
                  .memory = mebibytes(256),
                  .output = kibibytes(64),
                  .file = mebibytes(1),
                  .disk = mebibytes(1),
                  .processes = 64};
    Step step;
    step.argv = {jail::kHelperInJail, "canary", secret.string(), outside.path().string(),
                 std::to_string(getpid())};
    if (runner.level() >= IsolationLevel::S2) {
        step.argv.emplace_back("bounded");
    } else {
        // The job's user may have no way to where the helper lies.
        TRY_ASSIGN(std::string bytes, read_file(runner.helper_path()));
        job.inputs.push_back({"canary", std::move(bytes), true});
        step.argv.front() = "./canary";
    }
    Step works;
    works.argv = {"/usr/bin/true"};
    job.steps = {step, works};
    TRY_ASSIGN(const JobResult result, runner.run(job));
    const StepResult& canary = result.steps[0];
    const bool bounded = canary.end == StepEnd::ProcessLimit && canary.out.empty();
    if (!canary.ok() && !bounded) {
        return fmt::format("a canary in the jail could: {} ({} {})",
                           replace_all(std::string(trim(canary.out)), "\n", ", "),
                           to_string(canary.end), canary.exit_code);
    }
    if (canary.ok() && !result.steps[1].ok()) {
        return fmt::format("/usr/bin/true does not run in the jail ({})",
                           to_string(result.steps[1].end));
    }
    return std::string();
}

class Prober {
public:
    static Result<Prober> create(const SandboxChoice& choice) {
        const auto cache = choice.cache_dir.empty() ? default_cache() : choice.cache_dir;
        TRY_ASSIGN(auto helper, install_helper(cache));
        const auto folder =
            choice.slot_folder.empty() ? default_slot_folder(cache) : choice.slot_folder;
        TRY_ASSIGN(auto slots,
                   JobSlots::open(folder, choice.slots > 0 ? choice.slots : default_slot_count()));
        const auto bwrap = find_bwrap(choice);
        ProbeCache proven(cache, bwrap, helper.sha256);
        return Prober(choice, std::move(helper), std::move(slots), bwrap, std::move(proven));
    }

    [[nodiscard]] const std::filesystem::path& bwrap() const { return bwrap_; }
    [[nodiscard]] std::vector<Candidate> all() const { return candidates(choice_, bwrap_); }

    /// The runner, or why it can't be trusted.
    Result<std::unique_ptr<JailedRunner>> attempt(const Candidate& candidate) const {
        TRY_ASSIGN(auto runner, JailedRunner::create(candidate.plan, helper_, slots_));
        const bool cached = choice_.probe_cache == SandboxChoice::ProbeCache::Use;
        if (candidate.plan.level == IsolationLevel::S0 ||
            (cached && cache_.believes(candidate.name))) {
            return runner;
        }
        TRY_ASSIGN(const std::string escape, sing(*runner));
        if (!escape.empty()) {
            return fail(ErrorCode::Sandbox, escape);
        }
        cache_.remember(candidate.name);
        return runner;
    }

private:
    Prober(SandboxChoice choice, HelperBinary helper, JobSlots slots, std::filesystem::path bwrap,
           ProbeCache cache)
        : choice_(std::move(choice)),
          helper_(std::move(helper)),
          slots_(std::move(slots)),
          bwrap_(std::move(bwrap)),
          cache_(std::move(cache)) {}

    SandboxChoice choice_;
    HelperBinary helper_;
    JobSlots slots_;
    std::filesystem::path bwrap_;
    ProbeCache cache_;
};

}  // namespace

Result<std::vector<LevelReport>> probe_levels(const SandboxChoice& choice) {
    TRY_ASSIGN(const Prober prober, Prober::create(choice));
    std::vector<LevelReport> reports;
    if (prober.bwrap().empty() && choice.maximum >= IsolationLevel::S2) {
        reports.push_back({IsolationLevel::S2, false, "bubblewrap isn't installed",
                           remedy(IsolationLevel::S2, {})});
    }
    for (const Candidate& candidate : prober.all()) {
        const IsolationLevel level = candidate.plan.level;
        const auto runner = prober.attempt(candidate);
        LevelReport report{level, runner.has_value(), runner ? "" : runner.error().text(),
                           runner ? "" : remedy(level, prober.bwrap())};
        const bool again = !reports.empty() && reports.back().level == level;
        if (again && !reports.back().works) {
            reports.back() = report.works ? report : reports.back();
        } else if (!again) {
            reports.push_back(std::move(report));
        }
    }
    return reports;
}

Result<std::unique_ptr<Runner>> make_runner(const SandboxChoice& choice) {
    TRY_ASSIGN(const Prober prober, Prober::create(choice));
    if (choice.maximum == IsolationLevel::S0) {
        TRY_ASSIGN(auto runner, prober.attempt({{IsolationLevel::S0, {}, {}}, "S0"}));
        return runner;
    }
    std::vector<std::string> reasons;
    if (prober.bwrap().empty()) {
        reasons.push_back("S2: bubblewrap isn't installed: " + remedy(IsolationLevel::S2, {}));
    }
    for (const Candidate& candidate : prober.all()) {
        if (candidate.plan.level < choice.minimum) {
            continue;
        }
        auto runner = prober.attempt(candidate);
        if (runner) {
            return std::move(*runner);
        }
        reasons.push_back(fmt::format("{}: {}: {}", to_string(candidate.plan.level),
                                      runner.error().text(),
                                      remedy(candidate.plan.level, prober.bwrap())));
    }
    return fail(ErrorCode::Sandbox,
                fmt::format("no isolation of level {} or stronger works here. {}",
                            to_string(choice.minimum), join(reasons, ". ")));
}

}  // namespace rtlgen::process
