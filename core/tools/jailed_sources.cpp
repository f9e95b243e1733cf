// SPDX-License-Identifier: Apache-2.0
#include "core/tools/jailed_sources.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"

namespace rtlgen::tools {
namespace {

namespace fs = std::filesystem;

bool is_safe_char(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    return letter || digit || static_cast<unsigned char>(c) >= 0x80U ||
           std::string_view("/._+@~=^-").find(c) != std::string_view::npos;
}

bool has_control(std::string_view text) {
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == '\x7f'; });
}

Status check_name(std::string_view what, const std::string& name) {
    if (is_simple_identifier(name)) return {};
    return fail(ErrorCode::InvalidArgument,
                std::string(what) + " '" + escape_for_terminal(name) +
                    "' is no plain identifier ([A-Za-z_][A-Za-z0-9_$]*)");
}

Status check_names(const SourceSet& set) {
    if (!set.top.empty()) TRY(check_name("the top", set.top));
    for (const auto* list : {&set.defines, &set.parameters}) {
        const std::string_view what = list == &set.defines ? "the define" : "the parameter";
        for (const NameValue& entry : *list) {
            TRY(check_name(what, entry.name));
            if (entry.value && has_control(*entry.value)) {
                return fail(
                    ErrorCode::InvalidArgument,
                    std::string(what) + " " + entry.name + " has a value with a control character");
            }
        }
    }
    return {};
}

std::string normal(const fs::path& path) {
    std::string text = path.lexically_normal().string();
    while (text.size() > 1 && text.ends_with('/')) text.pop_back();
    return text;
}

/// Where the copies of included files lie.
constexpr std::string_view kIncluded = "src/include";

std::string copy_name(std::string_view prefix, std::size_t index, const SourceFile& file) {
    const std::string extension = fs::path(file.path).extension().string();
    const bool plain =
        extension == ".v" || extension == ".vlt" || extension == ".vh" || extension == ".svh";
    return "src/" + std::string(prefix) + std::to_string(index) + (plain ? extension : ".sv");
}

/// Collects what a set needs, folder by folder.
class Jailer {
public:
    std::string place(std::string_view prefix, std::size_t index, const SourceFile& file) {
        if (const std::string path = normal(file.host_path);
            file.host_path.is_absolute() && is_script_safe_path(path) &&
            is_bindable_folder(fs::path(path).parent_path())) {
            folders_.insert(fs::path(path).parent_path().string());
            jailed_.user_paths[path] = file.path;
            const fs::path user(file.path);
            if (user.filename() == fs::path(path).filename()) {
                jailed_.user_folders.emplace(fs::path(path).parent_path().string(),
                                             user.parent_path().string());
            }
            return path;
        }
        std::string name = copy_name(prefix, index, file);
        jailed_.inputs.push_back({name, file.text, false});
        jailed_.user_paths[name] = file.path;
        return name;
    }

    /// Copies, so that an include folder of ours holds just these. A name that leads upwards or is
    /// absolute stays where it is, and its folders are shown where they can be. One name for two
    /// texts is left out, rather than be the wrong one for somebody.
    void place_included(const SourceSet& set) {
        std::map<std::string, const std::string*, std::less<>> texts;
        for (const IncludedFile& entry : set.included_files) {
            const auto [text, added] = texts.emplace(entry.name, &entry.file.text);
            if (!added && *text->second != entry.file.text) text->second = nullptr;
        }
        for (const IncludedFile& entry : set.included_files) {
            const auto text = texts.find(entry.name);
            if (text == texts.end() || text->second == nullptr) continue;
            if (std::ranges::find(set.include_dirs, entry.folder) != set.include_dirs.end()) {
                continue;
            }
            texts.erase(text);
            const fs::path name = fs::path(entry.name).lexically_normal();
            if (!is_script_safe_path(entry.name)) continue;
            if (name.is_absolute() || *name.begin() == "..") {
                show_included(entry);
                continue;
            }
            const std::string copy = std::string(kIncluded) + "/" + name.string();
            jailed_.inputs.push_back({copy, entry.file.text, false});
            jailed_.user_paths[copy] = entry.file.path;
            add_once(jailed_.include_dirs, std::string(kIncluded));
        }
    }

    void name_folder(const fs::path& folder, const std::string& name) {
        const std::string user = normal(name);
        jailed_.user_folders.emplace(normal(folder), user == "." ? "" : user);
    }

    Status add_folder(std::string_view what, const fs::path& folder,
                      std::vector<std::string>& into) {
        const std::string path = normal(folder);
        if (!folder.is_absolute() || !is_script_safe_path(path)) {
            return fail(ErrorCode::InvalidArgument,
                        std::string(what) +
                            " has a character that a tool may misread: rename it or link to it",
                        escape_for_terminal(path));
        }
        if (!is_bindable_folder(path)) {
            return fail(
                ErrorCode::InvalidArgument,
                std::string(what) + " is too wide to be shown to a tool: name a folder in it",
                path);
        }
        folders_.insert(path);
        into.push_back(path);
        return {};
    }

    JailedSources finish() {
        // Sorted as paths, a parent comes before what is under it.
        std::vector<fs::path> kept;
        for (const fs::path& folder : folders_) {
            const bool covered = std::ranges::any_of(kept, [&](const fs::path& parent) {
                return std::ranges::mismatch(parent, folder).in1 == parent.end();
            });
            if (!covered && *std::next(folder.begin()) != "usr") kept.push_back(folder);
        }
        for (const fs::path& folder : kept) jailed_.binds.push_back({folder, folder});
        return std::move(jailed_);
    }

