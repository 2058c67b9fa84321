// SPDX-License-Identifier: Apache-2.0
#include <AppSync/Emulator>

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

//! What the documentation shows must run.
class tst_Examples : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runs_data();
    void runs();
    void failsWithAWrongKey_data() { runs_data(); }
    void failsWithAWrongKey();

private:
    struct Result {
        int exitCode = -1;
        QString output;
    };
    Result run(const QString &program, const AppSync::Emulator &emulator, const QString &key);
};

void tst_Examples::runs_data()
{
    QTest::addColumn<QString>("program");
    QTest::newRow("C++") << QStringLiteral(HELLO_EVENTS);
    QTest::newRow("QML") << QStringLiteral(HELLO_EVENTS_QML);
}

tst_Examples::Result tst_Examples::run(const QString &program, const AppSync::Emulator &emulator,
                                       const QString &key)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SYNCSCOPE_ENDPOINT"_s, emulator.httpUrl().toString());
    environment.insert(u"SYNCSCOPE_API_KEY"_s, key);
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    QSignalSpy finished(&process, &QProcess::finished);
    process.start(program, {});
    if (!finished.wait(20'000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAll())};
}

void tst_Examples::runs()
{
    QFETCH(QString, program);
    AppSync::Emulator emulator;
    QVERIFY(emulator.listen());
    const Result result = run(program, emulator, emulator.apiKey());
    QVERIFY2(result.output.contains(u"/default/news"), qPrintable(result.output));
    QVERIFY2(result.output.contains(u"world"), qPrintable(result.output));
    QCOMPARE(result.exitCode, 0);
}

void tst_Examples::failsWithAWrongKey()
{
    QFETCH(QString, program);
    AppSync::Emulator emulator;
    QVERIFY(emulator.listen());
    const Result result = run(program, emulator, u"da2-wrong"_s);
    QVERIFY2(result.output.contains(u"not authorized"), qPrintable(result.output));
    QCOMPARE(result.exitCode, 1);
}

QTEST_GUILESS_MAIN(tst_Examples)
#include "tst_examples.moc"
