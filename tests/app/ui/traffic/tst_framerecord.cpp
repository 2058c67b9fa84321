// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framerecord.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameRecord;
using RecordKind = FrameRecord::Kind;

class TestFrameRecord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sorts_data();
    void sorts();
    void keepsEventsAsTheyWere();
    void keepsPublishedEventsAsTheyWere();
    void previewsInOneLine();
    void previewsAreBounded();
    void nobodyUnderstandsIt();
    void requestsOfGraphQl();
    void resultsOfGraphQl();
};

void TestFrameRecord::sorts_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("out");
    QTest::addColumn<RecordKind>("kind");
    QTest::addColumn<QString>("preview");
    QTest::newRow("keep-alive") << u"ka"_s << u"{\"type\":\"ka\"}"_s << false << RecordKind::Control
                                << u"keep-alive"_s;
    QTest::newRow("subscribe") << u"subscribe"_s
                               << u"{\"type\":\"subscribe\",\"channel\":\"/a/*\"}"_s << true
                               << RecordKind::Control << u"subscribe"_s;
    QTest::newRow("subscribe refused")
        << u"subscribe_error"_s
        << u"{\"errors\":[{\"errorType\":\"UnauthorizedException\",\"message\":\"no\"}]}"_s << false
        << RecordKind::Failure << u"subscribe_error · UnauthorizedException: no"_s;
    QTest::newRow("errors as an object")
        << u"connection_error"_s << u"{\"errors\":{\"errorType\":\"E\"}}"_s << false
        << RecordKind::Failure << u"connection_error · E"_s;
    QTest::newRow("all accepted") << u"publish_success"_s
                                  << u"{\"successful\":[{},{}],\"failed\":[]}"_s << false
                                  << RecordKind::Answer << u"publish_success · 2 accepted"_s;
    QTest::newRow("some refused")
        << u"publish_success"_s
        << u"{\"successful\":[{}],\"failed\":[{\"code\":\"Big\",\"message\":\"too big\"}]}"_s
        << false << RecordKind::Failure
        << u"publish_success · 1 accepted, 1 refused (Big too big)"_s;
    QTest::newRow("HTTP accepted") << u"response"_s << u"{\"successful\":[{}],\"failed\":[]}"_s
                                   << false << RecordKind::Answer << u"response · 1 accepted"_s;
    QTest::newRow("HTTP refused") << u"response"_s << u"{\"errors\":[{\"message\":\"no\"}]}"_s
                                  << false << RecordKind::Failure << u"response · no"_s;
    QTest::newRow("HTTP from a proxy")
        << u"response"_s << u"<html>"_s << false << RecordKind::Failure << u"response"_s;
}

void TestFrameRecord::sorts()
{
    QFETCH(QString, type);
    QFETCH(QString, text);
    QFETCH(bool, out);
    const FrameRecord record(out ? UiTest::outgoing(1, type, text) : UiTest::frame(1, type, text));
    QTEST(record.kind, "kind");
    QTEST(record.preview(), "preview");
    QVERIFY(record.payloads().isEmpty());
    QCOMPARE(record.isRoutine(),
             record.kind == RecordKind::Control || record.kind == RecordKind::Answer);
}

void TestFrameRecord::keepsEventsAsTheyWere()
{
    const QByteArray json = "{\"id\": 9007199254740993, \"a\":1,\"a\":2, \"e\":\"\\u00e9😀\"}";
    FrameRecord record(UiTest::data(5));
    QCOMPARE(record.kind, RecordKind::Event);
    record.setEvent(UiTest::event(5, json), 3);
    QCOMPARE(record.payloads(), QStringList{QString::fromUtf8(json)});
    QCOMPARE(record.bytes(), json.size());
    QCOMPARE(record.slot, 3);
    QCOMPARE(record.channel, u"/demo/*"_s);
}

void TestFrameRecord::keepsPublishedEventsAsTheyWere()
{
    const FrameRecord record(UiTest::outgoing(
        1, u"publish"_s,
        u"{\"type\":\"publish\",\"channel\":\"/a/b\",\"events\":[\"{\\\"id\\\": 9007199254740993}\",\"3.0\"]}"_s));
    QCOMPARE(record.kind, RecordKind::Publish);
    QCOMPARE(record.channel, u"/a/b"_s);
    QCOMPARE(record.payloads(), (QStringList{u"{\"id\": 9007199254740993}"_s, u"3.0"_s}));
    QCOMPARE(record.bytes(), 24 + 3);
    QCOMPARE(record.preview(), u"2 events · {\"id\": 9007199254740993} 3.0"_s);
}

