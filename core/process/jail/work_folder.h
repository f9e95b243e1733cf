// SPDX-License-Identifier: Apache-2.0
// Inputs into the work folder, outputs out of it.
#pragma once

#include "core/process/jail/spec.h"

namespace rtlgen::jail {

void write_inputs(const Spec& spec, int work_folder);

/// Regular files beneath the folder, without links on the way, up to their caps. Called when no
/// process of the job is left.
void send_outputs(const Spec& spec, int work_folder);

}  // namespace rtlgen::jail
