// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/recording.h"
#include "app/ui/capture/retention.h"
#include "app/ui/traffic/framelog.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Syncscope::FrameLog;
using Syncscope::Recording;
using Syncscope::Retention;

class TestRetention : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QSettings().clear(); }
    void keepsEverythingAtFirst();
    void remembers();
    void survivesNonsense();
    void takesForceWhileRecording();
};

void TestRetention::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true); // the user's settings are none of our business
    QCoreApplication::setApplicationName(u"syncscope-retention"_s);
    QCoreApplication::setOrganizationName(u"Syncscope"_s);
}

void TestRetention::keepsEverythingAtFirst()
{
    const Retention retention;
    QCOMPARE(retention.memoryBytes(), FrameLog::kDefaultBudget);
    QCOMPARE(Retention::memoryNames().value(retention.memory()), u"256\u00A0MB"_s);
    QCOMPARE(retention.recordingBytes(), 0);
    QCOMPARE(retention.recordingAge(), 0h);
    QCOMPARE(Retention::sizeNames().value(retention.size()), u"Any size"_s);
    QCOMPARE(Retention::ageNames().value(retention.age()), u"Any age"_s);
}

void TestRetention::remembers()
{
    {
        Retention retention;
        QSignalSpy changed(&retention, &Retention::changed);
        retention.setMemory(0);
        retention.setSize(1);
        retention.setAge(2);
        QCOMPARE(changed.count(), 3);
        retention.setAge(2);
        QCOMPARE(changed.count(), 3);
    }
    const Retention retention;
    QCOMPARE(retention.memoryBytes(), 64'000'000);
    QCOMPARE(retention.recordingBytes(), 1'000'000'000);
    QCOMPARE(retention.recordingAge(), 6h);
}

void TestRetention::survivesNonsense()
{
    QSettings().setValue(u"traffic/memoryBytes"_s, u"plenty"_s);
    QSettings().setValue(u"traffic/recordingBytes"_s, -1);
    QSettings().setValue(u"traffic/recordingHours"_s, QByteArray("\xff"));
    Retention retention;
    QCOMPARE(retention.memoryBytes(), FrameLog::kDefaultBudget);
    QCOMPARE(retention.recordingBytes(), 0);
    QSignalSpy changed(&retention, &Retention::changed);
    retention.setMemory(-1);
    retention.setSize(99);
    QCOMPARE(changed.count(), 0);
}

void TestRetention::takesForceWhileRecording()
{
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    AppSync::Frame old = CaptureFixture::delivered(1, u"1"_s);
    old.at = QDateTime::currentDateTimeUtc().addDays(-1);
    log.append(old);
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 1);
    QCOMPARE(recording.counts().dropped, 0);
    recording.setRetention(0, 1h);
    QTRY_COMPARE_WITH_TIMEOUT(recording.counts().dropped, 1, 10'000);
    recording.startAnew();
    log.append(old);
    log.flush();
    QTRY_COMPARE_WITH_TIMEOUT(recording.counts().dropped, 1, 10'000);
}

GUILESS_TEST(TestRetention)
#include "tst_retention.moc"
