// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/framenotes.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameNote;
using Syncscope::FrameNotes;
using Syncscope::FrameRecord;

class TestFrameNotes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void explains_data();
    void explains();
    void pointsAtItsPart();
    void namesTheSubscription();
    void tellsResultsFromEvents();
    void explainsRefusals();
    void explainsHttp();
    void countsLongLists();
    void survivesRubbish_data();
    void survivesRubbish();
    void isAModel();

private:
    //! `part: words` of each note.
    [[nodiscard]] static QStringList lines(const FrameRecord &record)
    {
        QStringList all;
        for (const FrameNote &note : FrameNotes::of(record))
            all += note.part + u": "_s + QString(note.words).replace(QChar::Nbsp, u' ');
        return all;
    }
    [[nodiscard]] static AppSync::Frame http(const QString &type, const QString &text)
    {
        AppSync::Frame frame = UiTest::frame(1, type, text,
                                             type == "POST"_L1 ? AppSync::Frame::Direction::Out
                                                               : AppSync::Frame::Direction::In);
        frame.transport = AppSync::Frame::Transport::Http;
        return frame;
    }
};

void TestFrameNotes::explains_data()
{
    QTest::addColumn<bool>("isOut");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("parts");
    QTest::addColumn<QString>("says");
    QTest::newRow("init") << true << u"connection_init"_s << uR"({"type":"connection_init"})"_s
                          << QStringList{u"type"_s} << u"answers connection_ack"_s;
    QTest::newRow("ack") << false << u"connection_ack"_s
                         << uR"({"type":"connection_ack","connectionTimeoutMs":300000})"_s
                         << QStringList{u"type"_s, u"connectionTimeoutMs"_s}
                         << u"a silence of 00:05:00"_s;
    QTest::newRow("ack of GraphQL")
        << false << u"connection_ack"_s
        << uR"({"type":"connection_ack","payload":{"connectionTimeoutMs":5000}})"_s
        << QStringList{u"type"_s, u"payload.connectionTimeoutMs"_s} << u"a silence of 5.0 s"_s;
    QTest::newRow("keep-alive") << false << u"ka"_s << uR"({"type":"ka"})"_s
                                << QStringList{u"type"_s} << u"connection lives"_s;
    QTest::newRow("subscribe")
        << true << u"subscribe"_s
        << uR"({"type":"subscribe","id":"7","channel":"/a/*","authorization":{"host":"h","x-api-key":"<masked, 9 bytes>"}})"_s
        << QStringList{u"type"_s, u"id"_s, u"channel"_s, u"authorization.host"_s,
                       u"authorization.x-api-key"_s}
        << u"every channel that begins so"_s;
    QTest::newRow("masked")
        << true << u"subscribe"_s
        << uR"({"type":"subscribe","authorization":{"x-api-key":"<masked, 9 bytes>"}})"_s
        << QStringList{u"type"_s, u"authorization.x-api-key"_s} << u"masked in what is kept"_s;
    QTest::newRow("not masked")
        << true << u"subscribe"_s
        << uR"({"type":"subscribe","authorization":{"x-amz-date":"20261126T174000Z"}})"_s
        << QStringList{u"type"_s, u"authorization.x-amz-date"_s} << u"when it was signed"_s;
    QTest::newRow("publish")
        << true << u"publish"_s
        << uR"({"type":"publish","id":"8","channel":"/a/b","events":["{\"a\":\"é\"}","1"]})"_s
        << QStringList{u"type"_s, u"id"_s, u"channel"_s, u"events[0]"_s, u"events[1]"_s}
        << u"events[0]: payload of 10 B"_s;
    QTest::newRow("published")
        << false << u"publish_success"_s
        << uR"({"type":"publish_success","id":"8","successful":[{"identifier":"x","index":1}],"failed":[]})"_s
        << QStringList{u"type"_s, u"id"_s, u"successful[0]"_s, u"failed"_s}
        << u"event 2 of the publish was taken"_s;
    QTest::newRow("start")
        << true << u"start"_s
        << uR"({"id":"1","type":"start","payload":{"data":"{\"query\":\"subscription{a}\"}","extensions":{"authorization":{"host":"h"}}}})"_s
        << QStringList{u"id"_s, u"type"_s, u"payload.data"_s, u"authorization.host"_s}
        << u"the document and its variables"_s;
    QTest::newRow("complete") << false << u"complete"_s << uR"({"type":"complete","id":"1"})"_s
                              << QStringList{u"type"_s, u"id"_s} << u"has ended"_s;
    QTest::newRow("unknown") << false << u"news"_s << uR"({"type":"news","more":1})"_s
                             << QStringList{u"type"_s, u"more"_s} << u"not known here"_s;
}

void TestFrameNotes::explains()
{
    QFETCH(const bool, isOut);
    QFETCH(const QString, type);
    QFETCH(const QString, text);
    QFETCH(const QString, says);
    const FrameRecord record(UiTest::frame(
        1, type, text, isOut ? AppSync::Frame::Direction::Out : AppSync::Frame::Direction::In));
    QStringList parts;
    for (const FrameNote &note : FrameNotes::of(record))
        parts += note.part;
    QTEST(parts, "parts");
    const QString all = lines(record).join(u'\n');
    QVERIFY2(all.contains(says), qPrintable(all));
}

void TestFrameNotes::pointsAtItsPart()
{
    const QString text = uR"({ "id" : "1", "type":"data", "event" : "[1]" })"_s;
    const QList<FrameNote> notes = FrameNotes::of(FrameRecord(UiTest::frame(1, u"data"_s, text)));
    QCOMPARE(notes.size(), 3);
    QCOMPARE(text.sliced(notes.at(0).begin, notes.at(0).end - notes.at(0).begin),
             u"\"id\" : \"1\""_s);
    QCOMPARE(text.sliced(notes.at(2).begin, notes.at(2).end - notes.at(2).begin),
             u"\"event\" : \"[1]\""_s);
}

void TestFrameNotes::namesTheSubscription()
{
    FrameRecord record(UiTest::data(1));
    record.setEvent(UiTest::event(1, "1"), 0);
    QVERIFY(lines(record).contains(u"id: the subscription to /demo/*"_s));
    QVERIFY(lines(record).contains(u"event: payload of 1 B: a JSON text in a string"_s));
}

void TestFrameNotes::tellsResultsFromEvents()
{
    FrameRecord record(UiTest::frame(
        1, u"data"_s,
        uR"({"type":"data","id":"1","payload":{"data":{"a":1},"errors":[{"message":"no"}]}})"_s));
    record.setResult(u"OnMove"_s, 0);
    const QStringList all = lines(record);
    QVERIFY(all.contains(u"type: a result for a subscription"_s));
    QVERIFY(all.contains(u"payload.data: the result, 7 B, as the resolvers gave it"_s));
    QVERIFY2(all.last().startsWith(u"payload.errors[0]: "_s), qPrintable(all.last()));
}

void TestFrameNotes::explainsRefusals()
{
    const QList<FrameNote> notes = FrameNotes::of(FrameRecord(UiTest::frame(
        1, u"subscribe_error"_s,
        uR"({"type":"subscribe_error","id":"1","errors":[{"errorType":"UnauthorizedException"},{"errorType":"LimitExceededError","message":"slow"}]})"_s)));
    QCOMPARE(notes.size(), 4);
    QVERIFY(notes.at(0).isError);
    QVERIFY(notes.at(2).isError);
    QVERIFY2(notes.at(2).words.startsWith(u"The subscription was not authorized. "_s),
             qPrintable(notes.at(2).words));
    QVERIFY(notes.at(2).words.contains(u"namespace"_s)); // the advice that the library gives
    QVERIFY(notes.at(3).words.contains(u"limit of the service"_s));
    const QList<FrameNote> failed = FrameNotes::of(FrameRecord(UiTest::frame(
        1, u"publish_success"_s,
        uR"({"type":"publish_success","successful":[],"failed":[{"index":0,"code":400,"message":"bad"}]})"_s)));
    QVERIFY(failed.last().isError);
    QVERIFY2(failed.last().words.startsWith(u"The publish was refused."_s),
             qPrintable(failed.last().words));
}

void TestFrameNotes::explainsHttp()
{
    QCOMPARE(lines(FrameRecord(http(u"POST"_s, uR"({"channel":"/a/b","events":["1"]})"_s))).size(),
             3);
    const QStringList query = lines(FrameRecord(
        http(u"POST"_s, uR"({"query":"{a}","variables":{"x":1},"operationName":"A"})"_s)));
    QCOMPARE(query.size(), 4);
    QVERIFY(query.at(0).contains(u"not kept"_s));
    QVERIFY(query.at(1).contains(u"document"_s));
    const QStringList answer = lines(FrameRecord(http(u"HTTP 200"_s, uR"({"data":null})"_s)));
    QCOMPARE(answer,
             (QStringList{u"HTTP 200: the body of the answer"_s,
                          u"data: there is no result; errors say why"_s}));
    const QList<FrameNote> refused = FrameNotes::of(
        FrameRecord(http(u"HTTP 403"_s, uR"({"errors":[{"errorType":"Unauthorized"}]})"_s)));
    QVERIFY(refused.first().isError);
    QVERIFY(refused.last().isError);
}

void TestFrameNotes::countsLongLists()
{
    const QString text =
        u"{\"type\":\"data\",\"event\":["_s + u"\"1\","_s.repeated(999) + u"\"1\"]}"_s;
    const QStringList all = lines(FrameRecord(UiTest::frame(1, u"data"_s, text)));
    QCOMPARE(all.size(), 1 + FrameNotes::kMostElements + 1);
    QVERIFY(all.last().contains(u"1,000 in all"_s) || all.last().contains(u"1000 in all"_s));
}

void TestFrameNotes::survivesRubbish_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("no JSON") << u"hello {"_s;
    QTest::newRow("cut") << uR"({"type":"data","event":"[1)"_s;
    QTest::newRow("no value") << uR"({"type":,"id"})"_s;
    QTest::newRow("other types")
        << uR"({"type":1,"id":[],"errors":"x","events":{"a":{}},"authorization":[1],"payload":"p","successful":3,"failed":[null],"connectionTimeoutMs":"soon"})"_s;
    QTest::newRow("a list") << u"[1,2]"_s;
    QTest::newRow("deep") << u"{\"errors\":"_s + QString(100'000, u'[') + QString(100'000, u']')
            + u'}';
    QTest::newRow("lone surrogates") << u"{\"event\":\"\xd800\"}"_s;
    QTest::newRow("nul") << u"{\"event\":\"\0\"}"_s;
}

void TestFrameNotes::survivesRubbish()
{
    QFETCH(const QString, text);
    for (const QString &type : {QString(), u"data"_s, u"subscribe_error"_s}) {
        for (const FrameNote &note : FrameNotes::of(FrameRecord(UiTest::frame(1, type, text)))) {
            QVERIFY(note.begin >= 0 && note.begin <= note.end && note.end <= text.size());
            QVERIFY(!note.words.isEmpty());
        }
    }
}

void TestFrameNotes::isAModel()
{
    FrameNotes model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    const FrameRecord record(UiTest::data(1));
    model.show(FrameNotes::of(record));
    QCOMPARE(model.count(), 3);
    QCOMPARE(model.index(1).data(FrameNotes::PartRole).toString(), u"id"_s);
    QCOMPARE(model.at(2), 0);
    QCOMPARE(model.at(int(record.frame.text.indexOf(u"event"_s))), 2);
    QCOMPARE(model.at(0), -1); // the bracket
    model.show({});
    QCOMPARE(model.count(), 0);
}

GUI_TEST(TestFrameNotes)
#include "tst_framenotes.moc"
