// SPDX-License-Identifier: Apache-2.0
// A specification read once for all designs: its words and the interface that it names.
#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "datasets/retrieval/adaptation.h"
#include "datasets/retrieval/module_name.h"
#include "datasets/retrieval/port_mentions.h"
#include "datasets/retrieval/spec_definitions.h"
#include "datasets/retrieval/spec_labels.h"

namespace rtlgen::datasets {
namespace {

/// The ports of an instance, with what the rest of the text says of their widths and directions.
SpecInterface interface_of(const SpecInstance& instance, const std::vector<SpecToken>& tokens) {
    SpecInterface interface;
    interface.module_name = instance.module_name;
    interface.source = InterfaceSource::Instance;
    const MentionHints hints{
        instance.module_name, [&](const std::string& name) {
            return std::ranges::any_of(
                instance.ports, [&](const std::string& port) { return to_lower(port) == name; });
        }};
    const std::vector<SpecPort> told = ports_of_evidence(tokens, hints);
    for (const std::string& name : instance.ports) {
        SpecPort port;
        port.name = name;
        port.direction_said = false;
        const auto known = std::ranges::find(told, name, &SpecPort::name);
        if (known != told.end()) port = *known;
        interface.ports.push_back(std::move(port));
    }
    return interface;
}

/// The text without its instance, and without calling it one.
std::string without_instance(const std::string& text, const SpecInstance& instance) {
    std::string out = text.substr(0, instance.begin) + ". " + text.substr(instance.end);
    for (const std::string_view word : {"instantiated", "instantiation", "instantiates",
                                        "instantiate", "Instantiation", "Instantiate"}) {
        out = replace_all(std::move(out), word, "used");
    }
    return out;
}

/// "Everything else is a single bit", "All single bit".
bool rest_is_one_bit(const std::vector<SpecToken>& words) {
    static const std::array<Phrase, 5> sayings = {
        Phrase("1 bit unless otherwise"),
        Phrase("all|each|else|other|rest|everything|both 1|single bit"),
        Phrase("all|each|else|other|rest|everything|both is|are|has|have|being 1|single bit"),
        Phrase("all|each|else|other|rest|everything|both is|are|being a 1|single bit"),
        Phrase("1 bit each|wide"),
    };
    return first_found(sayings, words, [](std::string_view) { return std::string(); }) != nullptr;
}

}  // namespace

ReadSpec read_spec(const LibraryQuestion& question) {
    ReadSpec spec{question, {}, {}, {}};
    spec.question.text = with_items(without_labels(in_ascii(question.text)));
    const auto instance =
        question.interface_text.empty() ? instance_in(spec.question.text) : std::nullopt;
    if (instance) spec.question.text = without_instance(spec.question.text, *instance);
    spec.tokens = tokenize_spec(spec.question.text);
    spec.words = words_of(spec.tokens);
    spec.interface = read_spec_interface(spec.question, spec.tokens);
    if (instance && spec.interface.source != InterfaceSource::Header) {
        spec.interface = interface_of(*instance, spec.tokens);
        if (!question.top.empty()) spec.interface.module_name = question.top;
    }
    describe_by_mentions(spec.tokens, spec.interface.ports);
    widths_near_names(spec.tokens, spec.interface.ports);
    if (rest_is_one_bit(spec.words)) {
        for (SpecPort& port : spec.interface.ports) port.width = port.width.value_or(1);
    }
    return spec;
}

}  // namespace rtlgen::datasets
