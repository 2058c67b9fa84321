// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturefile.h"

#include "app/core/capture/capturewords.h"
#include "app/core/capture/capturewriter.h"
#include "app/core/capture/operationmemory.h"
#include "captureframes.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestCaptureFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pages();
    void filters();
    void newestFirst();
    void endsEarly();
    void holes();
    void oddTimes();
    void countsWhatItReads();
    void missing();
    void truncated();
    void overwritten();
    void hostile_data();
    void hostile();

private:
    static constexpr int kFrames = 50'000;
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    void copy(const QString &name) const
    {
        QFile::remove(path(name));
        QVERIFY(QFile::copy(path(u"many.ssc"_s), path(name)));
    }

    QTemporaryDir m_folder;
};

void TestCaptureFile::initTestCase()
{
    OperationMemory operations;
    QList<CapturedFrame> frames;
    const auto add = [&](const AppSync::Frame &frame) {
        frames.append(operations.captured(frame, 1, frames.size() + 1));
        frames.last().number = frames.size();
    };
    add(CaptureFrames::subscribe(u"1"_s, u"/game/*"_s));
    while (frames.size() < kFrames)
        add(CaptureFrames::eventFrame(u"1"_s, u"{\\\"score\\\":%1}"_s.arg(frames.size())));
    CaptureWriter writer;
    QVERIFY2(writer.open(path(u"many.ssc"_s)), qPrintable(writer.problem().message));
    QVERIFY(writer.write(frames));
}

void TestCaptureFile::pages()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"many.ssc"_s)));
    const QList<CapturedFrame> page = file.page({40'000, 50'000}, 100);
    QCOMPARE(page.size(), 100);
    QCOMPARE(page.first().number, 40'000);
    QCOMPARE(page.last().number, 40'099);
    QVERIFY(!file.frame(0));
    QVERIFY(!file.frame(kFrames + 1));
    QCOMPARE(file.frame(kFrames)->number, kFrames);
}

void TestCaptureFile::filters()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"many.ssc"_s)));
    QCOMPARE(file.count(Filter(u"event.score >= 49990"_s)), 10);
    QCOMPARE(file.count(Filter(u"kind == 'control'"_s)), 1);
    QCOMPARE(file.count(Filter(u"sub ~ '/game/*' && !(event.score > 9)"_s)), 10);
    QCOMPARE(file.count(Filter(u"bytes >"_s)), 0);
}

void TestCaptureFile::newestFirst()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"many.ssc"_s)));
    QList<qint64> numbers;
    QVERIFY(file.read(Filter(u"event.score == 5 || event.score == 45000"_s),
                      {1, 60'000, CaptureFile::Order::NewestFirst},
                      [&](const CapturedFrame &frame) {
                          numbers.append(frame.number);
                          return true;
                      }));
    QCOMPARE(numbers, (QList<qint64>{45'001, 6}));
}

void TestCaptureFile::endsEarly()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"many.ssc"_s)));
    qint64 looked = 0;
    QCOMPARE(file.count(Filter(u"kind == 'nothing'"_s),
                        [&](qint64 done, qint64) {
                            looked = done;
                            return false;
                        }),
             -1);
    QVERIFY(looked < kFrames);
}

void TestCaptureFile::holes()
{
    copy(u"holes.ssc"_s);
    {
        Database database;
        QVERIFY(database.open(path(u"holes.ssc"_s), Database::Mode::ReadWrite));
        QVERIFY(database.run(
            u"UPDATE frame SET number = number + 9000000000000000000 WHERE number > 10"_s));
    }
    CaptureFile file;
    QVERIFY(file.open(path(u"holes.ssc"_s)));
    QCOMPARE(file.count(Filter()), 10); // larger numbers than anybody can count to are left out
}

void TestCaptureFile::oddTimes()
{
    copy(u"times.ssc"_s);
    {
        Database database;
        QVERIFY(database.open(path(u"times.ssc"_s), Database::Mode::ReadWrite));
        const QStringList times{u"300000000000000"_s, u"-100000000000000"_s,
                                u"9223372036854775807"_s, u"-9223372036854775808"_s, u"1e300"_s};
        for (qsizetype i = 0; i < times.size(); ++i)
            QVERIFY(database.run(
                u"UPDATE frame SET at=%1 WHERE number=%2"_s.arg(times.at(i)).arg(i + 1)));
        QVERIFY(database.run(u"INSERT INTO connection VALUES (1, 'wss://h', -5)"_s));
    }
    CaptureFile file;
    QVERIFY(file.open(path(u"times.ssc"_s)));
    const QList<CapturedFrame> frames = file.page({}, 5);
    QCOMPARE(frames.at(0).atMs, 253'402'214'399'999);
    QCOMPARE(frames.at(1).atMs, 0);
    QCOMPARE(frames.at(2).atMs, 253'402'214'399'999);
    QCOMPARE(frames.at(3).atMs, 0);
    for (const CapturedFrame &frame : frames)
        QCOMPARE(captureTime(frame.atMs).size(), 24);
    QCOMPARE(captureTime(frames.first().atMs), QByteArray("9999-12-30T23:59:59.999Z"));
    QCOMPARE(file.summary().firstMs, 0);
    QCOMPARE(file.summary().lastMs, 253'402'214'399'999);
    QCOMPARE(file.connections().first().startedMs, 0);
}

