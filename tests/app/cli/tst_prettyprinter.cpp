// SPDX-License-Identifier: Apache-2.0
#include "app/cli/prettyprinter.h"

#include <QDateTime>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope::Cli;

class TestPrettyPrinter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shortEvents();
    void longEvents();
    void otherPayloads();
    void nothingMovesTheCursor();
    void colours();
    void published();

private:
    static QByteArray print(const QString &text, int width = 80, bool colour = false);
};

QByteArray TestPrettyPrinter::print(const QString &text, int width, bool colour)
{
    AppSync::Event event(text, 0, text.size(), false);
    event.subscription = u"/game/*"_s;
    return PrettyPrinter(colour, width).event("14:02:11.240", event, Messages::Payload(event));
}

void TestPrettyPrinter::shortEvents()
{
    QCOMPARE(print(u"{\"a\":9007199254740993,\"a\":[]}"_s),
             QByteArray("14:02:11.240  /game/*  {\"a\": 9007199254740993, \"a\": []}\n"));
    QCOMPARE(print(u"\"x\""_s), QByteArray("14:02:11.240  /game/*  \"x\"\n"));
}

void TestPrettyPrinter::longEvents()
{
    QCOMPARE(print(u"{\"a\":1,\r\n\"b\":2}"_s, 30),
             QByteArray("14:02:11.240  /game/*  15 bytes\n{\n  \"a\": 1,\n  \"b\": 2\n}\n"));
}

void TestPrettyPrinter::otherPayloads()
{
    QCOMPARE(print(u"hello"_s), QByteArray("14:02:11.240  /game/*  text hello\n"));
    QCOMPARE(print(QString(QChar(0xd83d))), QByteArray("14:02:11.240  /game/*  base64 7aC9\n"));
}

void TestPrettyPrinter::nothingMovesTheCursor()
{
    const QString dangers = u"\u001b[2J\u0007\u009b\u202e\r"_s;
    for (const QString &text : {dangers, u"\"\u009b\u202e\""_s}) {
        const QString shown = QString::fromUtf8(print(text));
        for (const QChar danger : dangers) {
            if (danger.unicode() != '[' && danger != u'2' && danger != u'J')
                QVERIFY(!shown.contains(danger));
        }
    }
}

void TestPrettyPrinter::colours()
{
    const QByteArray text = print(u"{\"a\":1}"_s, 80, true);
    QVERIFY2(text.contains("\x1b[34m\"a\"\x1b[0m"), text);
    QVERIFY2(text.contains("\x1b[1m/game/*\x1b[0m"), text);
}

void TestPrettyPrinter::published()
{
    AppSync::PublishedEvent bad;
    bad.index = 1;
    bad.code = u"C"_s;
    bad.message = u"why"_s;
    const PrettyPrinter printer(false, 80);
    QCOMPARE(printer.published("T", {u"/a"_s, {AppSync::PublishedEvent()}, {}}),
             QByteArray("T  /a  published 1 event\n"));
    QCOMPARE(printer.published({}, {u"/a"_s, {}, {bad}}),
             QByteArray("/a  published 0 events, 1 failed\n  event 1: C why\n"));
}

QTEST_GUILESS_MAIN(TestPrettyPrinter)
#include "tst_prettyprinter.moc"
