# SPDX-License-Identifier: Apache-2.0
set(CPACK_PACKAGE_NAME syncscope)
set(CPACK_PACKAGE_VENDOR "Syncscope")
set(CPACK_PACKAGE_CONTACT "The Syncscope authors <syncscope@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "console and local look-alike for AWS AppSync realtime channels")
set(CPACK_PACKAGE_DESCRIPTION
"Syncscope connects to an AWS AppSync Events API, subscribes to channels, shows
every frame as it arrives, publishes events and says in words why something was
refused. It brings a local AppSync for development without an account.
.
This package contains the desktop program syncscope and the terminal program
syncscope-cli. It is not affiliated with Amazon Web Services.")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_EXECUTABLES syncscope "Syncscope")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
# The programs and what belongs to them, not the library's headers.
set(CPACK_INSTALL_CMAKE_PROJECTS ${CMAKE_BINARY_DIR} ${PROJECT_NAME} Runtime /)

if(WIN32)
    set(CPACK_GENERATOR NSIS ZIP)
elseif(APPLE)
    set(CPACK_GENERATOR DragNDrop)
else()
    set(CPACK_GENERATOR DEB RPM TGZ)
endif()

# --- Debian. dpkg-shlibdeps finds the libraries; what is loaded at run time has to be named.
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
file(STRINGS packaging/linux/runtime-packages.txt runtime REGEX "^[a-z]")
# Debian 12 and Ubuntu 24.04 have the plugin for SVG pictures in the library's package.
list(APPEND runtime "qt6-svg-plugins | libqt6svg6 (<< 6.5)")
list(JOIN runtime ", " CPACK_DEBIAN_PACKAGE_DEPENDS)
# QtKeychain loads libsecret at run time; without a keyring, secrets are kept for one run only.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "qt6-wayland, fonts-dejavu-core | fonts-noto-core, libsecret-1-0, gnome-keyring | kwalletmanager")

# --- RPM
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE Apache-2.0)
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/share/man /usr/share/man/man1 /usr/share/applications /usr/share/metainfo /usr/share/icons
    /usr/share/icons/hicolor)

# --- Windows
set(CPACK_NSIS_DISPLAY_NAME Syncscope)
set(CPACK_NSIS_PACKAGE_NAME Syncscope)
set(CPACK_NSIS_MUI_ICON ${PROJECT_SOURCE_DIR}/packaging/windows/syncscope.ico)
set(CPACK_NSIS_INSTALLED_ICON_NAME bin/syncscope.exe)
set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
set(CPACK_NSIS_MODIFY_PATH ON)

# --- macOS
set(CPACK_DMG_VOLUME_NAME Syncscope)

include(CPack)
