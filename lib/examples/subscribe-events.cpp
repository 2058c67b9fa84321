// SPDX-License-Identifier: Apache-2.0
// Subscribes to /default/* and prints what arrives until it is interrupted.
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/EventsClient>

#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;
using AppSync::ChannelSubscription;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);

    AppSync::ApiKeyAuthorizer key(qEnvironmentVariable("SYNCSCOPE_API_KEY"));
    AppSync::EventsClient events(
        AppSync::Endpoint::fromUserInput(qEnvironmentVariable("SYNCSCOPE_ENDPOINT")), &key);

    ChannelSubscription *all = events.subscribe(u"/default/*"_s);
    QObject::connect(all, &ChannelSubscription::stateChanged, &app, [&](auto state) {
        if (state == ChannelSubscription::State::Subscribed)
            out << "subscribed" << Qt::endl;
    });
    QObject::connect(all, &ChannelSubscription::received, &app,
                     [&](const AppSync::Event &event) { out << event.text() << Qt::endl; });
    QObject::connect(all, &ChannelSubscription::errorOccurred, &app,
                     [&](const AppSync::Error &error) {
                         out << error.toString() << Qt::endl;
                         app.exit(1);
                     });
    return app.exec();
}
