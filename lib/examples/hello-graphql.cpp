// SPDX-License-Identifier: Apache-2.0
// Subscribes to the messages of a room, sends one there, prints what arrives, ends. The schema is the sample of
// the local AppSync.
//   SYNCSCOPE_ENDPOINT=http://127.0.0.1:8787/graphql SYNCSCOPE_API_KEY=da2-… hello-graphql
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/GraphQlClient>

#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QTextStream out(stdout);

    AppSync::ApiKeyAuthorizer key(qEnvironmentVariable("SYNCSCOPE_API_KEY"));
    AppSync::GraphQlClient api(AppSync::Endpoint(QUrl(qEnvironmentVariable("SYNCSCOPE_ENDPOINT"))),
                               &key);
    const auto stop = [&](const AppSync::Error &error) {
        out << error.toString() << Qt::endl;
        app.exit(1);
    };

    auto *messages = api.subscribe(
        u"subscription On($room: String) { onMessage(room: $room) { id room body } }"_s,
        R"({"room":"lobby"})"_ba);
    QObject::connect(messages, &AppSync::GraphQlSubscription::received, &app,
                     [&](const AppSync::GraphQlResult &result) {
                         out << result.dataText() << Qt::endl;
                         app.quit();
                     });
    QObject::connect(messages, &AppSync::Subscription::errorOccurred, &app, stop);
    QObject::connect(messages, &AppSync::Subscription::stateChanged, &app, [&](auto state) {
        if (state != AppSync::Subscription::State::Subscribed)
            return;
        // What the subscription wants to see, the mutation has to ask for: id, room, body.
        auto *reply = api.execute(
            u"mutation Send($body: String!) { sendMessage(room: \"lobby\", body: $body) { id room body } }"_s,
            R"({"body":"hello"})"_ba);
        QObject::connect(reply, &AppSync::Reply::finished, &app, [&, reply] {
            for (const AppSync::GraphQlError &error : reply->errors())
                out << error.toString() << Qt::endl;
            if (reply->error().isError())
                stop(reply->error());
        });
    });
    return app.exec();
}
