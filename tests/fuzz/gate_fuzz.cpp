// SPDX-License-Identifier: Apache-2.0
// Any bytes as a candidate: what the gate lets pass holds nothing that it must not, told by the
// words alone.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "core/rtl/lexer.h"
#include "verify/gate.h"
#include "verify/gate_lists.h"

using namespace rtlgen;

namespace {

template <class List>
bool is_among(const List& list, std::string_view word) {
    return std::ranges::count(list, word) > 0;
}

/// Whether no design may say this word, wherever it stands.
bool is_never_allowed(const rtl::Token& token) {
    switch (token.kind) {
        case rtl::TokenKind::SystemIdentifier:
            return !is_among(verify::allowed_system_functions(), token.text);
        case rtl::TokenKind::Directive: return !is_among(verify::allowed_directives(), token.text);
        case rtl::TokenKind::MacroOperator:
        case rtl::TokenKind::Bad: return true;
        case rtl::TokenKind::Identifier:
            return std::ranges::any_of(
                verify::refused_keywords(),
                [&](const verify::RefusedWord& refused) { return refused.word == token.text; });
        default: return token.unterminated;
    }
}

void check_findings(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::Error || finding.line < 0 || finding.column < 0) abort();
        if (!finding.rule.starts_with("gate/")) abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    SourceSet candidate;
    candidate.files = {{"design.sv", "", text}};
    candidate.top = "m";
    SourceSet bench;
    bench.files = {{"bench.sv", "", "`define OK 1\nmodule tb; m dut(); ref good(); endmodule\n"},
                   {"more.sv", "", text}};
    verify::GateRequest request{candidate, Trust::Candidate, {}, {}, {}};
    const std::vector<Finding> alone = verify::run_gate(request);
    check_findings(alone);
    verify::reserve_names(request, bench);
    check_findings(verify::run_gate(request));
    request.trust = Trust::Own;
    check_findings(verify::run_gate(request));
    if (!alone.empty()) return 0;
    for (const rtl::Token& token : rtl::lex(text, rtl::Comments::Keep)) {
        if (is_never_allowed(token)) abort();
    }
    return 0;
}
