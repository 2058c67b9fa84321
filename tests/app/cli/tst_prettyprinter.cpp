// SPDX-License-Identifier: Apache-2.0
#include "app/cli/prettyprinter.h"
#include "tests/shared/testrunner.h"

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
    void steps();
    void echoes();

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

void TestPrettyPrinter::steps()
{
    const PrettyPrinter printer(false, 72);
    Syncscope::DoctorStep step = Syncscope::DoctorStep::ok(
        u"TLS 1.3"_s, {{u"chain"_s, {u"a"_s, u"b\u001b[2J"_s}}}, std::chrono::microseconds(1250));
    step.kind = Syncscope::DoctorStep::Kind::Tls;
    QCOMPARE(printer.step(step),
             QByteArray("ok       tls           1.25 ms    TLS 1.3\n"
                        "         chain         a\n"
                        "                       b␛[2J\n"));
    AppSync::Error error = AppSync::Error::local(
        AppSync::Error::Kind::Tls, u"The certificate is for somebody else, not for this host."_s,
        u"Check the spelling."_s);
    error.serverMessage = u"mismatch"_s;
    step = Syncscope::DoctorStep::failed(error);
    step.kind = Syncscope::DoctorStep::Kind::Tls;
    QCOMPARE(printer.step(step),
             QByteArray("failed   tls                      The certificate is for somebody else,\n"
                        "                                  not for this host.\n"
                        "         it said       mismatch\n"
                        "         next step     Check the spelling.\n"));
    step = Syncscope::DoctorStep::skipped(u"no channel"_s);
    step.kind = Syncscope::DoctorStep::Kind::Subscribe;
    QCOMPARE(printer.step(step), QByteArray("skipped  subscribe                no channel\n"));
    QVERIFY(PrettyPrinter(true, 72).step(step).contains("\x1b[2mskipped  \x1b[0m"));
}

void TestPrettyPrinter::echoes()
{
    const PrettyPrinter printer(false, 80);
    AppSync::Echo echo;
    echo.number = 3;
    echo.outcome = AppSync::Echo::Outcome::Received;
    echo.latency = std::chrono::microseconds(12345);
    QCOMPARE(printer.echo("T", u"/a"_s, echo), QByteArray("T  /a  #3 back after 12.3 ms\n"));
    echo.outcome = AppSync::Echo::Outcome::Lost;
    QCOMPARE(printer.echo("T", u"/a"_s, echo),
             QByteArray("T  /a  #3 lost (neither answered nor seen in time)\n"));
    echo.outcome = AppSync::Echo::Outcome::Failed;
    echo.error.message = u"No."_s;
    QCOMPARE(printer.echo("T", u"/a"_s, echo), QByteArray("T  /a  #3 not published: No.\n"));
}

GUILESS_TEST(TestPrettyPrinter)
#include "tst_prettyprinter.moc"
