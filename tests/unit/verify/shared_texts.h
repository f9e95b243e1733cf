// SPDX-License-Identifier: Apache-2.0
// Verilog by many hands, for tests of what reads it: the library's, and that of $RTLGEN_TEST_DATA.
#pragma once

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/rtl/code_extraction.h"
#include "tests/catch.h"

namespace rtlgen::test {

struct NamedText {
    std::string name;
    std::string text;
};

namespace shared_texts {

inline std::vector<nlohmann::json> objects(const std::filesystem::path& file) {
    std::vector<nlohmann::json> found;
    const auto text = read_file(file);
    if (!text) return found;
    for (const std::string_view line : split_lines(*text)) {
        auto object = nlohmann::json::parse(line, nullptr, false);
        if (object.is_object()) found.push_back(std::move(object));
    }
    return found;
}

/// References, testbenches and module headers of VerilogEval.
inline void add_problems(const std::filesystem::path& file, std::vector<NamedText>& texts) {
    for (const auto& problem : objects(file)) {
        for (const char* part : {"ref", "test", "ifc"}) {
            const std::string text = problem.value(part, "");
            if (text.empty()) continue;
            texts.push_back({problem.value("problem", "") + " " + part, text});
        }
    }
}

/// A model's answers: the code in them.
inline void add_answers(const std::filesystem::path& file, std::vector<NamedText>& texts) {
    for (const auto& answer : objects(file)) {
        const std::string name =
            answer.value("problem", "") + " answer " + std::to_string(answer.value("sample", 0));
        const std::string completion = answer.value("completion", "");
        texts.push_back({name, rtl::extract_code({completion, {}, "TopModule", "stop"}).code});
    }
}

/// Designs and testbenches of RTLLM.
inline void add_designs(const std::filesystem::path& file, std::vector<NamedText>& texts) {
    for (const auto& design : objects(file)) {
        for (const auto& [name, text] : design.at("files").items()) {
            if (name.ends_with(".v")) texts.push_back({design.value("path", "") + name, text});
        }
    }
}

}  // namespace shared_texts

/// Files that end in one of `extensions`, at any depth; each with its path below the folder.
inline std::vector<NamedText> texts_below(const std::filesystem::path& folder,
                                          const std::vector<std::string>& extensions) {
    std::vector<NamedText> texts;
    std::error_code none;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, none)) {
        const std::string name = entry.path().string();
        const auto ends = [&](const std::string& extension) { return name.ends_with(extension); };
        if (!entry.is_regular_file() || std::ranges::none_of(extensions, ends)) continue;
        const auto text = read_file(entry.path());
        if (text) texts.push_back({entry.path().lexically_relative(folder).string(), *text});
    }
    std::ranges::sort(texts, {}, &NamedText::name);
    return texts;
}

/// All Verilog of $RTLGEN_TEST_DATA.
inline std::vector<NamedText> shared_data_texts(const std::filesystem::path& folder) {
    std::vector<NamedText> texts = texts_below(folder, {".v", ".sv"});
    shared_texts::add_problems(folder / "verilog-eval-v2.spec-to-rtl.jsonl", texts);
    shared_texts::add_problems(folder / "verilog-eval-v2.code-complete-iccad2023.jsonl", texts);
    shared_texts::add_answers(folder / "samples.gemini-2.5-flash.verilog-eval-v2.jsonl", texts);
    shared_texts::add_designs(folder / "rtllm-2.0.sample.jsonl", texts);
    return texts;
}

}  // namespace rtlgen::test
