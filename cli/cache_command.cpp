// SPDX-License-Identifier: Apache-2.0
// `rtlgen cache show` and `rtlgen cache prune`: what is kept between runs, and less of it.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/commands.h"
#include "cli/machine.h"
#include "core/base/cache_prune.h"
#include "core/base/files.h"
#include "core/base/text.h"
#include "core/store/response_prune.h"

namespace rtlgen::cli {
namespace {

using nlohmann::ordered_json;

struct CacheOptions {
    std::string max_size;
    std::string older_than;
    bool all = false;
    bool json = false;
    bool prune = false;
};

/// What lies in a cache, with the answers in the response cache, each of them an entry.
struct CacheView {
    CacheContents files;
    store::ResponseSum responses;
    std::optional<Error> damage;  ///< why the answers can't be counted

    [[nodiscard]] std::size_t count() const {
        const auto databases = static_cast<std::size_t>(
            std::ranges::count_if(files.entries, [](const CacheEntry& entry) {
                return entry.kind == CacheKind::Responses &&
                       entry.state == CacheEntry::State::Whole;
            }));
        return files.count() - databases + responses.entries;
    }
    [[nodiscard]] Bytes size() const { return files.size(); }
};

Result<CacheView> view_of(const CacheFolder& cache) {
    CacheView view;
    TRY_ASSIGN(view.files, read_cache(cache));
    const auto sum = store::sum_responses(cache);
    if (sum) {
        view.responses = *sum;
    } else {
        view.damage = sum.error();
    }
    return view;
}

/// The whole entries of one kind.
struct KindSum {
    std::string_view name;
    std::size_t entries = 0;
    Bytes size;
    CacheEntry::Time last_use;
};

std::vector<KindSum> sums_of(const CacheView& view) {
    std::vector<KindSum> sums;
    for (const CacheKindRow& row : cache_kinds()) {
        KindSum sum{row.name, 0, {}, {}};
        for (const CacheEntry& entry : view.files.entries) {
            if (entry.kind != row.kind) continue;
            sum.size.count += entry.size.count;
            if (entry.state == CacheEntry::State::Leftover) continue;
            ++sum.entries;
            sum.last_use = std::max(sum.last_use, entry.last_use);
        }
        if (row.kind == CacheKind::Responses) {
            sum.entries = view.responses.entries;
            sum.last_use = view.responses.last_use;
        }
        if (sum.entries > 0 || sum.size.count > 0) sums.push_back(sum);
    }
    return sums;
}

std::int64_t milliseconds(CacheEntry::Time time) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

ordered_json show_json(const CacheFolder& cache, const CacheView& view) {
    ordered_json kinds = ordered_json::array();
    for (const KindSum& sum : sums_of(view)) {
        ordered_json last = nullptr;
        if (sum.entries > 0) last = milliseconds(sum.last_use);
        kinds.push_back({{"kind", sum.name},
                         {"entries", sum.entries},
                         {"bytes", sum.size.count},
                         {"last_use", last}});
    }
    ordered_json others = ordered_json::array();
    for (const std::string& name : view.files.others) others.push_back(to_valid_utf8(name));
    return {{"schema", "rtlgen.cache.v1"},
            {"action", "show"},
            {"root", to_valid_utf8(cache.root().string())},
            {"max_bytes", cache.max_size().count},
            {"kinds", std::move(kinds)},
            {"others", std::move(others)},
            {"total", {{"entries", view.count()}, {"bytes", view.size().count}}}};
}

void show_table(std::ostream& out, const CacheFolder& cache, const CacheView& view) {
    out << fmt::format("{:<18} {:>7} {:>11}  {}\n", "kind", "entries", "size", "last use (UTC)");
    for (const KindSum& sum : sums_of(view)) {
        const auto seconds = std::chrono::system_clock::to_time_t(sum.last_use);
        const std::string last =
            sum.entries > 0 ? fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(seconds)) : "-";
        out << fmt::format("{:<18} {:>7} {:>11}  {}\n", sum.name, sum.entries,
                           format_bytes(sum.size), last);
    }
    out << fmt::format("{:<18} {:>7} {:>11}\n", "total", view.count(), format_bytes(view.size()));
    out << escape_for_terminal(cache.root().string()) << ", " << format_bytes(cache.max_size())
        << " at most\n";
    for (const std::string& name : view.files.others) {
        out << "not ours: " << escape_for_terminal(name) << "\n";
    }
}

Result<int> run_show(const CacheOptions& options, Session& session) {
    TRY_ASSIGN(const Bytes size, cache_size());
    const CacheFolder cache(cache_root(), size);
    TRY_ASSIGN(const CacheView view, view_of(cache));
    if (options.json) {
        session.streams.out << show_json(cache, view).dump() << "\n";
    } else {
        show_table(session.streams.out, cache, view);
    }
    if (view.damage) {
        session.streams.err << "rtlgen: " << escape_for_terminal(view.damage->text())
                            << " (rtlgen cache prune --all removes it)\n";
    }
    return 0;
}

/// What prune did to files and answers.
struct Pruned {
    PruneReport files;
    store::ResponsePrune responses;
    CacheView left;

