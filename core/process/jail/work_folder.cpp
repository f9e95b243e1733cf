// SPDX-License-Identifier: Apache-2.0
// Every path is resolved beneath the work folder and follows no link.
#include "core/process/jail/work_folder.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>

#include "core/process/jail/system.h"

namespace rtlgen::jail {
namespace {

int open_beneath(int folder, const char* path, std::uint64_t flags, std::uint64_t mode) {
    open_how how{};
    how.flags = flags | O_CLOEXEC | O_NOFOLLOW;
    how.mode = mode;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    return static_cast<int>(syscall(SYS_openat2, folder, path, &how, sizeof how));
}

/// The folders on the way to `path`. Called before any step, so nothing else writes there.
void make_folders(int work_folder, const char* path) {
    char buffer[4096];
    const std::size_t size = std::strlen(path);
    if (size >= sizeof buffer) {
        fatal(ENAMETOOLONG, "write an input");
    }
    std::memcpy(buffer, path, size + 1);
    for (char* slash = std::strchr(buffer, '/'); slash != nullptr;
         slash = std::strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdirat(work_folder, buffer, 0755) != 0 && errno != EEXIST) {
            fatal(errno, "make a folder for an input");
        }
        *slash = '/';
    }
}

void send_output(int file, std::uint32_t index, std::uint64_t size) {
    static char buffer[65536];
    send_frame(FrameType::OutputData, index, buffer, 0);  // an empty file is an output too
    while (size > 0) {
        const ssize_t got = read(file, buffer, size < sizeof buffer ? size : sizeof buffer);
        if (got <= 0) {
            return;
        }
        send_frame(FrameType::OutputData, index, buffer, static_cast<std::size_t>(got));
        size -= static_cast<std::uint64_t>(got);
    }
}

}  // namespace

void write_inputs(const Spec& spec, int work_folder) {
    for (const InputSpec& input : spec.inputs) {
        make_folders(work_folder, input.path.data);
        const int file = open_beneath(work_folder, input.path.data, O_WRONLY | O_CREAT | O_EXCL,
                                      input.executable ? 0755 : 0644);
        if (file < 0) {
            fatal(errno, "write an input");
        }
        for (std::size_t done = 0; done < input.bytes.size;) {
            const ssize_t wrote = write(file, input.bytes.data + done, input.bytes.size - done);
            if (wrote < 0) {
                fatal(errno, "write an input");
            }
            done += static_cast<std::size_t>(wrote);
        }
        close(file);
    }
}

void send_outputs(const Spec& spec, int work_folder) {
    for (std::uint32_t index = 0; index < spec.outputs.size; ++index) {
        const OutputSpec& output = spec.outputs.data[index];
        // Non-blocking: a FIFO opens at once and is then refused.
        const int file = open_beneath(work_folder, output.path.data, O_RDONLY | O_NONBLOCK, 0);
        if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) {
            continue;
        }
        struct stat status{};
        if (file < 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) ||
            static_cast<std::uint64_t>(status.st_size) > output.cap) {
            send_frame(FrameType::OutputRefused, index, nullptr, 0);
        } else {
            send_output(file, index, static_cast<std::uint64_t>(status.st_size));
        }
        if (file >= 0) {
            close(file);
        }
    }
}

}  // namespace rtlgen::jail
