# SPDX-License-Identifier: Apache-2.0
# The helper rtlgen-jail: static, without sanitizers or the C++ library, stripped, embedded into rtlgen_process.
file(GLOB jail_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/process/jail/*.cpp)
add_executable(rtlgen-jail ${jail_sources})
target_include_directories(rtlgen-jail PRIVATE ${CMAKE_SOURCE_DIR})
target_link_libraries(rtlgen-jail PRIVATE rtlgen_warnings)
target_compile_options(rtlgen-jail PRIVATE -fno-sanitize=all -fno-exceptions -fno-rtti
    -fno-threadsafe-statics -Os -ffunction-sections)
target_link_options(rtlgen-jail PRIVATE -fno-sanitize=all -static -Wl,--gc-sections)

set(jail_folder ${CMAKE_CURRENT_BINARY_DIR}/jail_embedded)
file(MAKE_DIRECTORY ${jail_folder})
add_custom_command(OUTPUT ${jail_folder}/rtlgen-jail
    COMMAND ${CMAKE_STRIP} -o ${jail_folder}/rtlgen-jail $<TARGET_FILE:rtlgen-jail>
    DEPENDS rtlgen-jail VERBATIM)
embed(TARGET rtlgen_process SYMBOL jail_helper ROOT ${jail_folder} FILES ${jail_folder}/rtlgen-jail)