void TestCaptureFile::countsWhatItReads()
{
    copy(u"odd.ssc"_s);
    {
        Database database;
        QVERIFY(database.open(path(u"odd.ssc"_s), Database::Mode::ReadWrite));
        for (const QString &sql :
             {u"DELETE FROM frame WHERE number > 20"_s, // few, so that each counts
              u"UPDATE frame SET bytes = 9223372036854775807 WHERE number < 5"_s,
              u"UPDATE frame SET origin = 4711 WHERE number = 6"_s,
              u"UPDATE frame SET number = -7 WHERE number = 7"_s,
              u"UPDATE frame SET number = 0 WHERE number = 8"_s,
              u"UPDATE frame SET number = 9000000000000000000 WHERE number = 9"_s})
            QVERIFY2(database.run(sql), qPrintable(database.error().message));
    }
    CaptureFile file;
    QVERIFY(file.open(path(u"odd.ssc"_s)));
    const CaptureFile::Summary summary = file.summary();
    QVERIFY2(!file.problem().isProblem(), qPrintable(file.problem().message));
    QCOMPARE(summary.frames, 17);
    QCOMPARE(summary.unreadable, 3);
    QCOMPARE(summary.first, 1);
    QCOMPARE(summary.last, 20);
    QVERIFY(summary.bytes > 0);
    QCOMPARE(file.count(Filter()), summary.frames);
    qint64 grouped = 0;
    for (const CaptureFile::Group &group : file.groups())
        grouped += group.frames;
    QVERIFY2(!file.problem().isProblem(), qPrintable(file.problem().message));
    QCOMPARE(grouped, summary.frames);
}

void TestCaptureFile::missing()
{
    CaptureFile file;
    QVERIFY(!file.open(path(u"nothing.ssc"_s)));
    QVERIFY(file.problem().message.contains(u"There is no file"));
    QVERIFY2(file.problem().nextStep.contains(m_folder.path()),
             qPrintable(file.problem().nextStep));
    QVERIFY(!file.open(path(u"nowhere/a.ssc"_s)));
    QVERIFY(file.problem().nextStep.contains(u"no folder"_s));
    QVERIFY(!file.open(m_folder.path()));
    QVERIFY(file.problem().isProblem());
}

void TestCaptureFile::truncated()
{
    copy(u"short.ssc"_s);
    QFile raw(path(u"short.ssc"_s));
    QVERIFY(raw.resize(raw.size() / 2));
    CaptureFile file;
    const bool isOpen = file.open(raw.fileName());
    const bool isRead = isOpen && file.count(Filter()) >= 0;
    QVERIFY(!isRead);
    QVERIFY2(file.problem().message.contains(u"damaged"), qPrintable(file.problem().message));
    QVERIFY(raw.resize(700));
    QVERIFY(!file.open(raw.fileName()));
    QVERIFY(file.problem().isProblem());
}

void TestCaptureFile::overwritten()
{
    copy(u"noise.ssc"_s);
    QFile raw(path(u"noise.ssc"_s));
    const qint64 size = raw.size();
    QRandomGenerator random(7);
    for (int round = 0; round < 50; ++round) {
        QVERIFY(raw.open(QIODevice::ReadWrite));
        raw.seek(random.bounded(int(size - 64)));
        QByteArray noise(64, '\0');
        random.fillRange(reinterpret_cast<quint32 *>(noise.data()), noise.size() / 4);
        raw.write(noise);
        raw.close();
        CaptureFile file;
        if (file.open(raw.fileName()) && file.count(Filter(u"event.score > 5"_s)) >= 0)
            continue; // the noise fell into a payload
        QVERIFY(!file.problem().message.isEmpty());
    }
}

void TestCaptureFile::hostile_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("words");
    QTest::newRow("trigger")
        << u"CREATE TRIGGER evil AFTER INSERT ON frame BEGIN INSERT INTO frame (number) "
           "VALUES (new.number + 1); END"_s
        << u"trigger \"evil\""_s;
    QTest::newRow("view") << u"CREATE VIEW evil AS SELECT load_extension('x')"_s << u"view"_s;
    QTest::newRow("table") << u"CREATE TABLE \"; DROP TABLE frame; --\" (a)"_s << u"table"_s;
    QTest::newRow("other columns")
        << u"ALTER TABLE frame ADD COLUMN evil AS (zeroblob(1000000000))"_s << u"table \"frame\""_s;
    QTest::newRow("missing") << u"DROP TABLE origin"_s << u"missing"_s;
    QTest::newRow("another program") << u"PRAGMA application_id=1"_s << u"another program"_s;
    QTest::newRow("newer") << u"PRAGMA user_version=2"_s << u"version 2"_s;
    QTest::newRow("version 0") << u"PRAGMA user_version=0"_s << u"version is 0"_s;
}

void TestCaptureFile::hostile()
{
    QFETCH(QString, sql);
    QFETCH(QString, words);
    copy(u"hostile.ssc"_s);
    {
        Database database;
        QVERIFY(database.open(path(u"hostile.ssc"_s), Database::Mode::ReadWrite));
        QVERIFY2(database.run(sql), qPrintable(database.error().message));
    }
    CaptureFile file;
    QVERIFY(!file.open(path(u"hostile.ssc"_s)));
    QVERIFY2(file.problem().message.contains(words), qPrintable(file.problem().message));
}

GUILESS_TEST(TestCaptureFile)
#include "tst_capturefile.moc"
