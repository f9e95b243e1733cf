// SPDX-License-Identifier: Apache-2.0
// Text of designs and tools, made harmless for a prompt: what a chat's template, a tokenizer or a
// terminal could take for its own is spelled out.
#pragma once

#include <string>
#include <string_view>

namespace rtlgen::prompts {

/// Control characters but `\n` and `\t`, bad UTF-8, the first byte of marks of chat templates
/// (`<|...|>`, `<think>`, `</s>`, `[INST]`, `<!--`) as \xNN; invisible and direction-changing
/// characters as \u{N}; of a run of backticks all after the first eight as \x60. Deterministic,
/// linear; at most eight times as long as `text`.
[[nodiscard]] std::string defused(std::string_view text);

}  // namespace rtlgen::prompts
