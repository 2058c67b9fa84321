# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` gives to other programs: libraries, the QML module, a package for find_package()
# and two for pkg-config. Nothing installed names a folder of this machine: the prefix may be moved.
# (Headers: PublicHeaders.cmake.)
include(CMakePackageConfigHelpers)

# Where the QML engine and its tools look below a prefix; Debian's Qt has its own modules there too.
set(SYNCSCOPE_INSTALL_QMLDIR ${CMAKE_INSTALL_LIBDIR}/qt6/qml CACHE STRING
    "Folder for QML modules, relative to the prefix")
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
    message(FATAL_ERROR "CMAKE_INSTALL_LIBDIR has to be relative to the prefix, so that this may be moved")
endif()
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/AppSyncQt)

# Shared libraries belong to the programs of this project too, hence Runtime.
install(TARGETS appsync appsync_graphql appsync_emulator EXPORT AppSyncQtTargets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT Runtime
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Runtime NAMELINK_COMPONENT Development
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development)
install(EXPORT AppSyncQtTargets NAMESPACE AppSyncQt::
    DESTINATION ${package_folder} COMPONENT Development)

# --- The QML module: of a shared build a plugin that the engine loads, of a static one a plugin to link.
if(TARGET appsync_qml)
    set(qml_folder ${SYNCSCOPE_INSTALL_QMLDIR}/AppSync)
    if(TARGET appsync_qmlplugin_loadable)
        install(TARGETS appsync_qmlplugin_loadable
            RUNTIME DESTINATION ${qml_folder} COMPONENT Development
            LIBRARY DESTINATION ${qml_folder} COMPONENT Development)
        file(RELATIVE_PATH up /prefix/${qml_folder} /prefix/${CMAKE_INSTALL_LIBDIR})
        set_target_properties(appsync_qmlplugin_loadable PROPERTIES
            INSTALL_RPATH $<IF:$<PLATFORM_ID:Darwin>,@loader_path,$ORIGIN>/${up})
    else()
        install(TARGETS appsync_qmllink appsync_qml appsync_qmlplugin ${appsync_qml_objects}
            EXPORT AppSyncQtQmlTargets
            ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development
            OBJECTS DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development)
        install(EXPORT AppSyncQtQmlTargets NAMESPACE AppSyncQt::
            DESTINATION ${package_folder} COMPONENT Development)
    endif()
    install(FILES
        ${CMAKE_CURRENT_LIST_DIR}/qmldir
        ${CMAKE_BINARY_DIR}/qmlmodules/AppSync/appsync_qml.qmltypes
        DESTINATION ${qml_folder} COMPONENT Development)
endif()

# --- The schema of the emulator's configuration, with examples
install(DIRECTORY ${PROJECT_SOURCE_DIR}/resources/emulator DESTINATION ${CMAKE_INSTALL_DATADIR}/syncscope
    COMPONENT Runtime)

# --- find_package(AppSyncQt)
get_target_property(type appsync TYPE)
set(is_static OFF)
if(type STREQUAL "STATIC_LIBRARY")
    set(is_static ON)
endif()
set(qt_version ${Qt6_VERSION_MAJOR}.${Qt6_VERSION_MINOR})
set(has_qml OFF)
if(TARGET appsync_qml)
    set(has_qml ON)
endif()
set(has_handlers OFF)
set(handler_program)
if(TARGET appsync_handlers)
    set(has_handlers ON)
    set(handler_program
        ${APPSYNC_HANDLERS_DESTINATION}/appsync-handlers${CMAKE_EXECUTABLE_SUFFIX})
endif()
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/AppSyncQtConfig.cmake.in AppSyncQtConfig.cmake
    INSTALL_DESTINATION ${package_folder}
    PATH_VARS SYNCSCOPE_INSTALL_QMLDIR handler_program)
# Until 1.0 a minor version may break what was built against another.
write_basic_package_version_file(AppSyncQtConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES
    ${CMAKE_CURRENT_BINARY_DIR}/AppSyncQtConfig.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/AppSyncQtConfigVersion.cmake
    DESTINATION ${package_folder} COMPONENT Development)

# --- pkg-config
# appsync_pkgconfig(<file> <library> <export prefix> <description> <public requirements> <private ones>)
function(appsync_pkgconfig file library export_prefix description requires requires_private)
    # From the folder of the .pc file to the prefix, so that the prefix may be moved.
    file(RELATIVE_PATH up /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
    string(REGEX REPLACE "/$" "" up ${up})
    set(definition)
    # Whoever links an archive needs what it needs, whether or not they say --static.
    if(is_static)
        set(definition " -D${export_prefix}_STATIC_DEFINE")
        string(JOIN " " requires ${requires} ${requires_private})
        set(requires_private)
    endif()
    configure_file(install/package.pc.in ${file} @ONLY)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${file}
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT Development)
endfunction()
appsync_pkgconfig(appsyncqt.pc AppSyncQt APPSYNC
    "Client of AWS AppSync Events for Qt" "Qt6Core Qt6Network" "Qt6WebSockets libcrypto")
appsync_pkgconfig(appsyncqt-graphql.pc AppSyncQtGraphQl APPSYNC_GRAPHQL
    "GraphQL documents and schemas for Qt" "Qt6Core" "")
appsync_pkgconfig(appsyncqt-emulator.pc AppSyncQtEmulator APPSYNC_EMULATOR
    "Local look-alike of AWS AppSync for tests" "Qt6Core Qt6Network"
    "appsyncqt-graphql Qt6WebSockets libcrypto")
