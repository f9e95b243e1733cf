// SPDX-License-Identifier: Apache-2.0
// The tree of `verilator --xml-only`: elements with attributes alone, no text between them.
#include <optional>

#include "core/base/text.h"
#include "core/tools/located_line.h"
#include "core/tools/verilator/verilator_tree.h"

namespace rtlgen::tools::verilator {
namespace {

struct Element {
    std::string_view name;  ///< "/" before that of an end tag
    std::map<std::string, std::string, std::less<>> attributes;
    bool is_empty = false;  ///< has no end tag

    [[nodiscard]] std::string get(std::string_view key) const {
        const auto found = attributes.find(key);
        return found == attributes.end() ? std::string() : found->second;
    }
};

std::string decode(std::string_view text) {
    std::string plain(text);
    for (const auto& [entity, character] : {std::pair{"&apos;", "'"},
                                            {"&quot;", "\""},
                                            {"&lt;", "<"},
                                            {"&gt;", ">"},
                                            {"&amp;", "&"}}) {
        plain = replace_all(std::move(plain), entity, character);
    }
    return plain;
}

/// Elements in the order of the text.
class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    /// The next tag; none at the end, or where a tag isn't closed.
    std::optional<Element> next() {
        const std::size_t open = text_.find('<', at_);
        if (open == std::string_view::npos) return std::nullopt;
        const std::size_t close = text_.find('>', open);
        if (close == std::string_view::npos) return std::nullopt;
        at_ = close + 1;
        std::string_view inside = text_.substr(open + 1, close - open - 1);
        Element element;
        element.is_empty =
            inside.ends_with('/') || inside.starts_with('?') || inside.starts_with('!');
        element.name = inside.substr(0, inside.find_first_of(" \t\r\n/", 1));
        while (true) {
            const std::size_t quote = inside.find("=\"");
            if (quote == std::string_view::npos) return element;
            const std::size_t end = inside.find('"', quote + 2);
            if (end == std::string_view::npos) return element;
            std::string_view key = inside.substr(0, quote);
            key = key.substr(key.find_last_of(" \t\r\n") + 1);
            element.attributes[std::string(key)] =
                decode(inside.substr(quote + 2, end - quote - 2));
            inside.remove_prefix(end + 1);
        }
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// 32'h1f, 32'sh5: the numbers of array ranges.
std::string number_of(const std::string& literal) {
    const std::size_t base = literal.find('h');
    if (base == std::string::npos) return literal;
    std::int64_t value = 0;
    for (const char c : std::string_view(literal).substr(base + 1)) {
        const std::size_t digit = std::string_view("0123456789abcdef").find(c);
        if (digit == std::string_view::npos || value > 0xfffffff) return {};
        value = value * 16 + static_cast<std::int64_t>(digit);
    }
    return std::to_string(value);
}

class Reader {
public:
    explicit Reader(std::string_view text) : scanner_(text) {}

    Result<Tree> read() {
        bool is_tree = false;
        while (const auto element = scanner_.next()) {
            is_tree = is_tree || element->name == "netlist";
            if (element->name.starts_with('/')) {
                if (!open_.empty()) open_.pop_back();
                continue;
            }
            enter(*element);
            if (!element->is_empty) open_.emplace_back(element->name);
        }
        if (!is_tree) return fail(ErrorCode::ToolFailed, "Verilator's XML isn't as expected");
        return std::move(tree_);
    }

private:
    [[nodiscard]] bool inside(std::string_view parent, std::size_t above = 0) const {
        return open_.size() > above && open_[open_.size() - 1 - above] == parent;
    }

    void enter(const Element& element) {
        if (element.name == "module" && inside("netlist")) {
            tree_.modules.push_back({element.get("origName"), {}});
        } else if (element.name == "var" && inside("module")) {
            add_variable(element);
        } else if (element.name == "const" && inside("var") && inside("module", 1)) {
            tree_.modules.back().variables.back().value = element.get("name");
        } else if (element.name == "memberdtype" && type_ != nullptr) {
            type_->members.push_back(element.get("sub_dtype_id"));
            tree_.types[element.get("id")] = {TreeType::Form::Alias,       {}, {}, false,
                                              element.get("sub_dtype_id"), {}};
        } else if (inside("typetable")) {
            add_type(element);
        } else if (element.name == "const" && inside("range") && inside("packarraydtype", 1)) {
            if (!type_->range.empty()) type_->range += ":";
            type_->range += number_of(element.get("name"));
        }
    }

    void add_variable(const Element& element) {
        TreeVariable variable;
        variable.name = element.get("origName");
        variable.direction = element.get("dir");
        variable.type = element.get("dtype_id");
        variable.place = parse_position(element.get("pinIndex"));
        variable.is_parameter = element.get("param") == "true";
        variable.is_interface = element.get("vartype") == "ifaceref";
        tree_.modules.back().variables.push_back(std::move(variable));
    }

    void add_type(const Element& element) {
        TreeType& type = tree_.types[element.get("id")];
        type_ = &type;
        if (element.name == "basicdtype") {
            type.form = TreeType::Form::Basic;
            type.keyword = element.get("name");
            type.is_signed = element.get("signed") == "true";
            if (!element.get("left").empty()) {
                type.range = element.get("left") + ":" + element.get("right");
            }
        } else if (element.name == "refdtype" || element.name == "enumdtype" ||
                   element.name == "paramtypedtype") {
            type.form = TreeType::Form::Alias;
        } else if (element.name == "packarraydtype") {
            type.form = TreeType::Form::PackedArray;
        } else if (element.name == "structdtype") {
            type.form = TreeType::Form::Struct;
        } else if (element.name == "uniondtype") {
            type.form = TreeType::Form::Union;
        }
        type.inner = element.get("sub_dtype_id");
    }

    Scanner scanner_;
    Tree tree_;
    TreeType* type_ = nullptr;  ///< the last one; addresses in a map stay
    std::vector<std::string> open_;
};

}  // namespace

Result<Tree> read_xml_tree(std::string_view text) { return Reader(text).read(); }

}  // namespace rtlgen::tools::verilator
