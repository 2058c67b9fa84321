// SPDX-License-Identifier: Apache-2.0
// Subscribes to /default/news, unsubscribes after the first event, ends when the server has confirmed it.
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

    ChannelSubscription *news = events.subscribe(u"/default/news"_s);
    QObject::connect(news, &ChannelSubscription::received, &app, [&](const AppSync::Event &event) {
        out << event.text() << Qt::endl;
        AppSync::Reply *reply = news->unsubscribe();
        QObject::connect(reply, &AppSync::Reply::finished, &app,
                         [&app, reply] { app.exit(reply->error().isError()); });
    });
    QObject::connect(news, &ChannelSubscription::ended, &app,
                     [&](ChannelSubscription::EndReason, const AppSync::Error &error) {
                         out << (error.isError() ? error.toString() : u"unsubscribed"_s)
                             << Qt::endl;
                         if (error.isError())
                             app.exit(1);
                     });
    return app.exec();
}
