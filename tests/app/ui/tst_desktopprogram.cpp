// SPDX-License-Identifier: Apache-2.0
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#ifdef Q_OS_LINUX
#    include <csignal>
#endif

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
    void endsBySignals_data();
    void endsBySignals();
    void tidiesWhereRecordingsWere();

private:
    void prepare(QProcess &process, const QString &platform = QStringLiteral("offscreen")) const;
    int run(const QStringList &arguments, const QString &platform = QStringLiteral("offscreen"));
    [[nodiscard]] QStringList recordings() const
    {
        return QDir(m_home.filePath(u"data/Syncscope/Syncscope/recordings"_s))
            .entryList(QDir::Files);
    }

    QTemporaryDir m_home;
    QByteArray m_output;
    QByteArray m_errors;
};

void TestDesktopProgram::init()
{
    QVERIFY(m_home.isValid());
}

void TestDesktopProgram::prepare(QProcess &process, const QString &platform) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, platform);
    environment.insert(u"HOME"_s, m_home.path());
    environment.insert(u"XDG_CONFIG_HOME"_s, m_home.path());
    environment.insert(u"XDG_DATA_HOME"_s, m_home.filePath(u"data"_s));
    process.setProcessEnvironment(environment);
}

int TestDesktopProgram::run(const QStringList &arguments, const QString &platform)
{
    QProcess process;
    prepare(process, platform);
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

void TestDesktopProgram::endsBySignals_data()
{
    QTest::addColumn<int>("number");
    QTest::addColumn<int>("exitCode");
#ifdef Q_OS_LINUX
    QTest::newRow("log-out") << SIGTERM << 143;
    QTest::newRow("Ctrl-C") << SIGINT << 130;
    QTest::newRow("terminal closed") << SIGHUP << 143;
#else
    QTest::newRow("signals") << 0 << 0;
#endif
}

void TestDesktopProgram::endsBySignals()
{
#ifdef Q_OS_LINUX
    QFETCH(int, number);
    QFETCH(int, exitCode);
    QProcess process;
    prepare(process);
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(QStringLiteral(SYNCSCOPE_PROGRAM), {u"--sandbox"_s});
    QTRY_VERIFY_WITH_TIMEOUT(!recordings().isEmpty(), 60'000);
    QCOMPARE(::kill(pid_t(process.processId()), number), 0);
    QVERIFY(finished.wait(60'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), exitCode);
    QCOMPARE(recordings(), QStringList());
#else
    QSKIP("signals, and the folders of this test, are Linux's");
#endif
}

void TestDesktopProgram::tidiesWhereRecordingsWere()
{
#ifdef Q_OS_LINUX
    const QString former = m_home.filePath(u"syncscope/recordings"_s);
    QVERIFY(QDir().mkpath(former));
    {
        QFile lost(former + u"/20250101-000000-1-1.ssc"_s);
        QVERIFY(lost.open(QIODevice::WriteOnly));
        QVERIFY(lost.setFileTime(QDateTime::currentDateTimeUtc().addDays(-8),
                                 QFile::FileModificationTime));
    }
    QCOMPARE(run({u"--quit-after"_s, u"0.1"_s}), 0);
    QVERIFY(!QDir(former).exists());
#else
    QSKIP("the folders of this test are Linux's");
#endif
}

QTEST_GUILESS_MAIN(TestDesktopProgram)
#include "tst_desktopprogram.moc"
