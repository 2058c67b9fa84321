// SPDX-License-Identifier: Apache-2.0
#include "handlerfixture.h"
#include "lib/emulator/handlers/namespacehandlers_p.h"
#include "tests/shared/testrunner.h"

#include "tests/shared/httpserver.h"

#include <QTemporaryDir>

using namespace AppSync;
using namespace HandlerFixture;
using namespace Qt::StringLiterals;

//! What handlers of namespaces make of publishes and subscribes, as those outside see it. The code is in
//! tests/fixtures/handlers.
class tst_NamespaceHandlers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publish_data();
    void publish();
    void subscribe_data();
    void subscribe();
    void theSocketSeesTheSame();
    void unchangedEventsPassToTheLetter();
    void privateChannels();
    void httpSource();
    void httpSourceThatIsAway();
    void handlersWithoutTheirSource();
    void functionSource();
    void console();
    void savedCodeTakesEffect();
    void brokenCodeDoesNotReplaceWhatWorks();
    void codeInOptions();
    void codeWhileListening();
    void replacedCodeAnswersWhatWaits();
    void orderIsKept();
    void sendersThatLeave();
    void theEmulatorMayCloseMeanwhile();

private:
    //! Somebody who listens to the namespace and to what Client::received() sends.
    static QString listenTo(Client &client, const QString &channel = u"/ns/room"_s)
    {
        const QString answer = client.subscribe(channel);
        return client.subscribe(u"/plain/end"_s) == u"subscribed"_s ? answer : u"no end"_s;
    }
};

namespace {

bool saveAs(const QString &path, const QByteArray &text)
{
    // As editors do: a new file takes the place of the old one.
    QFile file(path + u".new"_s);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return false;
    file.close();
    QFile::remove(path);
    return file.rename(path);
}

} // namespace

