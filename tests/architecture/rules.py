# SPDX-License-Identifier: Apache-2.0
"""The rules of the architecture as data. A folder that is not named here may not hold code."""

QT_BASE = {"QtCore", "QtNetwork", "QtWebSockets"}
QT_QUICK = {"QtGui", "QtQml", "QtQmlIntegration", "QtQuick", "QtQuickControls2", "QtSvg"}

# folder: (folders of ours that it may use, modules of others that it may use)
LAYERS = {
    "lib/core": (set(), QT_BASE),
    # Client, emulator and programs may share it: it is proven against the reference implementation.
    "lib/graphql": (set(), {"QtCore"}),
    "lib/wire": ({"lib/core"}, QT_BASE),
    "lib/auth": ({"lib/core", "lib/wire"}, QT_BASE),
    # Client and auth do not know each other; they meet in the abstract Authorizer.
    "lib/client": ({"lib/core", "lib/wire"}, QT_BASE),
    # Not the client library: a misread protocol would otherwise pass every test.
    "lib/emulator": ({"lib/graphql"}, QT_BASE),
    # A program of its own: what runs other people's code shares nothing with the one that starts it.
    "lib/emulator/handlerprogram": (set(), {"QtCore", "QtQml"}),
    "lib/qml": ({"lib/core", "lib/auth", "lib/client"}, QT_BASE | {"QtQml", "QtQmlIntegration"}),
    "lib/examples": ({"lib/core", "lib/auth", "lib/client", "lib/qml"}, QT_BASE | QT_QUICK),
    "app/core": ({"lib/core", "lib/auth", "lib/client", "lib/emulator", "lib/graphql"}, QT_BASE | {"QtConcurrent"}),
    "app/cli": ({"app/core", "lib/core", "lib/auth", "lib/client", "lib/emulator", "lib/graphql"}, QT_BASE),
    "app/ui": ({"app/core", "lib/core", "lib/auth", "lib/client", "lib/emulator", "lib/graphql", "lib/qml"},
               QT_BASE | QT_QUICK | {"QtConcurrent"}),
    "app/gui": ({"app/ui", "app/core", "lib/core", "lib/auth", "lib/client", "lib/emulator", "lib/qml",
                 "qml"}, QT_BASE | QT_QUICK),
    "qml": ({"app/ui", "lib/qml"}, QT_QUICK | {"QtCore"}),
}

# Modules that only these files may use, whatever their layer.
ONLY_IN = {
    "openssl": ["lib/auth/cognito/srp*", "lib/emulator/http/certificate*", "lib/emulator/access/jwk*",
                "lib/emulator/signin/srp*"],
    "simdjson": ["lib/wire/*"],
    "CLI11": ["app/cli/*"],
    "QtSql": ["app/core/capture/database.cpp"],
    "qtkeychain": ["app/core/secretstore.cpp"],
    "QtDBus": ["app/core/secretservice.cpp"],
}

# GPL-3.0-only (or commercial) parts of Qt, as module names and as QML imports.
GPL_ONLY = {"QtCharts", "QtCoap", "QtDataVisualization", "QtGraphs", "QtHttpServer", "QtLottie",
            "QtMqtt", "QtNetworkAuth", "QtOpcUa", "QtQuick3D", "QtQuick3DPhysics", "QtQuickTimeline",
            "QtQuickVirtualKeyboard",
            "QtShaderTools", "QtVirtualKeyboard", "QtWaylandCompositor"}

QML_IMPORTS = {"AppSync", "Syncscope", "Syncscope.Ui"}
QML_QT_IMPORTS = ("QtQuick", "QtQml", "QtCore", "Qt.labs.")

# Headers of others that have no Qt module to look up, by prefix.
HEADER_PREFIXES = {
    "openssl/": "openssl",
    "simdjson": "simdjson",
    "CLI/": "CLI11",
    "qt6keychain/": "qtkeychain",
    "keychain.h": "qtkeychain",
    "sqlite3": "sqlite3",
    "private/": "Qt's private headers",
}

# What targets of others are called on a link line, by prefix.
LINK_PREFIXES = {
    "OpenSSL::": "openssl",
    "simdjson::": "simdjson",
    "CLI11::": "CLI11",
    "Qt6Keychain::": "qtkeychain",
    "qt6keychain": "qtkeychain",
}
# Parts of the system and of Qt's build that carry no interface of their own.
LINK_ALWAYS = {"Threads::Threads", "Qt6::Platform", "dl", "ws2_32", "crypt32"}

MAXIMUM_LINES = {".qml": 250, ".cpp": 600, ".h": 600, ".py": 600, ".sh": 600, ".js": 600, ".mjs": 600}
# Tables of cases make tests longer.
MAXIMUM_TEST_LINES = MAXIMUM_LINES | {".qml": 600}
# Files that name their licence, by extension or whole name.
LICENSED = {".cpp", ".h", ".qml", ".js", ".mjs", ".py", ".sh", ".cmake", ".yml", ".svg", ".xml", ".desktop",
            ".rc", ".ini", "CMakeLists.txt", "dev", "run"}
