# SPDX-License-Identifier: Apache-2.0
include(GenerateExportHeader)

# appsync_public_headers(<target> <EXPORT_PREFIX> [folder/]file.h=Name ...)
# Users write `#include <AppSync/Name>`. In the build tree that name is a generated file that points at
# the source; installed, it points into include/AppSyncQt, which mirrors lib/. (Two folders, since
# `Emulator` and `emulator/` are one name to a file system that ignores case.)
function(appsync_public_headers target prefix)
    set(forward ${CMAKE_BINARY_DIR}/include/AppSync)
    string(TOLOWER ${prefix} lower)
    generate_export_header(${target} BASE_NAME ${prefix}
        EXPORT_FILE_NAME ${forward}/${lower}_export.h)
    install(FILES ${forward}/${lower}_export.h
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/AppSync COMPONENT Development)
    foreach(entry IN LISTS ARGN)
        string(REPLACE "=" ";" entry ${entry})
        list(GET entry 0 file)
        list(GET entry 1 name)
        set(source ${CMAKE_CURRENT_SOURCE_DIR}/${file})
        file(RELATIVE_PATH place ${PROJECT_SOURCE_DIR}/lib ${source})
        get_filename_component(folder ${place} DIRECTORY)
        file(GENERATE OUTPUT ${forward}/${name} CONTENT "#include \"${source}\"\n")
        set(installed ${CMAKE_BINARY_DIR}/include-installed/${name})
        file(GENERATE OUTPUT ${installed} CONTENT "#include \"../AppSyncQt/${place}\"\n")
        install(FILES ${installed}
            DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/AppSync COMPONENT Development)
        install(FILES ${source}
            DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/AppSyncQt/${folder} COMPONENT Development)
    endforeach()
    target_include_directories(${target} PUBLIC
        $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/include>
        $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL "STATIC_LIBRARY")
        target_compile_definitions(${target} PUBLIC ${prefix}_STATIC_DEFINE)
    endif()
endfunction()