void tst_NamespaceHandlers::publish_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QStringList>("events");
    QTest::addColumn<QString>("publisher");
    QTest::addColumn<QStringList>("subscriber");
    QTest::addColumn<QString>("problem"); // the start of what is reported; empty: nothing

    const auto row = [](const char *file, const QStringList &events, const QString &publisher,
                        const QStringList &subscriber, const QString &problem = {}) {
        QTest::newRow(file) << QString::fromLatin1(file) + u".js"_s << events << publisher
                            << subscriber << problem;
    };
    const QString one = u"{\"a\":1}"_s;
    const QString two = u"\"b\""_s;
    row("forward", {one, two}, u"ok | ok"_s, {one, two});
    row("silence", {one, two}, u"ok | ok"_s, {});
    row("returns-null", {one}, u"ok"_s, {});
    row("null-entries", {u"{\"keep\":true}"_s, u"{\"keep\":false}"_s}, u"ok | ok"_s,
        {u"{\"keep\":true}"_s});
    row("warm-only", {u"{\"degrees\":19}"_s, u"{\"degrees\":21}"_s}, u"ok | ok"_s,
        {u"{\"degrees\":21}"_s});
    row("stamp", {u"{\"z\":1,\"a\":[]}"_s}, u"ok"_s,
        {u"{\"z\":1,\"a\":[],\"seenBy\":\"house\"}"_s});
    row("redact", {u"{\"user\":\"u\",\"password\":\"p\"}"_s, u"{\"b\":1}"_s}, u"ok | ok"_s,
        {u"{\"user\":\"u\"}"_s, u"{\"b\":1}"_s});
    row("needs-text", {u"{\"text\":\"hi\"}"_s, u"{}"_s},
        u"ok | MessageProcessingError: Event 1 has no text"_s, {u"{\"text\":\"hi\"}"_s});
    row("mixed", {u"{\"n\":0}"_s, u"{\"n\":1}"_s, u"{\"n\":2}"_s, u"{\"n\":3}"_s},
        u"ok | MessageProcessingError: one is not allowed | ok | ok"_s,
        {u"{\"n\":\"two\"}"_s, u"{\"n\":3}"_s});
    row("throws", {one}, kBroken, {}, u"ns:4: Error: not today"_s);
    row("type-error", {one}, kBroken, {}, u"ns:5: TypeError: "_s);
    row("unknown-id", {one}, kBroken, {});
    row("duplicate-id", {one}, kBroken, {});
    row("no-list", {one}, kBroken, {},
        u"ns:0: Error: onPublish has to return an array of events, not all of them"_s);
    row("grows", {u"{\"grow\":true}"_s, one},
        u"EventTooLargeException: Transformed event is larger than 240KB | ok"_s, {one});
    row("shrinks", {u'"' + QString(300'000, u'x') + u'"'}, u"ok"_s, {u"300000"_s});
    row("backwards", {one, two}, u"ok | ok"_s, {two, one});
    row("complains", {u"{\"old\":true}"_s}, u"ok"_s, {u"{\"old\":true}"_s});
    row("times", {u"1517943695750"_s}, u"ok"_s,
        {u"{\"iso\":\"2018-02-06T19:01:35.750Z\",\"seconds\":1517943695,"
         "\"formatted\":\"Tue, 06 Feb 2018 at 19:01:35+0000\","
         "\"berlin\":\"2018-02-06 20:01:35+01:00\",\"parsed\":1517476865180,"
         "\"parsedFormat\":1517476865000,\"parsedZone\":1517476860000,\"isNow\":true}"_s});
    row("ids", {one}, u"ok"_s, {u"[true,true,true]"_s});
    row("helpers", {u"\"some text & ü\""_s}, u"ok"_s,
        {u"[\"c29tZSB0ZXh0ICYgw7w=\",true,\"some+text+%26+%C3%BC\",true,true,true,\"else\","
         "\"List\",\"{\\\"a\\\":1}\",1,\"UP\",2,\"API Key Authorization\"]"_s});
    row("modern", {u"{\"tags\":[{\"label\":\"l\"}],\"extra\":1}"_s}, u"ok"_s,
        {u"{\"size\":1000,\"colour\":\"red\",\"extra\":1,\"parsed\":\"no jsON in l\","
         "\"nested\":{\"a\":1,\"c\":[{\"label\":\"l\"},{\"label\":\"l\"}]},\"flat\":[1,2,3],"
         "\"last\":3,\"entries\":{\"xx\":1},\"matches\":[\"1\",\"22\"],\"trimmed\":\" xy 007\","
         "\"picked\":{\"others\":{\"b\":2,\"c-d\":3},\"count\":2}}"_s});
    row("counts", {one, two}, u"ok | ok"_s, {u"1"_s, u"1"_s});
    row("subscribe-only", {one, two}, u"ok | ok"_s, {one, two});
    row("deep", {one}, kBroken, {}, u"ns:"_s);
    row("early-return", {u"{\"cheap\":1}"_s}, u"ok"_s, {u"{\"cheap\":1}"_s});
}

void tst_NamespaceHandlers::publish()
{
    QFETCH(QString, file);
    QFETCH(QStringList, events);
    QFETCH(QString, publisher);
    QFETCH(QStringList, subscriber);
    QFETCH(QString, problem);
    Emulator emulator;
    const Journal journal(emulator);
    QVERIFY2(emulator.listen(optionsFor(file)), qPrintable(emulator.problem()));
    Client client(emulator);
    QCOMPARE(listenTo(client), u"subscribed"_s);
    QCOMPARE(client.publish(u"/ns/room"_s, events), publisher);
    QCOMPARE(client.received(), subscriber);
    QCOMPARE(journal.problems.isEmpty(), problem.isEmpty());
    if (!problem.isEmpty()) {
        QVERIFY2(journal.problems.first().startsWith(problem),
                 qPrintable(journal.problems.first()));
        QCOMPARE(journal.lastFile, handlerFile(file));
    }
}

void tst_NamespaceHandlers::subscribe_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("subscribed");
    QTest::addColumn<QString>("published"); // an event of that channel
    const auto row = [](const char *file, const QString &channel, const QString &subscribed,
                        const QString &published) {
        QTest::newRow(qPrintable(QLatin1StringView(file) + channel))
            << QString::fromLatin1(file) + u".js"_s << channel << subscribed << published;
    };
    row("closed", u"/ns/a"_s, u"SubscriptionProcessingError: The shop is closed"_s,
        u"403 MessageProcessingError: The shop is closed"_s);
    row("closed-typed", u"/ns/a"_s, u"ShopClosed: The shop is closed"_s,
        u"403 ShopClosed: The shop is closed"_s);
    row("nobody", u"/ns/a"_s, u"Unauthorized: You are not authorized to make this call."_s,
        u"401 UnauthorizedException: You are not authorized to make this call."_s);
    row("no-wildcards", u"/ns/a/b"_s, u"subscribed"_s, u"ok"_s);
    row("no-wildcards", u"/ns/*"_s, u"NoWildcards: Name the channel"_s, {});
    row("by-channel", u"/ns/quiet"_s, u"subscribed"_s, u"ok"_s);
    row("syntax-error", u"/ns/a"_s,
        u"SubscriptionProcessingError: There was an error processing the operation"_s, kBroken);
    row("imports-sdk", u"/ns/a"_s,
        u"SubscriptionProcessingError: There was an error processing the operation"_s, kBroken);
    row("no-such-file", u"/ns/a"_s,
        u"SubscriptionProcessingError: There was an error processing the operation"_s, kBroken);
}

void tst_NamespaceHandlers::subscribe()
{
    QFETCH(QString, file);
    QFETCH(QString, channel);
    QFETCH(QString, subscribed);
    QFETCH(QString, published);
    Emulator emulator;
    const Journal journal(emulator);
    QVERIFY2(emulator.listen(optionsFor(file)), qPrintable(emulator.problem()));
    Client client(emulator);
    QCOMPARE(client.subscribe(channel), subscribed);
    QCOMPARE(emulator.subscriptionCount(), subscribed == u"subscribed"_s ? 1 : 0);
    if (!published.isEmpty())
        QCOMPARE(client.publish(channel, {u"1"_s}), published);
    if (file == u"syntax-error.js"_s)
        QVERIFY2(journal.problems.first().startsWith(u"ns:3: SyntaxError: "_s),
                 qPrintable(journal.problems.first()));
    if (file == u"imports-sdk.js"_s)
        QVERIFY2(journal.problems.first().startsWith(
                     u"ns:3: Cannot import \"@aws-appsync/utils/rds\""_s),
                 qPrintable(journal.problems.first()));
    if (file == u"no-such-file.js"_s)
        QVERIFY2(journal.problems.first().startsWith(u"ns:0: Cannot read the file"_s),
                 qPrintable(journal.problems.first()));
}

//! A refusal over WebSocket, and that one namespace's code leaves the others alone.
void tst_NamespaceHandlers::theSocketSeesTheSame()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor(u"nobody.js"_s)));
    const QJsonObject key{{u"host"_s, u"h"_s}, {u"x-api-key"_s, emulator.apiKey()}};
    RawClient::WebSocket socket;
    QVERIFY(socket.open(emulator.realtimeUrl(),
                        {u"aws-appsync-event-ws"_s, RawClient::headerProtocol(key)}));
    const auto publish = [&](const QString &channel) {
        socket.send(QJsonObject{{u"type"_s, u"publish"_s},
                                {u"id"_s, u"p"_s},
                                {u"channel"_s, channel},
                                {u"events"_s, QJsonArray{u"1"_s}},
                                {u"authorization"_s, key}});
        return socket.next();
    };
    QCOMPARE(publish(u"/ns/a"_s),
             u"{\"id\":\"p\",\"type\":\"publish_error\",\"errors\":[{\"errorType\":"
             "\"UnauthorizedException\",\"errorCode\":401,\"message\":\"You are not authorized to "
             "make this call.\"}]}"_s);
    QVERIFY(publish(u"/plain/a"_s).contains(u"publish_success"_s));
}

