// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturestore.h"

#include "app/core/capture/capturefile.h"
#include "captureframes.h"
#include "smalldisk.h"
#include "tests/shared/testrunner.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;
using CaptureFrames::eventFrame;
using CaptureFrames::subscribe;

class TestCaptureStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBack();
    void secretsStayOut();
    void goesOn();
    void noticesThatTheFileIsGone_data();
    void noticesThatTheFileIsGone();
    void oneRecordingOnly();
    void lockOfTheKilled();
    void readWhileRecording();
    void survivesBeingKilled();
    void namesTheFileBeforeTheFirstRow();
    void dropsBySize();
    void dropsByAge();
    void locked();
    void endsWhileLocked();
    void diskFull();
    void endsOnAFullDisk();
    void endsForGood();
    void newerVersion();
    void notACapture();
    void tooMuchWaits();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    static void close(CaptureStore &store)
    {
        QSignalSpy closed(&store, &CaptureStore::closed);
        store.close();
        QVERIFY(closed.wait());
    }

    QTemporaryDir m_folder;
};

void TestCaptureStore::everythingComesBack()
{
    using Frame = AppSync::Frame;
    const auto in = Frame::Direction::In;
    const auto out = Frame::Direction::Out;
    QList<Frame> frames{
        CaptureFrames::frame(out, u"connection_init"_s, {}, uR"({"type":"connection_init"})"_s),
        CaptureFrames::frame(in, u"connection_ack"_s, {},
                             uR"({"type":"connection_ack","connectionTimeoutMs":1})"_s),
        CaptureFrames::frame(out, u"subscribe"_s, u"s"_s,
                             uR"({"type":"subscribe","id":"s","channel":"/game/*"})"_s),
        CaptureFrames::frame(in, u"subscribe_success"_s, u"s"_s,
                             uR"({"type":"subscribe_success","id":"s"})"_s),
        eventFrame(u"s"_s, uR"({\"big\":9007199254740993,\"b\":1,\"a\":2,\"a\":3})"_s),
        eventFrame(u"s"_s, uR"(\"\u00e4\\u00e4 \ud83d\ude00 \ud800 \/ \b\")"_s),
        eventFrame(u"s"_s, u"not json \u00e4 \U0001F600"_s),
        eventFrame(u"s"_s, QString()),
        CaptureFrames::frame(in, u"data"_s, u"s"_s,
                             uR"( { "event" : ["1","2"] , "id":"s","type":"data"} )"_s),
        CaptureFrames::frame(out, u"publish"_s, u"p"_s,
                             uR"({"type":"publish","id":"p","channel":"game/7","events":["1"]})"_s),
        CaptureFrames::frame(
            in, u"publish_success"_s, u"p"_s,
            uR"({"type":"publish_success","id":"p","successful":[{"index":0}],"failed":[]})"_s),
        CaptureFrames::frame(
            in, u"broadcast_error"_s, u"s"_s,
            uR"({"type":"broadcast_error","id":"s","errors":[{"message":"m"}]})"_s),
        CaptureFrames::frame(in, {}, {}, u"\u0000 what is this"_s),
    };
    CaptureStore store;
    store.open(path(u"all.ssc"_s));
    const qint64 connection =
        store.addConnection(u"wss://u:p@example.test/event/realtime?header=x"_s);
    for (const Frame &frame : frames)
        store.append(connection, frame);
    store.appendNote(connection, "gap", frames.last().at, R"({"reason":"keep-alive timeout"})");
    store.mark(5, u"look"_s, u"here"_s);
    close(store);
    QCOMPARE(store.counts().stored, frames.size() + 1);
    QCOMPARE(store.counts().notStored, 0);
    QVERIFY(!QFile::exists(path(u"all.ssc-wal"_s)));

    CaptureFile file;
    QVERIFY2(file.open(path(u"all.ssc"_s)), qPrintable(file.problem().message));
    const QList<CapturedFrame> read = file.page({}, 100);
    QCOMPARE(read.size(), frames.size() + 1);
    for (qsizetype i = 0; i < frames.size(); ++i) {
        QCOMPARE(read.at(i).text(), frames.at(i).text.toUtf8());
        QCOMPARE(read.at(i).number, i + 1);
        QCOMPARE(read.at(i).operation(), frames.at(i).id.toUtf8());
        QCOMPARE(read.at(i).atMs, frames.at(i).at.toMSecsSinceEpoch());
        QCOMPARE(read.at(i).monotonicNs, frames.at(i).monotonicNs);
        QCOMPARE(read.at(i).origin->type, frames.at(i).type.toUtf8());
    }
    const auto kinds = [&](qsizetype i) { return read.at(i).origin->kind; };
    QCOMPARE(kinds(2), QByteArray("control"));
    QCOMPARE(kinds(4), QByteArray("event"));
    QCOMPARE(kinds(9), QByteArray("publish"));
    QCOMPARE(kinds(10), QByteArray("answer"));
    QCOMPARE(kinds(11), QByteArray("error"));
    QCOMPARE(kinds(12), QByteArray("error"));
    QCOMPARE(kinds(13), QByteArray("gap"));
    QCOMPARE(read.at(4).origin->sub, QByteArray("/game/*"));
    QVERIFY(read.at(4).origin->channel.isEmpty());
    QCOMPARE(read.at(9).origin->channel, QByteArray("/game/7"));
    QCOMPARE(read.at(8).events(), (QList<QByteArray>{"1", "2"}));
    QCOMPARE(read.at(1).link, 1);
    QCOMPARE(read.at(3).link, 3);
    QCOMPARE(read.at(10).link, 10);
    QCOMPARE(file.connections().first().url, u"wss://example.test/event/realtime"_s);
    QCOMPARE(file.marks().first().title, u"look"_s);
    QCOMPARE(file.summary().events, 6);
}

void TestCaptureStore::secretsStayOut()
{
    CaptureStore store;
    store.redactor().hide(u"my-session-token"_s);
    store.open(path(u"secrets.ssc"_s));
    const qint64 connection = store.addConnection(u"wss://example.test/?header=da2-secretsecret"_s);
    store.append(connection, subscribe(u"1"_s, u"/a/b"_s));
    store.append(connection,
                 CaptureFrames::frame(AppSync::Frame::Direction::In, u"error"_s, {},
                                      u"{\"message\":\"my-session-token is bad\"}"_s));
    close(store);
    QFile file(path(u"secrets.ssc"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray all = file.readAll();
    QVERIFY(!all.contains("da2-secretsecret"));
    QVERIFY(!all.contains("my-session-token"));
    QVERIFY(all.contains("<masked, 16 bytes>"));
}

void TestCaptureStore::goesOn()
{
    for (int i = 1; i <= 2; ++i) {
        CaptureStore store;
        QSignalSpy opened(&store, &CaptureStore::opened);
        store.open(path(u"twice.ssc"_s));
        QVERIFY(opened.wait());
        QCOMPARE(store.firstNumber(), i == 1 ? 1 : 4);
        const qint64 connection = store.addConnection(u"wss://example.test"_s);
        store.append(connection, subscribe(u"1"_s, u"/a/*"_s));
        store.append(connection, eventFrame(u"1"_s, u"1"_s));
        store.append(connection, eventFrame(u"1"_s, u"2"_s));
        close(store);
    }
    CaptureFile file;
    QVERIFY(file.open(path(u"twice.ssc"_s)));
    QCOMPARE(file.summary().frames, 6);
    QCOMPARE(file.connections().size(), 2);
    QCOMPARE(file.frame(5)->origin->connection, 2);
}

void TestCaptureStore::noticesThatTheFileIsGone_data()
{
    QTest::addColumn<bool>("isReplaced");
    QTest::addColumn<bool>("isClosed");
    QTest::newRow("removed, at the end") << false << true;
    QTest::newRow("replaced, at the end") << true << true;
    QTest::newRow("removed, in silence") << false << false;
}

void TestCaptureStore::noticesThatTheFileIsGone()
{
#ifdef Q_OS_UNIX
    QFETCH(bool, isReplaced);
    QFETCH(bool, isClosed);
    const QString name = path(u"gone.ssc"_s);
    CaptureStore store;
    QSignalSpy failed(&store, &CaptureStore::failed);
    QSignalSpy closed(&store, &CaptureStore::closed);
    store.open(name);
    store.append(1, eventFrame(u"1"_s, u"1"_s));
    store.append(1, eventFrame(u"1"_s, u"2"_s));
    QTRY_COMPARE(store.counts().stored, 2);
    if (isReplaced) {
        const QString other = path(u"other"_s);
        QVERIFY(QFile::copy(name, other));
        QVERIFY(QFile::remove(name) && QFile::rename(other, name));
    } else {
        QVERIFY(QFile::remove(name));
    }
    if (isClosed)
        store.close();
    QVERIFY(closed.wait(10'000));
    QCOMPARE(failed.size(), 1);
    const auto problem = failed.first().first().value<Problem>();
    QVERIFY2(problem.message.contains(u"was removed or replaced"), qPrintable(problem.message));
    QCOMPARE(store.counts().stored, 0);
    QCOMPARE(store.counts().notStored, 2);
    QCOMPARE(QFile::exists(name), isReplaced);
    QFile::remove(name);
#else
    QSKIP("open files cannot be removed");
#endif
}

void TestCaptureStore::oneRecordingOnly()
{
    const QString name = path(u"one.ssc"_s);
    CaptureStore first;
    QSignalSpy opened(&first, &CaptureStore::opened);
    first.open(name);
    QVERIFY(opened.wait());
    const QString link = path(u"link.ssc"_s);
    const bool isLinked = QFile::link(name, link);
    for (const QString &other : {name, isLinked ? link : name}) {
        CaptureStore second;
        QSignalSpy failed(&second, &CaptureStore::failed);
        QSignalSpy closed(&second, &CaptureStore::closed);
        second.open(other);
        second.append(1, eventFrame(u"1"_s, u"1"_s));
        QVERIFY(closed.wait());
        QCOMPARE(failed.size(), 1);
        const auto problem = failed.first().first().value<Problem>();
        QVERIFY2(problem.message.contains(u"another program records into it"),
                 qPrintable(problem.message));
        QCOMPARE(second.counts().notStored, 1);
    }
    first.append(1, eventFrame(u"1"_s, u"1"_s)); // goes on
    close(first);
    QCOMPARE(first.counts().stored, 1);
    QVERIFY(!QFile::exists(name + u"-lock"_s));
    CaptureStore third;
    QSignalSpy openedAgain(&third, &CaptureStore::opened);
    third.open(name);
    QVERIFY(openedAgain.wait());
}

void TestCaptureStore::lockOfTheKilled()
{
    const QString name = path(u"orphan.ssc"_s);
    QProcess recorder;
    recorder.start(QString::fromUtf8(CAPTURE_RECORDER), {name});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += recorder.readAllStandardOutput()).contains('\n'), 30'000);
    {
        CaptureStore second;
        QSignalSpy failed(&second, &CaptureStore::failed);
        second.open(name);
        QVERIFY(failed.wait());
    }
    recorder.kill();
    QVERIFY(recorder.waitForFinished());
    CaptureStore next;
    QSignalSpy opened(&next, &CaptureStore::opened);
    next.open(name);
    QVERIFY(opened.wait());
    QVERIFY(next.firstNumber() > 1);
    close(next);
    QVERIFY(!QFile::exists(name + u"-lock"_s));
}

void TestCaptureStore::readWhileRecording()
{
    CaptureStore store;
    store.open(path(u"live.ssc"_s));
    const qint64 connection = store.addConnection(u"wss://example.test"_s);
    store.append(connection, eventFrame(u"1"_s, u"1"_s));
    QTRY_COMPARE(store.counts().stored, 1);
    CaptureFile file;
    QVERIFY2(file.open(path(u"live.ssc"_s)), qPrintable(file.problem().message));
    QCOMPARE(file.lastNumber(), 1);
    store.append(connection, eventFrame(u"1"_s, u"2"_s));
    QTRY_COMPARE(store.counts().stored, 2);
    QCOMPARE(file.lastNumber(), 2);
    QCOMPARE(file.frame(2)->payload, QByteArray("2"));
    qint64 onDisk = 0;
    for (const QString &ending : {u""_s, u"-wal"_s})
        onDisk += QFileInfo(path(u"live.ssc"_s) + ending).size();
    QCOMPARE(store.counts().fileBytes, onDisk);
    close(store); // with a reader, which may go on
    QCOMPARE(file.lastNumber(), 2);
}

void TestCaptureStore::survivesBeingKilled()
{
    QProcess recorder;
    recorder.start(QString::fromUtf8(CAPTURE_RECORDER), {path(u"killed.ssc"_s)});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += recorder.readAllStandardOutput()).count('\n') > 300, 30'000);
    recorder.kill();
    QVERIFY(recorder.waitForFinished());
    said += recorder.readAllStandardOutput();
    const QList<QByteArray> lines = said.trimmed().split('\n');
    const qint64 safe = lines.last().toLongLong();
    QVERIFY(safe > 300);
    CaptureFile file;
    QVERIFY2(file.open(path(u"killed.ssc"_s)), qPrintable(file.problem().message));
    QVERIFY2(file.lastNumber() >= safe,
             qPrintable(u"%1 of %2 are there"_s.arg(file.lastNumber()).arg(safe)));
    QCOMPARE(file.summary().frames, file.lastNumber()); // without a hole
    QCOMPARE(file.frame(safe)->payload, QByteArray::number(safe));
}

void TestCaptureStore::namesTheFileBeforeTheFirstRow()
{
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    store.open(path(u"empty.ssc"_s));
    QVERIFY(opened.wait());
    QFile file(path(u"empty.ssc"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray header = file.read(100);
    QVERIFY(header.startsWith("SQLite format 3"));
    QCOMPARE(header.mid(68, 4), QByteArray("SScp")); // application_id
    QCOMPARE(header.mid(60, 4), QByteArray("\0\0\0\1", 4)); // user_version
#ifdef Q_OS_UNIX
    for (const QString &ending : {u""_s, u"-wal"_s, u"-shm"_s, u"-lock"_s})
        QCOMPARE(QFile::permissions(path(u"empty.ssc"_s) + ending)
                     & (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions()); // of others
#endif
}

void TestCaptureStore::dropsBySize()
{
    CaptureStore store;
    store.open(path(u"small.ssc"_s));
    store.setRetention(2'000'000, std::chrono::hours(0));
    const qint64 connection = store.addConnection(u"wss://example.test"_s);
    qint64 sent = 0;
    const auto send = [&] {
        for (int i = 0; i < 500; ++i)
            sent = store.append(connection, eventFrame(u"1"_s, QString(1'000, u'x')));
        return store.counts().dropped > 1'000;
    };
    QTRY_VERIFY_WITH_TIMEOUT(send(), 30'000);
    close(store);
    CaptureFile file;
    QVERIFY(file.open(path(u"small.ssc"_s)));
    const CaptureFile::Summary summary = file.summary();
    QCOMPARE(summary.dropped + summary.frames, sent);
    QCOMPARE(summary.dropped, store.counts().dropped);
    QCOMPARE(summary.last, sent);
    QCOMPARE(summary.first, summary.dropped + 1);
}

void TestCaptureStore::dropsByAge()
{
    using namespace std::chrono_literals;
    CaptureStore::Options options;
    options.maximumAge = 1h;
    CaptureStore store(options);
    store.open(path(u"young.ssc"_s));
    AppSync::Frame old = eventFrame(u"1"_s, u"1"_s);
    AppSync::Frame young = old;
    young.at = QDateTime::currentDateTimeUtc();
    store.append(1, old);
    store.append(1, young);
    QTRY_COMPARE_WITH_TIMEOUT(store.counts().dropped, 1, 10'000);
    close(store);
    CaptureFile file;
    QVERIFY(file.open(path(u"young.ssc"_s)));
    QCOMPARE(file.summary().first, 2);
}

void TestCaptureStore::locked()
{
    {
        CaptureStore first;
        first.open(path(u"locked.ssc"_s));
        close(first);
    }
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    QSignalSpy troubled(&store, &CaptureStore::troubleChanged);
    store.open(path(u"locked.ssc"_s));
    QVERIFY(opened.wait());
    Database other;
    QVERIFY(other.open(path(u"locked.ssc"_s), Database::Mode::ReadWrite));
    QVERIFY(other.begin());
    store.append(1, eventFrame(u"1"_s, u"1"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!troubled.isEmpty(), 10'000);
    QVERIFY2(store.trouble().message.contains(u"another program"),
             qPrintable(store.trouble().message));
    store.append(1, eventFrame(u"1"_s, u"2"_s)); // nothing is lost
    QCOMPARE(store.counts().waiting, 2);
    QVERIFY(other.commit());
    QTRY_COMPARE_WITH_TIMEOUT(store.counts().stored, 2, 10'000);
    QTRY_VERIFY(!store.trouble().isProblem());
}

void TestCaptureStore::endsWhileLocked()
{
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    QSignalSpy closed(&store, &CaptureStore::closed);
    QSignalSpy failed(&store, &CaptureStore::failed);
    store.open(path(u"held.ssc"_s));
    QVERIFY(opened.wait());
    Database other;
    QVERIFY(other.open(path(u"held.ssc"_s), Database::Mode::ReadWrite));
    QVERIFY(other.begin());
    for (int i = 0; i < 5'000; ++i) // more than one batch
        store.append(1, eventFrame(u"1"_s, u"1"_s));
    store.close();
    QVERIFY(closed.wait(20'000));
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().value<Problem>().message.contains(u"another program"));
    QCOMPARE(store.counts().notStored, 5'000);
    QCOMPARE(store.counts().waiting, 0);
}

void TestCaptureStore::diskFull()
{
#ifdef Q_OS_UNIX
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    store.open(path(u"full.ssc"_s));
    QVERIFY(opened.wait());
    SmallDisk disk(300'000);
    QVERIFY(disk.isSmall());
    for (int i = 0; i < 1'000; ++i)
        store.append(1, eventFrame(u"1"_s, QString(1'000, u'x')));
    (void)QTest::qWaitFor([&] { return store.trouble().isProblem(); }, 10'000);
    const Problem trouble = store.trouble();
    disk.grow();
    QVERIFY2(trouble.message.contains(u"disk") || trouble.nextStep.contains(u"disk"),
             qPrintable(trouble.message));
    QTRY_COMPARE_WITH_TIMEOUT(store.counts().stored, 1'000, 20'000);
    QCOMPARE(store.counts().notStored, 0);
    close(store);
    CaptureFile file;
    QVERIFY(file.open(path(u"full.ssc"_s)));
    QCOMPARE(file.summary().frames, 1'000);
#else
    QSKIP("limits of files are Unix's");
#endif
}

void TestCaptureStore::endsOnAFullDisk()
{
#ifdef Q_OS_UNIX
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    QSignalSpy closed(&store, &CaptureStore::closed);
    QSignalSpy failed(&store, &CaptureStore::failed);
    store.open(path(u"fuller.ssc"_s));
    QVERIFY(opened.wait());
    const SmallDisk disk(300'000);
    QVERIFY(disk.isSmall());
    for (int i = 0; i < 10'000; ++i) // several batches
        store.append(1, eventFrame(u"1"_s, QString(100, u'x')));
    store.close();
    QVERIFY(closed.wait(20'000));
    QCOMPARE(failed.size(), 1);
    const CaptureStore::Counts counts = store.counts();
    QCOMPARE(counts.waiting, 0);
    QVERIFY(counts.notStored > 0);
    QCOMPARE(counts.stored + counts.notStored, 10'000);
#else
    QSKIP("limits of files are Unix's");
#endif
}

void TestCaptureStore::endsForGood()
{
    CaptureStore store;
    QSignalSpy opened(&store, &CaptureStore::opened);
    QSignalSpy closed(&store, &CaptureStore::closed);
    QSignalSpy failed(&store, &CaptureStore::failed);
    store.open(path(u"taken.ssc"_s));
    QVERIFY(opened.wait());
    Database other; // what cannot come to a good end however often it is tried
    QVERIFY(other.open(path(u"taken.ssc"_s), Database::Mode::ReadWrite));
    QVERIFY(other.run(u"INSERT INTO frame (number) VALUES (2)"_s));
    for (int i = 0; i < 3; ++i)
        store.append(1, eventFrame(u"1"_s, u"1"_s));
    QVERIFY(closed.wait(10'000)); // by itself
    QCOMPARE(failed.size(), 1);
    QCOMPARE(store.counts().notStored, 3);
    store.append(1, eventFrame(u"1"_s, u"1"_s));
    QCOMPARE(store.counts().notStored, 4);
    QCOMPARE(store.counts().waiting, 0);
}

void TestCaptureStore::newerVersion()
{
    {
        CaptureStore store;
        store.open(path(u"newer.ssc"_s));
        close(store);
        Database database;
        QVERIFY(database.open(path(u"newer.ssc"_s), Database::Mode::ReadWrite));
        QVERIFY(database.run(u"PRAGMA user_version=99"_s));
    }
    CaptureStore store;
    QSignalSpy failed(&store, &CaptureStore::failed);
    store.open(path(u"newer.ssc"_s));
    store.append(1, eventFrame(u"1"_s, u"1"_s));
    QVERIFY(failed.wait());
    QVERIFY(failed.first().first().value<Problem>().message.contains(u"version 99"));
    QTRY_COMPARE(store.counts().notStored, 1);
}

void TestCaptureStore::notACapture()
{
    QFile file(path(u"text.ssc"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("what somebody wrote, and wants to keep");
    file.close();
    CaptureStore store;
    QSignalSpy failed(&store, &CaptureStore::failed);
    store.open(file.fileName());
    QVERIFY(failed.wait());
    QVERIFY(failed.first().first().value<Problem>().message.contains(u"no capture"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("what somebody wrote"));
}

void TestCaptureStore::tooMuchWaits()
{
    CaptureStore::Options options;
    options.queueBytes = 100'000;
    CaptureStore store(options); // nobody writes before it is open
    for (int i = 0; i < 1'000; ++i)
        store.append(1, eventFrame(u"1"_s, u"1"_s));
    const CaptureStore::Counts counts = store.counts();
    QCOMPARE(counts.appended, 1'000);
    QVERIFY(counts.waitingBytes <= options.queueBytes);
    QCOMPARE(counts.waiting + counts.notStored, 1'000);
    store.open(path(u"some.ssc"_s));
    close(store);
    QCOMPARE(store.counts().stored, counts.waiting);
    QCOMPARE(store.counts().notStored, counts.notStored);
}

GUILESS_TEST(TestCaptureStore)
#include "tst_capturestore.moc"
