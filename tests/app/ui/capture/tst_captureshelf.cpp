// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/captureshelf.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureShelf;
using Syncscope::CaptureView;

class TestCaptureShelf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensAndCloses();
    void opensOnce();
    void opensFilesOfOthers();
    void saysWhatIsLeftOut();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void compares();
    void comparesWithFiles();
    void merges();
    void mergesNothingOverWhatIsOpen();

private:
    [[nodiscard]] QUrl made(const QString &name, int events) const
    {
        const QString path = m_folder.filePath(name);
        return CaptureFixture::make(path, events) ? QUrl::fromLocalFile(path) : QUrl();
    }
    QTemporaryDir m_folder;
};

void TestCaptureShelf::opensAndCloses()
{
    CaptureShelf shelf;
    const QAbstractItemModelTester tester(&shelf,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(!shelf.shown());
    shelf.open(made(u"a.ssc"_s, 3));
    shelf.open(made(u"b.ssc"_s, 1));
    QCOMPARE(shelf.count(), 2);
    QCOMPARE(shelf.current(), 1);
    QCOMPARE(shelf.shown()->title(), u"b.ssc"_s);
    QVERIFY(shelf.shown()->factsText().contains(u"2 frames"_s));
    QTRY_COMPARE(shelf.view(0)->frames()->count(), 3);
    shelf.setCurrent(-1);
    QVERIFY(!shelf.shown());
    shelf.setCurrent(0);
    shelf.close(0);
    QCOMPARE(shelf.shown()->title(), u"b.ssc"_s);
    shelf.close(0);
    QVERIFY(!shelf.shown());
    QCOMPARE(shelf.count(), 0);
    shelf.close(0);
}

void TestCaptureShelf::opensOnce()
{
    CaptureShelf shelf;
    const QUrl file = made(u"once.ssc"_s, 1);
    shelf.open(file);
    shelf.setCurrent(-1);
    shelf.open(file);
    QCOMPARE(shelf.count(), 1);
    QCOMPARE(shelf.current(), 0);
}

void TestCaptureShelf::opensFilesOfOthers()
{
    QFile file(m_folder.filePath(u"lines.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"kind":"event","sub":"/a","event":{"n":1},"t":"2026-01-01T00:00:00.000Z"})"
               "\n"
               R"({"kind":"event","sub":"/a","event":{"n":2},"t":"2026-01-01T00:00:01.000Z"})"
               "\n");
    file.close();
    CaptureShelf shelf;
    shelf.open(QUrl::fromLocalFile(file.fileName()));
    QTRY_COMPARE(shelf.count(), 1);
    QVERIFY(shelf.notice().isEmpty());
    QCOMPARE(shelf.shown()->title(), u"lines.ndjson"_s);
    QTRY_COMPARE(shelf.shown()->frames()->count(), 2);
}

void TestCaptureShelf::saysWhatIsLeftOut()
{
    QFile file(m_folder.filePath(u"cut.ndjson"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"kind":"event","sub":"/a","event":1,"t":"2026-01-01T00:00:00.000Z"})"
               "\n{\"kind\":\"ev");
    file.close();
    CaptureShelf shelf;
    shelf.open(QUrl::fromLocalFile(file.fileName()));
    QTRY_COMPARE(shelf.count(), 1);
    QVERIFY2(shelf.notice().message.contains(u"cut.ndjson"_s), qPrintable(shelf.notice().message));
    QVERIFY2(shelf.notice().nextStep.contains(u"line 2 is no JSON object"_s),
             qPrintable(shelf.notice().nextStep));
}

void TestCaptureShelf::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("another ending") << u"picture.png"_s;
    QTest::newRow("no capture") << u"rubbish.ssc"_s;
    QTest::newRow("no HAR") << u"rubbish.har"_s;
    QTest::newRow("not there") << u"not there.ssc"_s;
}

void TestCaptureShelf::saysWhatIsWrong()
{
    QFETCH(QString, name);
    if (!name.startsWith(u"not")) {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("rubbish");
    }
    CaptureShelf shelf;
    shelf.open(QUrl::fromLocalFile(m_folder.filePath(name)));
    QTRY_VERIFY(!shelf.notice().isEmpty());
    QCOMPARE(shelf.count(), 0);
    shelf.dismiss();
    QVERIFY(shelf.notice().isEmpty());
}

