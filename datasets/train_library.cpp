// SPDX-License-Identifier: Apache-2.0
// Run by the build: `train_library FILE` writes what the built-in examples teach.
#include <fstream>
#include <iostream>

#include "core/base/resources.h"
#include "datasets/retrieval/learned_library.h"

namespace rtlgen::embedded {
std::span<const EmbeddedFile> library_designs();
}

int main(int argc, char** argv) {
    using namespace rtlgen;
    if (argc != 2) {
        std::cerr << "usage: train_library FILE\n";
        return 2;
    }
    const auto learned = datasets::learn_library(ResourceTree(embedded::library_designs()));
    if (!learned) {
        std::cerr << learned.error().text() << "\n";
        return 1;
    }
    const std::string bytes = datasets::to_bytes(*learned);
    std::ofstream file(argv[1], std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file.flush() ? 0 : 1;
}
