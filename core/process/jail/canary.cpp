// SPDX-License-Identifier: Apache-2.0
// What a jailed step tries: each escape that works is one line of output.
#include "core/process/jail/canary.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "core/process/jail/wire.h"

namespace rtlgen::jail {
namespace {

int escapes = 0;

void escaped(bool worked, const char* what) {
    if (worked) {
        ++escapes;
        (void)!write(1, what, std::strlen(what));
        (void)!write(1, "\n", 1);
    }
}

bool opens(const char* path, int flags) {
    const int file = open(path, flags | O_CLOEXEC, 0644);
    if (file >= 0) {
        close(file);
    }
    return file >= 0;
}

bool join(char* buffer, std::size_t size, const char* a, const char* b, const char* c) {
    if (std::strlen(a) + std::strlen(b) + std::strlen(c) >= size) {
        return false;
    }
    std::strcpy(buffer, a);
    std::strcat(buffer, b);
    std::strcat(buffer, c);
    return true;
}

/// Starts children that wait until the kernel says no; true where it never did.
bool forks_without_bound() {
    constexpr int kMany = 200;
    int gate[2];
    if (pipe(gate) != 0) {
        return true;
    }
    int started = 0;
    while (started < kMany) {
        const pid_t child = fork();
        if (child < 0) {
            break;
        }
        if (child == 0) {
            char byte = 0;
            close(gate[1]);
            (void)!read(gate[0], &byte, 1);
            _exit(0);
        }
        ++started;
    }
    close(gate[1]);
    close(gate[0]);
    while (wait(nullptr) > 0) {
    }
    return started == kMany;
}

/// Whether `process` could be made the one that gets a pipe's signals.
bool owns_a_file(pid_t process) {
    int ends[2];
    if (pipe(ends) != 0) {
        return true;
    }
    const bool owns = fcntl(ends[0], F_SETOWN, process) == 0;
    close(ends[0]);
    close(ends[1]);
    return owns;
}

bool inherited_files() {
    for (int file = 3; file < 256; ++file) {
        if (fcntl(file, F_GETFD) >= 0) {
            return true;
        }
    }
    return false;
}

}  // namespace

int sing(int argc, char** argv) {
    if (argc < 3) {
        return 2;
    }
    char path[4200];
    escaped(opens(argv[0], O_RDONLY), "read a file outside");
    if (join(path, sizeof path, argv[1], "/canary", "")) {
        escaped(opens(path, O_WRONLY | O_CREAT), "write a file outside");
    }
    escaped(opens("/usr/rtlgen-canary", O_WRONLY | O_CREAT), "write into /usr");
    escaped(opens("/etc/passwd", O_RDONLY), "read /etc");
    escaped(opens("/proc/1/mem", O_RDWR), "open the memory of process 1");
    const auto rtlgen = static_cast<pid_t>(std::strtol(argv[2], nullptr, 10));
    // In a namespace of the jail's own such a small number is a process of the jail's.
    if (argc <= 3 || rtlgen > getpid()) {
        if (join(path, sizeof path, "/proc/", argv[2], "/environ")) {
            escaped(opens(path, O_RDONLY), "read rtlgen's environment");
        }
        escaped(kill(rtlgen, 0) == 0, "signal rtlgen");
        escaped(owns_a_file(rtlgen), "have the kernel signal rtlgen");
    }
    escaped(socket(AF_INET, SOCK_STREAM, 0) >= 0, "make an internet socket");
    escaped(socket(AF_UNIX, SOCK_STREAM, 0) >= 0, "make a local socket");
    escaped(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0, "trace a process");
    escaped(unshare(CLONE_NEWUSER) == 0, "make a user namespace");
    escaped(mount("none", kWorkInJail, "tmpfs", 0, nullptr) == 0, "mount");
    escaped(setuid(0) == 0 && getuid() == 0, "become root");
    escaped(inherited_files(), "use an inherited file");
    escaped(argc > 3 && forks_without_bound(), "start processes without bound");
    return escapes == 0 ? 0 : 1;
}

}  // namespace rtlgen::jail
