// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framefilter.h"
#include "app/ui/traffic/framelog.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CompletionProposal;
using Syncscope::FrameFilter;
using Syncscope::FrameLog;

class TestFrameFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesForceAfterAPause();
    void keepsTheLastGoodOne();
    void tellsWhatIsWrong();
    void clears();
    void proposesWhatWasSeen();
    void proposesPathsForOtherFields();
    void readsTheNewestOnly();
};

void TestFrameFilter::takesForceAfterAPause()
{
    FrameLog log;
    FrameFilter filter(&log);
    QSignalSpy applied(&filter, &FrameFilter::appliedChanged);
    filter.setText(u"dir == \"in\""_s);
    filter.setText(u"dir == \"out\""_s);
    QVERIFY(!filter.isActive());
    QVERIFY(applied.wait());
    QCOMPARE(applied.count(), 1);
    QVERIFY(filter.isActive());
    QCOMPARE(filter.applied().text(), u"dir == \"out\""_s);
    filter.setText(u"dir == \"in\""_s);
    filter.apply();
    QCOMPARE(applied.count(), 2);
    filter.apply();
    QCOMPARE(applied.count(), 2);
}

void TestFrameFilter::keepsTheLastGoodOne()
{
    FrameLog log;
    FrameFilter filter(&log);
    filter.setText(u"bytes > 10"_s);
    filter.apply();
    filter.setText(u"bytes > 10 &&"_s);
    filter.apply();
    QCOMPARE(filter.text(), u"bytes > 10 &&"_s);
    QCOMPARE(filter.applied().text(), u"bytes > 10"_s);
}

void TestFrameFilter::tellsWhatIsWrong()
{
    FrameLog log;
    FrameFilter filter(&log);
    filter.setText(u"bytes > ten"_s);
    QVERIFY(!filter.problem().isEmpty());
    QCOMPARE(filter.problemBegin(), 8);
    QCOMPARE(filter.problemEnd(), 11);
    filter.setText(u"bytes > 10"_s);
    QCOMPARE(filter.problem(), QString());
}

void TestFrameFilter::clears()
{
    FrameLog log;
    FrameFilter filter(&log);
    filter.setText(u"bytes > 10"_s);
    filter.apply();
    QSignalSpy applied(&filter, &FrameFilter::appliedChanged);
    filter.clear();
    QCOMPARE(applied.count(), 1);
    QVERIFY(!filter.isActive());
    QCOMPARE(filter.text(), QString());
}

void TestFrameFilter::proposesWhatWasSeen()
{
    FrameLog log;
    log.append(UiTest::frame(
        1, u"data"_s, uR"({"id":"s","type":"data","event":"{\"score\":7,\"who\":\"ann\"}"})"_s));
    log.attach(UiTest::event(1, R"({"score":7,"who":"ann"})"), 0);
    log.flush();
    FrameFilter filter(&log);
    const auto proposals = [&](const QString &text) {
        filter.setText(text);
        filter.complete(int(text.size()));
        QStringList texts;
        for (const CompletionProposal &one : filter.completions()->completion().proposals)
            texts += one.text;
        return texts;
    };
    QCOMPARE(proposals(u"event.sc"_s), QStringList{u"event.score"_s});
    QCOMPARE(filter.completions()->begin(), 0);
    QCOMPARE(filter.completions()->end(), 8);
    QCOMPARE(proposals(u"sub == \"/d"_s), QStringList{u"\"/demo/*\""_s});
    QCOMPARE(proposals(u"type == "_s), QStringList{u"\"data\""_s});
}

void TestFrameFilter::proposesPathsForOtherFields()
{
    FrameLog log;
    log.append(UiTest::frame(
        1, u"data"_s, uR"({"id":"s","type":"data","event":"{\"score\":7,\"who\":\"ann\"}"})"_s));
    log.attach(UiTest::event(1, R"({"score":7,"who":"ann"})"), 0);
    log.flush();
    FrameFilter filter(&log);
    filter.setText(u"bytes > 1"_s);
    filter.completePath(u"e"_s, 1);
    QCOMPARE(filter.completions()->count(), 2); // but not the field event, nor operators
    QCOMPARE(filter.completions()->textOf(0), u"event.score"_s);
    filter.completePath(u"event.w"_s, 7);
    QCOMPARE(filter.completions()->count(), 1);
    QCOMPARE(filter.completions()->begin(), 0);
    filter.completePath(u"bytes "_s, 6);
    QCOMPARE(filter.completions()->count(), 0);
    QCOMPARE(filter.text(), u"bytes > 1"_s);
}

void TestFrameFilter::readsTheNewestOnly()
{
    FrameLog log;
    log.append(UiTest::frame(1, u"first"_s, u"{}"_s));
    for (qint64 i = 2; i < FrameFilter::kRecordsRead + 2; ++i)
        log.append(UiTest::keepAlive(i));
    log.flush();
    FrameFilter filter(&log);
    filter.setText(u"type == "_s);
    filter.complete(8);
    QCOMPARE(filter.completions()->count(), 1);
    QCOMPARE(filter.completions()->textOf(0), u"\"ka\""_s);
    log.append(UiTest::frame(9'999, u"later"_s, u"{}"_s));
    log.flush();
    filter.complete(8);
    QCOMPARE(filter.completions()->count(), 2);
}

GUILESS_TEST(TestFrameFilter)
#include "tst_framefilter.moc"
