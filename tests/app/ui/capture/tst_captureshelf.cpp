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
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

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
    file.write(R"({"kind":"event","sub":"/a","event":{"n":1},"time":"2026-01-01T00:00:00.000Z"})"
               "\n"
               R"({"kind":"event","sub":"/a","event":{"n":2},"time":"2026-01-01T00:00:01.000Z"})"
               "\n");
    file.close();
    CaptureShelf shelf;
    shelf.open(QUrl::fromLocalFile(file.fileName()));
    QTRY_COMPARE(shelf.count(), 1);
    QVERIFY(shelf.notice().isEmpty());
    QCOMPARE(shelf.shown()->title(), u"lines.ndjson"_s);
    QTRY_COMPARE(shelf.shown()->frames()->count(), 2);
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

GUILESS_TEST(TestCaptureShelf)
#include "tst_captureshelf.moc"
