// SPDX-License-Identifier: Apache-2.0
#include "core/llm/exchange.h"

#include "core/llm/exchange_traffic.h"

namespace rtlgen::llm {

Exchange::Exchange(ExchangeOptions options, Clock& clock) {
    constexpr std::string_view kBearer = "Bearer ";
    for (const auto& [name, value] : options.headers) {
        redactor_.add(value);
        if (value.reveal().starts_with(kBearer)) {
            redactor_.add(config::Secret(value.reveal().substr(kBearer.size())));
        }
    }
    redactor_.add_url(options.proxy);
    traffic_ = std::make_unique<Traffic>(std::move(options), clock);
}

Exchange::~Exchange() = default;

std::string Exchange::redact(std::string text) const { return redactor_.redact(std::move(text)); }

Result<HttpResponse> Exchange::send(const Call& call, const std::stop_token& stop) {
    Result<HttpResponse> response = traffic_->send(call, stop);
    if (response) return response;
    const Error& error = response.error();
    return fail(error.code, redact(error.message),
                redact(error.where.empty() ? call.url : error.where));
}

}  // namespace rtlgen::llm
