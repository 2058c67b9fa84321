# SPDX-License-Identifier: Apache-2.0
# Install rules of the programs and of what a desktop shows about them. The library's own files are
# COMPONENT Development and installed from lib/; packages hold COMPONENT Runtime only.
if(NOT SYNCSCOPE_BUILD_APP)
    return()
endif()

set(programs)
foreach(program syncscope syncscope-cli)
    if(TARGET ${program})
        list(APPEND programs ${program})
    endif()
endforeach()

if(WIN32)
    include(packaging/windows/Windows.cmake)
elseif(APPLE)
    include(packaging/macos/MacOs.cmake)
else()
    include(packaging/linux/Linux.cmake)
endif()
include(packaging/CPackConfig.cmake)
