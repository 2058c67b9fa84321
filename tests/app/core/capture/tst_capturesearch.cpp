// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturesearch.h"

#include "app/core/capture/capturewriter.h"
#include "app/core/capture/operationmemory.h"
#include "captureframes.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestCaptureSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsInParts();
    void startsAnew();
    void tellsProblems();
    void goesAway();

private:
    static constexpr int kFrames = 60'000;
    static QList<qint64> numbers(const QSignalSpy &found)
    {
        QList<qint64> all;
        for (const QVariantList &signal : found)
            all += signal.first().value<QList<qint64>>();
        return all;
    }
    [[nodiscard]] QString path() const { return m_folder.filePath(u"a.ssc"_s); }

    QTemporaryDir m_folder;
};

void TestCaptureSearch::initTestCase()
{
    OperationMemory operations;
    QList<CapturedFrame> frames;
    for (int i = 1; i <= kFrames; ++i) {
        frames.append(
            operations.captured(CaptureFrames::eventFrame(u"1"_s, QString::number(i)), 1, i));
        frames.last().number = i;
    }
    CaptureWriter writer;
    QVERIFY2(writer.open(path()), qPrintable(writer.problem().message));
    QVERIFY(writer.write(frames));
}

void TestCaptureSearch::findsInParts()
{
    CaptureSearch search;
    QSignalSpy found(&search, &CaptureSearch::found);
    QSignalSpy progressed(&search, &CaptureSearch::progressed);
    QSignalSpy finished(&search, &CaptureSearch::finished);
    search.start(path(), Filter(u"event > 50"_s), {1, kFrames, CaptureFile::Order::NewestFirst});
    QVERIFY(search.isRunning());
    QVERIFY(finished.wait());
    QVERIFY(!search.isRunning());
    QVERIFY(!finished.first().first().value<Problem>().isProblem());
    const QList<qint64> all = numbers(found);
    QCOMPARE(all.size(), kFrames - 50);
    QCOMPARE(all.first(), kFrames);
    QCOMPARE(all.last(), 51);
    QVERIFY(found.size() > 1);
    QCOMPARE(found.first().first().value<QList<qint64>>().size(), 1); // the first hit did not wait
    QCOMPARE(progressed.size(), 3);
    QCOMPARE(progressed.last(), (QVariantList{qint64(kFrames), qint64(kFrames)}));
}

void TestCaptureSearch::startsAnew()
{
    CaptureSearch search;
    QSignalSpy found(&search, &CaptureSearch::found);
    QSignalSpy finished(&search, &CaptureSearch::finished);
    for (int i = 0; i < 20; ++i)
        search.start(path(), Filter());
    search.start(path(), Filter(u"event == 7"_s));
    QVERIFY(finished.wait());
    QCOMPARE(numbers(found), QList<qint64>{7});
    QCOMPARE(finished.size(), 1);
    search.start(path(), Filter());
    search.cancel();
    QVERIFY(!search.isRunning());
    QCoreApplication::processEvents();
    QCOMPARE(finished.size(), 1);
}

void TestCaptureSearch::tellsProblems()
{
    CaptureSearch search;
    QSignalSpy finished(&search, &CaptureSearch::finished);
    search.start(m_folder.filePath(u"none.ssc"_s), Filter());
    QVERIFY(finished.wait());
    QVERIFY(finished.first().first().value<Problem>().message.contains(u"no file"));
}

void TestCaptureSearch::goesAway()
{
    auto search = std::make_unique<CaptureSearch>();
    search->start(path(), Filter());
    search.reset();
    QCoreApplication::processEvents(); // nothing is said to what is gone
}

GUILESS_TEST(TestCaptureSearch)
#include "tst_capturesearch.moc"
