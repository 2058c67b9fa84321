// SPDX-License-Identifier: Apache-2.0
#include "app/ui/notice.h"
#include "app/ui/ratemeter.h"
#include "app/ui/wording.h"
#include "tests/shared/testrunner.h"

#include <QLocale>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
namespace Wording = Syncscope::Wording;

class TestWording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void numbersHaveUnits();
    void spansAreReadable();
    void longTextsAreShortened();
    void sentencesAreWhole();
    void ratesAreAverages();
    void noticesTellAll();
};

void TestWording::initTestCase()
{
    QLocale::setDefault(QLocale::c());
}

void TestWording::numbersHaveUnits()
{
    QCOMPARE(Wording::bytes(412), u"412\u00A0B"_s);
    QCOMPARE(Wording::bytes(3200), u"3.2\u00A0KB"_s);
    QCOMPARE(Wording::bytes(256'000'000), u"256\u00A0MB"_s);
    QCOMPARE(Wording::bytes(1'500'000'000), u"1.5\u00A0GB"_s);
    QCOMPARE(Wording::rate(0), u"0/s"_s);
    QCOMPARE(Wording::rate(0.4), u"0.4/s"_s);
    QCOMPARE(Wording::rate(214.2), u"214/s"_s);
    QCOMPARE(Wording::duration(2530s), u"00:42:10"_s);
    QCOMPARE(Wording::duration(100h), u"100:00:00"_s);
    QCOMPARE(Wording::milliseconds(0.84), u"0.8\u00A0ms"_s);
    QCOMPARE(Wording::milliseconds(1234), u"1.2\u00A0s"_s);
}

void TestWording::longTextsAreShortened()
{
    QCOMPARE(Wording::shortened(u"abc"_s, 3), u"abc"_s);
    QCOMPARE(Wording::shortened(u"abcd"_s, 3), u"abc…"_s);
    QCOMPARE(Wording::beginning(u"abcd"_s, 3), u"abc"_s);
    QCOMPARE(Wording::beginning(u"ab\U0001F600"_s, 3), u"ab"_s); // no half of a character
    QCOMPARE(Wording::beginning(u"ab\U0001F600"_s, 4), u"ab\U0001F600"_s);
}

void TestWording::spansAreReadable()
{
    QCOMPARE(Wording::span(0ms), u"0\u00A0ms"_s); // nothing is known below a millisecond
    QCOMPARE(Wording::span(84ms), u"84\u00A0ms"_s);
    QCOMPARE(Wording::span(6330ms), u"6.3\u00A0s"_s);
    QCOMPARE(Wording::span(99s), u"99\u00A0s"_s);
    QCOMPARE(Wording::span(100s), u"00:01:40"_s);
    QCOMPARE(Wording::span(-5s), Wording::span(0s)); // a clock that was set back
    const QDateTime at(QDate(2026, 1, 2), QTime(3, 4, 5, 6));
    QCOMPARE(Wording::time(at.toUTC()), u"03:04:05.006"_s);
}

void TestWording::sentencesAreWhole()
{
    QCOMPARE(Wording::events(1), u"1 event"_s);
    QCOMPARE(Wording::events(0), u"0 events"_s);
    QCOMPARE(Wording::events(12), u"12 events"_s);
    QCOMPARE(Wording::withNextStep(u"It failed."_s, u"Try again."_s), u"It failed. Try again."_s);
    QCOMPARE(Wording::withNextStep(u"It failed."_s, {}), u"It failed."_s);
}

void TestWording::ratesAreAverages()
{
    Syncscope::RateMeter meter;
    meter.count(10);
    QCOMPARE(meter.tick(), 2.0);
    for (int i = 0; i < 3; ++i)
        meter.tick();
    QCOMPARE(meter.tick(), 2.0);
    QCOMPARE(meter.tick(), 0.0);
}

void TestWording::noticesTellAll()
{
    QVERIFY(Syncscope::Notice::fromError({}).isEmpty());
    AppSync::Error error =
        AppSync::Error::local(AppSync::Error::Kind::Refused, u"No."_s, u"Try this."_s);
    error.serverMessage = u"words"_s;
    error.type = u"BadRequestException"_s;
    error.httpStatus = 400;
    const auto notice = Syncscope::Notice::fromError(error);
    QCOMPARE(notice.message, u"No."_s);
    QCOMPARE(notice.serverMessage, u"words"_s);
    QCOMPARE(notice.nextStep, u"Try this."_s);
    QCOMPARE(notice.details, u"Type: BadRequestException\nHTTP status: 400"_s);
}

GUILESS_TEST(TestWording)
#include "tst_wording.moc"
