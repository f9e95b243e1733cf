// SPDX-License-Identifier: Apache-2.0
#include "core/llm/bounded_json.h"

#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

ordered_json parse_as_it_is(std::string_view text) {
    constexpr std::size_t kSmall = std::size_t{1} << 20U;
    if (text.size() <= kSmall) return ordered_json::parse(text, nullptr, false);
    std::size_t values = 0;
    using Event = ordered_json::parse_event_t;
    const auto keep = [&values](int, Event event, const ordered_json&) {
        constexpr std::size_t kMostValues = 500'000;
        const bool ends = event == Event::object_end || event == Event::array_end;
        return ends || ++values < kMostValues;
    };
    return ordered_json::parse(text, keep, false);
}

}  // namespace

ordered_json parse_bounded(std::string_view text) {
    ordered_json json = parse_as_it_is(text);
    if (json.is_discarded() && !is_valid_utf8(text)) json = parse_as_it_is(to_valid_utf8(text));
    return json;
}

}  // namespace rtlgen::llm
