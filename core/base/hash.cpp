// SPDX-License-Identifier: Apache-2.0
#include "core/base/hash.h"

#include <openssl/evp.h>

#include <array>
#include <span>
#include <stdexcept>

namespace rtlgen {
namespace {

constexpr std::size_t kDigestSize = 32;
using Digest = std::array<unsigned char, kDigestSize>;

std::string to_hex(const Digest& digest) {
    static constexpr std::string_view kHex = "0123456789abcdef";
    std::string text;
    text.reserve(2 * kDigestSize);
    for (const unsigned char byte : digest) {
        text += kHex[byte >> 4U];
        text += kHex[byte & 15U];
    }
    return text;
}

Digest sha256(std::string_view bytes) {
    Digest digest{};
    unsigned size = kDigestSize;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL has no SHA-256");
    }
    return digest;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) { return to_hex(sha256(bytes)); }

std::uint64_t sha256_seed(std::string_view bytes) {
    const Digest digest = sha256(bytes);
    std::uint64_t seed = 0;
    for (const unsigned char byte : std::span(digest).first(sizeof seed)) seed = seed << 8U | byte;
    return seed;
}

struct FieldHasher::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
};

FieldHasher::FieldHasher() : state_(std::make_unique<State>()) {
    if (state_->context == nullptr ||
        EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL has no SHA-256");
    }
}

FieldHasher::~FieldHasher() = default;

FieldHasher& FieldHasher::add(std::string_view field) {
    const std::string frame = std::to_string(field.size()) + ":";
    EVP_DigestUpdate(state_->context, frame.data(), frame.size());
    EVP_DigestUpdate(state_->context, field.data(), field.size());
    return *this;
}

std::string FieldHasher::finish() {
    Digest digest{};
    unsigned size = kDigestSize;
    EVP_DigestFinal_ex(state_->context, digest.data(), &size);
    return to_hex(digest);
}

}  // namespace rtlgen
