// SPDX-License-Identifier: Apache-2.0
#include "datasets/retrieval/context_sentences.h"

#include <algorithm>
#include <set>

#include "core/base/text.h"

namespace rtlgen::datasets {

std::vector<bool> context_words(const ReadSpec& spec) {
    std::vector<bool> context(spec.words.size(), false);
    std::set<std::string> ports;
    for (const SpecPort& port : spec.interface.ports) ports.insert(to_lower(port.name));
    if (ports.empty()) return context;
    std::size_t begin = 0;
    bool names_port = false;
    for (std::size_t k = 0; k <= spec.words.size(); ++k) {
        const bool ends = k == spec.words.size() || spec.words[k].norm == ".";
        if (ends) {
            std::fill(context.begin() + static_cast<std::ptrdiff_t>(begin),
                      context.begin() + static_cast<std::ptrdiff_t>(k), !names_port);
            begin = k + 1;
            names_port = false;
        } else if (ports.contains(to_lower(spec.words[k].raw))) {
            // "a lamp decoder which tells the phase" opens a text without meaning the port.
            const bool name = spec.words[k].quoted || is_no_english(spec.words[k]);
            names_port = names_port || name || begin > 0;
        }
    }
    // A port's name tells nothing of what the design is.
    for (std::size_t k = 0; k < spec.words.size(); ++k) {
        if (ports.contains(to_lower(spec.words[k].raw))) context[k] = true;
    }
    return context;
}

}  // namespace rtlgen::datasets
