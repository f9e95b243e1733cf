// SPDX-License-Identifier: Apache-2.0
// What a job could learn or change outside its jail.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cstdlib>

#include "core/base/temp_folder.h"
#include "tests/unit/core/process/jail_fixture.h"

using namespace rtlgen;
using namespace rtlgen::process;
using namespace rtlgen::process::test;

namespace {

void environment_stays_outside(Runner& runner) {
    setenv("RTLGEN_TEST_SECRET", "s3cr3t-value", 1);
    const StepResult step =
        run_one(runner, shell("env; cat /proc/*/environ /proc/self/environ; exit 0"));
    unsetenv("RTLGEN_TEST_SECRET");
    REQUIRE(step.ok());
    CHECK(contains(step.out, "LC_ALL=C"));
    CHECK(contains(step.out, "TZ=UTC"));
    CHECK_FALSE(contains(step.out, "s3cr3t-value"));
}

void files_are_not_inherited(Runner& runner) {
    const int open_file = open("/etc/passwd", O_RDONLY);  // no O_CLOEXEC: any library may do so
    const int high_file = fcntl(open_file, F_DUPFD, 100);
    const StepResult step =
        run_one(runner, perl("for(3..255){print qq($_ ) if open(my $f,'<&=',$_)} print 'looked'"));
    close(open_file);
    close(high_file);
    CHECK(step.out == "looked");
}

void standard_input_is_empty(Runner& runner) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    REQUIRE(write(ends[1], "requests of the parent\n", 23) == 23);
    const int kept = dup(0);
    dup2(ends[0], 0);
    const StepResult step = run_one(runner, shell("cat && echo end"));
    dup2(kept, 0);
    char buffer[64];
    CHECK(read(ends[0], buffer, sizeof buffer) == 23);
    for (const int file : {kept, ends[0], ends[1]}) {
        close(file);
    }
    CHECK(step.out == "end\n");
}

void host_files_are_out_of_reach(Runner& runner) {
    const TempFolder outside = TempFolder::create().value();
    std::filesystem::permissions(outside.path(), std::filesystem::perms::all);
    const auto secret = outside.path() / "secret";
    REQUIRE(write_file_atomic(secret, "top secret"));
    std::filesystem::permissions(secret, std::filesystem::perms(0666));
    const std::string script =
        "for f in /etc/passwd /etc/hostname /home /root /sys /var /run /etc SECRET; do "
        "  if [ -d $f ]; then ls $f/ && echo reached $f; else cat $f && echo reached $f; fi; "
        "done; echo x > SECRET; echo x > FOLDER/new; echo x > /usr/new; echo x > /new; "
        "echo x > /dev/new; echo x > /dev/shm/new; mkdir /run/new; echo done";
    const StepResult step = run_one(
        runner, shell([&] {
            std::string text = script;
            for (const auto& [from, to] : {std::pair<std::string, std::string>{"SECRET", secret},
                                           {"FOLDER", outside.path()}}) {
                for (auto at = text.find(from); at != std::string::npos; at = text.find(from)) {
                    text.replace(at, from.size(), to);
                }
            }
            return text;
        }()));
    CHECK(step.out == "done\n");
    CHECK(read_file(secret).value() == "top secret");
    CHECK_FALSE(std::filesystem::exists(outside.path() / "new"));
}

void sockets_are_refused(Runner& runner) {
    const StepResult step = run_one(
        runner, perl("use Socket; for my $d (AF_INET, AF_UNIX, AF_INET6, 16) {"
                     "  print qq($d ) if socket(my $s, $d, SOCK_STREAM, 0) or "
                     "                   socket(my $t, $d, SOCK_DGRAM, 0) } print 'tried'"));
    CHECK(step.out == "tried");
}

void helper_memory_is_closed(Runner& runner) {
    const StepResult step = run_one(
        runner, perl("for my $p (1, getppid(), $ENV{P}) { for my $f ('mem', 'environ', 'fd/4') {"
                     "  for my $m ('<', '+<') {"
                     "    print qq($m $p/$f ) if open(my $h, $m, qq(/proc/$p/$f)) } } }"
                     "print 'tried'"));
    CHECK(step.out == "tried");
}

