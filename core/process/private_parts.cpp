// SPDX-License-Identifier: Apache-2.0
// Keys and letters lie beside sources: an allow list of names decides what a copy may open.
#include "core/process/private_parts.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "core/base/text.h"

namespace rtlgen::process {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 44> kWantedExtensions = {
    // Verilog, VHDL and what they read
    ".v", ".vh", ".vp", ".vo", ".sv", ".svh", ".svi", ".vams", ".vhd", ".vhdl", ".inc", ".h",
    ".mem", ".hex", ".mif", ".coe", ".bin", ".dat", ".data", ".txt", ".csv", ".f", ".vc", ".vlt",
    ".sdc", ".sdf", ".lib", ".lef",
    // tools' own, and what a build leaves
    ".c", ".cc", ".cpp", ".hpp", ".o", ".a", ".gch", ".pch", ".d", ".mk", ".py", ".tcl", ".ys",
    ".il", ".vpi", ".vvp"};

bool is_hidden(const fs::path& path) { return path.filename().native().starts_with('.'); }

void open_to_all(const fs::path& path) {
    std::error_code error;
    if (fs::is_symlink(path, error)) {
        return;
    }
    fs::perms add = fs::perms::group_read | fs::perms::others_read;
    if (fs::is_directory(path, error) ||
        (fs::status(path, error).permissions() & fs::perms::owner_exec) != fs::perms::none) {
        add |= fs::perms::group_exec | fs::perms::others_exec;
    }
    fs::permissions(path, add, fs::perm_options::add, error);
}

Status copy_error(const fs::path& from, const std::error_code& error) {
    // The folder is the user's, and in use: what is gone by now was never for the job.
    if (!error || error == std::errc::no_such_file_or_directory) return {};
    return fail(ErrorCode::Io, fmt::format("can't be copied for the jail: {}", error.message()),
                from.string());
}

Status copy_file(const fs::path& from, const fs::path& to, CopyBudget& budget) {
    std::error_code error;
    const auto size = fs::file_size(from, error);
    if (!error && size > budget.bytes) {
        budget.spent = true;
        return {};
    }
    if (!error) {
        budget.bytes -= size;
        fs::copy_file(from, to, error);
    }
    open_to_all(to);
    return copy_error(from, error);
}

Status copy_folder(const fs::path& from, const fs::path& to, CopyBudget& budget) {
    std::error_code error;
    fs::create_directory(to, error);
    if (error) return copy_error(from, error);
    open_to_all(to);
    fs::directory_iterator at(from, error);
    for (const fs::directory_iterator end; !error && at != end && !budget.spent;
         at.increment(error)) {
        std::error_code ignored;
        const bool is_folder = at->is_directory(ignored) && !at->is_symlink(ignored);
        const bool taken = is_folder ? !is_hidden(at->path()) : is_wanted(at->path());
        if (taken) TRY(copy_readable(at->path(), to / at->path().filename(), budget));
    }
    return copy_error(from, error);
}

}  // namespace

bool all_may_read(const fs::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) {
        return false;
    }
    const mode_t wanted = S_ISDIR(status.st_mode) ? S_IROTH | S_IXOTH : S_IROTH;
    return (status.st_mode & wanted) == wanted;
}

bool is_wanted(const fs::path& path) {
    if (is_hidden(path)) return false;
    const std::string extension = to_lower(path.extension().string());
    if (std::ranges::find(kWantedExtensions, extension) != kWantedExtensions.end()) return true;
    if (path.filename().native().find(".so") != std::string::npos) return true;
    struct stat status{};
    // A link's name says nothing; what it names is looked at by itself.
    if (::lstat(path.c_str(), &status) != 0) return false;
    return S_ISLNK(status.st_mode) || (S_ISREG(status.st_mode) && (status.st_mode & S_IXUSR) != 0);
}

std::vector<fs::path> private_parts(const fs::path& tree) {
    std::vector<fs::path> parts;
    std::error_code error;
    if (!all_may_read(tree)) return {tree};
    if (!fs::is_directory(tree, error)) return parts;
    constexpr int kLook = 2000;
    int looked = 0;
    for (fs::recursive_directory_iterator at(tree, error), end;
         !error && at != end && looked < kLook; at.increment(error), ++looked) {
        std::error_code gone;
        if (at->is_symlink(gone)) continue;
        const bool is_folder = at->is_directory(gone);
        const bool open = all_may_read(at->path());
        if (is_folder && (!open || is_hidden(at->path()))) at.disable_recursion_pending();
        const bool taken =
            is_folder ? !is_hidden(at->path()) : at->is_regular_file(gone) && is_wanted(at->path());
        if (!open && taken) parts.push_back(at->path());
    }
    return parts;
}

Status copy_readable(const fs::path& from, const fs::path& to, CopyBudget& budget) {
    if (budget.entries == 0) {
        budget.spent = true;
        return {};
    }
    --budget.entries;
    std::error_code error;
    const fs::file_status status = fs::symlink_status(from, error);
    if (fs::is_symlink(status)) {
        fs::copy_symlink(from, to, error);
        return copy_error(from, error);
    }
    if (fs::is_directory(status)) return copy_folder(from, to, budget);
    if (fs::is_regular_file(status)) return copy_file(from, to, budget);
    return {};
}

}  // namespace rtlgen::process
