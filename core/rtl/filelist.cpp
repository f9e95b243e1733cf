// SPDX-License-Identifier: Apache-2.0
#include "core/rtl/filelist.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/text.h"
#include "core/rtl/filelist_words.h"
#include "core/rtl/source_option.h"

namespace rtlgen::rtl {
namespace fs = std::filesystem;
namespace {

/// Lists within lists, words and lists in all: more is a mistake, or an attack.
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxWords = 1'000'000;
constexpr std::size_t kMaxLists = 10'000;

/// One filelist that is being read, or the command line.
struct Frame {
    std::string name;    ///< as shown; empty for the command line
    fs::path host_path;  ///< of the list
    fs::path base;       ///< what relative names are relative to
    fs::path shown;      ///< what is put before them in messages; empty for cwd
};

class Parser {
public:
    Parser(fs::path cwd, const FileReader& reader) : cwd_(std::move(cwd)), reader_(reader) {}

    Result<SourceOptions> parse(const std::vector<std::string>& arguments) {
        std::vector<FilelistWord> words;
        words.reserve(arguments.size());
        for (const std::string& argument : arguments) words.push_back({argument, 0});
        stack_.push_back({"", "", cwd_, ""});
        TRY(read_words(words));
        return std::move(options_);
    }

private:
    [[nodiscard]] const Frame& frame() const { return stack_.back(); }
    [[nodiscard]] bool on_command_line() const { return stack_.size() == 1; }

    [[nodiscard]] std::string place(int line) const {
        return on_command_line() ? std::string() : frame().name + ":" + std::to_string(line);
    }

    tl::unexpected<Error> error(std::string message, int line) const {
        return fail(ErrorCode::InvalidArgument, std::move(message), place(line));
    }

    Status read_words(const std::vector<FilelistWord>& words) {
        words_seen_ += words.size();
        if (words_seen_ > kMaxWords)
            return error("the filelists name more than a million words", 1);
        bool options_end = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const FilelistWord& word = words[i];
            const auto option = options_end ? std::nullopt : source_option(word.text);
            if (word.text == "--" && !options_end) {
                options_end = true;
            } else if (option) {
                TRY(apply_at(*option, words, i));
            } else {
                TRY(add_word(word, options_end));
                if (!options_end && takes_value(word.text) && i + 1 < words.size()) {
                    ignore(words[++i]);
                }
            }
        }
        return {};
    }

    /// The option at `i` with its value, which may be the next word: then `i` goes there.
    Status apply_at(const SourceOption& option, const std::vector<FilelistWord>& words,
                    std::size_t& i) {
        const FilelistWord& word = words[i];
        if (!option.needs_next) return apply(option, option.value, word.line);
        if (i + 1 == words.size()) return error(word.text + " needs a value", word.line);
        return apply(option, words[++i].text, word.line);
    }

    Status add_word(const FilelistWord& word, bool options_end) {
        const bool is_option = !options_end && word.text != "-" &&
                               (word.text.starts_with('-') || word.text.starts_with('+'));
        if (!is_option && is_foreign_file(word.text)) {
            if (on_command_line()) return error(word.text + " is no Verilog source", word.line);
            ignore(word);
            return {};
        }
        if (!is_option) {
            const bool control = fs::path(word.text).extension() == ".vlt";
            add_file(control ? options_.control_files : options_.files, seen_files_, word.text,
                     word.line);
            return {};
        }
        if (on_command_line()) return error("unknown option " + word.text, word.line);
        ignore(word);
        return {};
    }

    void ignore(const FilelistWord& word) {
        options_.ignored.push_back(word.text + " (" + place(word.line) + ")");
    }

    Status apply(const SourceOption& option, const std::string& value, int line) {
        switch (option.kind) {
            case SourceOptionKind::Filelist: return read_list(value, line, Relative::ToCwd);
            case SourceOptionKind::RelativeFilelist:
                return read_list(value, line, Relative::ToList);
            case SourceOptionKind::IncludeDirs: add_folders(options_.include_dirs, value); break;
            case SourceOptionKind::IncludeDir:
                options_.include_dirs.push_back(folder(value));
                break;
            case SourceOptionKind::LibraryDir:
                options_.library_dirs.push_back(folder(value));
                break;
            case SourceOptionKind::LibraryFile:
                add_file(options_.library_files, seen_library_files_, value, line);
                break;
            case SourceOptionKind::LibraryExtensions: add_extensions(value); break;
            case SourceOptionKind::Defines:
                for (const std::string_view part : split(value, '+')) {
                    TRY(add_define(part, line));
                }
                break;
            case SourceOptionKind::Define: return add_define(value, line);
            case SourceOptionKind::Parameter: return add_parameter(value, line);
            case SourceOptionKind::Top: return set_top(value, line);
        }
        return {};
    }

    [[nodiscard]] fs::path resolve(const fs::path& name) const {
        return (frame().base / name).lexically_normal();
    }

    /// A name as the user would write it on the command line.
    [[nodiscard]] std::string shown(const std::string& name) const {
        if (frame().shown.empty() || fs::path(name).is_absolute()) return name;
        return (frame().shown / name).lexically_normal().string();
    }

    fs::path folder(const std::string& name) {
        fs::path path = resolve(name);
        options_.folder_names.emplace(path, shown(name));
        return path;
    }

    void add_file(std::vector<NamedFile>& files, std::set<fs::path>& seen, const std::string& name,
                  int line) {
        NamedFile file;
        file.named_in = place(line);
        if (name == "-") {
            file.path = name;
            file.host_path = name;
        } else {
            file.path = shown(name);
            file.host_path = resolve(name);
        }
        if (seen.insert(file.host_path).second) files.push_back(std::move(file));
    }

