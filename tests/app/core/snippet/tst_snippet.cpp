// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippet.h"

#include "snippettexts.h"
#include "tests/shared/testrunner.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>

#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;
using Kind = SnippetAction::Kind;

namespace {

AppSync::Frame sent(const QString &type, const QByteArray &text)
{
    AppSync::Frame frame;
    frame.direction = AppSync::Frame::Direction::Out;
    frame.type = type;
    frame.text = QString::fromUtf8(text);
    if (type == u"POST")
        frame.transport = AppSync::Frame::Transport::Http;
    return frame;
}

SnippetAction actionOf(const AppSync::Frame &frame, const QByteArray &sub = {})
{
    return SnippetAction::of(CapturedFrame::fromFrame(frame, 1, sub));
}

SnippetAction publishOf(const QList<QByteArray> &events)
{
    SnippetAction action;
    action.kind = Kind::Publish;
    action.channel = "/default/room";
    action.events = events;
    return action;
}

constexpr SnippetLanguage kLanguages[]{SnippetLanguage::Shell, SnippetLanguage::AmplifyJs,
                                       SnippetLanguage::Python, SnippetLanguage::Go,
                                       SnippetLanguage::Cpp};

} // namespace

//! What snippets do is tried with the programs that they are for, against a local AppSync.
class TestSnippet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsPublishes();
    void readsDeliveredEvents();
    void readsSubscriptions();
    void readsGraphQl();
    void nothingToRepeat_data();
    void nothingToRepeat();
    void readsHowItWasAuthorized();
    void noSecrets_data();
    void noSecrets();
    void realUrls();
    void ownRealtime();
    void shellPublishes();
    void shellPublishesWhatNoArgumentCarries();
    void shellSubscribes();
    void shellExecutes();
    void pythonPublishes();
    void pythonExecutes();
    void pythonSubscribes();
    void cppPublishes();
    void marksWhatAmplifyChanges();

private:
    [[nodiscard]] SnippetTarget target(const QUrl &url = {}) const
    {
        SnippetTarget target;
        target.endpoint = AppSync::Endpoint(url.isEmpty() ? m_emulator->httpUrl() : url);
        return target;
    }
    //! Runs \a script; what it printed, or why it failed.
    QByteArray run(const QString &program, const QByteArray &script, int *code = nullptr);
    QByteArray run(const QString &program, const QStringList &arguments, int *code);
    void publishes(const QString &program, SnippetLanguage language,
                   const QList<QByteArray> &events);
    void executes(const QString &program, SnippetLanguage language);

    std::unique_ptr<AppSync::Emulator> m_emulator;
    std::unique_ptr<AppSync::ApiKeyAuthorizer> m_key;
    std::unique_ptr<AppSync::EventsClient> m_client;
    QList<QByteArray> m_received;
};

void TestSnippet::init()
{
    m_client.reset();
    m_received.clear();
    m_emulator = std::make_unique<AppSync::Emulator>();
    QVERIFY2(m_emulator->listen(), qPrintable(m_emulator->problem()));
    m_key = std::make_unique<AppSync::ApiKeyAuthorizer>(m_emulator->apiKey());
    m_client = std::make_unique<AppSync::EventsClient>(AppSync::Endpoint(m_emulator->httpUrl()),
                                                       m_key.get());
    auto *subscription = m_client->subscribe(u"/default/*"_s);
    connect(subscription, &AppSync::ChannelSubscription::received, this,
            [this](const AppSync::Event &event) { m_received += event.json(); });
    QTRY_COMPARE(m_emulator->subscriptionCount(), 1);
}