void TestCaptureShelf::compares()
{
    CaptureShelf shelf;
    shelf.open(made(u"five.ssc"_s, 5));
    shelf.open(made(u"three.ssc"_s, 3));
    shelf.compare(0);
    QTRY_COMPARE(shelf.count(), 3);
    CaptureView *difference = shelf.shown();
    QVERIFY2(difference->title().contains(u"five.ssc"_s), qPrintable(difference->title()));
    QCOMPARE(difference->sides(), (QStringList{u"0 only in three.ssc"_s, u"2 only in five.ssc"_s}));
    QVERIFY2(difference->factsText().contains(u"3 entries are in both"_s),
             qPrintable(difference->factsText()));
    QTRY_COMPARE(difference->frames()->count(), 2);
    const auto slotAt = [&](int row) {
        return difference->frames()
            ->data(difference->frames()->index(row), Syncscope::FrameModel::SlotRole)
            .toInt();
    };
    QCOMPARE(slotAt(0), 1);
    // The other way round, through a filter that leaves one difference.
    shelf.setCurrent(0);
    shelf.shown()->frames()->filter()->setText(u"event.n != 5"_s);
    shelf.shown()->frames()->filter()->apply();
    shelf.compare(1);
    QTRY_COMPARE(shelf.count(), 4);
    QCOMPARE(shelf.shown()->sides().first(), u"1 only in five.ssc"_s);
    QVERIFY(shelf.shown()->factsText().contains(u"event.n != 5"_s));
    // It is not touched by the end of what it was made of.
    shelf.close(0);
    QTRY_COMPARE(shelf.shown()->frames()->count(), 1);
}

void TestCaptureShelf::comparesWithFiles()
{
    CaptureShelf shelf;
    shelf.open(made(u"mine.ssc"_s, 2));
    shelf.compareWith(made(u"same.ssc"_s, 2));
    QTRY_COMPARE(shelf.count(), 2);
    QTRY_VERIFY(!shelf.shown()->frames()->isSearching());
    QCOMPARE(shelf.shown()->frames()->count(), 0);
    QVERIFY2(shelf.shown()->emptyText().contains(u"same events"_s),
             qPrintable(shelf.shown()->emptyText()));
    shelf.setCurrent(0);
    shelf.compareWith(QUrl::fromLocalFile(m_folder.filePath(u"picture.png"_s)));
    QTRY_VERIFY(!shelf.notice().isEmpty());
    QCOMPARE(shelf.count(), 2);
}

void TestCaptureShelf::merges()
{
    CaptureShelf shelf;
    shelf.open(made(u"first.ssc"_s, 3));
    const QUrl target = QUrl::fromLocalFile(m_folder.filePath(u"merged.ssc"_s));
    QFile there(target.toLocalFile());
    QVERIFY(there.open(QIODevice::WriteOnly)); // which the dialog asked about
    there.close();
    shelf.merge({0}, {made(u"second.ssc"_s, 2)}, target);
    QTRY_COMPARE(shelf.count(), 2);
    QVERIFY2(shelf.notice().isEmpty(), qPrintable(shelf.notice().message));
    QCOMPARE(shelf.shown()->path(), target.toLocalFile());
    QTRY_COMPARE(shelf.shown()->frames()->count(), 5);
}

void TestCaptureShelf::mergesNothingOverWhatIsOpen()
{
    CaptureShelf shelf;
    const QUrl open = made(u"open.ssc"_s, 1);
    const QUrl other = made(u"other.ssc"_s, 1);
    shelf.open(open);
    shelf.merge({0}, {other}, open);
    QTRY_VERIFY(!shelf.notice().isEmpty());
    shelf.dismiss();
    shelf.merge({0}, {other}, other);
    QTRY_VERIFY(!shelf.notice().isEmpty());
    shelf.dismiss();
    shelf.merge({0}, {other}, QUrl::fromLocalFile(m_folder.filePath(u"merged.txt"_s)));
    QTRY_VERIFY(!shelf.notice().isEmpty());
    QCOMPARE(shelf.count(), 1);
    QVERIFY(QFileInfo::exists(other.toLocalFile()));
}

GUILESS_TEST(TestCaptureShelf)
#include "tst_captureshelf.moc"