    void add_folders(std::vector<fs::path>& folders, const std::string& value) {
        for (const std::string_view part : split(value, '+')) {
            if (!part.empty()) folders.push_back(folder(std::string(part)));
        }
    }

    void add_extensions(const std::string& value) {
        for (const std::string_view part : split(value, '+')) {
            if (!part.empty()) options_.library_extensions.emplace_back(part);
        }
    }

    Result<NameValue> name_value(std::string_view text, int line) const {
        const std::size_t equals = text.find('=');
        NameValue result{std::string(text.substr(0, equals)), std::nullopt};
        if (equals != std::string_view::npos) result.value = std::string(text.substr(equals + 1));
        if (!is_simple_identifier(result.name)) {
            return error("'" + std::string(text) + "' is no NAME or NAME=VALUE", line);
        }
        return result;
    }

    /// A later value replaces an earlier one.
    static void put(std::vector<NameValue>& values, NameValue value) {
        const auto found = std::ranges::find(values, value.name, &NameValue::name);
        if (found == values.end()) {
            values.push_back(std::move(value));
        } else {
            *found = std::move(value);
        }
    }

    Status add_define(std::string_view text, int line) {
        if (text.empty()) return {};  // +define+A+
        TRY_ASSIGN(NameValue value, name_value(text, line));
        put(options_.defines, std::move(value));
        return {};
    }

    Status add_parameter(const std::string& text, int line) {
        TRY_ASSIGN(NameValue value, name_value(text, line));
        if (!value.value) return error("-G" + text + " needs a value: -G" + text + "=VALUE", line);
        put(options_.parameters, std::move(value));
        return {};
    }

    Status set_top(const std::string& value, int line) {
        if (!is_simple_identifier(value)) return error("'" + value + "' is no module name", line);
        options_.top = value;
        return {};
    }

    enum class Relative { ToCwd, ToList };

    Status read_list(const std::string& name, int line, Relative relative) {
        Frame next;
        next.host_path = resolve(name);
        next.name = frame().shown.empty() || fs::path(name).is_absolute()
                        ? name
                        : (frame().shown / name).lexically_normal().string();
        const auto same = std::ranges::find(stack_, next.host_path, &Frame::host_path);
        if (same != stack_.end() || stack_.size() > kMaxDepth) {
            std::string chain;
            for (auto it = same == stack_.end() ? stack_.begin() + 1 : same; it != stack_.end();
                 ++it) {
                chain += it->name + " -> ";
            }
            return error("filelists name each other in a circle: " + chain + next.name, line);
        }
        // Within a list of -f, names stay relative to what the outer list's were.
        next.base = frame().base;
        next.shown = frame().shown;
        if (relative == Relative::ToList) {
            next.base = next.host_path.parent_path();
            next.shown = fs::path(next.name).parent_path();
        }
        if (options_.filelists.size() >= kMaxLists) {
            return error("more than ten thousand filelists are named", line);
        }
        auto text = reader_.read(next.host_path);
        if (!text) {
            Error why = text.error();
            why.where = next.name;
            if (!on_command_line()) why.message += " (named in " + place(line) + ")";
            return tl::unexpected<Error>(std::move(why));
        }
        TRY_ASSIGN(const auto words, filelist_words(*text, next.name, reader_));
        options_.filelists.push_back(next.name);
        stack_.push_back(std::move(next));
        const Status read = read_words(words);
        stack_.pop_back();
        return read;
    }

    fs::path cwd_;
    const FileReader& reader_;
    SourceOptions options_;
    std::vector<Frame> stack_;
    std::set<fs::path> seen_files_;
    std::set<fs::path> seen_library_files_;
    std::size_t words_seen_ = 0;
};

Status load_files(const std::vector<NamedFile>& named, const FileReader& reader,
                  std::vector<SourceFile>& files) {
    for (const NamedFile& file : named) {
        auto text = reader.read(file.host_path);
        if (!text) {
            Error why = text.error();
            if (file.path != "-") why.where = file.path;
            if (!file.named_in.empty()) why.message += " (named in " + file.named_in + ")";
            return tl::unexpected<Error>(std::move(why));
        }
        const bool is_stdin = file.path == "-";
        files.push_back({is_stdin ? "stdin.sv" : file.path, is_stdin ? fs::path() : file.host_path,
                         *std::move(text)});
    }
    return {};
}

}  // namespace

Result<SourceOptions> parse_source_arguments(const std::vector<std::string>& arguments,
                                             const fs::path& cwd, const FileReader& reader) {
    return Parser(cwd, reader).parse(arguments);
}

Result<SourceSet> load_sources(const SourceOptions& options, const FileReader& reader) {
    if (options.files.empty()) {
        return fail(ErrorCode::InvalidArgument, "no source file is named; give FILE... or -f LIST");
    }
    SourceSet set;
    TRY(load_files(options.files, reader, set.files));
    TRY(load_files(options.control_files, reader, set.control_files));
    TRY(load_files(options.library_files, reader, set.library_files));
    const bool all_empty = std::ranges::all_of(
        set.files, [](const SourceFile& file) { return trim(file.text).empty(); });
    if (all_empty) {
        return fail(ErrorCode::InvalidArgument, "is empty; name a file with a module",
                    set.files.front().path);
    }
    set.include_dirs = options.include_dirs;
    set.library_dirs = options.library_dirs;
    set.library_extensions = options.library_extensions;
    set.defines = options.defines;
    set.parameters = options.parameters;
    set.top = options.top;
    set.folder_names = options.folder_names;
    return set;
}

}  // namespace rtlgen::rtl
