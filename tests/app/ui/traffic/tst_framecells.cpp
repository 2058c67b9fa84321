// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filterparser.h"
#include "app/ui/traffic/framecells.h"
#include "app/ui/traffic/framelog.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Frame>

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestFrameCells : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void severalEvents();
    void resultsOfGraphQl();
    void whatHasNoEvent();
    void kindTypeAndResult();
    void followsTheColumns();
    void largeFramesOnAThread();
    void amendedRecordsAreReadAnew();

private:
    static FrameRecord eventRecord(const QByteArray &json, qint64 number = 1);
    static QString text(const FrameRecord &record, const QString &path);
};

FrameRecord TestFrameCells::eventRecord(const QByteArray &json, qint64 number)
{
    QString escaped = QString::fromUtf8(json);
    escaped.replace(u"\\"_s, u"\\\\"_s).replace(u"\""_s, u"\\\""_s);
    FrameRecord record(UiTest::frame(number, u"data"_s,
                                     uR"({"id":"1","type":"data","event":"%1"})"_s.arg(escaped)));
    record.setEvent(UiTest::event(number, json), 0);
    record.number = number;
    return record;
}

QString TestFrameCells::text(const FrameRecord &record, const QString &path)
{
    Filter::Error error;
    return FrameCells::pathText(record.captured(), parseFilterPath(path, &error).value());
}

void TestFrameCells::values_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    QTest::newRow("64 bits") << u"event.big"_s << u"9007199254740993"_s;
    QTest::newRow("as written") << u"event.price"_s << u"1.50e1"_s;
    QTest::newRow("string") << u"event.name"_s << u"J\u00f6rg \"J\""_s;
    QTest::newRow("emoji") << u"event.face"_s << QString::fromUtf8("😀");
    QTest::newRow("lines") << u"event.lines"_s << u"a b c"_s;
    QTest::newRow("empty string") << u"event.empty"_s << u"\"\""_s;
    QTest::newRow("null") << u"event.none"_s << u"null"_s;
    QTest::newRow("true") << u"event.yes"_s << u"true"_s;
    QTest::newRow("missing") << u"event.nobody"_s << QString();
    QTest::newRow("below a number") << u"event.big.deep"_s << QString();
    QTest::newRow("object") << u"event.o"_s << u"{\"b\": 1, \"a\": [2, 3]}"_s;
    QTest::newRow("element") << u"event.o.a[1]"_s << u"3"_s;
    QTest::newRow("each element") << u"event.o.a[*]"_s << u"2 +1"_s;
    QTest::newRow("last of twice") << u"event.twice"_s << u"2"_s;
}

void TestFrameCells::values()
{
    QFETCH(const QString, path);
    QFETCH(const QString, expected);
    const FrameRecord record = eventRecord(
        R"({"big":9007199254740993,"price":1.50e1,"name":"J\u00f6rg \"J\"","face":"\ud83d\ude00",)"
        R"("lines":"a\nb\u2028c","empty":"","none":null,"yes":true,"twice":1,"twice":2,)"
        "\"o\":\n{\"b\":1,\n \"a\" : [2,3]}}");
    QCOMPARE(text(record, path), expected);
}

void TestFrameCells::severalEvents()
{
    const FrameRecord record(UiTest::outgoing(
        1, u"publish"_s,
        uR"({"type":"publish","channel":"/a/b","events":["{\"x\":1}","{\"y\":7}","no JSON","{\"y\":8}"]})"_s));
    QCOMPARE(text(record, u"event.y"_s), u"7 +1"_s);
    QCOMPARE(text(record, u"event.x"_s), u"1"_s);
    QCOMPARE(text(record, u"event.z"_s), QString());
    const FrameRecord broken = eventRecord("{\"y\":1");
    QCOMPARE(text(broken, u"event.y"_s), QString());
    const QString shown =
        text(eventRecord("{\"t\":\"" + QByteArray(5000, 'x') + "\"}"), u"event.t"_s);
    QCOMPARE(shown.size(), FrameCells::kLongestText + 1);
    QVERIFY(shown.endsWith(u'…'));
}

