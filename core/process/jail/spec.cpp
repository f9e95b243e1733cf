// SPDX-License-Identifier: Apache-2.0
// Reads the job out of the memory file that rtlgen passes.
#include "core/process/jail/spec.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>

#include "core/process/jail/system.h"

namespace rtlgen::jail {
namespace {

class Reader {
public:
    Reader(const char* data, std::size_t size) : at_(data), end_(data + size) {}

    std::uint64_t number() {
        std::uint64_t value = 0;
        need(sizeof value);
        std::memcpy(&value, at_, sizeof value);
        at_ += sizeof value;
        return value;
    }

    Text text() {
        const std::uint64_t size = number();
        if (size == UINT64_MAX) {
            fatal(EBADMSG, "read the job");
        }
        need(size + 1);
        const Text result{at_, size};
        at_ += size + 1;
        return result;
    }

    /// A count; each element takes at least eight bytes, so no count is larger than the file.
    std::size_t count() {
        const std::uint64_t n = number();
        need(n);
        return n;
    }

    template <class T>
    List<T> list() {
        const std::size_t n = count();
        List<T> result{static_cast<T*>(std::calloc(n + 1, sizeof(T))), n};
        if (result.data == nullptr) {
            fatal(ENOMEM, "read the job");
        }
        return result;
    }

    char** strings() {
        const List<char*> result = list<char*>();
        for (char*& item : result) {
            item = const_cast<char*>(text().data);  // execve's signature; nobody writes
        }
        return result.data;
    }

private:
    void need(std::uint64_t size) {
        if (size > static_cast<std::uint64_t>(end_ - at_)) {
            fatal(EBADMSG, "read the job");
        }
    }

    const char* at_;
    const char* end_;
};

StepSpec read_step(Reader& reader) {
    StepSpec step;
    step.go_on = reader.number() != 0;
    StepLimits& limits = step.limits;
    for (std::uint64_t* field : {&limits.wall_ms, &limits.cpu_s, &limits.memory, &limits.output,
                                 &limits.file, &limits.disk, &limits.processes}) {
        *field = reader.number();
    }
    step.argv = reader.strings();
    step.env = reader.strings();
    return step;
}

}  // namespace

Spec load_spec() {
    struct stat status{};
    if (fstat(kSpecFd, &status) != 0 || status.st_size < 8) {
        fatal(errno, "see the job");
    }
    const auto size = static_cast<std::size_t>(status.st_size);
    void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE, kSpecFd, 0);
    if (memory == MAP_FAILED) {
        fatal(errno, "map the job");
    }
    Reader reader(static_cast<const char*>(memory), size);
    if (reader.number() != kSpecMagic) {
        fatal(EBADMSG, "read the job");
    }
    Spec spec;
    spec.mode = static_cast<Mode>(reader.number());
    spec.parent_pid = reader.number();
    spec.drop_uid = reader.number();
    spec.drop_gid = reader.number();
    spec.base_tasks = reader.number();
    spec.work = reader.text();
    spec.tmp = reader.text();
    spec.seccomp = reader.text();
    spec.readable = reader.list<Text>();
    for (Text& path : spec.readable) {
        path = reader.text();
    }
    spec.inputs = reader.list<InputSpec>();
    for (InputSpec& input : spec.inputs) {
        input.path = reader.text();
        input.executable = reader.number() != 0;
        input.bytes = reader.text();
    }
    spec.outputs = reader.list<OutputSpec>();
    for (OutputSpec& output : spec.outputs) {
        output.path = reader.text();
        output.cap = reader.number();
    }
    spec.steps = reader.list<StepSpec>();
    for (StepSpec& step : spec.steps) {
        step = read_step(reader);
    }
    return spec;
}

}  // namespace rtlgen::jail