void tst_NamespaceHandlers::unchangedEventsPassToTheLetter()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor(u"mixed.js"_s)));
    Client client(emulator);
    QCOMPARE(listenTo(client), u"subscribed"_s);
    const QStringList events{
        u"{\"b\": 12345678901234567890, \"a\":1e2,\"b\":12345678901234567891}"_s,
        u"{ \"10\":1, \"9\":\"\\u00e4\\/\" }"_s, u"[1.0, -0, 1E400]"_s, u"\"\\ud83d\\ude00 😀\""_s,
        u" 9007199254740993 "_s};
    QCOMPARE(client.publish(u"/ns/room"_s, events), u"ok | ok | ok | ok | ok"_s);
    QCOMPARE(client.received(), events);
}

//! Everyone has a channel of their own: nobody else's, and not all of them.
void tst_NamespaceHandlers::privateChannels()
{
    Emulator emulator;
    const Journal journal(emulator);
    Emulator::Options options = optionsFor({});
    Emulator::Namespace nameSpace{u"private"_s};
    nameSpace.codeFile = handlerFile(u"private-channel.js"_s);
    nameSpace.subscribe = {Emulator::AuthMode::Oidc};
    options.namespaces.append(nameSpace);
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    const auto tokenOf = [&](const QString &who) {
        return emulator.tokenFor(who, std::chrono::seconds(60));
    };
    Client ann(emulator, tokenOf(u"ann"_s));
    Client bob(emulator, tokenOf(u"bob"_s));
    const QString no = u"Unauthorized: You are not authorized to make this call."_s;
    QCOMPARE(listenTo(ann, u"/private/ann"_s), u"subscribed"_s);
    QCOMPARE(listenTo(bob, u"/private/ann"_s), no);
    QCOMPARE(bob.subscribe(u"/private/*"_s), no);
    QCOMPARE(bob.subscribe(u"/private/bob/x"_s), no);
    QCOMPARE(bob.subscribe(u"/private/bob"_s), u"subscribed"_s);
    QCOMPARE(bob.publish(u"/private/ann"_s, {u"\"for ann\""_s}), u"ok"_s);
    QCOMPARE(ann.received(), QStringList{u"\"for ann\""_s});
    QCOMPARE(bob.received(), QStringList());
    QCOMPARE(journal.output.value(0), u"error: bob tried /private/ann"_s);
    QCOMPARE(journal.problems, QStringList());
}

