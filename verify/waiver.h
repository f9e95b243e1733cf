// SPDX-License-Identifier: Apache-2.0
// Which lint findings count: waivers in Verilator's own file format, and a baseline.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/domain/finding.h"

namespace rtlgen::verify {

/// One `lint_off` statement, or a `lint_on` that takes it back.
struct Waiver {
    enum class Kind { Off, On };
    std::string rule;    ///< "verilator/WIDTHTRUNC", or a glob: "*", "icarus/*"
    std::string file;    ///< a glob over the user's path, as written or with ./; empty: all
    int first_line = 0;  ///< 0: all lines
    int last_line = 0;
    std::string message;  ///< a glob over the message; empty: all
    Kind kind = Kind::Off;
    bool operator==(const Waiver&) const = default;
};

/// Reads the lint statements of a Verilator control file (Verilator's manual, "Verilator Control
/// Files"): -rule, -file, -lines, -match, over as many lines as they take. A rule without a tool's
/// name is Verilator's; a full name such as `icarus/implicit-wire` or a glob is taken too.
/// Directives, comments and statements that are no matter of lint (tracing_off, public, ...) are
/// passed over; anything else is Error Config with its line.
Result<std::vector<Waiver>> parse_waivers(std::string_view text, const std::string& file_name);

/// The last waiver that fits decides. Rules that Verilator once had stand for those that took their
/// place: WIDTH for WIDTHTRUNC and WIDTHEXPAND, UNUSED for UNUSEDSIGNAL and its kin.
[[nodiscard]] bool is_waived(const Finding& finding, const std::vector<Waiver>& waivers);

/// `*` and `?`; everything else is itself.
[[nodiscard]] bool glob_match(std::string_view pattern, std::string_view text);

/// The findings of an earlier `rtlgen.verdict.v1`. Error Config where it is none.
Result<std::vector<Finding>> parse_baseline(std::string_view json, const std::string& file_name);

/// Those of `findings` that `baseline` has not: equal in rule, file and message, as often as it has
/// them; lines may have moved.
[[nodiscard]] std::vector<Finding> new_findings(const std::vector<Finding>& findings,
                                                const std::vector<Finding>& baseline);

}  // namespace rtlgen::verify
