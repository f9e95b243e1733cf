# SPDX-License-Identifier: Apache-2.0
# embed(TARGET target SYMBOL name ROOT dir FILES files...)
#
# Puts the files' bytes into `target` and defines, in namespace rtlgen::embedded,
#     std::span<const rtlgen::EmbeddedFile> name();
# in the order of FILES. A file's path is relative to ROOT; a generated file may be named too. The bytes go in
# by the assembler's .incbin, so that compile time does not grow with their size.
function(embed)
    cmake_parse_arguments(arg "" "TARGET;SYMBOL;ROOT" "FILES" ${ARGN})
    set(stem ${CMAKE_CURRENT_BINARY_DIR}/embedded_${arg_SYMBOL})
    set(asm ".section .note.GNU-stack,\"\",%progbits\n.section .rodata\n")
    set(table "")
    set(externs "")
    set(index 0)
    foreach(file IN LISTS arg_FILES)
        file(RELATIVE_PATH path ${arg_ROOT} ${file})
        set(id "rtlgen_embedded_${arg_SYMBOL}_${index}")
        string(APPEND asm ".global ${id}\n.global ${id}_end\n.balign 16\n${id}:\n.incbin \"${file}\"\n${id}_end:\n.byte 0\n")
        string(APPEND externs "extern const char ${id}[];\nextern const char ${id}_end[];\n")
        string(APPEND table "        {\"${path}\", {${id}, static_cast<std::size_t>(${id}_end - ${id})}},\n")
        math(EXPR index "${index} + 1")
    endforeach()
    string(CONCAT code
        "// Made by embed().\n#include <cstddef>\n#include <span>\n#include <vector>\n\n#include \"core/base/resources.h\"\n\n"
        "extern \"C\" {\n${externs}}\n\nnamespace rtlgen::embedded {\n\nstd::span<const EmbeddedFile> ${arg_SYMBOL}() {\n"
        "    static const std::vector<EmbeddedFile> files = {\n${table}    };\n    return files;\n}\n\n}  // namespace rtlgen::embedded\n")
    file(CONFIGURE OUTPUT ${stem}.S CONTENT "${asm}" @ONLY)
    file(CONFIGURE OUTPUT ${stem}.cpp CONTENT "${code}" @ONLY)
    set_source_files_properties(${stem}.S PROPERTIES OBJECT_DEPENDS "${arg_FILES}")
    target_sources(${arg_TARGET} PRIVATE ${stem}.S ${stem}.cpp)
endfunction()