    [[nodiscard]] std::size_t count() const { return files.removed.size() + responses.removed; }
    [[nodiscard]] Bytes freed() const {
        Bytes sum = responses.freed;
        for (const CacheEntry& entry : files.removed) sum.count += entry.size.count;
        return sum;
    }
};

/// What can be made again for nothing goes before answers that were paid for.
Result<Pruned> prune(const CacheFolder& cache, PruneRule rule, const std::stop_token& stop) {
    Pruned pruned;
    TRY_ASSIGN(pruned.files, prune_cache(cache, rule, stop));
    if (rule.max_size) {
        const std::uint64_t answers = tree_size(cache.folder(CacheKind::Responses)).count;
        const std::uint64_t all = pruned.files.size_left.count;
        const std::uint64_t others = all - std::min(all, answers);
        rule.max_size->count -= std::min(rule.max_size->count, others);
    }
    const auto responses = store::prune_responses(cache, rule, stop);
    if (responses) {
        pruned.responses = *responses;
    } else {
        pruned.files.problems.push_back(responses.error());
    }
    TRY_ASSIGN(pruned.left, view_of(cache));
    return pruned;
}

ordered_json prune_json(const CacheFolder& cache, const Pruned& pruned) {
    const PruneReport& report = pruned.files;
    ordered_json removed = ordered_json::array();
    for (const CacheEntry& entry : report.removed) {
        removed.push_back({{"kind", to_string(entry.kind)},
                           {"key", to_valid_utf8(entry.key)},
                           {"bytes", entry.size.count},
                           {"last_use", milliseconds(entry.last_use)}});
    }
    ordered_json problems = ordered_json::array();
    for (const Error& error : report.problems) problems.push_back(to_valid_utf8(error.text()));
    return {{"schema", "rtlgen.cache.v1"},
            {"action", "prune"},
            {"root", to_valid_utf8(cache.root().string())},
            {"max_bytes", cache.max_size().count},
            {"removed", std::move(removed)},
            {"responses",
             {{"entries", pruned.responses.removed}, {"bytes", pruned.responses.freed.count}}},
            {"removed_bytes", pruned.freed().count},
            {"in_use", report.in_use},
            {"problems", std::move(problems)},
            {"left", {{"entries", pruned.left.count()}, {"bytes", pruned.left.size().count}}}};
}

std::string entries_text(std::size_t count) {
    return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
}

Result<PruneRule> rule_of(const CacheOptions& options, Bytes size) {
    PruneRule rule;
    rule.max_size = size;
    rule.machine_start = machine_start();
    if (options.all) rule.which = PruneRule::Which::All;
    if (!options.older_than.empty()) {
        const auto age = parse_duration(options.older_than);
        if (!age) {
            return fail(ErrorCode::InvalidArgument,
                        "--older-than takes a time such as 30d, 12h or 15m, not '" +
                            options.older_than + "'");
        }
        rule.used_since = std::chrono::system_clock::now() - *age;
    }
    return rule;
}

Result<int> run_prune(const CacheOptions& options, Session& session) {
    TRY_ASSIGN(Bytes size, cache_size());
    if (!options.max_size.empty()) {
        const auto wanted = parse_bytes(options.max_size);
        if (!wanted) {
            return fail(
                ErrorCode::InvalidArgument,
                "--max-size takes a size such as 500M or 2G, not '" + options.max_size + "'");
        }
        size = *wanted;
    }
    TRY_ASSIGN(const PruneRule rule, rule_of(options, size));
    const CacheFolder cache(cache_root(), size);
    TRY_ASSIGN(const Pruned pruned, prune(cache, rule, session.stop));
    const PruneReport& report = pruned.files;
    if (options.json) {
        session.streams.out << prune_json(cache, pruned).dump() << "\n";
    } else {
        session.streams.out << fmt::format(
            "removed {}, {}; {}, {} left{}\n", entries_text(pruned.count()),
            format_bytes(pruned.freed()), entries_text(pruned.left.count()),
            format_bytes(pruned.left.size()),
            report.in_use > 0 ? fmt::format(" ({} in use)", report.in_use) : "");
    }
    for (const Error& error : report.problems) {
        session.streams.err << "rtlgen: " << escape_for_terminal(error.text()) << "\n";
    }
    return report.problems.empty() ? 0 : exit_code(ErrorCode::Io);
}

}  // namespace

CommandRun configure_cache(CLI::App& app) {
    const auto options = std::make_shared<CacheOptions>();
    app.require_subcommand(1);
    CLI::App* show = app.add_subcommand("show", "What is kept, how large, and when it was used");
    show->add_flag("--json", options->json, "rtlgen.cache.v1 on standard output");
    CLI::App* prune = app.add_subcommand("prune", "Remove what is stale or least recently used");
    CLI::Option* size = prune->add_option("--max-size", options->max_size,
                                          "Until under this, such as 2G (cache.max_size, else 4G)");
    CLI::Option* age = prune->add_option("--older-than", options->older_than,
                                         "And what was not used for this long, such as 30d");
    prune->add_flag("--all", options->all, "All but what is in use")->excludes(size)->excludes(age);
    prune->add_flag("--json", options->json, "rtlgen.cache.v1 on standard output");
    prune->callback([options] { options->prune = true; });
    return [options](Session& session) {
        return options->prune ? run_prune(*options, session) : run_show(*options, session);
    };
}

}  // namespace rtlgen::cli
