// SPDX-License-Identifier: Apache-2.0
// Which Run a command writes: a new one, or one of the same work that was not finished.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "cli/workflow/generate.h"
#include "core/store/run_store.h"

namespace rtlgen::cli {

struct RunChoice {
    std::string run_dir;  ///< empty: a folder of rtlgen-runs
    enum class Start { Resume, Fresh } start = Start::Resume;
    workflow::RetryErrors retry = workflow::RetryErrors::Transient;
};

struct ChosenRun {
    store::RunStore store;
    std::vector<store::Attempt> earlier;  ///< what it has from before
    enum class Work { New, Rest, None } work = Work::New;
};

/// With a folder, the Run that it holds, where it is of `info`'s key; without one, the newest Run
/// of that key in rtlgen-runs that has work left and that nobody writes; else a new one, in a
/// folder that this process alone has made. What there is to do in it is left as a line on `err`.
/// Errors: InvalidArgument (the folder holds another Run, or any where a fresh one is wanted), Io
/// (another process writes it), Config, Unreadable.
Result<ChosenRun> choose_run(const RunChoice& choice, const store::RunInfo& info,
                             std::ostream& err);

}  // namespace rtlgen::cli
