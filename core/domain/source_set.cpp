// SPDX-License-Identifier: Apache-2.0
#include "core/domain/source_set.h"

#include "core/base/hash.h"

namespace rtlgen {
namespace {

void add_files(FieldHasher& hasher, const std::vector<SourceFile>& files) {
    hasher.add(std::to_string(files.size()));
    for (const SourceFile& file : files) hasher.add(file.path).add(file.text);
}

void add_names(FieldHasher& hasher, const std::vector<NameValue>& names) {
    hasher.add(std::to_string(names.size()));
    for (const NameValue& name : names) {
        hasher.add(name.name).add(name.value ? "=" + *name.value : std::string());
    }
}

void add_paths(FieldHasher& hasher, const std::vector<std::filesystem::path>& paths) {
    hasher.add(std::to_string(paths.size()));
    for (const std::filesystem::path& path : paths) hasher.add(path.string());
}

}  // namespace

std::string content_hash(const SourceSet& set) {
    FieldHasher hasher;
    add_files(hasher, set.files);
    add_files(hasher, set.library_files);
    if (!set.control_files.empty()) add_files(hasher, set.control_files);
    add_paths(hasher, set.include_dirs);
    add_paths(hasher, set.library_dirs);
    for (const std::string& extension : set.library_extensions) hasher.add(extension);
    add_names(hasher, set.defines);
    add_names(hasher, set.parameters);
    hasher.add(set.top);
    return hasher.finish();
}

}  // namespace rtlgen
