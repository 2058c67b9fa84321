// SPDX-License-Identifier: Apache-2.0
// The module under test, which is linked into the program of its tests.
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(AppSyncQmlPlugin)
