// SPDX-License-Identifier: Apache-2.0
// Walks /proc for the helper's descendants. As process 1 of its namespace every process is one, and
// kill(-1) reaches them all; on the bare host the helper is a subreaper and walks parents.
#include "core/process/jail/tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "core/process/jail/system.h"
#include "core/process/jail/wire.h"

namespace rtlgen::jail {
namespace {

struct Process {
    pid_t pid;
    pid_t parent;
    std::uint64_t threads;
    std::uint64_t resident_pages;
    std::uint64_t address_bytes;
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

bool is_dead(char state) { return state == 'Z' || state == 'X'; }

/// The fields of a stat file of /proc that matter, but for `pid`; the state, or 0 where it is gone.
char read_stat(int folder, const char* path, Process& process) {
    const int file = openat(folder, path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 0;
    }
    char text[1024];
    const ssize_t size = read(file, text, sizeof text - 1);
    close(file);
    if (size <= 0) {
        return 0;
    }
    text[size] = '\0';
    char* field = std::strrchr(text, ')');  // the program's name may hold anything
    if (field == nullptr || field[1] == '\0') {
        return 0;
    }
    const char state = field[2];
    field += 3;
    for (int number = 4; number <= 24; ++number) {
        const std::uint64_t value = std::strtoull(field, &field, 10);
        if (number == 4) {
            process.parent = static_cast<pid_t>(value);
        } else if (number == 20) {
            process.threads = value;
        } else if (number == 23) {
            process.address_bytes = value;
        } else if (number == 24) {
            process.resident_pages = value;
        }
    }
    process.ours = false;
    return state;
}

/// The memory of a process whose main thread has ended is told by its living threads alone.
void read_living_thread(int proc, const char* name, Process& process) {
    char path[64];
    std::strcpy(path, name);
    std::strcat(path, "/task");
    const int file = openat(proc, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR* tasks = file < 0 ? nullptr : fdopendir(file);
    if (tasks == nullptr) {
        close(file);
        return;
    }
    while (const dirent* entry = readdir(tasks)) {
        if (entry->d_name[0] == '.' || strnlen(entry->d_name, 16) > 12) {
            continue;
        }
        std::strcpy(path, entry->d_name);
        std::strcat(path, "/stat");
        Process thread{};
        const char state = read_stat(file, path, thread);
        if (state != 0 && !is_dead(state)) {
            process.resident_pages = thread.resident_pages;
            process.address_bytes = thread.address_bytes;
            break;
        }
    }
    closedir(tasks);
}

/// False where the process is gone, or a zombie that has no living thread either.
bool read_process(int proc, const char* name, Process& process) {
    if (strnlen(name, 16) > 12) {
        return false;
    }
    char path[32];
    std::strcpy(path, name);
    std::strcat(path, "/stat");
    const char state = read_stat(proc, path, process);
    if (state == 0 || (is_dead(state) && process.threads <= 1)) {
        return false;
    }
    process.pid = static_cast<pid_t>(std::strtol(name, nullptr, 10));
    if (is_dead(state)) {
        read_living_thread(proc, name, process);
    }
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

/// Kills and reaps once; whether nothing of the job is left.
bool kill_once(Reaped on_reaped, void* context) {
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
            return true;
        }
        if (pid <= 0 && errno != EINTR) {
            return false;
        }
    }
}

/// Whether the helper was told to end, or rtlgen reads no more. SIGTERM is blocked.
bool nobody_waits() {
    sigset_t pending;
    sigemptyset(&pending);
    sigpending(&pending);
    pollfd result{kResultFd, 0, 0};
    return sigismember(&pending, SIGTERM) == 1 || (poll(&result, 1, 0) == 1 && result.revents != 0);
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
            use.largest_address_bytes = process->address_bytes > use.largest_address_bytes
                                            ? process->address_bytes
                                            : use.largest_address_bytes;
        }
    }
    return use;
}

void kill_descendants(Reaped on_reaped, void* context) {
    useconds_t pause_us = 0;
    while (!kill_once(on_reaped, context)) {
        if (nobody_waits()) {
            stop_now();
        }
        pause_us = pause_us < 5000 ? pause_us + 200 : pause_us;
        usleep(pause_us);
    }
}

void stop_now(int code) {
    constexpr std::uint64_t kPatienceUs = 3'000'000;
    const std::uint64_t deadline = monotonic_us() + kPatienceUs;
    // With process 1 its namespace dies.
    while (getpid() != 1 && !kill_once(nullptr, nullptr) && monotonic_us() < deadline) {
        usleep(1000);
    }
    _exit(code);
}

}  // namespace rtlgen::jail