void tst_NamespaceHandlers::httpSource()
{
    HttpServer server([](const HttpServer::Request &) {
        return HttpServer::Answer{201, "{\"b\":1,\"a\":2}"};
    });
    Emulator emulator;
    Emulator::Options options = optionsFor(u"enrich.js"_s);
    options.dataSources = {{u"lookup"_s, Emulator::DataSource::Kind::Http, server.url(u"/v1/"_s)}};
    options.namespaces[0].publishSource = u"lookup"_s;
    QVERIFY(emulator.listen(options));
    Client client(emulator);
    QCOMPARE(listenTo(client), u"subscribed"_s);
    QCOMPARE(client.publish(u"/ns/room"_s, {u"{\"id\":7}"_s, u"{\"id\":8}"_s}), u"ok | ok"_s);
    const QString rest =
        u",\"statusCode\":201,\"type\":\"application/json\",\"found\":{\"b\":1,\"a\":2},\"of\":2}"_s;
    QCOMPARE(client.received(), (QStringList{u"{\"id\":7"_s + rest, u"{\"id\":8"_s + rest}));
    QCOMPARE(server.requests.size(), 1);
    const HttpServer::Request request = server.requests.first();
    QCOMPARE(request.verb, QByteArray("POST"));
    QCOMPARE(request.url.toString(QUrl::FullyEncoded), u"/v1/lookup?kind=weather%20report"_s);
    QCOMPARE(request.headers.value("x-asked-by"), QByteArray("handler"));
    QCOMPARE(request.body, QByteArray("{\"ids\":[7,8]}"));
}

