// SPDX-License-Identifier: Apache-2.0
// Any bytes as lines of a batch: each is an item, a Problem, or an error in one line.
#include <cstdlib>
#include <string_view>

#include "cli/workflow/batch_line.h"
#include "core/base/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rtlgen;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    workflow::BatchLines lines(
        {}, [](const std::vector<std::string>&) -> Result<SourceSet> { return SourceSet(); });
    for (const std::string_view line : split_lines(text)) {
        const workflow::BatchRead read = lines.read(line);
        (void)lines.add_problem(line);
        const bool is_id = read.id.is_null() || read.id.is_string() || read.id.is_number_integer();
        if (!is_id) abort();
        if (!read.item) {
            const std::string& message = read.item.error().message;
            if (message.empty() || message.find('\n') != std::string::npos) abort();
        } else if (*read.item) {
            if (read.id.is_null() || (*read.item)->deadline.count() <= 0) abort();
            if ((*read.item)->request.candidate.files.empty() && !(*read.item)->verdict) {
                // Files that were loaded may be none.
                if (line.find("paths") == std::string_view::npos) abort();
            }
        }
    }
    return 0;
}
