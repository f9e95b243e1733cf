// SPDX-License-Identifier: Apache-2.0
#include "core/llm/model_list.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/text.h"
#include "core/llm/bounded_json.h"
#include "core/llm/json_fields.h"

namespace rtlgen::llm {
namespace {

using nlohmann::ordered_json;

const ordered_json& member(const ordered_json& object, const char* key) {
    static const ordered_json kNone;
    if (!object.is_object()) return kNone;
    const auto found = object.find(key);
    return found == object.end() ? kNone : *found;
}

std::optional<std::int64_t> positive(const ordered_json& object, const char* key) {
    const auto count = object.is_object() ? count_at(object, key) : std::nullopt;
    return count && *count > 0 ? count : std::nullopt;
}

/// As vLLM and SGLang, OpenRouter and Together, Groq, Mistral, Anthropic and llama-server say it.
std::optional<std::int64_t> length_in(const ordered_json& model) {
    static constexpr std::array kKeys = {"max_model_len",      "context_length",
                                         "context_window",     "loaded_context_length",
                                         "max_context_length", "max_input_tokens"};
    for (const char* key : kKeys) {
        if (const auto length = positive(model, key)) return length;
    }
    const ordered_json& meta = member(model, "meta");
    const auto used = positive(meta, "n_ctx");
    return used ? used : positive(meta, "n_ctx_train");
}

ServerKind kind_of(const ordered_json& model) {
    const std::string owner = string_at(model, "owned_by");
    if (owner == "llamacpp" || positive(member(model, "meta"), "n_ctx_train")) {
        return ServerKind::LlamaServer;
    }
    if (owner == "library") return ServerKind::Ollama;
    if (owner == "organization_owner") return ServerKind::LmStudio;
    return ServerKind::Plain;
}

using Lengths = std::map<std::string, std::int64_t>;

/// The questions beyond the list, each worth asking only of one kind of server.
class Details {
public:
    Details(Exchange& exchange, const ModelSource& source, const std::stop_token& stop)
        : exchange_(exchange), root_(source.list_url), stop_(stop) {
        constexpr std::string_view kList = "/v1/models";
        root_.resize(root_.size() - (root_.ends_with(kList) ? kList.size() : 0));
    }

    void complete(ModelList& list, const std::string& only) {
        switch (list.kind) {
            case ServerKind::Plain: return;
            case ServerKind::LlamaServer: return complete_llama(list);
            case ServerKind::Ollama: return complete_ollama(list, only);
            case ServerKind::LmStudio: return complete_lm_studio(list);
        }
    }

private:
    ordered_json ask(const std::string& path, std::optional<std::string> body = std::nullopt) {
        Call call;
        call.url = root_ + path;
        call.body = std::move(body);
        const auto response = exchange_.send(call, stop_);
        return response ? parse_bounded(response->body) : ordered_json();
    }

    /// What a slot has, which may be less than what the model was trained with.
    void complete_llama(ModelList& list) {
        const ordered_json props = ask("/props");
        const auto length = positive(member(props, "default_generation_settings"), "n_ctx");
        if (length && list.models.size() == 1) list.models.front().context_length = length;
    }

    /// What it uses, else what its file says, else what the model was trained with.
    void complete_ollama(ModelList& list, const std::string& only) {
        const Lengths loaded = lengths(ask("/api/ps"), "models", "model");
        constexpr int kMostQuestions = 32;
        int questions = 0;
        for (ListedModel& model : list.models) {
            if (!only.empty() && model.id != only) continue;
            if (const auto found = loaded.find(model.id); found != loaded.end()) {
                model.context_length = found->second;
            } else if (++questions <= kMostQuestions) {
                model.context_length = told_by_ollama(model.id);
            }
        }
    }

    std::optional<std::int64_t> told_by_ollama(const std::string& model) {
        const ordered_json body = {{"model", to_valid_utf8(model)}};
        const ordered_json shown = ask("/api/show", body.dump());
        const std::string parameters =
            shown.is_object() ? string_at(shown, "parameters") : std::string();
        for (const std::string_view line : split_lines(parameters)) {
            constexpr std::string_view kName = "num_ctx";
            if (!line.starts_with(kName)) continue;
            if (const auto count = parse_int(trim(line.substr(kName.size())))) return count;
        }
        const ordered_json& info = member(shown, "model_info");
        if (!info.is_object()) return std::nullopt;
        for (const auto& [key, value] : info.items()) {
            if (key.ends_with(".context_length")) return positive(info, key.c_str());
        }
        return std::nullopt;
    }

    void complete_lm_studio(ModelList& list) {
        const Lengths told = lengths(ask("/api/v0/models"), "data", "id");
        for (ListedModel& model : list.models) {
            const auto found = told.find(model.id);
            if (found != told.end()) model.context_length = found->second;
        }
    }

    static Lengths lengths(const ordered_json& answer, const char* list, const char* name) {
        Lengths found;
        const ordered_json& models = member(answer, list);
        if (!models.is_array()) return found;
        for (const ordered_json& model : models) {
            const auto length = length_in(model);
            if (length && model.is_object()) found[string_at(model, name)] = *length;
        }
        return found;
    }

    Exchange& exchange_;
    std::string root_;
    std::stop_token stop_;
};

}  // namespace

ModelList parse_model_list(const std::string& body) {
    const ordered_json json = parse_bounded(body);
    ModelList list;
    const ordered_json& data = member(json, "data");
    if (!data.is_array()) return list;
    for (const ordered_json& model : data) {
        if (!model.is_object()) continue;
        const std::string id = string_at(model, "id");
        if (id.empty()) continue;
        list.models.push_back({id, length_in(model)});
        if (list.kind == ServerKind::Plain) list.kind = kind_of(model);
    }
    return list;
}

ExchangeOptions for_questions(ExchangeOptions options, std::chrono::milliseconds timeout) {
    options.timeout = options.connect_timeout = options.silence = timeout;
    options.retry.max_tries = options.retry.max_refusals = 1;
    options.body_cap = mebibytes(4);
    return options;
}

Result<std::vector<ListedModel>> list_models(const ModelSource& source, const std::string& only,
                                             Clock& clock, const std::stop_token& stop) {
    Exchange exchange(source.exchange, clock);
    Call call;
    call.url = source.list_url;
    TRY_ASSIGN(const HttpResponse response, exchange.send(call, stop));
    ModelList list = parse_model_list(response.body);
    if (list.models.empty() && !member(parse_bounded(response.body), "data").is_array()) {
        return fail(ErrorCode::Model, "answered with something that is no list of models",
                    source.list_url);
    }
    Details(exchange, source, stop).complete(list, only);
    for (ListedModel& model : list.models) model.id = exchange.redact(std::move(model.id));
    return std::move(list.models);
}

std::optional<std::int64_t> ContextLength::of(const std::string& model, const ModelSource& source,
                                              Clock& clock, const std::stop_token& stop) {
    const std::scoped_lock lock(mutex_);
    if (asked_) return length_;
    asked_ = true;
    const auto models = list_models(source, model, clock, stop);
    if (!models) return std::nullopt;
    const auto found = std::ranges::find(*models, model, &ListedModel::id);
    if (found != models->end()) length_ = found->context_length;
    // llama-server answers by any name.
    if (found == models->end() && models->size() == 1) length_ = models->front().context_length;
    return length_;
}

}  // namespace rtlgen::llm
