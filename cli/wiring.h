// SPDX-License-Identifier: Apache-2.0
// Which backend a `--model` names: the table that joins what lies in different folders.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/llm/backend.h"

namespace rtlgen::cli {

/// `replay:FILE`, `command:PROGRAM`. Error InvalidArgument names the forms that there are.
Result<std::unique_ptr<llm::Backend>> open_backend(const std::string& model);

}  // namespace rtlgen::cli
