// SPDX-License-Identifier: Apache-2.0
#include "app/ui/targetpath.h"
#include "tests/shared/testrunner.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::TargetPath;

class TestTargetPath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsWhatIsTyped_data();
    void readsWhatIsTyped();
    void saysWhatIsInTheWay();
    void remembersTheFolder();
    void takesFoldersOfDialogs();

private:
    [[nodiscard]] QString in(const QString &name) const { return m_folder->filePath(name); }
    static void write(const QString &path)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TargetPath> m_target;
};

void TestTargetPath::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_target = std::make_unique<TargetPath>();
    m_target->setEndings({u"ssc"_s, u"csv"_s});
    m_target->setText(in(u"here.ssc"_s));
    m_target->use();
}

void TestTargetPath::readsWhatIsTyped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name"); // in the folder; empty: none
    QTest::newRow("name") << u"game"_s << u"game.ssc"_s;
    QTest::newRow("ending") << u" game.CSV "_s << u"game.CSV"_s;
    QTest::newRow("dots") << u"./game.ssc"_s << u"game.ssc"_s;
    QTest::newRow("nothing") << u"  "_s << QString();
    QTest::newRow("other ending") << u"game.txt"_s << QString();
    QTest::newRow("no such folder") << u"nowhere/game"_s << QString();
    QTest::newRow("spaces") << u"my game.ssc"_s << u"my game.ssc"_s;
}

void TestTargetPath::readsWhatIsTyped()
{
    QFETCH(QString, text);
    QFETCH(QString, name);
    const QSignalSpy changed(m_target.get(), &TargetPath::changed);
    m_target->setText(text);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(m_target->url(), name.isEmpty() ? QUrl() : QUrl::fromLocalFile(in(name)));
    QCOMPARE(m_target->problem().isEmpty(), !name.isEmpty() || text.trimmed().isEmpty());
    m_target->setText(u"~/game"_s);
    QCOMPARE(m_target->url(), QUrl::fromLocalFile(QDir::home().filePath(u"game.ssc"_s)));
}

void TestTargetPath::saysWhatIsInTheWay()
{
    QVERIFY(!m_target->exists());
    write(in(u"here.ssc"_s));
    m_target->setText(u"here"_s);
    QVERIFY(m_target->exists());
    QVERIFY(m_target->problem().isEmpty());
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
    m_target->setText(u"folder"_s);
    QVERIFY2(m_target->problem().contains(u"is a folder"), qPrintable(m_target->problem()));
    QVERIFY(!m_target->exists());
    m_target->setText(u"x.har"_s);
    QVERIFY2(m_target->problem().contains(u".ssc, .csv"), qPrintable(m_target->problem()));
}

void TestTargetPath::remembersTheFolder()
{
    m_target->suggest(u"my/game: 1"_s);
    const QString suggested = m_target->url().toLocalFile();
    const QRegularExpression form(u"/my-game--1-[0-9]{8}-[0-9]{6}\\.ssc$"_s);
    QVERIFY2(form.match(suggested).hasMatch(), qPrintable(suggested));
    QVERIFY(suggested.startsWith(m_folder->path()));
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
    m_target->setText(in(u"folder/a"_s));
    m_target->use();
    TargetPath other;
    other.setEndings({u"ssc"_s});
    other.suggest(u"b"_s);
    QVERIFY(other.url().toLocalFile().startsWith(in(u"folder/b-"_s)));
    QCOMPARE(other.folder(), QUrl::fromLocalFile(in(u"folder"_s)));
}

void TestTargetPath::takesFoldersOfDialogs()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"with %20 space"_s));
    m_target->moveTo(QUrl::fromLocalFile(in(u"with %20 space"_s)));
    QCOMPARE(m_target->url(), QUrl::fromLocalFile(in(u"with %20 space/here.ssc"_s)));
    m_target->moveTo(QUrl()); // some dialogs say nothing
    QCOMPARE(m_target->url(), QUrl::fromLocalFile(in(u"with %20 space/here.ssc"_s)));
}

GUILESS_TEST(TestTargetPath)
#include "tst_targetpath.moc"
