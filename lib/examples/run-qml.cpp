// SPDX-License-Identifier: Apache-2.0
// Runs an example in QML. The program itself knows nothing of AppSync but the module's name.
#include <QCoreApplication>
#include <QQmlApplicationEngine>
#include <QtQml/QQmlExtensionPlugin>

using namespace Qt::StringLiterals;

Q_IMPORT_QML_PLUGIN(AppSyncQmlPlugin)

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QQmlApplicationEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s); // the default from Qt 6.5 on
    engine.setInitialProperties({{u"endpoint"_s, qEnvironmentVariable("SYNCSCOPE_ENDPOINT")},
                                 {u"apiKey"_s, qEnvironmentVariable("SYNCSCOPE_API_KEY")}});
    engine.load(QUrl(QStringLiteral("qrc:/" EXAMPLE)));
    return engine.rootObjects().isEmpty() ? 1 : QCoreApplication::exec();
}
