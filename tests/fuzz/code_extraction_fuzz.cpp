// SPDX-License-Identifier: Apache-2.0
// Any bytes as a model's answer, with and without a wanted interface.
#include <cstdlib>
#include <string_view>

#include "core/rtl/code_extraction.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    rtlgen::rtl::ExtractionRequest request;
    request.completion = text;
    const auto free_form = rtlgen::rtl::extract_code(request);
    if (!free_form.code.empty() && free_form.code.back() != '\n') abort();
    request.interface_text = "module top(input a, output b);";
    request.top = "top";
    request.finish_reason = "length";
    const auto with_interface = rtlgen::rtl::extract_code(request);
    if (!with_interface.code.empty() && with_interface.code.back() != '\n') abort();
    return 0;
}
