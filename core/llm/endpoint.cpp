// SPDX-License-Identifier: Apache-2.0
#include "core/llm/endpoint.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/base/files.h"
#include "core/base/text.h"

namespace rtlgen::llm {
namespace {

struct UrlCleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlCleanup>;

std::string url_part(const Url& url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return "";
    std::string copy = text;
    curl_free(text);
    return copy;
}

std::string without_end(std::string text, std::string_view end) {
    if (text.ends_with(end)) text.resize(text.size() - end.size());
    return text;
}

bool is_loopback(const std::string& host) {
    if (host == "localhost" || host == "::1") return true;
    const auto parts = split(host, '.');
    return parts.size() == 4 && parts.front() == "127" &&
           std::ranges::all_of(parts, [](std::string_view part) {
               const auto number = parse_int(part);
               return number && *number >= 0 && *number <= 255;
           });
}

}  // namespace

Result<Endpoint> parse_endpoint(const std::string& url) {
    const Url parsed(curl_url());
    const bool ok = curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
    const std::string scheme = ok ? url_part(parsed, CURLUPART_SCHEME) : "";
    if (scheme != "http" && scheme != "https") {
        // What a user takes for a URL may be a key: it is not repeated.
        return fail(ErrorCode::Config,
                    "the server's address is no URL; write https://HOST/v1 or http://HOST:PORT/v1");
    }
    if (!url_part(parsed, CURLUPART_USER).empty() ||
        !url_part(parsed, CURLUPART_PASSWORD).empty()) {
        return fail(ErrorCode::Config,
                    "a name or password stands in the server's URL; use the variable of its key or "
                    "api_key_file instead");
    }
    if (!url_part(parsed, CURLUPART_QUERY).empty() ||
        !url_part(parsed, CURLUPART_FRAGMENT).empty()) {
        return fail(ErrorCode::Config, "the server's URL ends in ?... or #...; write it without");
    }
    Endpoint endpoint;
    endpoint.host = to_lower(url_part(parsed, CURLUPART_HOST));
    if (endpoint.host.starts_with('[')) {
        endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
    }
    endpoint.loopback = is_loopback(endpoint.host);
    const std::string path = url_part(parsed, CURLUPART_PATH);
    if (path.empty() || path == "/") curl_url_set(parsed.get(), CURLUPART_PATH, "/v1", 0);
    endpoint.base_url = without_end(url_part(parsed, CURLUPART_URL), "/");
    endpoint.base_url = without_end(without_end(endpoint.base_url, "/chat/completions"), "/");
    return endpoint;
}

Status check_egress(const Endpoint& endpoint, config::Layer layer,
                    const std::vector<std::string>& allow_hosts, std::string_view section) {
    using config::Layer;
    if (endpoint.loopback || layer == Layer::Flag || layer == Layer::User) return {};
    const bool allowed = std::ranges::any_of(allow_hosts, [&endpoint](const std::string& host) {
        return to_lower(host) == endpoint.host;
    });
    if (allowed) return {};
    return fail(
        ErrorCode::Config,
        fmt::format("the host {} is named by {} alone; allow it by --api-base or --allow-host {}, "
                    "or by {}.allow_hosts in {}",
                    endpoint.host,
                    layer == Layer::Project ? "the project's file" : "the environment",
                    endpoint.host, section, (user_config_root() / "rtlgen.toml").string()));
}

Status check_header(const std::string& name, const std::string& value, std::string_view section,
                    const std::string& where) {
    const bool name_ok = !name.empty() && std::ranges::all_of(name, [](char c) {
        return c > ' ' && c < '\x7f' && c != ':';
    });
    const bool value_ok =
        std::ranges::all_of(value, [](char c) { return (c >= ' ' && c < '\x7f') || c == '\t'; });
    if (name_ok && value_ok) return {};
    return fail(ErrorCode::Config, fmt::format("a header of {}.headers is no HTTP header", section),
                where);
}

}  // namespace rtlgen::llm
