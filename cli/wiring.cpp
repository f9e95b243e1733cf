// SPDX-License-Identifier: Apache-2.0
#include "cli/wiring.h"

#include <array>
#include <string_view>

#include "core/llm/command_backend.h"
#include "core/llm/replay_backend.h"

namespace rtlgen::cli {
namespace {

struct Provider {
    std::string_view prefix;
    Result<std::unique_ptr<llm::Backend>> (*open)(const std::string& name);
};

constexpr std::array<Provider, 2> kProviders = {{
    {"replay:", [](const std::string& name) { return llm::ReplayBackend::open(name); }},
    {"command:", [](const std::string& name) { return llm::CommandBackend::create(name, {}); }},
}};

}  // namespace

Result<std::unique_ptr<llm::Backend>> open_backend(const std::string& model) {
    for (const Provider& provider : kProviders) {
        if (model.starts_with(provider.prefix) && model.size() > provider.prefix.size()) {
            return provider.open(model.substr(provider.prefix.size()));
        }
    }
    return fail(ErrorCode::InvalidArgument, (model.empty() ? std::string("no model is named")
                                                           : "there is no model '" + model + "'") +
                                                "; --model takes replay:FILE or command:PROGRAM");
}

}  // namespace rtlgen::cli
