# SPDX-License-Identifier: Apache-2.0
# No qt_generate_deploy_*: on Linux it installs nothing (6.4) or fails on distribution builds of Qt (6.8).
install(TARGETS ${programs} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT Runtime)

install(FILES packaging/linux/syncscope.desktop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications COMPONENT Runtime)
install(FILES packaging/linux/io.github.syncscope.Syncscope.metainfo.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo COMPONENT Runtime)
install(DIRECTORY resources/captures DESTINATION ${CMAKE_INSTALL_DATADIR}/syncscope COMPONENT Runtime)
set(documentation_folder ${CMAKE_INSTALL_DATADIR}/doc/syncscope)
install(FILES packaging/linux/copyright DESTINATION ${documentation_folder} COMPONENT Runtime)

set(icons ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
install(FILES resources/icons/syncscope.svg DESTINATION ${icons}/scalable/apps COMPONENT Runtime)
foreach(size 16 24 32 48 64 128 256 512)
    install(FILES resources/icons/syncscope-${size}.png RENAME syncscope.png
        DESTINATION ${icons}/${size}x${size}/apps COMPONENT Runtime)
endforeach()

# Man pages and changelogs are installed compressed, without a time stamp, as Debian wants them.
find_program(GZIP_PROGRAM gzip REQUIRED)
function(install_compressed source name destination)
    set(compressed ${CMAKE_BINARY_DIR}/documentation/${name}.gz)
    add_custom_command(OUTPUT ${compressed}
        COMMAND ${GZIP_PROGRAM} -9nc ${source} > ${compressed}
        DEPENDS ${source} VERBATIM)
    set_property(GLOBAL APPEND PROPERTY syncscope_documentation ${compressed})
    install(FILES ${compressed} DESTINATION ${destination} COMPONENT Runtime)
endfunction()

foreach(page syncscope.1 syncscope-cli.1)
    configure_file(packaging/linux/${page}.in documentation/${page} @ONLY)
    install_compressed(${CMAKE_BINARY_DIR}/documentation/${page} ${page} ${CMAKE_INSTALL_MANDIR}/man1)
endforeach()
install_compressed(${PROJECT_SOURCE_DIR}/CHANGELOG.md changelog ${documentation_folder})
install_compressed(${PROJECT_SOURCE_DIR}/packaging/linux/changelog.Debian changelog.Debian
    ${documentation_folder})
get_property(documentation GLOBAL PROPERTY syncscope_documentation)
add_custom_target(documentation ALL DEPENDS ${documentation})
