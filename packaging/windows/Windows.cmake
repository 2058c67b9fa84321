# SPDX-License-Identifier: Apache-2.0
install(TARGETS ${programs} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT Runtime)

if(TARGET syncscope)
    set_target_properties(syncscope PROPERTIES WIN32_EXECUTABLE ON)
    target_sources(syncscope PRIVATE ${PROJECT_SOURCE_DIR}/packaging/windows/syncscope.rc)
    # Qt's libraries and plugins, for both programs: they share a folder.
    qt_generate_deploy_qml_app_script(TARGET syncscope OUTPUT_SCRIPT deploy NO_TRANSLATIONS)
    install(SCRIPT ${deploy} COMPONENT Runtime)
endif()
