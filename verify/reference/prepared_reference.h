// SPDX-License-Identifier: Apache-2.0
// What all candidates of one reference share: its interface, the stimuli, and what it does under
// them. Made once, by whoever asks first, while the others wait.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "core/base/result.h"
#include "verify/reference/side_run.h"

namespace rtlgen::verify {

/// What one simulator makes of the reference.
struct Expectation {
    std::optional<Trace> trace;  ///< of all rows that a design is judged by; none: see `why_not`
    Stimulus stimulus;           ///< cut to what suffices for this reference
    std::string why_not;         ///< why this simulator doesn't bring it to its end
};

struct ReferenceSource {
    const SourceSet& reference;
    std::string seed;        ///< of the Run; that of the stimuli is derived from it and the text
    process::Limits limits;  ///< of a run
};

class PreparedReference {
public:
    /// Analyses the interface and makes the stimuli.
    /// Errors: BadBench (the reference has no single top), those of the runner.
    static Result<std::shared_ptr<PreparedReference>> prepare(const ReferenceSource& source,
                                                              const JudgeTools& tools,
                                                              const std::stop_token& stop);

    [[nodiscard]] const SourceSet& set() const { return set_; }  ///< with its top
    [[nodiscard]] const DesignInterface& interface() const { return interface_; }
    /// Why it can't be driven or seen from outside; empty: it can.
    [[nodiscard]] const std::string& obstacle() const { return obstacle_; }

    /// Runs the reference once a simulator; where that was no fault of the machine the answer
    /// stays. It lives as long as this. Errors: those of the runner.
    Result<const Expectation*> expectation(const tools::Simulator& simulator,
                                           const JudgeTools& tools, const std::stop_token& stop);

private:
    PreparedReference(SourceSet set, process::Limits limits)
        : set_(std::move(set)), limits_(limits) {}
    Result<SideRun> run(const tools::Simulator& simulator, InitialValues values,
                        const JudgeTools& tools, const std::stop_token& stop);
    Status leave_open(Trace& trace, const tools::Simulator& simulator, const JudgeTools& tools,
                      const std::stop_token& stop);
    Status analyse(std::uint64_t seed, const JudgeTools& tools, const std::stop_token& stop);

    SourceSet set_;
    process::Limits limits_;
    DesignInterface interface_;
    std::string obstacle_;
    Stimulus stimulus_;
    std::mutex mutex_;
    std::map<std::string, Expectation, std::less<>> expectations_;  ///< by the simulator's name
};

/// The references of a process, the last kMostKept of them. Safe to use from several threads.
class SharedReferences {
public:
    static constexpr std::size_t kMostKept = 256;  // some megabytes each

    /// The one that was prepared from an equal source, or a new one. Errors are not kept.
    Result<std::shared_ptr<PreparedReference>> get(const ReferenceSource& source,
                                                   const JudgeTools& tools,
                                                   const std::stop_token& stop);

private:
    struct Slot {
        std::mutex mutex;
        std::shared_ptr<PreparedReference> prepared;
    };
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Slot>, std::less<>> slots_;
    std::deque<std::string> keys_;  ///< the oldest first
};

}  // namespace rtlgen::verify
