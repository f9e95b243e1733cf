// SPDX-License-Identifier: Apache-2.0
// What one printed line says of a test, by the words in which people write it: that it passed, that
// it failed, or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rtlgen::verify {

enum class LineTone { Neutral, Pass, Fail };

/// "2 of 4 tests passed": so many of so many.
struct Tally {
    std::uint64_t passed = 0;
    std::uint64_t of = 0;
    /// The line's words and the whole: a later line with the same key goes on with this tally.
    std::string key;
    [[nodiscard]] bool complete() const { return of > 0 && passed >= of; }
    bool operator==(const Tally&) const = default;
};

struct TonedLine {
    LineTone tone = LineTone::Neutral;
    std::uint64_t samples = 0;   ///< what it says was compared; 0 where it doesn't say
    std::optional<Tally> tally;  ///< tone Pass only where it is complete
    bool operator==(const TonedLine&) const = default;
};

/// Pure; any bytes are fine. A count of zero turns a word: "0 errors" is no failure and "0 passed"
/// is no pass. So do "no errors" and "not all tests passed". "passed 2 of 4" and "pass rate: 50%"
/// are failures. That a simulation "completed successfully" says nothing of a test.
[[nodiscard]] TonedLine tone_of(std::string_view line);

/// "passed", "success" and the like: lower case.
[[nodiscard]] bool is_pass_word(std::string_view word);

/// All lists of words that tone_of goes by, as one text, for the judge's policy hash.
[[nodiscard]] std::string tone_policy();

}  // namespace rtlgen::verify
