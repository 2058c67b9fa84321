// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/unfinishedfile.h"
#include "tests/shared/testrunner.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using Syncscope::UnfinishedFile;

class TestUnfinishedFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesItsName();
    void leavesNothing();
    void keepsWhatIsThere();
    void replacesWhatIsThere();
    void saysWhatIsInTheWay();

private:
    static bool write(const QString &path, const QByteArray &text)
    {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
};

void TestUnfinishedFile::takesItsName()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.ssc"_s);
    {
        UnfinishedFile file(path);
        QVERIFY(!file.problem().isProblem());
        QVERIFY(write(file.workPath(), "made"));
        QVERIFY(!QFile::exists(path));
        QVERIFY(!file.finish().isProblem());
    }
    QCOMPARE(read(path), QByteArray("made"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{u"a.ssc"_s});
}

void TestUnfinishedFile::leavesNothing()
{
    const QTemporaryDir folder;
    {
        const UnfinishedFile file(folder.filePath(u"a.ssc"_s));
        for (const QString &ending : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
            QVERIFY(write(file.workPath() + ending, "half"));
    }
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestUnfinishedFile::keepsWhatIsThere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.ssc"_s);
    QVERIFY(write(path, "old"));
    const UnfinishedFile file(path);
    QVERIFY2(file.problem().message.contains(u"exists already"),
             qPrintable(file.problem().message));
    QCOMPARE(read(path), QByteArray("old"));
}

void TestUnfinishedFile::replacesWhatIsThere()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.ssc"_s);
    QVERIFY(write(path, "old"));
    QVERIFY(write(path + u"-wal"_s, "its log"));
    UnfinishedFile file(path, UnfinishedFile::Existing::Replaced);
    QVERIFY(!file.problem().isProblem());
    QVERIFY(write(file.workPath(), "new"));
    QCOMPARE(read(path), QByteArray("old")); // up to the last moment
    QVERIFY(!file.finish().isProblem());
    QCOMPARE(read(path), QByteArray("new"));
    QVERIFY(!QFile::exists(path + u"-wal"_s));
}

void TestUnfinishedFile::saysWhatIsInTheWay()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"a.ssc"_s);
    QVERIFY(QDir(folder.path()).mkpath(u"a.ssc/full"_s)); // a folder of that name
    UnfinishedFile file(path, UnfinishedFile::Existing::Replaced);
    QVERIFY(write(file.workPath(), "new"));
    const auto problem = file.finish();
    QVERIFY2(problem.message.contains(path) && !problem.nextStep.isEmpty(),
             qPrintable(problem.message));
}

GUILESS_TEST(TestUnfinishedFile)
#include "tst_unfinishedfile.moc"
