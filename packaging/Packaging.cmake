# Install rules and CPack: see CPackConfig.cmake.
