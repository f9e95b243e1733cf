// SPDX-License-Identifier: Apache-2.0
// Walks /proc for the helper's descendants. As process 1 of its namespace every process is one, and
// kill(-1) reaches them all; on the bare host the helper is a subreaper and walks parents.
#include "core/process/jail/tree.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace rtlgen::jail {
namespace {

struct Process {
    pid_t pid;
    pid_t parent;
    std::uint64_t threads;
    std::uint64_t resident_pages;
    bool ours;
};

constexpr std::size_t kMaxProcesses = 16384;
Process table[kMaxProcesses];  // the helper has one thread

struct Dirent {
    std::uint64_t inode;
    std::int64_t offset;
    std::uint16_t size;
    unsigned char type;
    char name[1];
};

/// The fields of /proc/PID/stat that matter; false where the process is gone or a zombie.
bool read_process(int proc, const char* name, Process& process) {
    char path[32];
    const std::size_t length = strnlen(name, 16);
    std::memcpy(path, name, length);
    std::memcpy(path + length, "/stat", 6);
    const int file = openat(proc, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    char text[1024];
    const ssize_t size = read(file, text, sizeof text - 1);
    close(file);
    if (size <= 0) {
        return false;
    }
    text[size] = '\0';
    char* field = std::strrchr(text, ')');  // the program's name may hold anything
    if (field == nullptr || field[1] == '\0' || field[2] == 'Z' || field[2] == 'X') {
        return false;
    }
    process.pid = static_cast<pid_t>(std::strtol(name, nullptr, 10));
    field += 3;
    for (int number = 4; number <= 24; ++number) {
        const std::uint64_t value = std::strtoull(field, &field, 10);
        if (number == 4) {
            process.parent = static_cast<pid_t>(value);
        } else if (number == 20) {
            process.threads = value;
        } else if (number == 24) {
            process.resident_pages = value;
        }
    }
    process.ours = false;
    return true;
}

std::size_t read_table() {
    const int proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (proc < 0) {
        return 0;
    }
    alignas(Dirent) char buffer[32768];
    std::size_t count = 0;
    for (;;) {
        const long size = syscall(SYS_getdents64, proc, buffer, sizeof buffer);
        if (size <= 0) {
            break;
        }
        for (long at = 0; at < size;) {
            const auto* entry = reinterpret_cast<const Dirent*>(buffer + at);
            at += entry->size;
            const char* name = buffer + at - entry->size + offsetof(Dirent, name);
            if (name[0] >= '1' && name[0] <= '9' && count < kMaxProcesses &&
                read_process(proc, name, table[count])) {
                ++count;
            }
        }
    }
    close(proc);
    return count;
}

/// Marks the helper's descendants.
void mark_ours(std::size_t count) {
    const pid_t self = getpid();
    for (bool changed = true; changed;) {
        changed = false;
        for (Process* process = table; process != table + count; ++process) {
            if (process->ours || process->pid == self) {
                continue;
            }
            bool ours = process->parent == self;
            for (Process* other = table; !ours && other != table + count; ++other) {
                ours = other->ours && other->pid == process->parent;
            }
            changed = changed || ours;
            process->ours = ours;
        }
    }
}

void signal_descendants(int signal) {
    const std::size_t count = read_table();
    mark_ours(count);
    for (Process* process = table; process != table + count; ++process) {
        if (process->ours) {
            kill(process->pid, signal);
        }
    }
}

}  // namespace

TreeUse measure_descendants() {
    const std::size_t count = read_table();
    if (getpid() == 1) {
        for (Process* process = table; process != table + count; ++process) {
            process->ours = process->pid != 1;
        }
    } else {
        mark_ours(count);
    }
    static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    TreeUse use;
    for (Process* process = table; process != table + count; ++process) {
        if (process->ours) {
            use.tasks += process->threads;
            use.resident_bytes += process->resident_pages * page;
        }
    }
    return use;
}

void kill_descendants(Reaped on_reaped, void* context) {
    int pause_us = 0;
    for (;;) {
        if (getpid() == 1) {
            kill(-1, SIGKILL);
        } else {
            signal_descendants(SIGSTOP);  // so that nothing forks away from under the second pass
            signal_descendants(SIGKILL);
        }
        for (;;) {
            int status = 0;
            rusage usage{};
            const pid_t pid = wait4(-1, &status, getpid() == 1 ? 0 : WNOHANG, &usage);
            if (pid > 0 && on_reaped != nullptr) {
                on_reaped(context, pid, status, usage);
            }
            if (pid < 0 && errno == ECHILD) {
                return;
            }
            if (pid <= 0 && errno != EINTR) {
                break;
            }
        }
        pause_us = pause_us < 5000 ? pause_us + 200 : pause_us;
        usleep(static_cast<useconds_t>(pause_us));
    }
}

}  // namespace rtlgen::jail