void tst_NamespaceHandlers::httpSourceThatIsAway()
{
    HttpServer server([](const HttpServer::Request &request) {
        HttpServer::Answer answer{200, QByteArray(2 * 1024 * 1024, 'x')};
        answer.isNever = request.verb == "PUT";
        return answer;
    });
    for (const QString &file : {u"unreachable.js"_s, u"request-only.js"_s}) {
        Emulator emulator;
        Emulator::Options options = optionsFor(file);
        options.handlerDeadline = std::chrono::seconds(2);
        options.dataSources = {{u"away"_s, Emulator::DataSource::Kind::Http, server.url()}};
        options.namespaces[0].publishSource = u"away"_s;
        QVERIFY(emulator.listen(options));
        Client client(emulator);
        QCOMPARE(listenTo(client), u"subscribed"_s);
        const QString verdict = client.publish(u"/ns/room"_s, {u"1"_s});
        const QString tooLong = u"403 HTTPRequestError: The data source did not answer: "_s;
        if (file == u"unreachable.js"_s) // what it answers is larger than 1 MB
            QCOMPARE(verdict, u"403 SourceDown: The data source is away"_s);
        else // it does not answer, and there is no response that could make something of it
            QVERIFY2(verdict.startsWith(tooLong), qPrintable(verdict));
        QCOMPARE(client.received(), QStringList());
    }
}

void tst_NamespaceHandlers::handlersWithoutTheirSource()
{
    for (const QString &source : {QString(), u"elsewhere"_s}) {
        Emulator emulator;
        const Journal journal(emulator);
        Emulator::Options options = optionsFor(u"enrich.js"_s);
        options.namespaces[0].publishSource = source;
        QVERIFY(emulator.listen(options));
        Client client(emulator);
        QCOMPARE(client.publish(u"/ns/room"_s, {u"{}"_s}), kBroken);
        QTRY_COMPARE(journal.problems.size(), 1);
        QVERIFY(journal.problems.first().contains(u"data source"_s));
    }
}

void tst_NamespaceHandlers::functionSource()
{
    Emulator emulator;
    const Journal journal(emulator);
    Emulator::Options options = optionsFor(u"ask-function.js"_s);
    Emulator::DataSource square{u"square"_s, Emulator::DataSource::Kind::Function};
    square.codeFile = handlerFile(u"function-square.js"_s);
    options.dataSources = {square};
    options.namespaces[0].publishSource = u"square"_s;
    options.namespaces[0].subscribeSource = u"square"_s;
    QVERIFY(emulator.listen(options));
    Client client(emulator);
    QCOMPARE(client.subscribe(u"/ns/room"_s),
             u"SubscriptionProcessingError: Error: /ns/room is no number"_s);
    QCOMPARE(client.publish(u"/ns/room"_s, {u"3"_s, u"4"_s}), u"ok | ok"_s);
    QCOMPARE(
        client.publish(u"/ns/room"_s, {u"3"_s, u"\"x\""_s}),
        u"MessageProcessingError: Error: x is no number | MessageProcessingError: Error: x is no number"_s);
    QTRY_COMPARE(journal.problems.size(), 2);
    QCOMPARE(journal.problems.last(), u"square:5: Error: x is no number"_s);
}

void tst_NamespaceHandlers::console()
{
    Emulator emulator;
    const Journal journal(emulator);
    QVERIFY(emulator.listen(optionsFor(u"talks.js"_s)));
    Client client(emulator);
    QCOMPARE(client.publish(u"/ns/room"_s, {u"1"_s, u"2"_s}), u"ok | ok"_s);
    QTRY_COMPARE(journal.output,
                 (QStringList{u"log: got 2 {\"of\":\"them\"}"_s, u"warn: careful"_s,
                              u"error: Error: oh"_s}));
}

