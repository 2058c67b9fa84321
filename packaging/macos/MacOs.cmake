# SPDX-License-Identifier: Apache-2.0
if(TARGET syncscope)
    set(icon ${PROJECT_SOURCE_DIR}/packaging/macos/syncscope.icns)
    target_sources(syncscope PRIVATE ${icon})
    set_source_files_properties(${icon} TARGET_DIRECTORY syncscope
        PROPERTIES MACOSX_PACKAGE_LOCATION Resources)
    set_target_properties(syncscope PROPERTIES
        MACOSX_BUNDLE ON
        MACOSX_BUNDLE_INFO_PLIST ${PROJECT_SOURCE_DIR}/packaging/macos/Info.plist.in)
    install(TARGETS syncscope BUNDLE DESTINATION . COMPONENT Runtime)
    # The terminal program lives in the bundle and uses its libraries.
    if(TARGET syncscope-cli)
        set_target_properties(syncscope-cli PROPERTIES INSTALL_RPATH "@executable_path/../Frameworks")
        install(TARGETS syncscope-cli
            RUNTIME DESTINATION syncscope.app/Contents/MacOS COMPONENT Runtime)
    endif()
    qt_generate_deploy_qml_app_script(TARGET syncscope OUTPUT_SCRIPT deploy NO_TRANSLATIONS)
    install(SCRIPT ${deploy} COMPONENT Runtime)
endif()
