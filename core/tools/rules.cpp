// SPDX-License-Identifier: Apache-2.0
#include "core/tools/rules.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace rtlgen::tools {
namespace {

/// The part after the tool's name.
std::string_view rule_name(const Finding& finding) {
    const std::string_view rule = finding.rule;
    const std::size_t slash = rule.find('/');
    return slash == std::string_view::npos ? rule : rule.substr(slash + 1);
}

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 5> kSyntax = {"syntax", "undefined-macro", "language",
                                                     "UnknownDirective", "UnexpectedToken"};
constexpr std::array<std::string_view, 9> kInterface = {"port-name",
                                                        "port-count",
                                                        "port-width",
                                                        "PINNOTFOUND",
                                                        "PINDUP",
                                                        "PORTSHORT",
                                                        "PortDoesNotExist",
                                                        "TooManyPortConnections",
                                                        "DuplicatePortConnection"};
constexpr std::array<std::string_view, 8> kMissing = {
    "missing-module", "missing-include", "missing-file",     "MODMISSING",
    "UnknownModule",  "UnknownPackage",  "UnknownInterface", "CouldNotOpenIncludeFile"};
/// Verilator's and slang's names.
constexpr std::array<std::string_view, 4> kOwnErrors = {"USERERROR", "USERFATAL", "ErrorTask",
                                                        "FatalTask"};

}  // namespace

VerdictClass finding_class(const Finding& finding) {
    if (finding.severity == Severity::Note) return VerdictClass::None;
    if (finding.severity == Severity::Warning) return VerdictClass::Lint;
    const std::string_view name = rule_name(finding);
    if (is_one_of(name, kSyntax) || name.starts_with("Expected")) return VerdictClass::Syntax;
    if (is_one_of(name, kInterface)) return VerdictClass::Interface;
    return VerdictClass::Elaboration;
}

VerdictClass errors_class(std::span<const Finding> findings) {
    for (const VerdictClass wanted :
         {VerdictClass::Syntax, VerdictClass::Interface, VerdictClass::Elaboration}) {
        const bool found = std::ranges::any_of(findings, [&](const Finding& finding) {
            return finding.severity == Severity::Error && finding_class(finding) == wanted;
        });
        if (found) return wanted;
    }
    return VerdictClass::None;
}

bool is_missing_part(const Finding& finding) {
    return finding.severity == Severity::Error && is_one_of(rule_name(finding), kMissing);
}

bool is_own_error(const Finding& finding) {
    return finding.severity == Severity::Error && is_one_of(rule_name(finding), kOwnErrors);
}

}  // namespace rtlgen::tools
