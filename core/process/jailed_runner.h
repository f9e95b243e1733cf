// SPDX-License-Identifier: Apache-2.0
// The Runner of every level: makes the walls, passes the job to the helper, reads frames to the
// end.
#pragma once

#include <filesystem>
#include <string>

#include "core/process/bwrap_command.h"
#include "core/process/helper_binary.h"
#include "core/process/job_slots.h"
#include "core/process/runner.h"

namespace rtlgen::process {

/// One way of making a jail.
struct JailPlan {
    IsolationLevel level = IsolationLevel::S2;
    std::filesystem::path bwrap;                  ///< S2
    BwrapUser bwrap_user = BwrapUser::Namespace;  ///< S2
};

/// What runs jobs; made by make_runner (sandbox.h), which proves the plan by a canary first.
class JailedRunner final : public Runner {
public:
    static Result<std::unique_ptr<JailedRunner>> create(JailPlan plan, HelperBinary helper,
                                                        JobSlots slots);

    using Runner::run;
    Result<JobResult> run(const JobSpec& job, std::stop_token stop) override;
    [[nodiscard]] IsolationLevel level() const override { return plan_.level; }

    /// The helper on the host, for the canary.
    [[nodiscard]] const std::filesystem::path& helper_path() const { return helper_.path; }

private:
    JailedRunner(JailPlan plan, HelperBinary helper, JobSlots slots);

    JailPlan plan_;
    HelperBinary helper_;
    JobSlots slots_;
    HostLayout host_;
    std::string seccomp_;
};

}  // namespace rtlgen::process
