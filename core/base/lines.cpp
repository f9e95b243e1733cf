// SPDX-License-Identifier: Apache-2.0
#include "core/base/lines.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <climits>

#include "core/base/stop_wait.h"

namespace rtlgen {
namespace {

constexpr std::size_t kBlock = 1U << 16U;

}  // namespace

Result<std::unique_ptr<LineReader>> LineReader::open(const std::filesystem::path& path, Bytes cap) {
    const bool is_stdin = path == "-";
    const std::string name = is_stdin ? "standard input" : path.string();
    const int fd =
        is_stdin ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        if (errno == ENOENT) return fail(ErrorCode::NotFound, "no such file", name);
        return fail(ErrorCode::Unreadable, "can't be read: " + system_reason(errno), name);
    }
    std::unique_ptr<LineReader> reader(new LineReader(name, fd, cap));
    struct stat info{};
    if (::fstat(fd, &info) != 0) {
        return fail(ErrorCode::Unreadable, "can't be read: " + system_reason(errno), name);
    }
    if (S_ISDIR(info.st_mode)) {
        return fail(ErrorCode::Unreadable, "is a folder, not a file", name);
    }
    return reader;
}

Result<bool> LineReader::read_more(const std::stop_token& stop) {
    const StopWait wait(stop);
    while (true) {
        if (wait.wait(fd_.get(), POLLIN, -1) == StopWait::End::Stopped) {
            return fail(ErrorCode::Interrupted, "interrupted while waiting for input", name_);
        }
        const std::size_t size = held_.size();
        held_.resize(size + kBlock);
        const ssize_t count = ::read(fd_.get(), held_.data() + size, kBlock);
        const int error = count < 0 ? errno : 0;
        held_.resize(size + static_cast<std::size_t>(count < 0 ? 0 : count));
        if (error == EAGAIN || error == EINTR) continue;
        if (error != 0) {
            return fail(ErrorCode::Unreadable, "can't be read: " + system_reason(error), name_);
        }
        return count > 0;
    }
}

InputLine LineReader::take(std::size_t length) {
    InputLine line{++number_, {}, skipping_ || length > cap_.count};
    if (!line.too_long) {
        line.text = held_.substr(0, length);
        if (line.text.ends_with('\r')) line.text.pop_back();
        constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
        if (number_ == 1 && line.text.starts_with(kByteOrderMark)) line.text.erase(0, 3);
    }
    held_.erase(0, length + 1);
    searched_ = 0;
    skipping_ = false;
    return line;
}

Result<std::optional<InputLine>> LineReader::next(const std::stop_token& stop) {
    while (true) {
        const std::size_t end = held_.find('\n', searched_);
        if (end != std::string::npos) return std::optional(take(end));
        searched_ = held_.size();
        if (held_.size() > cap_.count) {
            skipping_ = true;
            held_.clear();
            searched_ = 0;
        }
        TRY_ASSIGN(const bool more, read_more(stop));
        if (more) continue;
        if (held_.empty() && !skipping_) return std::optional<InputLine>();
        return std::optional(take(held_.size()));
    }
}

Status write_line(int fd, std::string_view line, const std::stop_token& stop,
                  std::chrono::milliseconds grace) {
    std::string text(line);
    text += '\n';
    // A file that is ready takes as many bytes at once without waiting.
    constexpr std::size_t kAtOnce = PIPE_BUF;
    std::optional<StopWait> wait(stop);
    int patience = -1;
    for (std::string_view rest = text; !rest.empty();) {
        const StopWait::End end = wait->wait(fd, POLLOUT, patience);
        if (end == StopWait::End::Stopped) {
            wait.emplace(std::stop_token());
            patience = static_cast<int>(grace.count());
            continue;
        }
        if (end == StopWait::End::TooLong) {
            return fail(ErrorCode::Interrupted, "interrupted while nobody read the output");
        }
        const ssize_t count = ::write(fd, rest.data(), std::min(rest.size(), kAtOnce));
        if (count < 0 && errno != EINTR && errno != EAGAIN) {
            return fail(ErrorCode::Io, "can't be written: " + system_reason(errno),
                        "standard output");
        }
        rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return {};
}

}  // namespace rtlgen
