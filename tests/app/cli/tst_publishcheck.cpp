// SPDX-License-Identifier: Apache-2.0
#include "app/cli/publishcheck.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;
using namespace Syncscope::Cli;

class TestPublishCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void warnings_data();
    void warnings();
    void overTheWebSocket();
    void overHttp();
};

void TestPublishCheck::warnings_data()
{
    QTest::addColumn<QList<int>>("sizes");
    QTest::addColumn<int>("count");
    QTest::newRow("small") << QList<int>{10, 240'000} << 0;
    QTest::newRow("between") << QList<int>{240'001, 245'760} << 2;
    QTest::newRow("refused anyway") << QList<int>{245'761} << 0;
    QTest::newRow("request") << QList<int>{240'001, 240'000, 240'000, 240'000, 240'000} << 2;
    QTest::newRow("request refused anyway")
        << QList<int>{245'760, 245'760, 245'760, 245'760, 245'761} << 4;
}

void TestPublishCheck::warnings()
{
    QFETCH(QList<int>, sizes);
    QList<QByteArray> events;
    for (const int size : sizes)
        events.append(QByteArray(size, '1'));
    QTEST(int(sizeWarnings(events).size()), "count");
}

void TestPublishCheck::overTheWebSocket()
{
    const auto endpoint = AppSync::Endpoint::fromUserInput(u"http://127.0.0.1:8787/event"_s);
    const Credential key{AuthMode::ApiKey, u"da2-secret"_s, {}};
    const auto request = describeRequest(endpoint, key, false, u"/a/b"_s, {"{\"x\":\"é\"}", "1"});
    QCOMPARE(request.url, u"ws://127.0.0.1:8787/event/realtime"_s);
    QCOMPARE(request.events, 2);
    QCOMPARE(request.bytes, 11);
    const QByteArray expected =
        R"({"type":"publish","id":"<new>","channel":"/a/b","events":["{\"x\":\"é\"}","1"],)"
        R"("authorization":{"host":"127.0.0.1:8787","x-api-key":"***"}})";
    QCOMPARE(request.body, expected);
}

void TestPublishCheck::overHttp()
{
    const auto endpoint = AppSync::Endpoint::fromUserInput(u"https://api.example.com/event"_s);
    const Credential token{AuthMode::Lambda, u"opaque-secret"_s, {}};
    const auto request = describeRequest(endpoint, token, true, u"/a/b"_s, {"1"});
    QCOMPARE(request.url, u"https://api.example.com/event"_s);
    QCOMPARE(request.headers,
             (QList<QPair<QByteArray, QByteArray>>{{"content-type", "application/json"},
                                                   {"Authorization", "***"}}));
    QCOMPARE(request.body, QByteArray("{\"channel\":\"/a/b\",\"events\":[\"1\"]}"));
    QCOMPARE(describeRequest(endpoint, {}, true, u"/a"_s, {"1"}).headers.size(), 1);
}

GUILESS_TEST(TestPublishCheck)
#include "tst_publishcheck.moc"
