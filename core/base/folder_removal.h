// SPDX-License-Identifier: Apache-2.0
// Removes a folder that somebody may have filled so that it stays.
#pragma once

#include <filesystem>

namespace rtlgen {

/// Removes `folder` with all in it, folders too that their modes close and such as lie deeper than
/// files can be open. Follows no link; nobody else may be writing there. Whether it is gone: what
/// belongs to another user stays.
bool remove_folder(const std::filesystem::path& folder);

/// Opens a folder to its owner; true where that could be done. Follows no link.
bool open_to_owner(const std::filesystem::path& folder);

}  // namespace rtlgen
