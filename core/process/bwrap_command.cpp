// SPDX-License-Identifier: Apache-2.0
// Order matters: a mount hides what an earlier one put beneath it, so binds come after /tmp and
// parents before children; what becomes read-only does so at the end.
#include "core/process/bwrap_command.h"

#include <algorithm>
#include <iterator>
#include <system_error>

#include "core/process/jail/wire.h"

namespace rtlgen::process {
namespace {

using Arguments = std::vector<std::string>;

void add(Arguments& all, std::initializer_list<std::string> more) {
    all.insert(all.end(), more.begin(), more.end());
}

void add_namespaces(Arguments& all, BwrapUser user) {
    if (user != BwrapUser::Root) {
        add(all, {"--unshare-user", "--cap-drop", "ALL"});
    }
    if (user == BwrapUser::Namespace) {
        add(all, {"--disable-userns"});
    }
    add(all, {"--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts",
              "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--as-pid-1"});
}

void add_devices(Arguments& all) {
    add(all, {"--size", "65536", "--tmpfs", "/dev"});
    for (const char* device : {"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"}) {
        add(all, {"--dev-bind", device, device});
    }
    add(all, {"--symlink", "/proc/self/fd", "/dev/fd", "--remount-ro", "/dev"});
}

std::ptrdiff_t depth(const std::filesystem::path& path) {
    return std::distance(path.begin(), path.end());
}

const std::filesystem::path& place(const ReadOnlyBind& bind) {
    return bind.inside.empty() ? bind.host : bind.inside;
}

bool is_under_usr(const ReadOnlyBind& bind) {
    const auto path = bind.host.lexically_normal();
    return place(bind) == path && depth(path) > 2 && *std::next(path.begin()) == "usr";
}

/// The folders above a bind, of mode 0755: those that bubblewrap makes by itself have mode 0700,
/// and a job of root's runs as another user.
void add_parents(Arguments& all, const std::filesystem::path& inside) {
    std::filesystem::path folder = "/";
    for (const std::filesystem::path& part : inside.parent_path().relative_path()) {
        folder /= part;
        add(all, {"--dir", folder.string()});
    }
}

void add_binds(Arguments& all, std::vector<ReadOnlyBind> binds) {
    std::stable_sort(binds.begin(), binds.end(), [](const auto& a, const auto& b) {
        return depth(place(a)) < depth(place(b));
    });
    for (const ReadOnlyBind& bind : binds) {
        if (!is_under_usr(bind)) {
            add_parents(all, place(bind));
            add(all, {"--ro-bind", bind.host.string(), place(bind).string()});
        }
    }
}

}  // namespace

HostLayout read_host_layout() {
    HostLayout layout;
    for (const char* name : {"/lib", "/lib64", "/lib32", "/libx32", "/bin", "/sbin"}) {
        std::error_code error;
        const auto status = std::filesystem::symlink_status(name, error);
        if (std::filesystem::is_symlink(status)) {
            layout.links.emplace_back(std::filesystem::read_symlink(name, error).string(), name);
        } else if (std::filesystem::is_directory(status)) {
            layout.folders.emplace_back(name);
        }
    }
    return layout;
}

std::vector<std::string> bwrap_command(const BwrapRequest& request, const HostLayout& host) {
    const std::string size = std::to_string(request.disk.count);
    Arguments all = {request.bwrap.string()};
    add_namespaces(all, request.user);
    add(all, {"--ro-bind", "/usr", "/usr"});
    for (const auto& [target, name] : host.links) {
        add(all, {"--symlink", target, name});
    }
    for (const std::string& folder : host.folders) {
        add(all, {"--ro-bind", folder, folder});
    }
    add(all, {"--proc", "/proc"});
    add_devices(all);
    add(all, {"--size", size, "--tmpfs", "/tmp", "--size", size, "--tmpfs", jail::kWorkInJail});
    add(all, {"--ro-bind", request.helper.string(), jail::kHelperInJail});
    add_binds(all, request.binds);
    add(all, {"--remount-ro", "/", "--chdir", jail::kWorkInJail, "--", jail::kHelperInJail});
    return all;
}

}  // namespace rtlgen::process
