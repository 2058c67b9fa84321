// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturefile.h"
#include "app/core/capture/captureindex.h"
#include "app/ui/capture/captureindexer.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureFile;
using Syncscope::CaptureIndex;
using Syncscope::CaptureIndexer;

class TestCaptureIndexer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesAndDiscards();
    void saysWhatIsWrong();
    void cancels();

private:
    static QString createdOf(const QString &path)
    {
        CaptureFile capture;
        return capture.open(path) ? capture.created() : QString();
    }
};

void TestCaptureIndexer::makesAndDiscards()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"game.ssc"_s);
    QVERIFY(CaptureFixture::make(path, 100));
    CaptureIndexer indexer(path, createdOf(path));
    QVERIFY(!indexer.isReady());
    QVERIFY2(indexer.hint().contains(u"beside the file"), qPrintable(indexer.hint()));
    QSignalSpy made(&indexer, &CaptureIndexer::made);
    indexer.start();
    QVERIFY(made.wait());
    QVERIFY(indexer.isReady());
    QVERIFY(QFile::exists(CaptureIndex::pathOf(path)));
    QVERIFY(CaptureIndexer(path, createdOf(path)).isReady()); // also when it is opened again
    indexer.discard();
    QVERIFY(!indexer.isReady());
    QVERIFY(!QFile::exists(CaptureIndex::pathOf(path)));
}

void TestCaptureIndexer::saysWhatIsWrong()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"game.ssc"_s);
    QVERIFY(CaptureFixture::make(path, 100));
    QVERIFY(QDir(folder.path()).mkdir(u"game.ssc.index.part"_s)); // in the way
    CaptureIndexer indexer(path, createdOf(path));
    indexer.start();
    QTRY_VERIFY(!indexer.job()->isRunning());
    QVERIFY(!indexer.isReady());
    QVERIFY2(indexer.notice().message.contains(u"game.ssc.index"),
             qPrintable(indexer.notice().message));
    indexer.dismiss();
    QVERIFY(indexer.notice().isEmpty());
}

void TestCaptureIndexer::cancels()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"game.ssc"_s);
    QVERIFY(CaptureFixture::make(path, 50'000));
    CaptureIndexer indexer(path, createdOf(path));
    indexer.start();
    indexer.job()->cancel();
    QTRY_VERIFY(!indexer.job()->isRunning());
    QVERIFY(!indexer.isReady());
    QVERIFY(indexer.notice().isEmpty());
    QCOMPARE(QDir(folder.path()).entryList({u"*.part"_s}, QDir::Files), QStringList());
}

GUILESS_TEST(TestCaptureIndexer)
#include "tst_captureindexer.moc"
