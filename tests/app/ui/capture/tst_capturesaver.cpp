// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturefile.h"
#include "app/ui/capture/capturesaver.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureFile;
using Syncscope::CaptureSaver;
using Syncscope::Filter;

class TestCaptureSaver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void savesWhatMatches();
    void redacts_data();
    void redacts();
    void replaces();
    void refuses_data();
    void refuses();

private:
    [[nodiscard]] QString source() const { return m_folder.filePath(u"source.ssc"_s); }
    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QTemporaryDir m_folder;
};

void TestCaptureSaver::initTestCase()
{
    QVERIFY(CaptureFixture::make(source(), 20));
}

void TestCaptureSaver::savesWhatMatches()
{
    CaptureSaver saver([this](const auto &take) { take(source()); });
    QSignalSpy saved(&saver, &CaptureSaver::saved);
    const QString path = m_folder.filePath(u"few.ssc"_s);
    saver.save(path, Filter(u"event.n > 15"_s), false);
    QVERIFY(saved.wait());
    QVERIFY(saved[0][0].toString().contains(path));
    QVERIFY(saver.notice().isEmpty());
    CaptureFile file;
    QVERIFY(file.open(path));
    QCOMPARE(file.summary().frames, 5);
    QCOMPARE(file.frame(17)->events().first(), R"({"n":16,"token":"secret-16"})");
    QVERIFY(!QFile::exists(path + u".part"_s));
}

void TestCaptureSaver::redacts_data()
{
    QTest::addColumn<QString>("ending");
    for (const char *ending : {"ssc", "ndjson", "csv", "har"})
        QTest::newRow(ending) << QString::fromLatin1(ending);
}

void TestCaptureSaver::redacts()
{
    QFETCH(QString, ending);
    CaptureSaver saver([this](const auto &take) { take(source()); });
    QSignalSpy saved(&saver, &CaptureSaver::saved);
    const QString whole = m_folder.filePath(u"whole."_s + ending);
    saver.save(whole, {}, false);
    QVERIFY(saved.wait());
    const QString safe = m_folder.filePath(u"safe."_s + ending);
    saver.save(safe, {}, true);
    QVERIFY(saved.wait());
    QVERIFY(content(whole).contains("secret-7"));
    QVERIFY(!content(safe).isEmpty());
    QVERIFY(!content(safe).contains("secret-"));
}

void TestCaptureSaver::replaces()
{
    const QString path = m_folder.filePath(u"again.ssc"_s);
    QVERIFY(CaptureFixture::make(path, 3));
    CaptureSaver saver([this](const auto &take) { take(source()); });
    QSignalSpy saved(&saver, &CaptureSaver::saved);
    saver.save(path, {}, false);
    QVERIFY(saved.wait());
    CaptureFile file;
    QVERIFY(file.open(path));
    QCOMPARE(file.summary().frames, 21);
}

void TestCaptureSaver::refuses_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("words");
    QTest::newRow("no ending") << u"name"_s << u"does not say"_s;
    QTest::newRow("another ending") << u"name.txt"_s << u"does not say"_s;
    QTest::newRow("itself") << u"source.ssc"_s << u"is what is shown"_s;
    QTest::newRow("no folder") << u"none/name.ssc"_s << u"name.ssc"_s;
}

void TestCaptureSaver::refuses()
{
    QFETCH(QString, path);
    QFETCH(QString, words);
    CaptureSaver saver([this](const auto &take) { take(source()); });
    saver.save(m_folder.filePath(path), {}, false);
    QTRY_VERIFY(!saver.notice().isEmpty());
    QVERIFY2(saver.notice().message.contains(words), qPrintable(saver.notice().message));
    saver.dismiss();
    QVERIFY(saver.notice().isEmpty());
    CaptureSaver nowhere([](const auto &take) { take(QString()); });
    nowhere.save(m_folder.filePath(u"x.ssc"_s), {}, false);
    QVERIFY(nowhere.notice().message.contains(u"no recording"_s));
}

GUILESS_TEST(TestCaptureSaver)
#include "tst_capturesaver.moc"
