// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturemarks.h"

#include "app/core/capture/capturecopy.h"
#include "app/core/capture/capturefile.h"
#include "app/core/capture/capturestore.h"
#include "captureframes.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestCaptureMarks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void changes();
    void staysOneFile();
    void besideARecording();
    void allOrNone();
    void saysWhatIsWrong();
    void recordingKeepsThem();
    void copiesTakeThoseOfTheirFrames();
    void copiesTakeOthersInstead();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    static QList<CaptureMark> marksOf(const QString &path)
    {
        CaptureFile file;
        return file.open(path) ? file.marks() : QList<CaptureMark>{{-1, {}, {}}};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestCaptureMarks::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = path(u"a.ssc"_s);
    CaptureStore store;
    QSignalSpy closed(&store, &CaptureStore::closed);
    store.open(m_file);
    const qint64 connection = store.addConnection(u"wss://example.test/event/realtime"_s);
    store.append(connection, CaptureFrames::subscribe(u"1"_s, u"/game/*"_s));
    for (int i = 2; i <= 10; ++i)
        store.append(connection, CaptureFrames::eventFrame(u"1"_s, u"{\\\"score\\\":%1}"_s.arg(i)));
    store.close();
    QVERIFY(closed.wait(30'000));
}

void TestCaptureMarks::changes()
{
    const CaptureMark bare{3, {}, {}};
    const CaptureMark full{7, u"title 😀"_s, u"two\nlines"_s};
    QVERIFY(!CaptureMarks::change(m_file, {{7, full}, {3, bare}}).isProblem());
    QCOMPARE(marksOf(m_file), (QList<CaptureMark>{bare, full}));
    const CaptureMark other{7, u"other"_s, {}};
    QVERIFY(!CaptureMarks::change(m_file, {{3, {}}, {7, other}, {4, {}}}).isProblem());
    QCOMPARE(marksOf(m_file), QList<CaptureMark>{other});
}

void TestCaptureMarks::staysOneFile()
{
    CaptureFile reader; // as the window has it open
    QVERIFY(reader.open(m_file));
    QCOMPARE(reader.marks().size(), 0);
    QVERIFY(!CaptureMarks::change(m_file, {{3, CaptureMark{3, u"a"_s, {}}}}).isProblem());
    QVERIFY(!QFileInfo::exists(m_file + u"-wal"_s));
    QCOMPARE(reader.marks().size(), 1);
    QVERIFY(QFile::copy(m_file, path(u"sent.ssc"_s)));
    QCOMPARE(marksOf(path(u"sent.ssc"_s)).size(), 1);
}

void TestCaptureMarks::besideARecording()
{
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    store.open(m_file);
    QVERIFY(opened.wait(30'000));
    const qint64 connection = store.addConnection(u"wss://example.test"_s);
    int appended = 0;
    for (int round = 1; round <= 5; ++round) {
        for (int i = 0; i < 200; ++i, ++appended)
            store.append(connection, CaptureFrames::eventFrame(u"1"_s, u"1"_s));
        const Problem problem =
            CaptureMarks::change(m_file, {{round, CaptureMark{round, u"r"_s, {}}}});
        QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    }
    QTRY_COMPARE(store.counts().stored, appended);
    QCOMPARE(marksOf(m_file).size(), 5);
}

void TestCaptureMarks::allOrNone()
{
    Database holder;
    QVERIFY(holder.open(m_file, Database::Mode::ReadWrite));
    QVERIFY(holder.run(u"BEGIN EXCLUSIVE"_s));
    const Problem problem = CaptureMarks::change(m_file, {{3, CaptureMark{3, u"a"_s, {}}}});
    QVERIFY(problem.isProblem());
    QVERIFY2(problem.message.contains(u"another program"), qPrintable(problem.message));
    holder.rollback();
    QCOMPARE(marksOf(m_file).size(), 0);
    QVERIFY(!CaptureMarks::change(m_file, {{3, CaptureMark{3, u"a"_s, {}}}}).isProblem());
}

void TestCaptureMarks::saysWhatIsWrong()
{
    const CaptureMark mark{3, u"a"_s, {}};
    QVERIFY(CaptureMarks::change(path(u"not there.ssc"_s), {{3, mark}}).isProblem());
    QVERIFY(!QFileInfo::exists(path(u"not there.ssc"_s)));
    QFile file(path(u"rubbish.ssc"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("rubbish, and enough of it to be looked at as a database");
    file.close();
    QVERIFY(CaptureMarks::change(file.fileName(), {{3, mark}}).isProblem());
}

void TestCaptureMarks::recordingKeepsThem()
{
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    QSignalSpy closed(&store, &CaptureStore::closed);
    store.open(m_file);
    QVERIFY(opened.wait(30'000));
    QCOMPARE(store.firstNumber(), 11);
    const qint64 connection = store.addConnection(u"wss://example.test"_s);
    const qint64 number = store.append(connection, CaptureFrames::eventFrame(u"1"_s, u"1"_s));
    store.mark(store.firstNumber() - 1 + number, {}, {});
    store.mark(2, u"old"_s, {});
    store.mark(5, u"gone again"_s, {});
    store.unmark(5);
    store.close();
    QVERIFY(closed.wait(30'000));
    QCOMPARE(marksOf(m_file), (QList<CaptureMark>{{2, u"old"_s, {}}, {11, {}, {}}}));
}

void TestCaptureMarks::copiesTakeThoseOfTheirFrames()
{
    QVERIFY(!CaptureMarks::change(m_file,
                                  {{3, CaptureMark{3, u"low"_s, {}}},
                                   {9, CaptureMark{9, u"high"_s, {}}},
                                   {77, CaptureMark{77, u"of nothing"_s, {}}}})
                 .isProblem());
    CaptureFile file;
    QVERIFY(file.open(m_file));
    const QString target = path(u"copy.ssc"_s);
    QVERIFY(!copyCapture(file, Filter(u"event.score > 5"_s), target, {}).isProblem());
    QCOMPARE(marksOf(target), (QList<CaptureMark>{{9, u"high"_s, {}}}));
}

void TestCaptureMarks::copiesTakeOthersInstead()
{
    QVERIFY(!CaptureMarks::change(m_file, {{3, CaptureMark{3, u"in the file"_s, {}}}}).isProblem());
    CaptureFile file;
    QVERIFY(file.open(m_file));
    const QString target = path(u"copy.ssc"_s);
    const QList<CaptureMark> others{{4, u"Bearer abcdefghijklmnopqrstuvwxyz"_s, {}}};
    QVERIFY(
        !copyCapture(file, Filter(), target, CaptureRedaction::standard(), {}, others).isProblem());
    const QList<CaptureMark> copied = marksOf(target);
    QCOMPARE(copied.size(), 1);
    QCOMPARE(copied.first().number, 4);
    QVERIFY2(!copied.first().title.contains(u"abcdefgh"), qPrintable(copied.first().title));
}

GUILESS_TEST(TestCaptureMarks)
#include "tst_capturemarks.moc"
