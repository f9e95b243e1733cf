// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/include_scan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/rtl/active_text.h"

namespace rtlgen::rtl {
namespace fs = std::filesystem;
namespace {

/// A guard ends a circle at its second turn; what is still on its way after this has none.
constexpr std::size_t kMaxTurns = 8;
constexpr std::size_t kMaxDepth = 200;
constexpr std::size_t kMaxIncludes = 20'000;
constexpr std::size_t kMaxBytes = std::size_t{256} << 20U;

/// As a user in `cwd` would write it.
std::string name_from(const fs::path& cwd, const fs::path& path) {
    const fs::path relative = path.lexically_relative(cwd);
    const bool below = !relative.empty() && *relative.begin() != "..";
    return below ? relative.string() : path.string();
}

/// A text that is being read.
struct Frame {
    std::string shown;
    fs::path host_path;
};

class Scanner {
public:
    Scanner(const SourceSet& set, fs::path cwd, const FileReader& reader)
        : set_(set), cwd_(std::move(cwd)), reader_(reader), macros_(macro_texts(set.defines)) {
        for (const SourceFile& file : set.files) {
            if (!file.host_path.empty()) texts_.emplace(file.host_path, file.text);
        }
    }

    Result<std::vector<IncludeUse>> scan() {
        for (const SourceFile& file : set_.files) {
            read(Frame{file.path, file.host_path}, file.text);
            if (error_) return tl::unexpected<Error>(*std::move(error_));
        }
        return std::move(uses_);
    }

private:
    void read(Frame frame, const std::string& text) {
        bytes_ += text.size();
        stack_.push_back(std::move(frame));
        (void)active_text(text, macros_,
                          [this](const IncludeLine& include, MacroTexts&) { on_include(include); });
        stack_.pop_back();
    }

    void on_include(const IncludeLine& include) {
        if (error_ || uses_.size() >= kMaxIncludes || bytes_ > kMaxBytes) return;
        const auto [resolved, folder] = find(include.name);
        uses_.push_back({stack_.back().shown, include.line, include.name, resolved, folder});
        if (resolved.empty()) return;
        const auto turns =
            static_cast<std::size_t>(std::ranges::count(stack_, resolved, &Frame::host_path));
        if (turns >= kMaxTurns || stack_.size() >= kMaxDepth) {
            circle(include, resolved);
            return;
        }
        const auto [entry, added] = texts_.try_emplace(resolved);
        if (added) entry->second = reader_.read(resolved).value_or(std::string());
        read(Frame{shown_name(resolved), resolved}, entry->second);
    }

    void circle(const IncludeLine& include, const fs::path& resolved) {
        std::size_t first = 0;
        while (first < stack_.size() && stack_[first].host_path != resolved) ++first;
        std::string chain;
        for (std::size_t i = first; i < stack_.size(); ++i) {
            if (i > first && stack_[i].host_path == resolved) break;
            chain += stack_[i].shown + " -> ";
        }
        error_ = Error{ErrorCode::InvalidArgument,
                       "files include each other in a circle: " + chain + shown_name(resolved) +
                           "; add an include guard or drop one `include",
                       stack_.back().shown + ":" + std::to_string(include.line)};
    }

    [[nodiscard]] std::string shown_name(const fs::path& path) const {
        const auto known = std::ranges::find(set_.files, path, &SourceFile::host_path);
        if (known != set_.files.end()) return known->path;
        return name_from(cwd_, path);
    }

    struct Place {
        fs::path file;
        fs::path folder;
    };

    [[nodiscard]] Place find(const std::string& name) const {
        const fs::path path(name);
        if (path.empty()) return {};
        std::vector<fs::path> folders;
        if (!stack_.back().host_path.empty()) {
            folders.push_back(stack_.back().host_path.parent_path());
        }
        folders.insert(folders.end(), set_.include_dirs.begin(), set_.include_dirs.end());
        folders.push_back(cwd_);
        for (const fs::path& folder : folders) {
            fs::path candidate = (folder / path).lexically_normal();
            if (texts_.contains(candidate) || reader_.exists(candidate)) {
                return {candidate, folder};
            }
        }
        for (const SourceFile& file : set_.files) {
            if (file.host_path.filename() == path) {
                return {file.host_path, file.host_path.parent_path()};
            }
        }
        return {};
    }

    const SourceSet& set_;
    fs::path cwd_;
    const FileReader& reader_;
    MacroTexts macros_;
    std::map<fs::path, std::string> texts_;
    std::vector<Frame> stack_;
    std::vector<IncludeUse> uses_;
    std::optional<Error> error_;
    std::size_t bytes_ = 0;
};

}  // namespace

Result<std::vector<IncludeUse>> scan_includes(const SourceSet& set, const fs::path& cwd,
                                              const FileReader& reader) {
    return Scanner(set, cwd, reader).scan();
}

std::vector<IncludedFile> read_included(const std::vector<IncludeUse>& uses, const fs::path& cwd,
                                        const FileReader& reader) {
    std::vector<IncludedFile> files;
    std::set<std::pair<std::string, fs::path>> seen;
    for (const IncludeUse& use : uses) {
        if (use.resolved.empty() || !seen.emplace(use.name, use.resolved).second) continue;
        auto text = reader.read(use.resolved);
        if (!text) continue;
        files.push_back(
            {use.name, use.folder, {name_from(cwd, use.resolved), use.resolved, *std::move(text)}});
    }
    return files;
}

}  // namespace rtlgen::rtl
