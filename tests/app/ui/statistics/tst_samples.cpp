// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/samples.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Syncscope::CapturedFrame;
using Syncscope::FrameRecord;
using Syncscope::LinkNote;
using Syncscope::TrafficSample;
using Kind = TrafficSample::Kind;

class TestSamples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saySameOfSessionAndCapture_data();
    void saySameOfSessionAndCapture();
    void takeEventsOut();
    void tellNotes();
};

void TestSamples::saySameOfSessionAndCapture_data()
{
    QTest::addColumn<AppSync::Frame>("frame");
    QTest::addColumn<Kind>("kind");
    const auto add = [](const char *name, AppSync::Frame frame, Kind kind, bool isHttp = false) {
        frame.id = u"p1"_s;
        if (isHttp)
            frame.transport = AppSync::Frame::Transport::Http;
        QTest::newRow(name) << frame << kind;
    };
    add("event", UiTest::data(1), Kind::Event);
    add("umlaut and beyond",
        UiTest::frame(1, u"data"_s, u"{\"type\":\"data\",\"event\":\"\\\"ä€😀\\\"\"}"_s),
        Kind::Event);
    add("publish",
        UiTest::outgoing(1, u"publish"_s,
                         u"{\"type\":\"publish\",\"channel\":\"/a\",\"events\":[\"1\",\"2\"]}"_s),
        Kind::Publish);
    add("publish over HTTP",
        UiTest::outgoing(1, u"POST"_s, u"{\"channel\":\"/a\",\"events\":[\"1\"]}"_s), Kind::Publish,
        true);
    add("answer",
        UiTest::frame(
            1, u"publish_success"_s,
            u"{\"type\":\"publish_success\",\"successful\":[{\"index\":0}],\"failed\":[]}"_s),
        Kind::Answer);
    add("partial answer",
        UiTest::frame(
            1, u"publish_success"_s,
            u"{\"type\":\"publish_success\",\"successful\":[],\"failed\":[{\"index\":0}]}"_s),
        Kind::Answer);
    add("refusal",
        UiTest::frame(1, u"publish_error"_s, u"{\"type\":\"publish_error\",\"errors\":[{}]}"_s),
        Kind::Answer);
    add("query", UiTest::outgoing(1, u"POST"_s, u"{\"query\":\"query A { a }\"}"_s), Kind::Request,
        true);
    add("result", UiTest::frame(1, u"response"_s, u"{\"data\":{\"a\":1}}"_s), Kind::Answer, true);
    add("keep-alive", UiTest::keepAlive(1), Kind::KeepAlive);
    add("subscribe",
        UiTest::outgoing(1, u"subscribe"_s, u"{\"type\":\"subscribe\",\"channel\":\"/a/*\"}"_s),
        Kind::Subscribe);
    add("subscribed",
        UiTest::frame(1, u"subscribe_success"_s, u"{\"type\":\"subscribe_success\"}"_s),
        Kind::Subscribed);
    add("not subscribed",
        UiTest::frame(1, u"subscribe_error"_s, u"{\"type\":\"subscribe_error\",\"errors\":[{}]}"_s),
        Kind::Unsubscribe);
    add("unsubscribe", UiTest::outgoing(1, u"unsubscribe"_s, u"{\"type\":\"unsubscribe\"}"_s),
        Kind::Unsubscribe);
    add("not delivered",
        UiTest::frame(1, u"broadcast_error"_s, u"{\"type\":\"broadcast_error\",\"errors\":[{}]}"_s),
        Kind::Other);
    add("handshake", UiTest::outgoing(1, u"connection_init"_s, u"{}"_s), Kind::Other);
}

void TestSamples::saySameOfSessionAndCapture()
{
    QFETCH(AppSync::Frame, frame);
    QFETCH(Kind, kind);
    const FrameRecord record(frame);
    const CapturedFrame captured = CapturedFrame::fromFrame(frame, 3, {});
    const TrafficSample live = Syncscope::sampleOf(record);
    const TrafficSample stored = Syncscope::sampleOf(captured);
    QCOMPARE(int(live.kind), int(kind));
    QCOMPARE(int(stored.kind), int(kind));
    for (const TrafficSample &sample : {live, stored}) {
        QCOMPARE(sample.bytes, frame.text.toUtf8().size());
        QCOMPARE(sample.atMs, frame.at.toMSecsSinceEpoch());
        QCOMPARE(sample.monotonicNs, frame.monotonicNs);
        QCOMPARE(sample.isOut, frame.direction == AppSync::Frame::Direction::Out);
        QCOMPARE(sample.isHttp, frame.transport == AppSync::Frame::Transport::Http);
        QCOMPARE(sample.operation, u"p1"_s);
        QCOMPARE(sample.text(), frame.text.toUtf8());
    }
    if (kind != Kind::Request) // which a session gives a name
        QCOMPARE(live.channel, stored.channel);
    QCOMPARE(stored.connection, 3);
    if (kind == Kind::Publish)
        QCOMPARE(live.events(), stored.events());
}

void TestSamples::takeEventsOut()
{
    FrameRecord record(UiTest::data(1));
    record.setEvent(UiTest::event(1, "{\"n\": 9007199254740993}"), 0);
    QCOMPARE(Syncscope::sampleOf(record).events(), QList<QByteArray>{"{\"n\": 9007199254740993}"});
    QCOMPARE(Syncscope::sampleOf(record).channel, u"/demo/*"_s);
}

void TestSamples::tellNotes()
{
    const auto at = [](qint64 ms) { return QDateTime::fromMSecsSinceEpoch(ms, QTimeZone::utc()); };
    LinkNote note;
    note.at = at(5'000);
    note.from = at(2'000);
    const auto kindOf = [&note](LinkNote::Kind kind) {
        note.kind = kind;
        return Syncscope::sampleOf(FrameRecord(note)).kind;
    };
    QCOMPARE(int(kindOf(LinkNote::Kind::Lost)), int(Kind::Lost));
    QCOMPARE(int(kindOf(LinkNote::Kind::Closed)), int(Kind::Closed));
    QCOMPARE(int(kindOf(LinkNote::Kind::Restored)), int(Kind::Restored));
    QCOMPARE(int(kindOf(LinkNote::Kind::Renewed)), int(Kind::Other));
    note.kind = LinkNote::Kind::Gap;
    note.channels = {{u"/a"_s, at(6'000)}, {u"/b"_s, at(7'000)}};
    const TrafficSample gap = Syncscope::sampleOf(FrameRecord(note));
    QCOMPARE(int(gap.kind), int(Kind::Gap));
    QCOMPARE(gap.fromMs, 2'000);
    QCOMPARE(gap.atMs, 7'000);
    const CapturedFrame captured = CapturedFrame::fromNote(
        "link", 5'000, 4, "{\"event\":\"lost\",\"from\":\"1970-01-01T00:00:02.000Z\"}");
    QCOMPARE(int(Syncscope::sampleOf(captured).kind), int(Kind::Lost));
    QCOMPARE(Syncscope::sampleOf(captured).atMs, 5'000);
    QCOMPARE(Syncscope::sampleOf(captured).connection, 4);
}

APPLESS_TEST(TestSamples)
#include "tst_samples.moc"
