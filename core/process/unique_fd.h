// SPDX-License-Identifier: Apache-2.0
// A file descriptor with an owner.
#pragma once

#include <unistd.h>

#include <utility>

namespace rtlgen::process {

class UniqueFd {
public:
    UniqueFd() = default;
    explicit UniqueFd(int file) : file_(file) {}
    ~UniqueFd() { reset(); }
    UniqueFd(UniqueFd&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        if (this != &other) {
            reset();
            file_ = std::exchange(other.file_, -1);
        }
        return *this;
    }
    UniqueFd(const UniqueFd&) = delete;
    UniqueFd& operator=(const UniqueFd&) = delete;

    [[nodiscard]] int get() const { return file_; }
    explicit operator bool() const { return file_ >= 0; }
    void reset() {
        if (file_ >= 0) {
            ::close(std::exchange(file_, -1));
        }
    }

private:
    int file_ = -1;
};

}  // namespace rtlgen::process