    JailedSources& jailed() { return jailed_; }

private:
    static void add_once(std::vector<std::string>& folders, std::string folder) {
        if (std::ranges::find(folders, folder) == folders.end()) {
            folders.push_back(std::move(folder));
        }
    }

    void show_included(const IncludedFile& entry) {
        const std::string file = normal(entry.file.host_path);
        const std::string folder = normal(entry.folder);
        const fs::path parent = fs::path(file).parent_path();
        for (const std::string& path : {folder, parent.string()}) {
            if (!is_script_safe_path(path) || !is_bindable_folder(path)) return;
        }
        folders_.insert(folder);
        folders_.insert(parent);
        jailed_.user_paths.emplace(file, entry.file.path);
        if (!fs::path(entry.name).is_absolute()) add_once(jailed_.include_dirs, folder);
    }

    JailedSources jailed_;
    std::set<fs::path> folders_;
};

}  // namespace

bool is_script_safe_path(std::string_view path) {
    return !path.empty() && std::ranges::all_of(path, is_safe_char);
}

bool is_bindable_folder(const fs::path& folder) {
    std::vector<std::string> parts;
    for (const fs::path& part : folder.relative_path()) {
        if (!part.empty()) parts.push_back(part.string());
    }
    if (parts.empty()) return false;
    static constexpr std::array<std::string_view, 5> kNever = {"proc", "sys", "dev", "run", "etc"};
    if (std::ranges::find(kNever, parts[0]) != kNever.end()) return false;
    static constexpr std::array<std::string_view, 7> kTooWide = {"tmp", "root", "home", "var",
                                                                 "usr", "lib",  "bin"};
    if (parts.size() == 1) return std::ranges::find(kTooWide, parts[0]) == kTooWide.end();
    if (parts.size() == 2) return parts[0] != "home" && !(parts[0] == "var" && parts[1] == "tmp");
    return true;
}

std::string JailedSources::user_path(std::string_view tool_path) const {
    if (const auto found = user_paths.find(tool_path); found != user_paths.end()) {
        return found->second;
    }
    if (tool_path.starts_with('/')) {
        // The innermost of the named folders.
        const fs::path path = fs::path(tool_path).lexically_normal();
        for (fs::path folder = path.parent_path(); folder.has_relative_path();
             folder = folder.parent_path()) {
            const auto found = user_folders.find(folder.string());
            if (found == user_folders.end()) continue;
            return (fs::path(found->second) / path.lexically_relative(folder)).string();
        }
    }
    // Some messages have a file's last name alone, some a path from the work folder upwards: it
    // leads back where one file ends with it.
    std::string_view tail = tool_path;
    while (tail.starts_with("../")) tail.remove_prefix(3);
    const bool is_tail = tail.size() < tool_path.size() || tail.find('/') == std::string_view::npos;
    if (tail.empty() || !is_tail) return std::string(tool_path);
    const std::string* only = nullptr;
    for (const auto& [path, user] : user_paths) {
        if (path != tail && !path.ends_with("/" + std::string(tail))) continue;
        if (only != nullptr) return std::string(tool_path);
        only = &user;
    }
    return only == nullptr ? std::string(tool_path) : *only;
}

std::string JailedSources::user_text(std::string_view text) const {
    std::string result;
    while (!text.empty()) {
        std::size_t length = 0;
        while (length < text.size() && is_safe_char(text[length])) ++length;
        std::string_view word = text.substr(0, length);
        while (word.ends_with('.')) word.remove_suffix(1);
        const bool is_path = word.starts_with('/') || user_paths.contains(word);
        result += is_path ? user_path(word) : std::string(word);
        const std::size_t end = std::min(text.size(), std::max<std::size_t>(length, 1));
        result += text.substr(word.size(), end - word.size());
        text.remove_prefix(end);
    }
    return result;
}

void JailedSources::to_user(std::vector<Finding>& findings) const {
    for (Finding& finding : findings) {
        finding.file = user_path(finding.file);
        finding.message = user_text(finding.message);
    }
}

void JailedSources::add_to(process::JobSpec& job) const {
    job.inputs.insert(job.inputs.end(), inputs.begin(), inputs.end());
    job.binds.insert(job.binds.end(), binds.begin(), binds.end());
}

Result<JailedSources> jail_sources(const SourceSet& set) {
    TRY(check_names(set));
    Jailer jailer;
    JailedSources& jailed = jailer.jailed();
    for (std::size_t i = 0; i < set.files.size(); ++i) {
        jailed.files.push_back(jailer.place("f", i, set.files[i]));
    }
    for (std::size_t i = 0; i < set.library_files.size(); ++i) {
        jailed.library_files.push_back(jailer.place("l", i, set.library_files[i]));
    }
    for (std::size_t i = 0; i < set.control_files.size(); ++i) {
        jailed.control_files.push_back(jailer.place("c", i, set.control_files[i]));
    }
    for (const auto& [folder, name] : set.folder_names) jailer.name_folder(folder, name);
    for (const fs::path& folder : set.include_dirs) {
        TRY(jailer.add_folder("the include folder", folder, jailed.include_dirs));
    }
    jailer.place_included(set);
    for (const fs::path& folder : set.library_dirs) {
        TRY(jailer.add_folder("the library folder", folder, jailed.library_dirs));
    }
    for (const std::string& extension : set.library_extensions) {
        if (!is_script_safe_path(extension) || extension.find('/') != std::string::npos) {
            return fail(ErrorCode::InvalidArgument, "+libext+ takes extensions such as .v, not '" +
                                                        escape_for_terminal(extension) + "'");
        }
        jailed.library_extensions.push_back(extension);
    }
    if (jailed.library_extensions.empty()) jailed.library_extensions = {".v", ".sv"};
    return jailer.finish();
}

}  // namespace rtlgen::tools