void tst_NamespaceHandlers::savedCodeTakesEffect()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"ns.js"_s);
    QVERIFY(saveAs(path, "export const onPublish = () => [];"));
    Emulator emulator;
    Emulator::Options options = optionsFor({});
    options.namespaces[0].codeFile = path;
    QVERIFY(emulator.listen(options));
    Client client(emulator);
    QCOMPARE(listenTo(client), u"subscribed"_s);
    QCOMPARE(client.publish(u"/ns/room"_s, {u"1"_s}), u"ok"_s);
    QCOMPARE(client.received(), QStringList());
    const auto publishesAs = [&](const QByteArray &code, const QString &seen) {
        if (!saveAs(path, code))
            return false;
        return QTest::qWaitFor([&] {
            return client.publish(u"/ns/room"_s, {u"1"_s}) == u"ok"_s
                && client.received() == QStringList{seen};
        });
    };
    QVERIFY(publishesAs("export const onPublish = (ctx) => ctx.events;", u"1"_s));
    // And once more, since a watcher loses files that are replaced.
    QVERIFY(publishesAs("export const onPublish = (ctx) => ctx.events.map(({id}) => ({id, payload: "
                        "'new'}));",
                        u"\"new\""_s));
    QCOMPARE(emulator.subscriptionCount(), 2);
}

void tst_NamespaceHandlers::brokenCodeDoesNotReplaceWhatWorks()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"ns.js"_s);
    QVERIFY(saveAs(path, "export const onPublish = (ctx) => ctx.events;"));
    Emulator emulator;
    const Journal journal(emulator);
    Emulator::Options options = optionsFor({});
    options.namespaces[0].codeFile = path;
    options.handlerDeadline = std::chrono::seconds(2);
    QVERIFY(emulator.listen(options));
    Client client(emulator);
    QCOMPARE(client.publish(u"/ns/room"_s, {u"1"_s}), u"ok"_s);
    QVERIFY(saveAs(path, "export const onPublish = (ctx) =>\n\n  ctx.events;;\n  )"));
    QTRY_COMPARE(journal.problems.size(), 1);
    QVERIFY2(journal.problems.first().startsWith(u"ns:4: SyntaxError"_s),
             qPrintable(journal.problems.first()));
    QCOMPARE(client.publish(u"/ns/room"_s, {u"1"_s}), u"ok"_s);
    QVERIFY(saveAs(path, "for (;;); export const onPublish = () => [];"));
    QTRY_COMPARE(journal.problems.size(), 2);
    QVERIFY(journal.problems.last().contains(u"did not end within 2 s"_s));
    QCOMPARE(client.publish(u"/ns/room"_s, {u"1"_s}), u"ok"_s);
    QVERIFY(saveAs(path, "export const onPublish = () => util.error('new');"));
    QTRY_COMPARE(client.publish(u"/ns/room"_s, {u"1"_s}), u"403 MessageProcessingError: new"_s);
}

void tst_NamespaceHandlers::codeInOptions()
{
    Emulator emulator;
    const Journal journal(emulator);
    Emulator::Options options = optionsFor({});
    options.namespaces[0].code = u"export const onPublish = () => oops;"_s;
    QVERIFY(emulator.listen(options));
    Client client(emulator);
    QCOMPARE(client.publish(u"/ns/room"_s, {u"1"_s}), kBroken);
    QTRY_COMPARE(journal.problems, QStringList{u"ns:1: ReferenceError: oops is not defined"_s});
    QCOMPARE(journal.lastFile, u"ns.js"_s);
}

void tst_NamespaceHandlers::codeWhileListening()
{
    Emulator emulator;
    const Journal journal(emulator);
    QVERIFY(emulator.listen(optionsFor({})));
    Client client(emulator);
    const auto answer = [&] { return client.publish(u"/ns/room"_s, {u"1"_s}); };
    QCOMPARE(answer(), u"ok"_s);
    const QString closed = u"export const onPublish = () => util.error('closed');"_s;
    const QString no = u"403 MessageProcessingError: closed"_s;
    emulator.setHandlerCode(u"ns"_s, closed);
    QCOMPARE(answer(), no);
    emulator.setHandlerCode(u"ns"_s, u"export onPublish"_s);
    QCOMPARE(answer(), no);
    QTRY_COMPARE(journal.problems.size(), 1);
    emulator.setHandlerCode(u"ns"_s, {});
    QCOMPARE(answer(), u"ok"_s);
    emulator.setHandlerCode(u"ns"_s, closed);
    QCOMPARE(answer(), no);
}

