// SPDX-License-Identifier: Apache-2.0
#include "app/cli/messages.h"
#include "tests/shared/testrunner.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope::Cli;

class TestMessages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void payloads_data();
    void payloads();
    void concreteChannel();
    void published();
    void request();
    void echo();
    void summary();
    void step();
    void control();
    void errors();
    void gap();
    void end();
};

namespace {

AppSync::Event eventOf(const QString &text, const QString &channel = {})
{
    // As it stands in a frame: a string literal without escapes.
    AppSync::Event event(text, 0, text.size(), false);
    event.subscription = channel.isEmpty() ? u"/game/*"_s : channel;
    event.channel = channel;
    return event;
}

QDateTime time(const char *text)
{
    return QDateTime::fromString(QLatin1StringView(text), Qt::ISODateWithMs);
}

} // namespace

void TestMessages::payloads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("member"); // "bytes" and what follows, in ndjson
    QTest::addColumn<QByteArray>("exact"); // in json; null: the same
    const auto row = [](const char *name, const QString &text, const QByteArray &member,
                        const QByteArray &exact = {}) {
        QTest::newRow(name) << text << member << exact;
    };
    row("object", u"{\"score\":40}"_s, "12,\"event\":{\"score\":40}");
    row("big number", u"9007199254740993"_s, "16,\"event\":9007199254740993");
    row("number's spelling", u"[1.0,1e2,-0]"_s, "12,\"event\":[1.0,1e2,-0]");
    row("duplicate keys", u"{\"b\":1,\"a\":2,\"b\":3}"_s, "19,\"event\":{\"b\":1,\"a\":2,\"b\":3}");
    row("escapes", u"\"\\u00e9\\/\\n\""_s, "12,\"event\":\"\\u00e9\\/\\n\"");
    row("emoji", u"\"😀é\""_s, "8,\"event\":\"😀é\"");
    row("escaped lone surrogate", u"\"\\ud83d\""_s, "8,\"event\":\"\\ud83d\"");
    row("many lines", u"{\n  \"a\": 1,\r\n  \"b\": 2\n}"_s,
        "23,\"event\":{   \"a\": 1,   \"b\": 2 }", "23,\"event\":{\n  \"a\": 1,\r\n  \"b\": 2\n}");
    row("not JSON", u"hello \"you\""_s, "11,\"text\":\"hello \\\"you\\\"\"");
    row("nothing", u""_s, "0,\"text\":\"\"");
    row("line break in a string", u"\"a\nb\""_s, "5,\"text\":\"\\\"a\\nb\\\"\"");
    row("lone surrogate", u"\""_s + QChar(0xd83d) + u"\""_s, "5,\"base64\":\"Iu2gvSI=\"");
    row("lone low surrogate and é", QString(QChar(0xde00)) + u"é"_s, "5,\"base64\":\"7biAw6k=\"");
}

void TestMessages::payloads()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, exact);
    const QByteArray start =
        "\"kind\":\"event\",\"dir\":\"in\",\"sub\":\"/game/*\",\"channel\":null,\"bytes\":";
    const AppSync::Event event = eventOf(text);
    const Messages::Payload payload(event);
    QCOMPARE(Messages::event(event, payload, true), start + member);
    QCOMPARE(Messages::event(event, payload, false), start + (exact.isNull() ? member : exact));
}

void TestMessages::concreteChannel()
{
    const AppSync::Event event = eventOf(u"1"_s, u"/game/7"_s);
    const QByteArray expected =
        R"("kind":"event","dir":"in","sub":"/game/7","channel":"/game/7","bytes":1,"event":1)";
    QCOMPARE(Messages::event(event, Messages::Payload(event), true), expected);
}

void TestMessages::published()
{
    AppSync::PublishedEvent good;
    good.identifier = u"id-0"_s;
    AppSync::PublishedEvent bad;
    bad.index = 2;
    bad.code = u"EventTooLargeException"_s;
    bad.message = u"too \"large\""_s;
    const QByteArray expected =
        R"("kind":"publish","dir":"out","channel":"/game/7","successful":[{"index":0,"identifier":"id-0"}],)"
        R"("failed":[{"index":2,"code":"EventTooLargeException","message":"too \"large\""}])";
    QCOMPARE(Messages::published({u"/game/7"_s, {good}, {bad}}), expected);
    const QByteArray none =
        R"("kind":"publish","dir":"out","channel":"/a","successful":[],"failed":[])";
    QCOMPARE(Messages::published({u"/a"_s, {}, {}}), none);
}

void TestMessages::request()
{
    Messages::Request request;
    request.channel = u"/a"_s;
    request.via = u"ws"_s;
    request.url = u"ws://h/event/realtime"_s;
    request.events = 2;
    request.bytes = 3;
    request.body = "{}";
    const QByteArray expected =
        R"("kind":"request","dir":"out","channel":"/a","via":"ws",)"
        R"("url":"ws://h/event/realtime","events":2,"bytes":3,"request":{})";
    QCOMPARE(Messages::request(request), expected);
}

