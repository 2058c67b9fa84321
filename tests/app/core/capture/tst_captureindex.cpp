// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureindex.h"

#include "app/core/capture/captureindexing.h"
#include "app/core/capture/capturewriter.h"
#include "app/core/capture/operationmemory.h"
#include "captureframes.h"
#include "tests/shared/testrunner.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

//! Two captures with the same frames, of which one has an index: whatever is asked, both have to say the same.
class TestCaptureIndex : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsTheSame_data();
    void findsTheSame();
    void findsTheSameOfAnything();
    void readsLess();
    void recordingGoesOn();
    void ofAnotherCapture();
    void broken();
    void ended();
    void cannotBeWritten();

private:
    static constexpr int kFrames = 3'000;
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] static QString randomText(QRandomGenerator *random, int length);
    [[nodiscard]] static QList<qint64> found(const QString &path, const Filter &filter,
                                             const CaptureFile::Range &range = {});
    static Problem index(const QString &path)
    {
        CaptureFile file;
        return file.open(path) ? indexCapture(file) : file.problem();
    }
    void copy(const QString &name) const
    {
        for (const QString &ending : {u""_s, u".index"_s}) {
            QFile::remove(path(name + ending));
            QVERIFY(QFile::copy(path(u"indexed.ssc"_s + ending), path(name + ending)));
        }
    }

    QTemporaryDir m_folder;
    QStringList m_texts;
};

//! Few letters, so that some occur often; among them what is hard to write.
QString TestCaptureIndex::randomText(QRandomGenerator *random, int length)
{
    static const QStringList letters{u"a"_s, u"b"_s, u"A"_s, u"\""_s, u"'"_s,      u" "_s,
                                     u"*"_s, u"é"_s, u"ß"_s, u"漢"_s, u"\u2028"_s, u"😀"_s};
    QString text;
    for (int i = 0; i < length; ++i)
        text += letters.at(random->bounded(int(letters.size())));
    return text;
}

void TestCaptureIndex::initTestCase()
{
    QRandomGenerator random(20261126);
    OperationMemory operations;
    QList<CapturedFrame> frames;
    const auto add = [&](const AppSync::Frame &frame) {
        frames.append(operations.captured(frame, 1, frames.size() + 1));
        frames.last().number = frames.size();
    };
    add(CaptureFrames::subscribe(u"1"_s, u"/game/*"_s));
    while (frames.size() < kFrames) {
        QString text = randomText(&random, random.bounded(40));
        m_texts.append(text);
        text.replace(u'"', u"\\\\\\\""_s); // a quote in a JSON string in a JSON string
        if (frames.size() % 500 == 0)
            text += u"\\\\u0000needle"_s;
        add(CaptureFrames::eventFrame(u"1"_s, u"{\\\"text\\\":\\\"%1\\\"}"_s.arg(text)));
    }
    // Several events in a frame, and one without any.
    add(CaptureFrames::frame(
        AppSync::Frame::Direction::Out, u"publish"_s, u"2"_s,
        uR"({"type":"publish","id":"2","channel":"/game/1","events":["\"first\"","\"second\""]})"_s));
    add(CaptureFrames::frame(AppSync::Frame::Direction::In, u"ka"_s, {}, uR"({"type":"ka"})"_s));
    for (const QString &name : {u"plain.ssc"_s, u"indexed.ssc"_s}) {
        CaptureWriter writer;
        QVERIFY2(writer.open(path(name)), qPrintable(writer.problem().message));
        QVERIFY(writer.write(frames));
    }
    QCOMPARE(index(path(u"indexed.ssc"_s)).message, QString());
    const QFile::Permissions others = QFile::ReadGroup | QFile::ReadOther;
    QVERIFY(!(QFile::permissions(CaptureIndex::pathOf(path(u"indexed.ssc"_s))) & others));
}

QList<qint64> TestCaptureIndex::found(const QString &path, const Filter &filter,
                                      const CaptureFile::Range &range)
{
    CaptureFile file;
    QList<qint64> numbers;
    const bool isRead =
        file.open(path) && file.read(filter, range, [&](const CapturedFrame &frame) {
            numbers.append(frame.number);
            return true;
        });
    return isRead ? numbers : QList<qint64>{-1};
}

