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
