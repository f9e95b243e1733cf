// SPDX-License-Identifier: Apache-2.0
// The helper's frames, without a helper: what is cut or forged is no result.
#include "core/process/job_frames.h"

#include <cstring>

#include "tests/catch.h"

using namespace rtlgen;
using namespace rtlgen::process;

namespace {

template <class T>
std::string bytes_of(const T& value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

std::string frame(jail::FrameType type, std::uint32_t index, const std::string& payload) {
    return bytes_of(jail::FrameHeader{static_cast<std::uint32_t>(type), index, payload.size()}) +
           payload;
}

std::string good_frames() {
    jail::StepEndFrame end{};
    end.end = jail::End::Exited;
    end.cpu_us = 7;
    return frame(jail::FrameType::Out, 0, "he") + frame(jail::FrameType::Out, 0, "llo") +
           frame(jail::FrameType::Err, 0, "oops") +
           frame(jail::FrameType::StepEnd, 0, bytes_of(end)) +
           frame(jail::FrameType::OutputData, 0, "") +
           frame(jail::FrameType::OutputData, 0, "data") +
           frame(jail::FrameType::End, 0, bytes_of(jail::kEndMagic));
}

JobSpec one_step() {
    JobSpec job;
    job.name = "frames";
    job.steps.push_back({{"/bin/true"}, {}, {}, Step::OnFailure::Stop});
    job.outputs = {{"out"}};
    return job;
}

}  // namespace

TEST_CASE("Frames make the same result however they are cut into reads") {
    const JobSpec job = one_step();
    const std::string all = good_frames();
    for (std::size_t size = 1; size <= all.size(); size += 3) {
        FrameReader reader(job);
        for (std::size_t at = 0; at < all.size(); at += size) {
            REQUIRE(reader.add(std::string_view(all).substr(at, size)));
        }
        const auto result = reader.finish();
        REQUIRE(result);
        CHECK(result->ok());
        CHECK(result->steps[0].out == "hello");
        CHECK(result->steps[0].err == "oops");
        CHECK(result->steps[0].cpu == std::chrono::microseconds(7));
        CHECK(result->outputs.at("out") == "data");
    }
}

TEST_CASE("Frames that end at any byte before the end mark are no result") {
    const JobSpec job = one_step();
    const std::string all = good_frames();
    for (std::size_t size = 0; size < all.size(); ++size) {
        FrameReader reader(job);
        REQUIRE(reader.add(std::string_view(all).substr(0, size)));
        const auto result = reader.finish();
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::Sandbox);
    }
}

TEST_CASE("Frames of unknown types, of steps that aren't there, or after the end are refused") {
    const JobSpec job = one_step();
    const std::string huge =
        bytes_of(jail::FrameHeader{static_cast<std::uint32_t>(jail::FrameType::Out), 0, 1U << 30U});
    for (const std::string& bad :
         {frame(static_cast<jail::FrameType>(99), 0, ""), frame(jail::FrameType::Out, 1, "x"),
          frame(jail::FrameType::StepEnd, 0, "short"), frame(jail::FrameType::OutputData, 1, "x"),
          frame(jail::FrameType::OutputRefused, 1, ""), frame(jail::FrameType::End, 0, "no"),
          good_frames() + frame(jail::FrameType::Out, 0, "more"), huge}) {
        FrameReader reader(job);
        const auto status = reader.add(bad);
        REQUIRE_FALSE(status);
        CHECK(status.error().code == ErrorCode::Internal);
    }
}

TEST_CASE("What the helper could not do is an Error, and a full disk is one of Io") {
    const JobSpec job = one_step();
    FrameReader reader(job);
    REQUIRE(reader.add(frame(jail::FrameType::Fatal, ENOSPC, "write an input")));
    const auto result = reader.finish();
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::Io);
    CHECK(contains(result.error().text(), "write an input"));
}

TEST_CASE("A failing step whose last words are of memory was ended by the limit on memory") {
    const auto end_of = [](const std::string& err, int exit_code) {
        const JobSpec job = one_step();
        jail::StepEndFrame end{};
        end.end = jail::End::Exited;
        end.exit_code = exit_code;
        FrameReader reader(job);
        REQUIRE(reader.add(frame(jail::FrameType::Err, 0, err) +
                           frame(jail::FrameType::StepEnd, 0, bytes_of(end)) +
                           frame(jail::FrameType::End, 0, bytes_of(jail::kEndMagic))));
        return reader.finish().value().steps.at(0).end;
    };
    const std::string alloc = "terminate called after throwing an instance of 'std::bad_alloc'\n";
    CHECK(end_of(alloc, 134) == StepEnd::MemoryLimit);
    CHECK(end_of("Out of memory!\n", 1) == StepEnd::MemoryLimit);
    CHECK(end_of(alloc, 0) == StepEnd::Exited);
    CHECK(end_of("syntax error\n", 1) == StepEnd::Exited);
    CHECK(end_of(alloc + std::string(3000, 'x'), 1) == StepEnd::Exited);
}

TEST_CASE("A program that can't be executed is missing only where it isn't there") {
    const auto error_of = [](int exec_errno) {
        const JobSpec job = one_step();
        jail::StepEndFrame end{};
        end.end = jail::End::Exited;
        end.exit_code = 127;
        end.exec_errno = exec_errno;
        FrameReader reader(job);
        REQUIRE(reader.add(frame(jail::FrameType::StepEnd, 0, bytes_of(end)) +
                           frame(jail::FrameType::End, 0, bytes_of(jail::kEndMagic))));
        return reader.finish().error();
    };
    for (const int missing : {ENOENT, ENOTDIR}) {
        CHECK(error_of(missing).code == ErrorCode::ToolMissing);
        CHECK(contains(error_of(missing).message, "install it"));
    }
    for (const int wrong : {EACCES, ENOEXEC}) {
        CHECK(error_of(wrong).code == ErrorCode::ToolMissing);
        CHECK_FALSE(contains(error_of(wrong).message, "install it"));
    }
    for (const int other : {E2BIG, ENOMEM, EMFILE}) {
        CHECK(error_of(other).code == ErrorCode::Io);
        CHECK_FALSE(contains(error_of(other).message, "install it"));
    }
}
