// SPDX-License-Identifier: Apache-2.0
#include "cli/workflow/judge_once.h"

#include <algorithm>
#include <utility>

#include "core/base/hash.h"
#include "core/rtl/token_hash.h"

namespace rtlgen::workflow {
namespace {

void add_bench(FieldHasher& hasher, const std::optional<SourceSet>& bench) {
    hasher.add(bench ? "bench" : "none");
    if (!bench) return;
    hasher.add(content_hash(*bench));
    for (const IncludedFile& included : bench->included_files) {
        hasher.add(included.name).add(included.file.text);
    }
}

/// A key over what differs within a batch; `design` stands for the candidate.
std::string key_of(const verify::JudgeRequest& request, const std::string& design) {
    FieldHasher hasher;
    hasher.add(design).add(request.seed);
    add_bench(hasher, request.testbench);
    add_bench(hasher, request.reference);
    const process::Limits& limits = request.limits;
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(limits.wall.count()),
          static_cast<std::uint64_t>(limits.cpu.count()), limits.memory.count, limits.output.count,
          limits.file.count, limits.disk.count, static_cast<std::uint64_t>(limits.processes)}) {
        hasher.add(std::to_string(number));
    }
    return hasher.finish();
}

/// The candidate by its tokens: its files' names are for messages alone.
std::string tokens_of(const SourceSet& design) {
    SourceSet tokens = design;
    for (SourceFile& file : tokens.files) {
        file.text = rtl::token_hash(file.text);
        file.path.clear();
        file.host_path.clear();
    }
    return "tokens " + content_hash(tokens);
}

bool is_lasting(const Verdict& verdict) {
    return (verdict.outcome == Outcome::Pass || verdict.outcome == Outcome::Fail) &&
           verdict.verdict_class != VerdictClass::Timeout &&
           verdict.verdict_class != VerdictClass::ResourceLimit;
}

bool names_places(const Verdict& verdict) {
    const auto has_place = [](const Finding& finding) { return !finding.file.empty(); };
    return std::ranges::any_of(verdict.findings, has_place) || verdict.failure_trace ||
           !verdict.reading.empty();
}

Verdict for_request(Verdict verdict, const verify::JudgeRequest& request) {
    verdict.candidate = verify::identify(request);
    verdict.work_dir.reset();
    verdict.seconds = 0;
    verdict.cached = true;
    return verdict;
}

}  // namespace

/// An entry that its maker has to bring to an end.
class JudgeOnce::Claim {
public:
    explicit Claim(JudgeOnce& owner) : owner_(owner) {}
    ~Claim() {
        if (!key_.empty()) owner_.end(key_, verdict_);
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

    void hold(std::string key) { key_ = std::move(key); }
    void give(const Verdict& verdict) {
        if (!key_.empty()) verdict_ = verdict;
    }

private:
    JudgeOnce& owner_;
    std::string key_;
    std::optional<Verdict> verdict_;
};

std::shared_ptr<JudgeOnce::Entry> JudgeOnce::find_or_claim(const std::string& key, Claim& claim) {
    const std::scoped_lock lock(mutex_);
    const auto [at, fresh] = entries_.try_emplace(key);
    if (!fresh) return at->second;
    at->second = std::make_shared<Entry>();
    claim.hold(key);
    return nullptr;
}

std::optional<Verdict> JudgeOnce::wait_for(const Entry& entry, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, stop, [&entry] { return entry.ended; });
    return entry.ended ? entry.verdict : std::nullopt;
}

void JudgeOnce::end(const std::string& key, const std::optional<Verdict>& verdict) {
    {
        const std::scoped_lock lock(mutex_);
        const auto at = entries_.find(key);
        at->second->ended = true;
        at->second->verdict = verdict;
        if (verdict) {
            kept_.push_back(key);
        } else {
            entries_.erase(at);
        }
        if (kept_.size() > kMostKept) {
            entries_.erase(kept_.front());
            kept_.pop_front();
        }
    }
    ended_.notify_all();
}

Result<Verdict> JudgeOnce::judge(const verify::JudgeRequest& request, const std::stop_token& stop) {
    Claim exact(*this);
    Claim tokens(*this);
    const SourceSet& design = request.candidate;
    if (const auto entry = find_or_claim(key_of(request, "text " + content_hash(design)), exact)) {
        if (auto verdict = wait_for(*entry, stop)) return for_request(*std::move(verdict), request);
        return judge_(request, stop);
    }
    if (request.site_checks.empty()) {  // a site's own check may read comments
        const auto entry = find_or_claim(key_of(request, tokens_of(design)), tokens);
        auto verdict = entry ? wait_for(*entry, stop) : std::nullopt;
        if (verdict && !names_places(*verdict)) {
            exact.give(*verdict);
            return for_request(*std::move(verdict), request);
        }
    }
    Result<Verdict> verdict = judge_(request, stop);
    if (verdict && is_lasting(*verdict)) {
        exact.give(*verdict);
        tokens.give(*verdict);
    }
    return verdict;
}

}  // namespace rtlgen::workflow
