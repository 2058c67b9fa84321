# SPDX-License-Identifier: Apache-2.0
# Every target of this project that has C++ of ours calls this once.
function(syncscope_compiler_settings target)
    target_compile_definitions(${target} PRIVATE
        QT_NO_KEYWORDS
        QT_NO_CAST_FROM_ASCII
        QT_NO_CAST_TO_ASCII
        QT_NO_URL_CAST_FROM_STRING
        QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
        QT_NO_FOREACH)
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
    if(MSVC)
        target_compile_options(${target} PRIVATE /W4 /utf-8 /permissive-)
    else()
        target_compile_options(${target} PRIVATE -Wall -Wextra)
    endif()
    if(SYNCSCOPE_WERROR)
        target_compile_options(${target} PRIVATE $<IF:$<CXX_COMPILER_ID:MSVC>,/WX,-Werror>)
        # What a newer Qt deprecates may have no replacement in the oldest one: a warning, no error.
        if(NOT MSVC AND Qt6_VERSION VERSION_GREATER_EQUAL 6.5)
            target_compile_options(${target} PRIVATE -Wno-error=deprecated-declarations)
        endif()
    endif()
endfunction()

# moc reads whatever headers it finds. Those of the C++ library tell it nothing, and took most of its time.
list(FILTER CMAKE_CXX_IMPLICIT_INCLUDE_DIRECTORIES EXCLUDE REGEX "/c\\+\\+/")

# Of the many tests, each is linked in a third of the time.
if(CMAKE_BUILD_TYPE STREQUAL "Debug")
    include(CheckLinkerFlag)
    check_linker_flag(CXX -fuse-ld=gold SYNCSCOPE_HAS_GOLD)
    if(SYNCSCOPE_HAS_GOLD)
        add_link_options(-fuse-ld=gold)
    endif()
endif()

if(SYNCSCOPE_SANITIZE)
    if(MSVC)
        add_compile_options(/fsanitize=address)
    else()
        add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
        add_link_options(-fsanitize=address,undefined)
    endif()
endif()

if(SYNCSCOPE_FUZZ)
    # What is built for it tells libFuzzer which of its branches an input reached.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Several files at a time, with SYNCSCOPE_UNITY: what they have in common is compiled once. Left alone are files
# with a tr() of their own, and those named behind the target, whose names meet those of others.
function(syncscope_compile_together target)
    set_target_properties(${target} PROPERTIES
        UNITY_BUILD ${SYNCSCOPE_UNITY}
        UNITY_BUILD_BATCH_SIZE 12)
    # It includes the module's headers itself, and is there only when something was built.
    set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${target}_qmltyperegistrations.cpp PROPERTIES
        SKIP_UNITY_BUILD_INCLUSION ON)
    get_target_property(sources ${target} SOURCES)
    foreach(source IN LISTS sources)
        if(NOT source MATCHES "\\.cpp$" OR NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${source})
            continue()
        endif()
        file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/${source} own REGEX "^QString tr\\(const char")
        if(own OR source IN_LIST ARGN)
            set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
        endif()
    endforeach()
endfunction()

# syncscope_precompile(<target> [<header>…]): has headers of Qt that nearly every file includes, and these,
# read once, which is half of the compiler's time. No file relies on it: each includes what it uses, and the
# release build goes without.
set(syncscope_common_headers <QDateTime> <QHash> <QJsonArray> <QJsonDocument> <QJsonObject>
    <QNetworkAccessManager> <QNetworkReply> <QObject> <QPointer> <QRegularExpression> <QStringList> <QTimer>
    <QUrl> <algorithm> <chrono> <functional> <memory> <optional>)
function(syncscope_precompile target)
    target_precompile_headers(${target} PRIVATE ${syncscope_common_headers} ${ARGN})
endfunction()

# syncscope_share_precompiled(<target> <name> <libraries> [<header>…]): likewise, once for all targets that
# share the <name>; each links the <libraries> at least.
function(syncscope_share_precompiled target name libraries)
    if(NOT TARGET ${name})
        set(source ${CMAKE_BINARY_DIR}/${name}.cpp)
        file(WRITE ${source} "// Only its headers are of use.\n")
        add_library(${name} OBJECT ${source})
        set_target_properties(${name} PROPERTIES AUTOMOC OFF)
        target_link_libraries(${name} PRIVATE ${libraries})
        syncscope_compiler_settings(${name})
        syncscope_precompile(${name} ${ARGN})
    endif()
    target_precompile_headers(${target} REUSE_FROM ${name})
endfunction()
