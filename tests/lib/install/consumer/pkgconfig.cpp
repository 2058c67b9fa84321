// SPDX-License-Identifier: Apache-2.0
// Built with what pkg-config says, without CMake and moc. Exit code 0: the publish was accepted.
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>

#include <QCoreApplication>
#include <QDebug>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    AppSync::Emulator emulator;
    if (!emulator.listen())
        qFatal("%s", qPrintable(emulator.problem()));
    AppSync::ApiKeyAuthorizer key(emulator.apiKey());
    AppSync::EventsClient client(emulator.httpUrl(), &key);
    auto *reply = client.publish(u"/default/news"_s, R"({"hello":"world"})"_ba);
    QObject::connect(reply, &AppSync::Reply::finished, &app, [reply] {
        qInfo().noquote() << reply->error().toString();
        QCoreApplication::exit(reply->successful().size() == 1 ? 0 : 1);
    });
    return QCoreApplication::exec();
}