QByteArray TestSnippet::run(const QString &program, const QStringList &arguments, int *code)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SYNCSCOPE_API_KEY"_s, m_emulator->apiKey());
    environment.insert(u"SNIPPET_ENDPOINT"_s, m_emulator->httpUrl().toString());
    const QString cli = qEnvironmentVariable("SYNCSCOPE_CLI");
    environment.insert(
        u"PATH"_s, QFileInfo(cli).path() + QDir::listSeparator() + qEnvironmentVariable("PATH"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(program, arguments);
    if (!finished.wait(60'000))
        return "it did not end";
    if (code)
        *code = process.exitCode();
    return process.readAll();
}

QByteArray TestSnippet::run(const QString &program, const QByteArray &script, int *code)
{
    QTemporaryFile file;
    if (!file.open() || file.write(script) != script.size() || !file.flush())
        return "not written";
    return run(program, QStringList{file.fileName()}, code);
}

void TestSnippet::readsPublishes()
{
    const SnippetAction action = actionOf(sent(
        u"publish"_s,
        R"({"type":"publish","id":"1","channel":"/game/7","events":["{\"id\":9007199254740993}","1"]})"));
    QCOMPARE(action.kind, Kind::Publish);
    QCOMPARE(action.channel, "/game/7"_ba);
    QCOMPARE(action.events, (QList<QByteArray>{R"({"id":9007199254740993})", "1"}));
    QVERIFY(!action.overHttp);
    const SnippetAction post = actionOf(sent(u"POST"_s, R"({"channel":"/game/7","events":["1"]})"));
    QVERIFY(post.overHttp);
    QVERIFY(snippet(post, target(), SnippetLanguage::Shell).contains(" --http "));
}

void TestSnippet::readsDeliveredEvents()
{
    AppSync::Frame frame;
    frame.type = u"data"_s;
    frame.text = uR"({"id":"1","type":"data","event":"{\"a\":1}"})"_s;
    const SnippetAction known = actionOf(frame, "/game/7");
    QCOMPARE(known.kind, Kind::Publish);
    QCOMPARE(known.channel, "/game/7"_ba);
    QVERIFY(!known.hasPlace);
    const SnippetAction open = actionOf(frame, "/game/*");
    QVERIFY(open.hasPlace);
    QCOMPARE(open.channel, "/game/<channel>"_ba);
    for (const SnippetLanguage language : kLanguages)
        QVERIFY(snippet(open, target(), language).contains("/game/<channel>"));
}

void TestSnippet::readsSubscriptions()
{
    const SnippetAction action = actionOf(
        sent(u"subscribe"_s, R"({"type":"subscribe","id":"1","channel":"game/*"})"), "/game/*");
    QCOMPARE(action.kind, Kind::Subscribe);
    QCOMPARE(action.channel, "/game/*"_ba);
    for (const SnippetLanguage language : kLanguages)
        QVERIFY(snippet(action, target(), language).contains("/game/*"));
}

void TestSnippet::readsGraphQl()
{
    const SnippetAction request = actionOf(sent(
        u"POST"_s,
        R"({"query":"query A($x: ID) {\n a(x: $x) }","variables":{"x":9007199254740993},"operationName":"A"})"));
    QCOMPARE(request.kind, Kind::Execute);
    QCOMPARE(request.document, "query A($x: ID) {\n a(x: $x) }"_ba);
    QCOMPARE(request.variables, R"({"x":9007199254740993})"_ba);
    QCOMPARE(request.operationName, "A"_ba);
    const SnippetAction start = actionOf(sent(
        u"start"_s,
        R"({"id":"1","type":"start","payload":{"data":"{\"query\":\"subscription { on }\",\"variables\":{\"n\":1.0}}","extensions":{"authorization":{"x-api-key":"<masked>"}}}})"));
    QCOMPARE(start.kind, Kind::SubscribeGraphQl);
    QCOMPARE(start.document, "subscription { on }"_ba);
    QCOMPARE(start.variables, R"({"n":1.0})"_ba);
    for (const SnippetLanguage language : kLanguages)
        QVERIFY(snippet(start, target(m_emulator->graphQlUrl()), language)
                    .contains("subscription { on }"));
}

void TestSnippet::nothingToRepeat_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("out");
    QTest::newRow("keep-alive") << u"ka"_s << R"({"type":"ka"})"_ba << false;
    QTest::newRow("init") << u"connection_init"_s << R"({"type":"connection_init"})"_ba << true;
    QTest::newRow("answer") << u"publish_success"_s
                            << R"({"type":"publish_success","id":"1","successful":[]})"_ba << false;
    QTest::newRow("rubbish") << QString() << "rubbish"_ba << false;
    QTest::newRow("odd request") << u"POST"_s << R"({"query":7})"_ba << true;
    QTest::newRow("odd start") << u"start"_s << R"({"type":"start","payload":{"data":[]}})"_ba
                               << true;
}

void TestSnippet::nothingToRepeat()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, text);
    QFETCH(bool, out);
    AppSync::Frame frame = sent(type, text);
    if (!out)
        frame.direction = AppSync::Frame::Direction::In;
    const SnippetAction action = actionOf(frame);
    QVERIFY(action.isNone());
    for (const SnippetLanguage language : kLanguages)
        QCOMPARE(snippet(action, target(), language), QByteArray());
}

void TestSnippet::readsHowItWasAuthorized()
{
    const auto modeOf = [](const QByteArray &authorization) {
        return authModeOf(CapturedFrame::fromFrame(
            sent(u"subscribe"_s,
                 R"({"type":"subscribe","channel":"/a","authorization":)" + authorization + '}'),
            1, "/a"));
    };
    QCOMPARE(modeOf(R"({"host":"h","x-api-key":"<masked, 3 bytes>"})"), AuthMode::ApiKey);
    QCOMPARE(modeOf(R"({"host":"h","Authorization":"<masked>","x-amz-date":"d"})"), AuthMode::Iam);
    QCOMPARE(modeOf(R"({"host":"h","authorization":"<masked>"})"), AuthMode::UserPool);
    QCOMPARE(modeOf("7"), std::nullopt);
    QCOMPARE(authModeOf(CapturedFrame::fromFrame(sent(u"x"_s, "[]"), 1, {})), std::nullopt);
}

void TestSnippet::noSecrets_data()
{
    QTest::addColumn<AuthMode>("mode");
    for (const QString &name : authModeNames())
        QTest::newRow(qPrintable(name)) << *authModeFromText(name);
}

void TestSnippet::noSecrets()
{
    QFETCH(AuthMode, mode);
    SnippetTarget target = this->target();
    target.connect = target.subscribe = target.publish = mode;
    const SnippetAction subscribe = actionOf(
        sent(
            u"subscribe"_s,
            R"({"type":"subscribe","id":"1","channel":"/a","authorization":{"x-api-key":"da2-secretsecret"}})"),
        "/a");
    for (const SnippetAction &action : {publishOf({"1"}), subscribe}) {
        for (const SnippetLanguage language : kLanguages) {
            const QByteArray text = snippet(action, target, language);
            QVERIFY(!text.contains("da2-"));
            QVERIFY(!text.contains("@")
                    || text.contains("@aws-sdk")); // no place was left without its value
            if (language == SnippetLanguage::Shell)
                QVERIFY(text.contains("--auth " + toText(mode).toUtf8()));
            else if (mode == AuthMode::ApiKey)
                QVERIFY(text.contains("SYNCSCOPE_API_KEY"));
            else if (takesToken(mode))
                QVERIFY(text.contains("SYNCSCOPE_TOKEN"));
            else
                QVERIFY(!text.contains("SYNCSCOPE_"));
        }
    }
}

void TestSnippet::realUrls()
{
    const QByteArray host = "abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com";
    const SnippetTarget target =
        this->target(QUrl(u"https://"_s + QString::fromLatin1(host) + u"/event"_s));
    for (const SnippetLanguage language : kLanguages)
        QVERIFY(snippet(publishOf({"1"}), target, language).contains("https://" + host + "/event"));
    QCOMPARE(snippet(publishOf({"-5"}), target, SnippetLanguage::Shell),
             "syncscope-cli publish --endpoint https://" + host
                 + "/event --auth api-key -- /default/room '-5'\n");
}

void TestSnippet::ownRealtime()
{
    SnippetTarget target;
    target.endpoint = AppSync::Endpoint::fromUserInput(u"https://api.example.com/event"_s)
                          .withRealtime(u"wss://socket.example.com/realtime"_s);
    SnippetAction subscribe;
    subscribe.kind = Kind::Subscribe;
    subscribe.channel = "/a";
    QVERIFY(snippet(subscribe, target, SnippetLanguage::Shell)
                .contains(" --realtime wss://socket.example.com/"));
    QVERIFY(snippet(subscribe, target, SnippetLanguage::Cpp).contains(".withRealtime("));
    target.connect = AuthMode::Iam;
    QVERIFY(snippet(subscribe, target, SnippetLanguage::Shell)
                .contains("--auth api-key --connect-auth iam"));
}

void TestSnippet::publishes(const QString &program, SnippetLanguage language,
                            const QList<QByteArray> &events)
{
    for (qsizetype i = 0; i < events.size(); i += 5) {
        const QList<QByteArray> batch = events.mid(i, 5);
        m_received.clear();
        int code = -1;
        const QByteArray text = snippet(publishOf(batch), target(), language);
        const QByteArray output = run(program, text, &code);
        QVERIFY2(code == 0, text + '\n' + output);
        QTRY_COMPARE(m_received.size(), batch.size());
        QCOMPARE(m_received, batch);
    }
}

void TestSnippet::shellPublishes()
{
#ifdef Q_OS_WIN
    QSKIP("there is no such shell");
#endif
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    publishes(u"/bin/sh"_s, SnippetLanguage::Shell, SnippetTexts::events(seed, 21));
}

void TestSnippet::shellPublishesWhatNoArgumentCarries()
{
#ifdef Q_OS_WIN
    QSKIP("there is no such shell");
#endif
    const QByteArray large = '"' + QByteArray(200'000, 'x') + "'\\\\\"";
    publishes(u"/bin/sh"_s, SnippetLanguage::Shell, {large});
    publishes(u"/bin/sh"_s, SnippetLanguage::Shell, {large, "[1]\n"});
    publishes(u"/bin/sh"_s, SnippetLanguage::Shell, {large, "[1]\r\n"});
    // The service refuses what is no JSON; it gets there all the same.
    for (const QByteArray &odd : {QByteArray("a\0b%s\\", 6), "@/etc/hostname"_ba}) {
        const QByteArray text = snippet(publishOf({odd}), target(), SnippetLanguage::Shell);
        QVERIFY(text.contains("--no-check"));
        int code = -1;
        const QByteArray output = run(u"/bin/sh"_s, text, &code);
        QVERIFY2(code == 5 || code == 6, output);
    }
}

void TestSnippet::shellSubscribes()
{
#ifdef Q_OS_WIN
    QSKIP("there is no such shell");
#endif
    SnippetAction action;
    action.kind = Kind::Subscribe;
    action.channel = "/default/*";
    QByteArray text = snippet(action, target(), SnippetLanguage::Shell);
    text = text.trimmed() + " -n 1 -o raw -q &\npid=$!\nwait $pid\n";
    QTimer publisher; // until it is subscribed
    connect(&publisher, &QTimer::timeout, this,
            [this] { m_client->publish(u"/default/x"_s, R"({"n": 1})"_ba); });
    publisher.start(50);
    int code = -1;
    QCOMPARE(run(u"/bin/sh"_s, text, &code), "{\"n\": 1}\n"_ba);
    QCOMPARE(code, 0);
}

void TestSnippet::executes(const QString &program, SnippetLanguage language)
{
    SnippetAction action;
    action.kind = Kind::Execute;
    action.overHttp = true;
    action.document = "mutation Send($room: String!, $body: String!) {\n  sendMessage(room: $room, "
                      "body: $body, author: \"ann\") { body }\n}";
    action.variables = R"({"room":"it's","body":"gr\u00fc\u00dfe \"quoted\" \\ $(id) 😀"})";
    int code = -1;
    const QByteArray text = snippet(action, target(m_emulator->graphQlUrl()), language);
    const QByteArray output = run(program, text, &code);
    QVERIFY2(code == 0, text + '\n' + output);
    QVERIFY2(output.contains(R"("grüße \"quoted\" \\ $(id) 😀")"), text + '\n' + output);
    action.document += "\nquery Name { __typename }";
    action.variables.clear();
    action.operationName = "Name";
    const QByteArray named = snippet(action, target(m_emulator->graphQlUrl()), language);
    QVERIFY2(run(program, named, &code).contains("Query"), named);
    QCOMPARE(code, 0);
}

void TestSnippet::shellExecutes()
{
#ifdef Q_OS_WIN
    QSKIP("there is no such shell");
#endif
    executes(u"/bin/sh"_s, SnippetLanguage::Shell);
}

void TestSnippet::pythonPublishes()
{
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    publishes(QStringLiteral(PYTHON), SnippetLanguage::Python, SnippetTexts::events(seed, 21));
}

void TestSnippet::pythonExecutes()
{
    executes(QStringLiteral(PYTHON), SnippetLanguage::Python);
}

//! The library that it wants is not there: it is read only.
void TestSnippet::pythonSubscribes()
{
    SnippetAction events;
    events.kind = Kind::Subscribe;
    events.channel = "/default/*";
    SnippetAction graphQl;
    graphQl.kind = Kind::SubscribeGraphQl;
    graphQl.document = "subscription { onMessage { body } }";
    for (const AuthMode mode : {AuthMode::ApiKey, AuthMode::Iam, AuthMode::None}) {
        for (const SnippetAction &action : {events, graphQl}) {
            SnippetTarget target = this->target();
            target.connect = target.subscribe = mode;
            const QByteArray text = snippet(action, target, SnippetLanguage::Python);
            QTemporaryFile file;
            QVERIFY(file.open());
            file.write(text);
            file.flush();
            int code = -1;
            const QByteArray output =
                run(QStringLiteral(PYTHON),
                    {u"-c"_s,
                     u"import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())"_s,
                     file.fileName()},
                    &code);
            QVERIFY2(code == 0, text + '\n' + output);
        }
    }
}

//! The snippet was compiled when this was built, but for the endpoint, which comes from a variable.
void TestSnippet::cppPublishes()
{
    int code = -1;
    const QByteArray output = run(QStringLiteral(CPP_SNIPPET), QStringList(), &code);
    QVERIFY2(code == 0, output);
    QVERIFY2(output.contains("0 accepted"), output);
    QTRY_COMPARE(m_received, SnippetTexts::events(CPP_SEED, 0).first(5));
}

void TestSnippet::marksWhatAmplifyChanges()
{
    const auto text = [&](const QByteArray &event) {
        return snippet(publishOf({event}), target(), SnippetLanguage::AmplifyJs);
    };
    QVERIFY(!text(R"({"a":1})").contains("// Amplify"));
    QVERIFY(text(R"({"a": 1})").contains("white space"));
    QVERIFY(text("9007199254740993").contains("keeps numbers"));
    QVERIFY(text("no json").startsWith("// "));
    QVERIFY(text("[1]").contains("  [1],\n")); // an array is one event
}

GUILESS_TEST(TestSnippet)
#include "tst_snippet.moc"
