// SPDX-License-Identifier: Apache-2.0
// Publishes its arguments as events to /default/news and prints the index of each that was accepted.
//   publish-events '{"score":40}' '{"score":41}'
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
    events.setPublishVia(
        AppSync::EventsClient::PublishVia::Http); // one publish needs no connection

    QList<QByteArray> batch;
    for (const QString &argument : app.arguments().sliced(1))
        batch += argument.toUtf8();

    auto *reply = events.publish(u"/default/news"_s, batch);
    QObject::connect(reply, &AppSync::Reply::finished, &app, [&out, reply] {
        for (const AppSync::PublishedEvent &event : reply->successful())
            out << event.index << " accepted" << Qt::endl;
        for (const AppSync::PublishedEvent &event : reply->failed())
            out << event.index << " refused: " << event.message << Qt::endl;
        if (reply->error().isError())
            out << reply->error().toString() << Qt::endl;
        QCoreApplication::exit(reply->error().isError() || !reply->failed().isEmpty());
    });
    return app.exec();
}