void TestMessages::echo()
{
    AppSync::Echo echo;
    echo.number = 2;
    echo.outcome = AppSync::Echo::Outcome::Received;
    echo.publishedAt = std::chrono::milliseconds(500);
    echo.latency = std::chrono::microseconds(1234);
    const QByteArray start = R"("kind":"echo","channel":"/a","number":2,"outcome":)";
    const QByteArray noError = R"("errorType":null,"message":null,"hint":null)";
    const QByteArray received =
        R"("received","publishedAfterMs":500.000,"answeredMs":null,"latencyMs":1.234,)";
    QCOMPARE(Messages::echo(u"/a"_s, echo), start + received + noError);
    echo.outcome = AppSync::Echo::Outcome::Lost;
    echo.answered = std::chrono::milliseconds(3);
    const QByteArray lost =
        R"("lost","publishedAfterMs":500.000,"answeredMs":3.000,"latencyMs":null,)";
    QCOMPARE(Messages::echo(u"/a"_s, echo), start + lost + noError);
    echo.outcome = AppSync::Echo::Outcome::Failed;
    echo.error = AppSync::Error::local(AppSync::Error::Kind::Refused, u"No."_s, u"Wait."_s);
    const QByteArray failed =
        R"("failed","publishedAfterMs":500.000,"answeredMs":null,"latencyMs":null,)"
        R"("errorType":null,"message":"No.","hint":"Wait.")";
    QCOMPARE(Messages::echo(u"/a"_s, echo), start + failed);
}

void TestMessages::summary()
{
    Messages::EchoSummary summary;
    summary.channel = u"/a"_s;
    summary.listen = u"/*"_s;
    summary.via = u"http"_s;
    summary.count = 3;
    summary.lost = 2;
    const QByteArray nothing =
        R"("kind":"summary","channel":"/a","listen":"/*","via":"http","count":3,)"
        R"("received":0,"lost":2,"failed":0,"waiting":0,"latencyMs":{"min":null,)"
        R"("median":null,"p95":null,"max":null},"acknowledgedMs":null,"readyMs":null)";
    QCOMPARE(Messages::summary(summary), nothing);
    summary.received = 1;
    summary.latencies.add(std::chrono::milliseconds(7));
    summary.acknowledged = std::chrono::milliseconds(20);
    summary.ready = std::chrono::microseconds(1);
    const QByteArray measured =
        R"("latencyMs":{"min":7.000,"median":7.000,"p95":7.000,"max":7.000},)"
        R"("acknowledgedMs":20.000,"readyMs":0.001)";
    QVERIFY(Messages::summary(summary).endsWith(measured));
}

void TestMessages::step()
{
    Syncscope::DoctorStep step =
        Syncscope::DoctorStep::ok(u"fine"_s, {{u"chain"_s, {u"a"_s, u"\"b\""_s}}, {u"none"_s, {}}},
                                  std::chrono::microseconds(1500));
    step.kind = Syncscope::DoctorStep::Kind::Tls;
    const QByteArray good =
        R"("kind":"step","step":"tls","outcome":"ok","ms":1.500,"summary":"fine",)"
        R"("facts":{"chain":["a","\"b\""],"none":[]},)"
        R"("errorType":null,"message":null,"hint":null)";
    QCOMPARE(Messages::step(step), good);
    step = Syncscope::DoctorStep::failed(
        AppSync::Error::local(AppSync::Error::Kind::Tls, u"No."_s, u"Wait."_s));
    const QByteArray bad =
        R"("kind":"step","step":"endpoint","outcome":"failed","ms":null,"summary":null,)"
        R"("facts":{},"errorType":null,"message":"No.","hint":"Wait.")";
    QCOMPARE(Messages::step(step), bad);
}

void TestMessages::control()
{
    AppSync::Frame frame;
    frame.type = u"ka"_s;
    frame.text = u"{\"type\":\n\"ka\"}"_s;
    const QByteArray expected =
        R"("kind":"control","dir":"in","type":"ka","id":null,"frame":{"type": "ka"})";
    QCOMPARE(Messages::control(frame), expected);
    frame.type.clear();
    frame.text = u"<html>"_s;
    const QByteArray odd = R"("kind":"control","dir":"in","type":null,"id":null,"frame":"<html>")";
    QCOMPARE(Messages::control(frame), odd);
}

void TestMessages::errors()
{
    AppSync::Error error =
        AppSync::Error::local(AppSync::Error::Kind::Unauthorized, u"Not you."_s, u"Sign in."_s);
    const QByteArray plain =
        R"("kind":"error","where":"subscribe","channel":"/x","errorType":null,)"
        R"("message":"Not you.","hint":"Sign in.")";
    QCOMPARE(Messages::error(u"subscribe"_s, u"/x"_s, error), plain);
    error.type = u"UnauthorizedException"_s;
    error.serverMessage = u"You are not authorized."_s;
    error.nextStep.clear();
    const QByteArray full =
        R"("kind":"error","where":"connect","channel":null,"errorType":"UnauthorizedException",)"
        R"("message":"Not you. You are not authorized.","hint":null)";
    QCOMPARE(Messages::error(u"connect"_s, {}, error), full);
}

void TestMessages::gap()
{
    const QByteArray expected =
        R"("kind":"gap","from":"2026-11-22T14:02:11.240Z","to":"2026-11-22T14:02:12.000Z",)"
        R"("reason":"keep-alive timeout")";
    QCOMPARE(Messages::gap(time("2026-11-22T14:02:11.240Z"), time("2026-11-22T14:02:12.000Z"),
                           u"keep-alive timeout"_s),
             expected);
}

void TestMessages::end()
{
    QCOMPARE(Messages::end(17, ExitCode::Done),
             QByteArray("\"kind\":\"end\",\"received\":17,\"exit\":0"));
    QCOMPARE(Messages::end(0, ExitCode::Interrupted),
             QByteArray("\"kind\":\"end\",\"received\":0,\"exit\":130"));
}

GUILESS_TEST(TestMessages)
#include "tst_messages.moc"
