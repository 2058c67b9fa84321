// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturefile.h"
#include "app/ui/capture/recording.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureFile;
using Syncscope::CaptureMark;
using Syncscope::FrameLog;
using Syncscope::Recording;

class TestRecording : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatMemoryDropped();
    void keepsNotes();
    void settles();
    void beginsAnew();
    void knowsWhatIsSubscribed();
    void keepsBookmarks();
    void leavesNothingBehind();
    void saysWhatIsWrong();
    void saysThatTheFileIsGone();
    void tidiesUp();

private:
    static QStringList files(const QTemporaryDir &folder)
    {
        return QDir(folder.filePath(u"recordings"_s)).entryList(QDir::Files);
    }
};

void TestRecording::keepsWhatMemoryDropped()
{
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    log.setByteBudget(20'000);
    for (int i = 1; i <= 500; ++i)
        log.append(CaptureFixture::delivered(i, QString::number(i)));
    log.flush();
    QVERIFY(log.dropped() > 0);
    QTRY_COMPARE(recording.counts().stored, 500);
    CaptureFile file;
    QVERIFY(file.open(recording.path()));
    QCOMPARE(file.summary().frames, 500);
    QCOMPARE(file.frame(1)->events(), QList<QByteArray>{"1"});
    // Nobody else may read it.
    QCOMPARE(QFile::permissions(folder.filePath(u"recordings"_s))
                 & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeGroup | QFile::ExeOther),
             QFile::Permissions());
}

void TestRecording::keepsNotes()
{
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    Syncscope::LinkNote note;
    note.kind = Syncscope::LinkNote::Kind::Gap;
    note.at = UiTest::data(1).at;
    log.append(note);
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 1);
    CaptureFile file;
    QVERIFY(file.open(recording.path()));
    QCOMPARE(file.frame(1)->origin->kind, QByteArray("gap"));
    // It grows as subscriptions come back, in the file and before it is written.
    const qint64 number = log.append(note);
    log.flush();
    note.channels = {{u"/demo/a"_s, note.at.addSecs(3)}};
    QVERIFY(log.amend(number, note));
    QVERIFY(log.amend(number - 1, note));
    log.append(UiTest::data(2));
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 3);
    for (qint64 row = 1; row <= 2; ++row)
        QVERIFY2(file.frame(row)->text().contains("/demo/a"), file.frame(row)->text().constData());
}

void TestRecording::settles()
{
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    for (int i = 1; i <= 500; ++i)
        log.append(UiTest::data(i));
    log.flush();
    qint64 stored = -1;
    recording.settle([&] { stored = recording.counts().stored; });
    QTRY_COMPARE(stored, 500);
    recording.settle([&] { stored = 0; }); // at once: nothing waits
    QCOMPARE(stored, 0);
}

void TestRecording::beginsAnew()
{
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    log.append(UiTest::data(1));
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 1);
    const QString before = recording.path();
    recording.startAnew();
    QVERIFY(recording.path() != before);
    QVERIFY(!QFile::exists(before));
    log.append(UiTest::data(2));
    log.append(UiTest::data(3));
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 2);
}

void TestRecording::knowsWhatIsSubscribed()
{
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    AppSync::Frame subscribe = UiTest::outgoing(
        1, u"subscribe"_s, u"{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":\"/demo/*\"}"_s);
    subscribe.id = u"s"_s;
    log.append(subscribe);
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 1);
    recording.startAnew(); // the frame that told it went with the old file
    log.append(CaptureFixture::delivered(2, u"7"_s));
    AppSync::Frame answer = UiTest::frame(3, u"subscribe_success"_s,
                                          u"{\"type\":\"subscribe_success\",\"id\":\"s\"}"_s);
    answer.id = u"s"_s;
    log.append(answer);
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 2);
    CaptureFile file;
    QVERIFY(file.open(recording.path()));
    QCOMPARE(file.frame(1)->origin->sub, QByteArray("/demo/*"));
    QCOMPARE(file.frame(2)->link, 0); // not to a frame of this file
}

void TestRecording::keepsBookmarks()
{
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    recording.keepMark({1, CaptureMark{1, u"of nothing"_s, {}}});
    for (int i = 1; i <= 4; ++i)
        log.append(UiTest::data(i));
    log.flush();
    log.clear();
    recording.startAnew(); // the log counts on, the file begins with 1
    for (int i = 5; i <= 7; ++i)
        log.append(UiTest::data(i));
    log.flush();
    QCOMPARE(log.begin(), 5);
    recording.keepMark({6, CaptureMark{6, u"second"_s, {}}});
    recording.keepMark({7, CaptureMark{7, u"third"_s, {}}});
    recording.keepMark({7, {}});
    QTRY_COMPARE(recording.counts().waiting, 0);
    CaptureFile file;
    QVERIFY(file.open(recording.path()));
    QCOMPARE(file.marks(), (QList<CaptureMark>{{2, u"second"_s, {}}}));
}

void TestRecording::leavesNothingBehind()
{
    const QTemporaryDir folder;
    FrameLog log;
    {
        Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
        log.append(UiTest::data(1));
        log.flush();
        QTRY_COMPARE(recording.counts().stored, 1);
        QVERIFY(!files(folder).isEmpty());
    }
    QCOMPARE(files(folder), QStringList());
}

void TestRecording::saysWhatIsWrong()
{
    const QTemporaryDir folder;
    QFile inTheWay(folder.filePath(u"recordings"_s)); // where a folder should be
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, inTheWay.fileName());
    QTRY_VERIFY(recording.problem().isProblem());
    log.append(UiTest::data(1));
    log.flush(); // goes on in memory
    QCOMPARE(log.end() - log.begin(), 1);
    QTRY_COMPARE(recording.counts().notStored, 1);
}

void TestRecording::saysThatTheFileIsGone()
{
#ifdef Q_OS_UNIX
    const QTemporaryDir folder;
    FrameLog log;
    Recording recording(&log, u"wss://example.test"_s, folder.filePath(u"recordings"_s));
    log.append(UiTest::data(1));
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 1);
    QVERIFY(QFile::remove(recording.path()));
    QTRY_VERIFY(recording.problem().isProblem());
    QVERIFY2(recording.problem().message.contains(u"was removed"),
             qPrintable(recording.problem().message));
    log.append(UiTest::data(2));
    log.flush(); // goes on in memory
    QCOMPARE(log.end() - log.begin(), 2);
    QCOMPARE(recording.counts().notStored, 2);
    recording.startAnew();
    log.append(UiTest::data(3));
    log.flush();
    QTRY_COMPARE(recording.counts().stored, 1);
    QVERIFY(!recording.problem().isProblem());
#else
    QSKIP("open files cannot be removed");
#endif
}

void TestRecording::tidiesUp()
{
    const QTemporaryDir folder;
    const auto file = [&](const QString &name, int days) {
        QFile made(folder.filePath(name));
        return made.open(QIODevice::WriteOnly)
            && made.setFileTime(QDateTime::currentDateTimeUtc().addDays(-days),
                                QFile::FileModificationTime);
    };
    QVERIFY(file(u"old.ssc"_s, 8));
    QVERIFY(file(u"old.ssc-wal"_s, 8));
    QVERIFY(file(u"young.ssc"_s, 6));
    QVERIFY(file(u"another.txt"_s, 100));
    Recording::tidy(folder.path());
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files, QDir::Name),
             QStringList({u"another.txt"_s, u"young.ssc"_s}));
}

GUILESS_TEST(TestRecording)
#include "tst_recording.moc"
