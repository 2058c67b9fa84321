// SPDX-License-Identifier: Apache-2.0
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;

//! The program itself, by its command line.
class TestDesktopProgram : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answersAndEnds_data();
    void answersAndEnds();
    void refusesNonsense_data();
    void refusesNonsense();
    void takesAPicture();
    void quitsAfterAWhile();

private:
    int run(const QStringList &arguments, const QString &platform = QStringLiteral("offscreen"));

    QTemporaryDir m_home;
    QByteArray m_output;
    QByteArray m_errors;
};

void TestDesktopProgram::init()
{
    QVERIFY(m_home.isValid());
}

int TestDesktopProgram::run(const QStringList &arguments, const QString &platform)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, platform);
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SYNCSCOPE_PROGRAM), arguments);
    process.waitForFinished(60'000);
    m_output = process.readAllStandardOutput();
    m_errors = process.readAllStandardError();
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

void TestDesktopProgram::answersAndEnds_data()
{
    QTest::addColumn<QString>("option");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("version") << u"--version"_s << QByteArray("Syncscope " SYNCSCOPE_VERSION);
    QTest::newRow("help") << u"--help"_s << QByteArray("--screenshot");
}

void TestDesktopProgram::answersAndEnds()
{
    QFETCH(QString, option);
    QFETCH(QByteArray, answer);
    QCOMPARE(run({option}, u"none"_s), 0); // where there is no display, too
    QVERIFY2(m_output.contains(answer), m_output);
}

void TestDesktopProgram::refusesNonsense_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s}
                           << QByteArray("light, dark or system");
    QTest::newRow("size") << QStringList{u"--size"_s, u"huge"_s} << QByteArray("1280x800");
    QTest::newRow("time") << QStringList{u"--quit-after"_s, u"soon"_s}
                          << QByteArray("number of seconds");
    QTest::newRow("two endpoints") << QStringList{u"a"_s, u"b"_s} << QByteArray("One endpoint");
    QTest::newRow("sandbox and endpoint")
        << QStringList{u"--sandbox"_s, u"a"_s} << QByteArray("exclude");
}

void TestDesktopProgram::refusesNonsense()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    QCOMPARE(run(arguments), 2);
    QVERIFY2(m_errors.contains(said), m_errors);
}

void TestDesktopProgram::takesAPicture()
{
    const QString file = m_home.filePath(u"console.png"_s);
    QCOMPARE(run({u"--sandbox"_s, u"--theme"_s, u"dark"_s, u"--size"_s, u"1000x700"_s,
                  u"--screenshot"_s, file, u"--quit-after"_s, u"2"_s}),
             0);
    const QImage picture(file);
    QCOMPARE(picture.size(), QSize(1000, 700));
    QVERIFY(picture.pixelColor(500, 300).lightnessF() < 0.5);
    // Nothing that the engine complained about: a warning of QML is a defect.
    QVERIFY2(!m_errors.contains("qrc:/"), m_errors);
    QVERIFY(run({u"--screenshot"_s, u"/nowhere/at/all.png"_s, u"--quit-after"_s, u"0.2"_s}) == 1);
}

void TestDesktopProgram::quitsAfterAWhile()
{
    QCOMPARE(run({u"--quit-after"_s, u"0.1"_s, u"example.com"_s}), 0);
    QVERIFY2(!m_errors.contains("qrc:/"), m_errors);
}

QTEST_GUILESS_MAIN(TestDesktopProgram)
#include "tst_desktopprogram.moc"