//! However long the queue was: each call has a deadline of its own.
void tst_NamespaceHandlers::replacedCodeAnswersWhatWaits()
{
    Emulator::Options options = optionsFor(u"loops.js"_s);
    options.handlerDeadline = std::chrono::milliseconds(500);
    Emulation::NamespaceHandlers handlers(options);
    Emulation::HandlerContext context;
    context.channel = u"ns/a"_s;
    context.isPublish = true;
    int refused = 0;
    for (int i = 0; i < 5; ++i)
        handlers.run(context, {{u"1"_s, u"\"loop\""_s}},
                     [&](const auto &outcome) { refused += outcome.error ? 1 : 0; });
    options.namespaces[0] = {u"ns"_s};
    options.namespaces[0].code = u"export const onPublish = (ctx) => ctx.events;"_s;
    handlers.update();
    QTRY_COMPARE_WITH_TIMEOUT(refused, 5, 20'000);
}

void tst_NamespaceHandlers::orderIsKept()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor(u"forward.js"_s)));
    Client client(emulator);
    QCOMPARE(listenTo(client), u"subscribed"_s);
    const QJsonObject key{{u"host"_s, u"h"_s}, {u"x-api-key"_s, emulator.apiKey()}};
    RawClient::WebSocket socket;
    QVERIFY(socket.open(emulator.realtimeUrl(),
                        {u"aws-appsync-event-ws"_s, RawClient::headerProtocol(key)}));
    QStringList events;
    for (int i = 0; i < 200; ++i) {
        events.append(QString::number(i));
        socket.send(QJsonObject{{u"type"_s, u"publish"_s},
                                {u"id"_s, events.last()},
                                {u"channel"_s, u"/ns/room"_s},
                                {u"events"_s, QJsonArray{events.last()}},
                                {u"authorization"_s, key}});
    }
    for (const QString &event : std::as_const(events))
        QCOMPARE(socket.nextJson().value("id"_L1).toString(), event);
    QCOMPARE(client.received(), events);
}

//! Nobody waits any more for what the handler says.
void tst_NamespaceHandlers::sendersThatLeave()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor(u"forward.js"_s)));
    {
        const QJsonObject key{{u"host"_s, u"h"_s}, {u"x-api-key"_s, emulator.apiKey()}};
        RawClient::WebSocket socket;
        QVERIFY(socket.open(emulator.realtimeUrl(),
                            {u"aws-appsync-event-ws"_s, RawClient::headerProtocol(key)}));
        for (const QString &type : {u"subscribe"_s, u"publish"_s})
            socket.send(QJsonObject{{u"type"_s, type},
                                    {u"id"_s, type},
                                    {u"channel"_s, u"/ns/room"_s},
                                    {u"events"_s, QJsonArray{u"1"_s}},
                                    {u"authorization"_s, key}});
        socket.socket().flush();
    }
    RawClient::Connection http(emulator.port());
    http.write(RawClient::post("/event", "x-api-key: " + emulator.apiKey().toUtf8() + "\r\n",
                               R"({"channel":"/ns/room","events":["1"]})")
                   .chopped(1));
    Client client(emulator);
    QCOMPARE(client.publish(u"/ns/room"_s, {u"1"_s}), u"ok"_s);
    QTRY_COMPARE(emulator.subscriptionCount(), 0);
    QTRY_COMPARE(emulator.connectionCount(), 0);
}

void tst_NamespaceHandlers::theEmulatorMayCloseMeanwhile()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor(u"loops.js"_s)));
    RawClient::Connection http(emulator.port());
    http.write(RawClient::post("/event", "x-api-key: " + emulator.apiKey().toUtf8() + "\r\n",
                               R"({"channel":"/ns/room","events":["\"loop\""]})"));
    Client client(emulator); // its answer shows that the request before it has been read
    QCOMPARE(client.publish(u"/plain/a"_s, {u"1"_s}), u"ok"_s);
    emulator.close();
    QVERIFY(emulator.listen(optionsFor(u"forward.js"_s)));
    Client next(emulator);
    QCOMPARE(next.publish(u"/ns/room"_s, {u"1"_s}), u"ok"_s);
}

GUILESS_TEST(tst_NamespaceHandlers)

#include "tst_namespacehandlers.moc"
