// SPDX-License-Identifier: Apache-2.0
// The walls of level S2 as one command line of bubblewrap.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/process/job.h"

namespace rtlgen::process {

/// How bubblewrap gets its namespaces.
enum class BwrapUser {
    Namespace,          ///< a user namespace without further ones: an ordinary user
    NestableNamespace,  ///< the same, for a bubblewrap without --disable-userns
    Root,               ///< as real root; the helper becomes a user without privileges
};

struct BwrapRequest {
    std::filesystem::path bwrap;
    std::filesystem::path helper;
    BwrapUser user = BwrapUser::Namespace;
    Bytes disk;
    std::vector<ReadOnlyBind> binds;
};

/// The folders and links of the host that programs need, beside /usr.
struct HostLayout {
    std::vector<std::pair<std::string, std::string>> links;  ///< target, name: "usr/lib", "/lib"
    std::vector<std::string> folders;                        ///< "/lib", where it is none
};
HostLayout read_host_layout();

/// Pure.
std::vector<std::string> bwrap_command(const BwrapRequest& request, const HostLayout& host);

}  // namespace rtlgen::process