void TestCaptureIndex::findsTheSame_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<bool>("isFound");
    QTest::newRow("rare") << uR"("needle")"_s << true;
    QTest::newRow("everywhere") << uR"("text")"_s << true;
    QTest::newRow("other case") << uR"("NEEDLE")"_s << false;
    QTest::newRow("too short") << uR"("a")"_s << true;
    QTest::newRow("nowhere") << uR"("zzz")"_s << false;
    QTest::newRow("and") << uR"("needle" && sub ~ "/game/*")"_s << true;
    QTest::newRow("both") << uR"("needle" && "text")"_s << true;
    QTest::newRow("or") << uR"("needle" || kind == "control")"_s << true;
    QTest::newRow("not") << uR"(!("text"))"_s << true;
    QTest::newRow("second of several") << uR"("second")"_s << true;
    QTest::newRow("two of several") << uR"("first" && "second")"_s << false;
    QTest::newRow("frame without events") << uR"("ka\"")"_s << true;
    QTest::newRow("no filter") << uR"("needle" &&)"_s << false;
}

void TestCaptureIndex::findsTheSame()
{
    QFETCH(const QString, filter);
    QFETCH(const bool, isFound);
    const QList<qint64> expected = found(path(u"plain.ssc"_s), Filter(filter));
    QCOMPARE(!expected.isEmpty(), isFound);
    QCOMPARE(found(path(u"indexed.ssc"_s), Filter(filter)), expected);
}

void TestCaptureIndex::findsTheSameOfAnything()
{
    QRandomGenerator random(7);
    qint64 hits = 0;
    for (int i = 0; i < 400; ++i) {
        const QString &text = m_texts.at(random.bounded(int(m_texts.size())));
        const int at = random.bounded(int(text.size()) + 1);
        QString part = i % 4 == 0 ? randomText(&random, 3) : text.mid(at, 1 + random.bounded(8));
        part.replace(u'"', u"\\\\\\\""_s); // as it is written in the event, and then in the filter
        const Filter filter(u'"' + part + u'"');
        CaptureFile::Range range;
        range.from = random.bounded(kFrames);
        range.to = range.from + random.bounded(kFrames);
        range.order = random.bounded(2) == 0 ? CaptureFile::Order::OldestFirst
                                             : CaptureFile::Order::NewestFirst;
        const QList<qint64> expected = found(path(u"plain.ssc"_s), filter, range);
        hits += expected.size();
        QCOMPARE(found(path(u"indexed.ssc"_s), filter, range), expected);
    }
    QVERIFY(hits > 1'000);
}

void TestCaptureIndex::readsLess()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"indexed.ssc"_s)));
    CaptureIndex index;
    QVERIFY(index.open(path(u"indexed.ssc"_s), file.summary().created));
    QCOMPARE(index.first(), 1);
    QCOMPARE(index.last(), kFrames + 2);
    const QByteArrayList needle{"needle"};
    QVERIFY(CaptureIndex::knows(needle));
    QVERIFY(!CaptureIndex::knows({"ne"}));
    const auto numbers = index.find(needle, 1, kFrames, true, 100);
    QVERIFY(numbers);
    QCOMPARE(*numbers, (QList<qint64>{501, 1001, 1501, 2001, 2501}));
    QCOMPARE(index.find(needle, 1, kFrames, false, 2).value_or(QList<qint64>()),
             (QList<qint64>{2501, 2001}));
}

void TestCaptureIndex::recordingGoesOn()
{
    copy(u"growing.ssc"_s);
    const Filter filter(uR"("needle")"_s);
    QList<qint64> expected = found(path(u"growing.ssc"_s), filter);
    {
        CaptureWriter writer;
        QVERIFY(writer.open(path(u"growing.ssc"_s)));
        OperationMemory operations;
        CapturedFrame late = operations.captured(
            CaptureFrames::eventFrame(u"1"_s, u"\\\"needle\\\""_s), 1, kFrames + 3);
        late.number = kFrames + 3;
        QVERIFY(writer.write({late}));
    }
    expected.append(kFrames + 3);
    QCOMPARE(found(path(u"growing.ssc"_s), filter), expected);
    const CaptureFile::Range newest{1, kFrames + 3, CaptureFile::Order::NewestFirst};
    std::reverse(expected.begin(), expected.end());
    QCOMPARE(found(path(u"growing.ssc"_s), filter, newest), expected);
}

void TestCaptureIndex::ofAnotherCapture()
{
    copy(u"other.ssc"_s);
    {
        Database database;
        QVERIFY(database.open(path(u"other.ssc"_s), Database::Mode::ReadWrite));
        QVERIFY(database.run(u"UPDATE info SET value='some other day' WHERE key='created'"_s));
    }
    CaptureIndex index;
    QVERIFY(!index.open(path(u"other.ssc"_s), u"some other day"_s));
    QCOMPARE(found(path(u"other.ssc"_s), Filter(uR"("needle")"_s)).size(), 5);
}

void TestCaptureIndex::broken()
{
    const Filter filter(uR"("needle")"_s);
    const QList<qint64> expected = found(path(u"plain.ssc"_s), filter);
    copy(u"broken.ssc"_s);
    const QString file = CaptureIndex::pathOf(path(u"broken.ssc"_s));
    const qint64 size = QFile(file).size();
    for (const qint64 kept : {qint64(0), qint64(100), size / 2}) {
        QFile::resize(file, kept);
        QCOMPARE(found(path(u"broken.ssc"_s), filter), expected);
    }
    QFile rubbish(file);
    QVERIFY(rubbish.open(QIODevice::WriteOnly));
    rubbish.write(QByteArray(50'000, 'x'));
    rubbish.close();
    QCOMPARE(found(path(u"broken.ssc"_s), filter), expected);
    QCOMPARE(index(path(u"broken.ssc"_s)).message, QString()); // made anew
    QCOMPARE(found(path(u"broken.ssc"_s), filter), expected);
}

void TestCaptureIndex::ended()
{
    QVERIFY(QFile::copy(path(u"plain.ssc"_s), path(u"ended.ssc"_s)));
    CaptureFile file;
    QVERIFY(file.open(path(u"ended.ssc"_s)));
    const Problem problem = indexCapture(file, [](qint64, qint64) { return false; });
    QVERIFY(problem.message.startsWith(u"It was ended"));
    QCOMPARE(QDir(m_folder.path()).entryList({u"ended.ssc.*"_s}), QStringList());
}

void TestCaptureIndex::cannotBeWritten()
{
    QVERIFY(QDir(m_folder.path()).mkdir(u"plain.ssc.index.part"_s)); // in the way
    const Problem problem = index(path(u"plain.ssc"_s));
    QVERIFY(problem.isProblem());
    QVERIFY2(problem.message.contains(u"plain.ssc.index"), qPrintable(problem.message));
    QVERIFY(QDir(m_folder.path()).rmdir(u"plain.ssc.index.part"_s));
}

GUILESS_TEST(TestCaptureIndex)
#include "tst_captureindex.moc"