/// Ways to other processes of the same user that need no kill(2).
void other_processes_are_left_alone(Runner& runner) {
    if (runner.level() >= IsolationLevel::S2) {
        SUCCEED("no process but the job's can be named");
        return;
    }
    // A pipe that signals its owner where it becomes readable; CPUs of rtlgen's.
    const std::string other = std::to_string(getpid());
    const StepResult step =
        run_one(runner, perl("my $p = " + other +
                             "; pipe(my $r, my $w); "
                             "for my $f (8, 10, 15) { "
                             "  my $arg = $f == 15 ? pack('ii', 1, $p) : $f == 8 ? $p : 9; "
                             "  print qq(fcntl $f ) if defined fcntl($r, $f, $arg) } "
                             "my $mask = chr(1) . (chr(0) x 127); "
                             "print 'affinity ' if syscall(" +
                             std::to_string(SYS_sched_setaffinity) +
                             ", $p, 128, $mask) == 0; "
                             "print 'tried'"));
    CHECK(step.out == "tried");
}

/// Metadata through a file that is open for reading alone.
void metadata_is_not_written_by_descriptors(Runner& runner) {
    const auto number = [](long call) { return std::to_string(call); };
    const StepResult step = run_one(
        runner,
        perl("open(my $made, '>', 'file'); open(my $f, '<', 'file') or die; my $n = fileno($f); "
             "my $name = 'user.x'; "
             "sub tried { print qq($_[0] ) if $_[1] == 0 or $! != 1 } "
             "tried('fchown', syscall(" +
             number(SYS_fchown) +
             ", $n, -1, -1)); "
             "tried('set', syscall(" +
             number(SYS_fsetxattr) +
             ", $n, $name, $name, 1, 0)); "
             "tried('remove', syscall(" +
             number(SYS_fremovexattr) +
             ", $n, $name)); "
             "tried('set by path', syscall(463, $n, $name, 0, $name, $name, 16)); "
             "my $z = pack('l!', 0); tried('flags', ioctl($f, 0x40086602, $z) ? 0 : -1); "
             "print 'tried'"));
    INFO(step.err);
    CHECK(contains(step.out, "tried"));
    if (runner.level() < IsolationLevel::S2) CHECK(step.out == "tried");
}

void only_regular_files_come_out(Runner& runner) {
    JobSpec job = shell(
        "ln -s /usr/bin/env link; mkfifo pipe; mkdir folder real; echo inside > real/file; "
        "ln -s real linked; echo good > good; head -c 3000 /dev/zero > large; : > empty");
    job.outputs = {{"link"},
                   {"pipe"},
                   {"folder"},
                   {"linked/file"},
                   {"real/file"},
                   {"good"},
                   {"large", Bytes{2999}},
                   {"empty"},
                   {"never/was/there"}};
    const auto result = runner.run(job);
    REQUIRE(result);
    CHECK(result->ok());
    CHECK(result->outputs == std::map<std::string, std::string>{
                                 {"empty", ""}, {"good", "good\n"}, {"real/file", "inside\n"}});
    CHECK(result->refused_outputs ==
          std::vector<std::string>{"link", "pipe", "folder", "linked/file", "large"});
}

/// Some folders that a jail hides: a bind there must be seen at its own path.
std::vector<std::filesystem::path> folders_for_binds(IsolationLevel level) {
    std::vector<std::filesystem::path> all;
    for (const char* folder : {"/tmp", "/var/tmp", "/root", "/home"}) {
        // At S1 the job's own user walks the host's folders, and root's are closed to it.
        if (access(folder, W_OK) == 0 && (level >= IsolationLevel::S2 || folder[1] != 'r')) {
            all.emplace_back(folder);
        }
    }
    return all;
}

void binds_are_read_where_they_lie(Runner& runner) {
    for (const auto& parent : folders_for_binds(runner.level())) {
        const TempFolder folder = TempFolder::create(parent).value();
        std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
        REQUIRE(write_file_atomic(folder.path() / "a.v", "module a; endmodule\n"));
        std::filesystem::create_directory(folder.path() / "sub");
        REQUIRE(write_file_atomic(folder.path() / "sub" / "b.v", "module b; endmodule\n"));
        REQUIRE(write_file_atomic(folder.path() / "hidden", "not bound"));
        std::filesystem::permissions(folder.path() / "a.v", std::filesystem::perms(0644));
        std::filesystem::permissions(folder.path() / "sub/b.v", std::filesystem::perms(0644));
        const std::string at = folder.path().string();
        std::string script = "at=" + at;
        script += "; cat $at/a.v $at/sub/b.v; cat $at/hidden; echo x > $at/sub/b.v; exit 0";
        JobSpec job = shell(script);
        job.binds = {{folder.path() / "a.v", {}}, {folder.path() / "sub", {}}};
        const StepResult step = run_one(runner, job);
        INFO(at << ": " << step.err);
        CHECK(step.out == "module a; endmodule\nmodule b; endmodule\n");
        CHECK(read_file(folder.path() / "sub/b.v").value() == "module b; endmodule\n");
    }
}

}  // namespace