void TestFrameCells::resultsOfGraphQl()
{
    FrameRecord record(UiTest::frame(
        1, u"data"_s,
        uR"({"id":"1","type":"data","payload":{"data":{"onPlace":{"id":"o-1"}}}})"_s));
    record.setResult(u"OnPlace"_s, 1);
    QCOMPARE(text(record, u"data.onPlace.id"_s), u"o-1"_s);
    QCOMPARE(text(record, u"event.onPlace.id"_s), u"o-1"_s);
    QCOMPARE(text(record, u"event.data"_s), QString());
}

void TestFrameCells::whatHasNoEvent()
{
    QCOMPARE(text(FrameRecord(UiTest::keepAlive(1)), u"event.type"_s), QString());
    QCOMPARE(text(FrameRecord(UiTest::frame(1, {}, u"rubbish"_s)), u"event"_s), QString());
}

void TestFrameCells::kindTypeAndResult()
{
    FrameLog log;
    FrameColumns columns;
    FrameCells cells(&log, &columns);
    for (int row = 0; row < columns.count(); ++row)
        columns.setShown(row, true);
    QCOMPARE(cells.texts(eventRecord("1")), QStringList({u"event"_s, u"data"_s, QString()}));
    FrameRecord ack(
        UiTest::frame(2, u"subscribe_success"_s, u"{\"type\":\"subscribe_success\"}"_s));
    ack.number = 2;
    QCOMPARE(cells.texts(ack), QStringList({u"control"_s, u"subscribe_success"_s, u"accepted"_s}));
}

void TestFrameCells::followsTheColumns()
{
    FrameLog log;
    FrameColumns columns;
    FrameCells cells(&log, &columns);
    const FrameRecord record = eventRecord("{\"a\":1,\"b\":2}");
    QCOMPARE(cells.texts(record), QStringList());
    QVERIFY(columns.addPath(u"event.a"_s));
    QCOMPARE(cells.texts(record), QStringList{u"1"_s});
    QVERIFY(columns.addPath(u"event.b"_s));
    QCOMPARE(cells.texts(record), QStringList({u"1"_s, u"2"_s}));
    int row = 0;
    while (columns.at(row)->path() != u"event.b"_s)
        ++row;
    columns.move(row, 0);
    QCOMPARE(cells.texts(record), QStringList({u"2"_s, u"1"_s}));
    columns.setShown(0, false);
    QCOMPARE(cells.texts(record), QStringList{u"1"_s});
    columns.reset();
    QCOMPARE(cells.texts(record), QStringList());
}

void TestFrameCells::largeFramesOnAThread()
{
    FrameLog log;
    FrameColumns columns;
    FrameCells cells(&log, &columns);
    QSignalSpy ready(&cells, &FrameCells::ready);
    QVERIFY(columns.addPath(u"event.last"_s));
    const QByteArray filler(FrameCells::kLargeFrame, 'x');
    const FrameRecord record = eventRecord("{\"big\":\"" + filler + "\",\"last\":7}", 5);
    QCOMPARE(cells.texts(record), QStringList{u"…"_s});
    QCOMPARE(cells.texts(record), QStringList{u"…"_s}); // once is enough
    QVERIFY(ready.wait());
    QCOMPARE(ready.size(), 1);
    QCOMPARE(ready.first().first().toLongLong(), 5);
    QCOMPARE(cells.texts(record), QStringList{u"7"_s});
    // What was asked for columns that changed meanwhile is not taken.
    QVERIFY(columns.addPath(u"event.big"_s));
    QCOMPARE(cells.texts(record), QStringList({u"…"_s, u"…"_s}));
    QVERIFY(columns.addPath(u"event.none"_s));
    QCOMPARE(cells.texts(record), QStringList({u"…"_s, u"…"_s, u"…"_s}));
    QVERIFY(ready.wait());
    QCOMPARE(cells.texts(record).size(), 3);
    QCOMPARE(cells.texts(record).first(), u"7"_s);
}

void TestFrameCells::amendedRecordsAreReadAnew()
{
    FrameLog log;
    FrameColumns columns;
    FrameCells cells(&log, &columns);
    QVERIFY(columns.addPath(u"event"_s));
    QCOMPARE(cells.texts(eventRecord("1")), QStringList{u"1"_s});
    QCOMPARE(cells.texts(eventRecord("2")), QStringList{u"1"_s}); // remembered
    Q_EMIT log.amended(1);
    QCOMPARE(cells.texts(eventRecord("2")), QStringList{u"2"_s});
}

GUILESS_TEST(TestFrameCells)
#include "tst_framecells.moc"