void TestFrameRecord::previewsInOneLine()
{
    FrameRecord record(UiTest::data(1));
    record.setEvent(UiTest::event(1, "{\n\t\"a\": 1\r\n}"), 0);
    QCOMPARE(record.preview(), u"{  \"a\": 1  }"_s);
}

void TestFrameRecord::previewsAreBounded()
{
    FrameRecord record(UiTest::data(1));
    record.setEvent(UiTest::event(1, '"' + QByteArray(300'000, 'x') + '"'), 0);
    QCOMPARE(record.preview().size(), FrameRecord::kPreviewLength);
    QCOMPARE(record.bytes(), 300'002);
}

void TestFrameRecord::nobodyUnderstandsIt()
{
    const FrameRecord record(UiTest::frame(1, {}, u"hello\nworld"_s));
    QCOMPARE(record.kind, RecordKind::Failure);
    QVERIFY(record.preview().endsWith(u"hello world"_s));
    const FrameRecord unassigned(UiTest::data(2)); // for a subscription that ended meanwhile
    QVERIFY(unassigned.payloads().isEmpty());
    QCOMPARE(unassigned.preview(), unassigned.frame.text);
}

void TestFrameRecord::requestsOfGraphQl()
{
    AppSync::Frame out = UiTest::outgoing(
        1, u"POST"_s, u"{\"query\":\"\\n\\nquery Mine {\\n  a }\",\"variables\":{}}"_s);
    out.transport = AppSync::Frame::Transport::Http;
    const FrameRecord request(out);
    QCOMPARE(request.kind, RecordKind::Request);
    QCOMPARE(request.channel, u"Mine"_s);
    QCOMPARE(request.preview(), u"query Mine { a }"_s);
    QCOMPARE(request.payloads(), QStringList{out.text});
    AppSync::Frame in = UiTest::frame(2, u"HTTP 200"_s, u"{\"data\":{\"a\":9007199254740993}}"_s);
    in.transport = AppSync::Frame::Transport::Http;
    const FrameRecord result(in);
    QCOMPARE(result.kind, RecordKind::Result);
    QVERIFY(!result.isRoutine());
    QCOMPARE(result.payloads(), QStringList{in.text});
    in.text = u"{\"data\":null,\"errors\":[{\"errorType\":\"E\",\"message\":\"no\"}]}"_s;
    QCOMPARE(FrameRecord(in).kind, RecordKind::Failure);
    QCOMPARE(FrameRecord(in).preview(), u"HTTP 200 · E: no"_s);
    in.type = u"HTTP 502"_s;
    in.text = u"<html>"_s;
    QCOMPARE(FrameRecord(in).kind, RecordKind::Failure);
}

void TestFrameRecord::resultsOfGraphQl()
{
    const AppSync::Frame frame = UiTest::frame(
        1, u"data"_s,
        u"{\"id\":\"1\",\"type\":\"data\",\"payload\":{\"data\": {\"a\": 9007199254740993}}}"_s);
    FrameRecord record(frame);
    record.setResult(u"On"_s, 3);
    QCOMPARE(record.kind, RecordKind::Event);
    QCOMPARE(record.channel, u"On"_s);
    QCOMPARE(record.slot, 3);
    QCOMPARE(record.payloads(), QStringList{u"{\"data\": {\"a\": 9007199254740993}}"_s});
    QCOMPARE(record.bytes(), record.payloads().first().size());
    const FrameRecord refused(UiTest::frame(
        2, u"error"_s,
        u"{\"type\":\"error\",\"payload\":{\"errors\":[{\"errorType\":\"U\",\"message\":\"no\"}]}}"_s));
    QCOMPARE(refused.kind, RecordKind::Failure);
    QCOMPARE(refused.preview(), u"error · U: no"_s);
}

GUILESS_TEST(TestFrameRecord)
#include "tst_framerecord.moc"