JAIL_TRAP("no job sees the environment", environment_stays_outside);
JAIL_TRAP("no job has an inherited file", files_are_not_inherited);
JAIL_TRAP("a job's standard input is empty", standard_input_is_empty);
JAIL_TRAP("host files are neither read nor written", host_files_are_out_of_reach);
JAIL_TRAP("no job has a socket", sockets_are_refused);
JAIL_TRAP("the memory of the helper is closed to its job", helper_memory_is_closed);
JAIL_TRAP("no job reaches other processes without a signal", other_processes_are_left_alone);
JAIL_TRAP("no job writes metadata by an open file", metadata_is_not_written_by_descriptors);
JAIL_TRAP("only regular files are read out", only_regular_files_come_out);
JAIL_TRAP("a bind is read at its own path and not written", binds_are_read_where_they_lie);

TEST_CASE("At S2 root's job reads a bind that only root can read", "[S2]") {
    if (geteuid() != 0) {
        SKIP_VISIBLY("runs as an ordinary user");
    }
    const Jail jail(IsolationLevel::S2);
    if (!jail.runner) {
        SKIP_VISIBLY(jail.why_not);
    }
    const TempFolder folder = TempFolder::create().value();
    REQUIRE(write_file_atomic(folder.path() / "a.v", "private\n"));
    std::filesystem::permissions(folder.path() / "a.v", std::filesystem::perms(0600));
    JobSpec job = shell("id -u; cat " + (folder.path() / "a.v").string());
    job.binds = {{folder.path(), {}}};
    const StepResult step = run_one(*jail.runner, job);
    CHECK(contains(step.out, "private\n"));
    CHECK_FALSE(contains(step.out.substr(0, 2), "0\n"));
}

TEST_CASE("At S2 root's job reads a folder with private parts and much in it, and not those",
          "[S2]") {
    if (geteuid() != 0) {
        SKIP_VISIBLY("runs as an ordinary user");
    }
    const Jail jail(IsolationLevel::S2);
    if (!jail.runner) {
        SKIP_VISIBLY(jail.why_not);
    }
    const TempFolder folder = TempFolder::create().value();
    namespace fs = std::filesystem;
    fs::permissions(folder.path(), fs::perms(0755));
    fs::create_directory(folder.path() / ".ssh");
    fs::permissions(folder.path() / ".ssh", fs::perms(0700));
    for (const auto& [name, mode] :
         {std::pair{".ssh/id", 0600}, {"a.v", 0600}, {"b.v", 0644}, {"secret", 0600}}) {
        REQUIRE(write_file_atomic(folder.path() / name, std::string(name) + "\n"));
        fs::permissions(folder.path() / name, fs::perms(mode));
    }
    REQUIRE(write_file_atomic(folder.path() / "big", "x"));
    fs::resize_file(folder.path() / "big", 70U << 20U);
    JobSpec job = shell("cd " + folder.path().string() +
                        "; cat a.v b.v; cat .ssh/id secret; ls .ssh; wc -c < big; exit 0");
    job.binds = {{folder.path(), {}}};
    const StepResult step = run_one(*jail.runner, job);
    INFO(step.err);
    CHECK(step.out == "a.v\nb.v\n73400320\n");
}

TEST_CASE("At S1 root's job names a bind that its user can't reach", "[S1]") {
    if (geteuid() != 0) {
        SKIP_VISIBLY("runs as an ordinary user");
    }
    const Jail jail(IsolationLevel::S1);
    if (!jail.runner) {
        SKIP_VISIBLY(jail.why_not);
    }
    const TempFolder folder = TempFolder::create().value();  // mode 0700
    REQUIRE(write_file_atomic(folder.path() / "a.v", "private\n"));
    JobSpec job = shell("cat " + (folder.path() / "a.v").string());
    job.binds = {{folder.path() / "a.v", {}}};
    const auto result = jail.runner->run(job);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::Unreadable);
    CHECK(contains(result.error().message, "bubblewrap"));
}

TEST_CASE("A bind that isn't there is named", "[S2]") {
    const Jail jail(IsolationLevel::S0);
    REQUIRE(jail.runner);
    JobSpec job = job_of({"/bin/true"});
    job.binds = {{"/nowhere/at/all", {}}};
    const auto result = jail.runner->run(job);
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::NotFound);
    CHECK(contains(result.error().text(), "/nowhere/at/all"));
}
