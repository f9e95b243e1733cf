// SPDX-License-Identifier: Apache-2.0
#include "prompts/prompt_templates.h"

#include <span>

#if __has_include(<kainjow/mustache.hpp>)
#include <kainjow/mustache.hpp>
#else
#include <mustache.hpp>
#endif

#include "core/base/hash.h"
#include "core/base/text.h"
#include "prompts/defusing.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> prompt_templates();
}

namespace rtlgen::prompts {
namespace {

namespace mustache = kainjow::mustache;

constexpr std::string_view kParts = "parts/";
constexpr int kDeepestParts = 3;

/// Remembers the first name that nobody has.
class StrictContext final : public mustache::context<std::string> {
public:
    using context::context;

    [[nodiscard]] const mustache::data* get(const std::string& name) const override {
        const mustache::data* found = context::get(name);
        if (found == nullptr && missing_.empty()) missing_ = name;
        return found;
    }
    [[nodiscard]] const mustache::data* get_partial(const std::string& name) const override {
        if (missing_.empty()) missing_ = "> " + name;
        return nullptr;
    }
    [[nodiscard]] const std::string& missing() const { return missing_; }

private:
    mutable std::string missing_;
};

mustache::data to_data(const Value& value) {
    if (const auto* text = std::get_if<std::string>(&value)) {
        return text->empty() ? mustache::data(mustache::data::type::bool_false)
                             : mustache::data(*text);
    }
    if (const bool* on = std::get_if<bool>(&value)) {
        return mustache::data(*on ? mustache::data::type::bool_true
                                  : mustache::data::type::bool_false);
    }
    mustache::data list(mustache::data::type::list);
    for (const Record& record : std::get<std::vector<Record>>(value)) {
        mustache::data row(mustache::data::type::object);
        for (const auto& [name, text] : record) row.set(name, mustache::data(text));
        list << row;
    }
    return list;
}

Result<std::string> render_part(std::string_view part, const Variables& variables,
                                const std::string& template_name) {
    mustache::mustache parsed("{{=<% %>=}}" + std::string(part));
    if (!parsed.is_valid()) {
        return fail(ErrorCode::Config, "bad template: " + parsed.error_message(), template_name);
    }
    parsed.set_custom_escape([](const std::string& text) { return text; });
    mustache::data values(mustache::data::type::object);
    for (const auto& [name, value] : variables) values.set(name, to_data(value));
    StrictContext context(&values);
    std::string text = parsed.render(context);
    if (!context.missing().empty()) {
        return fail(ErrorCode::Config,
                    "the template uses <%" + context.missing() + "%>, which isn't given to it",
                    template_name);
    }
    return std::string(trim(text));
}

/// The part after the line `<!-- role -->`, up to the next such line; empty where there is none.
std::string_view part_of(std::string_view text, std::string_view role) {
    const std::string mark = "<!-- " + std::string(role) + " -->\n";
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) return {};
    const std::string_view rest = text.substr(at + mark.size());
    return rest.substr(0, std::min(rest.find("<!-- system -->\n"), rest.find("<!-- user -->\n")));
}

std::size_t longest_backtick_run(std::string_view text) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

std::string_view cut_at_line(std::string_view text, Bytes cap) {
    if (text.size() <= cap.count) return text;
    const std::string_view head = text.substr(0, cap.count);
    const std::size_t end = head.rfind('\n');
    return end == std::string_view::npos ? head : head.substr(0, end + 1);
}

}  // namespace

PromptTemplates::PromptTemplates(std::filesystem::path override_dir)
    : tree_(embedded::prompt_templates(), std::move(override_dir)) {}

Result<std::string> PromptTemplates::sha256() const {
    FieldHasher hasher;
    for (const std::string& name : tree_.paths()) {
        if (!name.ends_with(".md")) continue;
        TRY_ASSIGN(const std::string bytes, tree_.read(name));
        hasher.add(name).add(bytes);
    }
    return hasher.finish();
}

Result<RenderedPrompt> PromptTemplates::render(const PromptRequest& request) const {
    TRY_ASSIGN(const std::string bare, tree_.read(request.template_name));
    std::string text = bare;
    for (int depth = 0; depth < kDeepestParts; ++depth) text = with_parts(text);
    const std::string_view user = part_of(text, "user");
    if (trim(user).empty()) {
        return fail(ErrorCode::Config, "the template has no part after a line <!-- user -->",
                    request.template_name);
    }
    RenderedPrompt prompt;
    TRY_ASSIGN(prompt.system,
               render_part(part_of(text, "system"), request.variables, request.template_name));
    TRY_ASSIGN(prompt.user, render_part(user, request.variables, request.template_name));
    prompt.template_name = request.template_name;
    prompt.template_sha256 = sha256_hex(text);
    return prompt;
}

std::vector<std::string> PromptTemplates::names() const {
    std::vector<std::string> names = tree_.paths();
    std::erase_if(names, [](const std::string& path) { return path.starts_with(kParts); });
    return names;
}

std::string PromptTemplates::with_parts(const std::string& text) const {
    const std::string open = "<%>" + std::string(kParts);
    std::string whole;
    std::size_t copied = 0;
    for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
        const std::size_t end = text.find("%>", at + open.size());
        if (end == std::string::npos) break;
        const std::string name = text.substr(at + 3, end - at - 3);
        if (name.find("..") != std::string::npos) continue;
        const Result<std::string> part = tree_.read(name + ".md");
        // What isn't there is told where the rest is rendered.
        if (!part) continue;
        const bool has_newline = !part->empty() && part->back() == '\n';
        whole.append(text, copied, at - copied).append(*part, 0, part->size() - has_newline);
        copied = end + 2;
    }
    return whole.append(text, copied);
}

std::string code_block(std::string_view text, std::string_view label) {
    const std::string fence(std::max<std::size_t>(3, longest_backtick_run(text) + 1), '`');
    const bool ends = text.empty() || text.back() == '\n';
    return fence + std::string(label) + "\n" + std::string(text) + (ends ? "" : "\n") + fence;
}

std::string untrusted_block(std::string_view text, std::string_view label, Bytes cap) {
    const std::string plain = defused(replace_all(std::string(text), "\r\n", "\n"));
    std::string body(cut_at_line(plain, cap));
    if (const std::size_t left = plain.size() - body.size(); left > 0) {
        if (!body.empty() && body.back() != '\n') body += '\n';
        body += "[" + std::to_string(left) + " bytes more left out]\n";
    }
    return code_block(body, "untrusted " + std::string(label));
}

}  // namespace rtlgen::prompts
