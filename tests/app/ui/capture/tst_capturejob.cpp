// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/capturejob.h"
#include "tests/shared/testrunner.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureJob;
using Syncscope::Problem;

class TestCaptureJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsElsewhere();
    void tellsWhatFailed();
    void tellsProgress();
    void ends();
    void endsWithItsOwner();
};

void TestCaptureJob::runsElsewhere()
{
    CaptureJob job;
    QSignalSpy finished(&job, &CaptureJob::finished);
    QThread *seen = nullptr;
    job.start([&](const CaptureJob::Progress &) {
        seen = QThread::currentThread();
        return Problem();
    });
    QVERIFY(job.isRunning());
    QVERIFY(finished.wait());
    QVERIFY(!job.isRunning());
    QVERIFY(seen && seen != thread());
    QVERIFY(!finished[0][0].value<Problem>().isProblem());
    QCOMPARE(finished[0][1].toBool(), false);
}

void TestCaptureJob::tellsWhatFailed()
{
    CaptureJob job;
    QSignalSpy finished(&job, &CaptureJob::finished);
    job.start([](const CaptureJob::Progress &) { return Problem::file(u"No."_s); });
    QVERIFY(finished.wait());
    QCOMPARE(finished[0][0].value<Problem>().message, u"No."_s);
}

void TestCaptureJob::tellsProgress()
{
    CaptureJob job;
    QSemaphore isSeen;
    connect(&job, &CaptureJob::progressChanged, this, [&] {
        if (job.progress() > 0)
            isSeen.release();
    });
    QSignalSpy finished(&job, &CaptureJob::finished);
    job.start([&](const CaptureJob::Progress &progress) {
        // Until it was told, which it is now and then only.
        while (!isSeen.tryAcquire(1, 10))
            (void)progress(1, 4);
        return Problem();
    });
    QVERIFY(finished.wait());
    QCOMPARE(job.progress(), 0.25);
}

void TestCaptureJob::ends()
{
    CaptureJob job;
    QSignalSpy finished(&job, &CaptureJob::finished);
    job.start([](const CaptureJob::Progress &progress) {
        while (progress(0, 1))
            QThread::yieldCurrentThread();
        return Problem::file(u"ended"_s);
    });
    job.cancel();
    QVERIFY(finished.wait());
    QCOMPARE(finished[0][1].toBool(), true);
}

void TestCaptureJob::endsWithItsOwner()
{
    bool isOver = false;
    {
        CaptureJob job;
        job.start([&](const CaptureJob::Progress &progress) {
            while (progress(0, 1))
                QThread::yieldCurrentThread();
            isOver = true;
            return Problem();
        });
    }
    QVERIFY(isOver);
}

GUILESS_TEST(TestCaptureJob)
#include "tst_capturejob.moc"
