// SPDX-License-Identifier: Apache-2.0
// Prints the events of a channel, one line of JSON each, as `tail -f` does with a file.
//   tail-events [--count N] CHANNEL
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/EventsClient>

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

using namespace Qt::StringLiterals;
using AppSync::ChannelSubscription;

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addPositionalArgument(u"channel"_s, u"For example default/news or 'default/*'."_s);
    const QCommandLineOption count(u"count"_s, u"Ends after so many events."_s, u"n"_s);
    parser.addOption(count);
    parser.process(app);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(2);

    QTextStream out(stdout);
    QTextStream err(stderr);
    AppSync::ApiKeyAuthorizer key(qEnvironmentVariable("SYNCSCOPE_API_KEY"));
    AppSync::EventsClient events(
        AppSync::Endpoint::fromUserInput(qEnvironmentVariable("SYNCSCOPE_ENDPOINT")), &key);
    ChannelSubscription *tail = events.subscribe(parser.positionalArguments().first());

    QObject::connect(tail, &ChannelSubscription::received, &app,
                     [&, left = parser.value(count).toInt()](const AppSync::Event &event) mutable {
                         out << event.text() << Qt::endl;
                         if (--left == 0)
                             app.quit();
                     });
    QObject::connect(tail, &ChannelSubscription::gapDetected, &app, [&](const AppSync::Gap &gap) {
        err << "Events may be missing from " << gap.from.toString(Qt::ISODateWithMs) << " to "
            << gap.to.toString(Qt::ISODateWithMs) << ": " << gap.reason.message << Qt::endl;
    });
    QObject::connect(tail, &ChannelSubscription::ended, &app,
                     [&](ChannelSubscription::EndReason, const AppSync::Error &error) {
                         if (!error.isError())
                             return;
                         err << error.toString() << Qt::endl;
                         app.exit(1);
                     });
    return app.exec();
}
