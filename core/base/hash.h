// SPDX-License-Identifier: Apache-2.0
// SHA-256 (FIPS 180-4), by OpenSSL.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace rtlgen {

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// The first eight bytes of SHA-256 as a big-endian number: for derived seeds.
[[nodiscard]] std::uint64_t sha256_seed(std::string_view bytes);

/// Hash of several fields, each framed by its length, so that no two lists of fields collide by
/// concatenation.
class FieldHasher {
public:
    FieldHasher();
    ~FieldHasher();
    FieldHasher(const FieldHasher&) = delete;
    FieldHasher& operator=(const FieldHasher&) = delete;

    FieldHasher& add(std::string_view field);
    /// 64 hexadecimal digits; the hasher is used up.
    [[nodiscard]] std::string finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace rtlgen
