// SPDX-License-Identifier: Apache-2.0
// Two subscriptions on one client and one connection, each with its callback: prints the messages of two rooms
// until it is interrupted.
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/GraphQlClient>

#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;
using AppSync::GraphQlSubscription;
using AppSync::Subscription;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);

    AppSync::ApiKeyAuthorizer key(qEnvironmentVariable("SYNCSCOPE_API_KEY"));
    AppSync::GraphQlClient api(AppSync::Endpoint(QUrl(qEnvironmentVariable("SYNCSCOPE_ENDPOINT"))),
                               &key);

    const QString document =
        u"subscription On($room: String) { onMessage(room: $room) { body } }"_s;
    auto *kitchen = api.subscribe(document, R"({"room":"kitchen"})"_ba);
    auto *garden = api.subscribe(document, R"({"room":"garden"})"_ba);
    QObject::connect(kitchen, &GraphQlSubscription::received, &app,
                     [&](const AppSync::GraphQlResult &result) {
                         out << "kitchen: " << result.dataText() << Qt::endl;
                     });
    QObject::connect(garden, &GraphQlSubscription::received, &app,
                     [&](const AppSync::GraphQlResult &result) {
                         const QJsonValue message = result.data()[u"onMessage"];
                         out << "garden: " << message[u"body"].toString() << Qt::endl;
                     });

    kitchen->setUserData(u"kitchen"_s);
    garden->setUserData(u"garden"_s);
    for (GraphQlSubscription *subscription : {kitchen, garden}) {
        const QString room = subscription->userData().toString();
        QObject::connect(subscription, &Subscription::stateChanged, &app, [&, room](auto state) {
            if (state == Subscription::State::Subscribed)
                out << room << ": subscribed" << Qt::endl;
        });
        QObject::connect(
            subscription, &Subscription::gapDetected, &app, [&, room](const AppSync::Gap &gap) {
                out << room << ": messages may be missing, " << gap.reason.message << Qt::endl;
            });
        QObject::connect(subscription, &Subscription::errorOccurred, &app,
                         [&, room](const AppSync::Error &error) {
                             out << room << ": " << error.toString() << Qt::endl;
                             app.exit(1);
                         });
    }
    return app.exec();
}
