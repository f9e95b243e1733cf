// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/strict_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "core/base/text.h"
#include "core/config/nearest.h"

namespace rtlgen::workflow {
namespace {

using nlohmann::ordered_json;

tl::unexpected<Error> refuse(std::string message) {
    return fail(ErrorCode::InvalidArgument, std::move(message));
}

/// Sees a text's events while it is parsed; what has been found wrong isn't kept.
class Watch {
public:
    bool operator()(int depth, ordered_json::parse_event_t event, const ordered_json& parsed) {
        using Event = ordered_json::parse_event_t;
        if (event == Event::object_start || event == Event::array_start) {
            if (depth >= kMostLevels) complain("it has more than 8 levels");
            keys_.resize(static_cast<std::size_t>(std::min(depth, kMostLevels)) + 2);
            keys_.back().clear();
        } else if (event == Event::key) {
            const auto level = static_cast<std::size_t>(depth);
            const std::string name = parsed.get<std::string>();
            if (level < keys_.size() && !keys_[level].insert(name).second) {
                complain("the key '" + shown_name(name) + "' stands there twice");
            }
        }
        if (++events_ > kMostValues) complain("it has more than 100000 values");
        return problem_.empty();
    }
    [[nodiscard]] const std::string& problem() const { return problem_; }

private:
    void complain(std::string text) {
        if (problem_.empty()) problem_ = std::move(text);
    }
    std::vector<std::set<std::string>> keys_;  ///< of the open objects, by depth
    std::size_t events_ = 0;
    std::string problem_;
};

}  // namespace

std::string shown_name(std::string_view name) {
    constexpr std::size_t kLongest = 60;
    return replace_all(escape_for_terminal(name.substr(0, kLongest)), "\n", "\\n");
}

Result<ordered_json> parse_strict(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return refuse("it holds a NUL byte");
    if (!is_valid_utf8(text)) return refuse("it is no UTF-8");
    Watch watch;
    try {
        ordered_json json = ordered_json::parse(
            text, [&watch](int depth, ordered_json::parse_event_t event,
                           const ordered_json& parsed) { return watch(depth, event, parsed); });
        if (!watch.problem().empty()) return refuse(watch.problem());
        if (!json.is_object()) return refuse("it is no JSON object");
        return json;
    } catch (const ordered_json::parse_error& error) {
        return refuse(fmt::format("it is no JSON: wrong at byte {}", error.byte));
    } catch (const ordered_json::exception&) {
        return refuse("it is no JSON that can be read");  // such as a number beyond all bounds
    }
}

Status check_keys(const ordered_json& object, std::span<const std::string_view> known,
                  std::string_view what) {
    for (const auto& [key, value] : object.items()) {
        if (std::ranges::find(known, key) != known.end()) continue;
        const std::string near =
            config::nearest(key, std::vector<std::string>(known.begin(), known.end()));
        return refuse(fmt::format("{} has a key '{}' that isn't known{}", what, shown_name(key),
                                  near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
    return {};
}

}  // namespace rtlgen::workflow
