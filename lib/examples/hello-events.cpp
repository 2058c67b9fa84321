// SPDX-License-Identifier: Apache-2.0
// Subscribes to /default/news, publishes one event there, prints what arrives, ends.
//   SYNCSCOPE_ENDPOINT=http://127.0.0.1:8787/event SYNCSCOPE_API_KEY=da2-… hello-events
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/EventsClient>

#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);

    AppSync::ApiKeyAuthorizer key(qEnvironmentVariable("SYNCSCOPE_API_KEY"));
    AppSync::EventsClient events(
        AppSync::Endpoint::fromUserInput(qEnvironmentVariable("SYNCSCOPE_ENDPOINT")), &key);

    auto *news = events.subscribe(u"/default/news"_s);
    QObject::connect(news, &AppSync::ChannelSubscription::received, &app,
                     [&](const AppSync::Event &event) {
                         out << event.channel << ' ' << event.text() << Qt::endl;
                         app.quit();
                     });
    QObject::connect(news, &AppSync::ChannelSubscription::errorOccurred, &app,
                     [&](const AppSync::Error &error) {
                         out << error.toString() << Qt::endl;
                         app.exit(1);
                     });
    QObject::connect(news, &AppSync::ChannelSubscription::stateChanged, &app,
                     [&](AppSync::ChannelSubscription::State state) {
                         if (state == AppSync::ChannelSubscription::State::Subscribed)
                             events.publish(u"/default/news"_s, R"({"hello":"world"})"_ba);
                     });
    return app.exec();
}
