// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/testserver.h"

#include <QFile>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickStyle>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuickTest/quicktest.h>

#include <memory>

Q_IMPORT_QML_PLUGIN(SyncscopePlugin)
Q_IMPORT_QML_PLUGIN(Syncscope_UiPlugin)

using namespace Qt::StringLiterals;

class Setup : public QObject {
    Q_OBJECT

public Q_SLOTS:
    void applicationAvailable()
    {
        // The user's settings are none of our business, nor are those of a run beside this one.
        qputenv("HOME", QFile::encodeName(m_home.path()));
        QStandardPaths::setTestModeEnabled(true);
        qputenv("DBUS_SESSION_BUS_ADDRESS",
                "unix:path=/nonexistent"); // and the keychain is not either
        QCoreApplication::setApplicationName(u"syncscope-tests"_s);
        QCoreApplication::setOrganizationName(u"Syncscope"_s);
        QCoreApplication::setApplicationVersion(u"0.0.0-test"_s);
        QQuickStyle::setStyle(u"Fusion"_s);
        m_server = std::make_unique<TestServer>(); // sockets want an application
    }

    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(u"qrc:/qt/qml"_s);
        engine->rootContext()->setContextProperty(u"server"_s, m_server.get());
    }

private:
    const QTemporaryDir m_home;
    std::unique_ptr<TestServer> m_server;
};

QUICK_TEST_MAIN_WITH_SETUP(syncscope, Setup)

#include "main.moc"
