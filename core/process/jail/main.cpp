// SPDX-License-Identifier: Apache-2.0
// rtlgen-jail: the small static program that supervises one job from inside its jail.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "core/process/jail/canary.h"
#include "core/process/jail/spec.h"
#include "core/process/jail/step.h"
#include "core/process/jail/system.h"
#include "core/process/jail/walls.h"
#include "core/process/jail/work_folder.h"

namespace rtlgen::jail {
namespace {

int block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, nullptr);
    sigdelset(&set, SIGINT);
    sigdelset(&set, SIGHUP);
    const int file = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (file < 0) {
        fatal(errno, "listen to signals");
    }
    return file;
}

/// On the bare host two helpers look after each other: the one above kills all that is left where
/// the one below dies, and the one below ends the job where the one above dies.
void stand_guard(const Spec& spec) {
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
    if (static_cast<std::uint64_t>(getppid()) != spec.parent_pid) {
        stop_now();
    }
    const pid_t above = getpid();
    const pid_t below = fork();
    if (below < 0) {
        fatal(errno, "start the second helper");
    }
    if (below == 0) {
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
        prctl(PR_SET_PDEATHSIG, SIGTERM, 0, 0, 0);
        if (getppid() != above) {
            stop_now();
        }
        return;
    }
    // The job's frames are the other one's to send: an end of the pipe here would hide its death.
    close(kResultFd);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    for (;;) {
        int status = 0;
        pid_t pid = 0;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
            if (pid == below) {
                stop_now(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
            }
        }
        int signal = 0;
        if (sigwait(&set, &signal) == 0 && signal == SIGTERM) {
            stop_now();
        }
    }
}

int supervise() {
    seal_helper();
    const Spec spec = load_spec();
    const int signals = block_signals();
    if (spec.mode == Mode::Namespaces && getpid() != 1) {
        // Whatever was called as bubblewrap made no jail: nothing here may be touched.
        fatal(EPERM, "find itself in a process namespace of its own");
    }
    if (spec.mode != Mode::Namespaces) {
        stand_guard(spec);
    }
    drop_user(spec);
    // A change of user takes the death signal away.
    prctl(PR_SET_PDEATHSIG, spec.mode == Mode::Namespaces ? SIGKILL : SIGTERM, 0, 0, 0);

    Workshop shop{spec};
    shop.signals = signals;
    shop.work_folder = open(spec.work.data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (shop.work_folder < 0) {
        fatal(errno, "open the work folder");
    }
    write_inputs(spec, shop.work_folder);
    if (spec.mode == Mode::Landlock) {
        shop.landlock = make_landlock(spec);
        if (shop.landlock < 0) {
            fatal(ENOSYS, "use Landlock");
        }
    }
    bool go_on = true;
    for (std::uint32_t index = 0; index < spec.steps.size && go_on; ++index) {
        go_on = run_step(shop, index) || spec.steps.data[index].go_on;
    }
    send_outputs(spec, shop.work_folder);
    send_frame(FrameType::End, 0, &kEndMagic, sizeof kEndMagic);
    return 0;
}

}  // namespace
}  // namespace rtlgen::jail

int main(int argc, char** argv) {
    if (argc > 1 && std::strcmp(argv[1], "canary") == 0) {
        return rtlgen::jail::sing(argc - 2, argv + 2);
    }
    return rtlgen::jail::supervise();
}
