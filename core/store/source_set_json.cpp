// SPDX-License-Identifier: Apache-2.0
#include "core/store/source_set_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/text.h"

namespace rtlgen::store {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

std::string to_hex(std::string_view bytes) {
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return hex;
}

std::string from_hex(const std::string& hex) {
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes += static_cast<char>(std::strtoul(hex.substr(i, 2).c_str(), nullptr, 16));
    }
    return bytes;
}

/// A text under `key`, or its bytes under `key`_hex.
void put(ordered_json& object, const std::string& key, const std::string& text) {
    if (is_valid_utf8(text)) {
        object[key] = text;
    } else {
        object[key + "_hex"] = to_hex(text);
    }
}

std::string take(const ordered_json& object, const std::string& key) {
    const auto hex = object.find(key + "_hex");
    return hex != object.end() ? from_hex(*hex) : object.at(key).get<std::string>();
}

ordered_json files_to_json(const std::vector<SourceFile>& files) {
    ordered_json list = ordered_json::array();
    for (const SourceFile& file : files) {
        ordered_json object = ordered_json::object();
        put(object, "path", file.path);
        put(object, "host_path", file.host_path.string());
        put(object, "text", file.text);
        list.push_back(std::move(object));
    }
    return list;
}

std::vector<SourceFile> files_from_json(const ordered_json& list) {
    std::vector<SourceFile> files;
    for (const ordered_json& object : list) {
        files.push_back({take(object, "path"), take(object, "host_path"), take(object, "text")});
    }
    return files;
}

ordered_json included_to_json(const std::vector<IncludedFile>& included) {
    ordered_json list = ordered_json::array();
    for (const IncludedFile& entry : included) {
        ordered_json object = files_to_json({entry.file}).front();
        put(object, "name", entry.name);
        put(object, "folder", entry.folder.string());
        list.push_back(std::move(object));
    }
    return list;
}

std::vector<IncludedFile> included_from_json(const ordered_json& list) {
    std::vector<IncludedFile> included;
    const std::vector<SourceFile> files = files_from_json(list);
    for (std::size_t i = 0; i < files.size(); ++i) {
        included.push_back({take(list.at(i), "name"), take(list.at(i), "folder"), files[i]});
    }
    return included;
}

ordered_json folders_to_json(const std::vector<fs::path>& folders) {
    ordered_json list = ordered_json::array();
    for (const fs::path& folder : folders) {
        ordered_json object = ordered_json::object();
        put(object, "path", folder.string());
        list.push_back(std::move(object));
    }
    return list;
}

std::vector<fs::path> folders_from_json(const ordered_json& list) {
    std::vector<fs::path> folders;
    for (const ordered_json& object : list) folders.emplace_back(take(object, "path"));
    return folders;
}

ordered_json values_to_json(const std::vector<NameValue>& values) {
    ordered_json list = ordered_json::array();
    for (const NameValue& value : values) {
        ordered_json object = ordered_json::object();
        put(object, "name", value.name);
        if (value.value) put(object, "value", *value.value);
        list.push_back(std::move(object));
    }
    return list;
}

std::vector<NameValue> values_from_json(const ordered_json& list) {
    std::vector<NameValue> values;
    for (const ordered_json& object : list) {
        NameValue value{take(object, "name"), std::nullopt};
        if (object.size() > 1) value.value = take(object, "value");
        values.push_back(std::move(value));
    }
    return values;
}

}  // namespace

ordered_json source_set_to_json(const SourceSet& set) {
    ordered_json json = {{"files", files_to_json(set.files)},
                         {"control_files", files_to_json(set.control_files)},
                         {"included_files", included_to_json(set.included_files)},
                         {"include_dirs", folders_to_json(set.include_dirs)},
                         {"library_dirs", folders_to_json(set.library_dirs)},
                         {"library_files", files_to_json(set.library_files)},
                         {"library_extensions", ordered_json::array()},
                         {"defines", values_to_json(set.defines)},
                         {"parameters", values_to_json(set.parameters)}};
    for (const std::string& extension : set.library_extensions) {
        json["library_extensions"].push_back(to_valid_utf8(extension));
    }
    put(json, "top", set.top);
    json["folder_names"] = ordered_json::array();
    for (const auto& [folder, name] : set.folder_names) {
        ordered_json object = ordered_json::object();
        put(object, "folder", folder.string());
        put(object, "name", name);
        json["folder_names"].push_back(std::move(object));
    }
    return json;
}

SourceSet source_set_from_json(const ordered_json& json) {
    SourceSet set;
    set.files = files_from_json(json.at("files"));
    set.control_files = files_from_json(json.at("control_files"));
    if (json.contains("included_files")) {  // Runs of earlier versions have none
        set.included_files = included_from_json(json.at("included_files"));
    }
    set.include_dirs = folders_from_json(json.at("include_dirs"));
    set.library_dirs = folders_from_json(json.at("library_dirs"));
    set.library_files = files_from_json(json.at("library_files"));
    json.at("library_extensions").get_to(set.library_extensions);
    set.defines = values_from_json(json.at("defines"));
    set.parameters = values_from_json(json.at("parameters"));
    set.top = take(json, "top");
    for (const ordered_json& object : json.at("folder_names")) {
        set.folder_names.emplace(take(object, "folder"), take(object, "name"));
    }
    return set;
}

}  // namespace rtlgen::store
