// SPDX-License-Identifier: Apache-2.0
// The process: signals become a stop request, everything else is cli::run_program.
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <thread>

#include "cli/commands.h"

namespace {

/// Blocks SIGINT and SIGTERM in every thread to come, and has one thread wait for them: the first
/// asks the program to stop, the second ends it.
class SignalWatch {
public:
    SignalWatch() {
        std::signal(SIGPIPE, SIG_IGN);
        sigemptyset(&signals_);
        sigaddset(&signals_, SIGINT);
        sigaddset(&signals_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
        std::thread([this] {
            for (int received = 0; sigwait(&signals_, &received) == 0;) {
                if (received_.exchange(received) != 0) std::_Exit(128 + received);
                source_.request_stop();
            }
        }).detach();
    }

    [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
    /// The exit code of an interrupted program, or `code`.
    [[nodiscard]] int exit_code(int code) const {
        return received_ == 0 || code == 0 ? code : 128 + received_;
    }

private:
    sigset_t signals_{};
    std::stop_source source_;
    std::atomic<int> received_ = 0;
};

/// A core file would hold the keys of services. A limit of 1 byte, unlike 0, also keeps the kernel
/// from handing a core to a program (core(5)).
void leave_no_core() {
    rlimit limit{};
    if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 1);
    setrlimit(RLIMIT_CORE, &limit);
}

/// A terminal that can go back in a line; CI servers have none.
rtlgen::cli::Streams::Watched watched() {
    const char* terminal = std::getenv("TERM");
    const bool able = terminal != nullptr && *terminal != '\0' && std::string(terminal) != "dumb";
    return able && isatty(STDERR_FILENO) == 1 ? rtlgen::cli::Streams::Watched::Yes
                                              : rtlgen::cli::Streams::Watched::No;
}

}  // namespace

int main(int argc, char** argv) {
    leave_no_core();
    const SignalWatch signals;
    try {
        const std::vector<std::string> arguments(argv + 1, argv + argc);
        const int code = rtlgen::cli::run_program(
            arguments, {std::cout, std::cerr, watched(), STDOUT_FILENO}, signals.token());
        std::cout.flush();
        if (!std::cout) {
            std::cerr << "rtlgen: standard output can't be written\n";
            std::_Exit(3);
        }
        std::_Exit(signals.exit_code(code));
    } catch (const std::exception& error) {
        std::cerr << "rtlgen: internal error: " << error.what() << "\n";
        std::_Exit(3);
    }
}
