# SPDX-License-Identifier: Apache-2.0
# One place for the warnings: every target links rtlgen_warnings.
add_library(rtlgen_warnings INTERFACE)
target_compile_options(rtlgen_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual -Wnull-dereference -Wno-missing-field-initializers -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 and 14 report impossible paths inside inlined standard containers at -O2 and above.
    target_compile_options(rtlgen_warnings INTERFACE -Wno-null-dereference -Wno-stringop-overflow
        -Wno-array-bounds -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overread)
    if(CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 13)
        target_compile_options(rtlgen_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-dangling-reference>)
    endif()
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # libstdc++ 12's own std::stable_sort uses what it calls deprecated; libseccomp's macros are C99.
    target_compile_options(rtlgen_warnings INTERFACE -Wno-deprecated-declarations -Wno-c99-extensions)
endif()

# rtlgen_library(NAME SOURCES... [LINK targets...]): a static library with the project's settings.
function(rtlgen_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${name} PRIVATE rtlgen_warnings PUBLIC ${arg_LINK})
endfunction()
