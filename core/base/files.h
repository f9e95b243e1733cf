// SPDX-License-Identifier: Apache-2.0
// Reading and writing whole files, with the errors that users meet said in one line.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/units.h"

namespace rtlgen {

/// The default cap on one file that a user names.
inline constexpr Bytes kMaxUserFile = mebibytes(32);

/// The whole of a regular file, or of standard input where `path` is "-".
/// Errors: NotFound; Unreadable (a folder, no permission, over `cap`, a pipe without a writer);
/// Interrupted, where `stop` comes while a pipe or a terminal is waited for.
Result<std::string> read_file(const std::filesystem::path& path, Bytes cap = kMaxUserFile,
                              const std::stop_token& stop = {});

/// A source text: read_file, and Unreadable where it is binary (a NUL byte). An empty file or one
/// that is not UTF-8 is read: Verilog of old editors is Latin-1. A byte order mark of UTF-8 is left
/// out, as Icarus and Yosys can't read one.
Result<std::string> read_text(const std::filesystem::path& path, Bytes cap = kMaxUserFile,
                              const std::stop_token& stop = {});

/// read_text of a file that decides what is run: Error Config where it belongs to neither this user
/// nor root, or where anybody may write it. What is checked is the file that is read.
Result<std::string> read_trusted_text(const std::filesystem::path& path, Bytes cap = kMaxUserFile);

/// All or nothing: a temporary file beside `path`, fsync, rename, fsync of the folder. Links are
/// followed and stay; a file that is replaced gives its mode (and where root writes its owner) to
/// the new one. Parents are not made. A device, a pipe or an open file in /proc, such as
/// /dev/stdout, is written in place, one of this process where it stands. Errors: Io, with the
/// system's reason (a full disk says so).
Status write_file_atomic(const std::filesystem::path& path, std::string_view bytes);

/// `$XDG_CACHE_HOME/rtlgen/v1`, else `$HOME/.cache/rtlgen/v1`, else a folder of this user in /tmp.
[[nodiscard]] std::filesystem::path cache_root();
/// `$XDG_CONFIG_HOME/rtlgen`, else `.config/rtlgen` in `$HOME` or in the home that the user
/// database names; empty without one: a place in /tmp could be made first by anybody.
[[nodiscard]] std::filesystem::path user_config_root();
/// The same with `$XDG_DATA_HOME` and `.local/share`.
[[nodiscard]] std::filesystem::path user_data_root();

}  // namespace rtlgen
