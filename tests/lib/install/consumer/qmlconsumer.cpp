// SPDX-License-Identifier: Apache-2.0
// Runs consumer.qml against an emulator. Exit code 0: the published event came back.
#include <AppSync/Emulator>

#include <QCoreApplication>
#include <QQmlApplicationEngine>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    AppSync::Emulator emulator;
    if (!emulator.listen())
        qFatal("%s", qPrintable(emulator.problem()));
    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral(QML_IMPORT_PATH));
    engine.setInitialProperties(
        {{u"endpoint"_s, emulator.httpUrl().toString()}, {u"apiKey"_s, emulator.apiKey()}});
    engine.load(QUrl(u"qrc:/consumer.qml"_s));
    return engine.rootObjects().isEmpty() ? 2 : QCoreApplication::exec();
}
