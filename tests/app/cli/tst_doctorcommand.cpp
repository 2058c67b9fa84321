// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#endif

using namespace Qt::StringLiterals;
using AppSync::Emulator;

class TestDoctorCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { startEmulator(); }
    void healthy();
    void graphQl();
    void wrongKey();
    void nothingListens();
    void unknownCa();
    void knownCa();
    void refusedUpgrade();
    void noAck();
    void nothingDelivered();
    void unusableEndpoint();
    void missingThings();
    void usage_data();
    void usage();
    void pretty();
    void interrupted();

private:
    static void verifySteps(const CliProcess &cli);
    //! The first step with \a outcome.
    static QJsonObject stepOf(const CliProcess &cli, const QString &outcome);
};

//! All twelve, numbered, in their order, each with the same members.
void TestDoctorCommand::verifySteps(const CliProcess &cli)
{
    const QStringList names{u"endpoint"_s,  u"credentials"_s, u"dns"_s,     u"tcp"_s,
                            u"tls"_s,       u"http"_s,        u"request"_s, u"upgrade"_s,
                            u"handshake"_s, u"subscribe"_s,   u"publish"_s, u"delivery"_s};
    const QList<QByteArray> lines = cli.lines();
    QCOMPARE(lines.size(), names.size() + 1);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const QByteArray start = "{\"v\":1,\"n\":" + QByteArray::number(i + 1)
            + ",\"t\":\"T\",\"kind\":\"step\",\"step\":\"" + names.at(i).toUtf8()
            + "\",\"outcome\":\"";
        QVERIFY2(lines.at(i).startsWith(start), lines.at(i));
        const QJsonObject step = QJsonDocument::fromJson(lines.at(i)).object();
        for (const QString &key :
             {u"ms"_s, u"summary"_s, u"facts"_s, u"errorType"_s, u"message"_s, u"hint"_s})
            QVERIFY2(step.contains(key), lines.at(i));
    }
}

QJsonObject TestDoctorCommand::stepOf(const CliProcess &cli, const QString &outcome)
{
    for (const QByteArray &line : cli.lines()) {
        const QJsonObject step = QJsonDocument::fromJson(line).object();
        if (step[u"outcome"_s] == outcome)
            return step;
    }
    return {};
}

void TestDoctorCommand::healthy()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"doctor"_s, u"default/a"_s}), 0);
    verifySteps(cli);
    QVERIFY(stepOf(cli, u"failed"_s).isEmpty());
    QCOMPARE(cli.lines().last(),
             "{\"v\":1,\"n\":13,\"t\":\"T\",\"kind\":\"end\",\"received\":0,\"exit\":0}"_ba);
    QCOMPARE(cli.errors(), "All is well.\n"_ba);
    QVERIFY(!cli.output().contains(m_emulator->apiKey().toUtf8()));
    QCOMPARE(cli.run({u"doctor"_s, u"-q"_s}), 0);
    QCOMPARE(cli.errors(), QByteArray());
}

void TestDoctorCommand::graphQl()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, m_emulator->graphQlUrl().toString());
    QCOMPARE(cli.run({u"doctor"_s}), 0);
    QVERIFY2(cli.output().contains(R"("step":"query","outcome":"ok")"), cli.output());
    QVERIFY2(cli.output().contains(R"("step":"introspection","outcome":"ok")"), cli.output());
    QCOMPARE(cli.errors(), "All is well so far. Give a subscription to try one.\n"_ba);
    QCOMPARE(cli.run({u"doctor"_s, u"subscription { onMessage { id } }"_s}), 0);
    QVERIFY2(cli.output().contains(R"("step":"subscribe","outcome":"ok")"), cli.output());
    QCOMPARE(cli.errors(), "All is well.\n"_ba);
    QVERIFY(!cli.output().contains(m_emulator->apiKey().toUtf8()));
    QCOMPARE(cli.run({u"doctor"_s, u"default/room"_s}), 2);
    QVERIFY2(cli.errors().contains("That is no subscription of a GraphQL API: "), cli.errors());
    QCOMPARE(cli.run({u"doctor"_s, u"{ __typename }"_s}), 2);
    cli.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-wrongwrongwrongwrongwrong"_s);
    QCOMPARE(cli.run({u"doctor"_s}), 4);
    QCOMPARE(stepOf(cli, u"failed"_s)[u"step"_s], u"handshake"_s);
}

void TestDoctorCommand::wrongKey()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-wrongwrongwrongwrongwrong"_s);
    QCOMPARE(cli.run({u"doctor"_s, u"default/a"_s}), 4);
    verifySteps(cli);
    const QJsonObject failed = stepOf(cli, u"failed"_s);
    QCOMPARE(failed[u"step"_s], u"handshake"_s);
    QCOMPARE(failed[u"errorType"_s], u"UnauthorizedException"_s);
    QVERIFY(!failed[u"hint"_s].toString().isEmpty());
    QVERIFY2(cli.errors().contains("error: "), cli.errors());
    QVERIFY2(cli.errors().contains("The first step that failed is handshake"), cli.errors());
    QVERIFY(!(cli.output() + cli.errors()).contains("wrongwrong"));
}

void TestDoctorCommand::nothingListens()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    m_emulator->close();
    QCOMPARE(cli.run({u"doctor"_s}), 3);
    verifySteps(cli);
    QCOMPARE(stepOf(cli, u"failed"_s)[u"step"_s], u"tcp"_s);
}

void TestDoctorCommand::unknownCa()
{
    Emulator::Options options;
    options.tls = true;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"doctor"_s}), 3);
    verifySteps(cli);
    const QJsonObject failed = stepOf(cli, u"failed"_s);
    QCOMPARE(failed[u"step"_s], u"tls"_s);
    QVERIFY2(failed[u"hint"_s].toString().contains(u"--ca-cert"), cli.output());
    QVERIFY(failed[u"facts"_s].toObject().contains(u"chain"_s));
}

void TestDoctorCommand::knownCa()
{
    Emulator::Options options;
    options.tls = true;
    startEmulator(options);
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"ca.pem"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_emulator->caCertificate());
    file.close();
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.forgiveThreadsOfOpenSsl();
    QCOMPARE(cli.run({u"doctor"_s, u"default/a"_s, u"--ca-cert"_s, file.fileName()}), 0);
    verifySteps(cli);
    QCOMPARE(cli.run({u"doctor"_s, u"--insecure"_s}), 0);
    QVERIFY2(cli.errors().startsWith("WARNING: --insecure"), cli.errors());
}

void TestDoctorCommand::refusedUpgrade()
{
    Emulator::Options options;
    options.faults.refuseUpgradeStatus = 403;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"doctor"_s}), 4);
    verifySteps(cli);
    const QJsonObject failed = stepOf(cli, u"failed"_s);
    QCOMPARE(failed[u"step"_s], u"upgrade"_s);
    const QJsonObject facts = failed[u"facts"_s].toObject();
    QCOMPARE(facts[u"status"_s][0], u"403 Forbidden"_s);
    QVERIFY(facts[u"body"_s][0].toString().contains(u"Refused by the fault plan."));
    QVERIFY(failed[u"message"_s].toString().contains(u"Refused by the fault plan."));
    options.faults.refuseUpgradeStatus = 404;
    startEmulator(options);
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"doctor"_s}), 3);
}

void TestDoctorCommand::noAck()
{
    Emulator::Options options;
    options.faults.neverAck = true;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"doctor"_s, u"--timeout"_s, u"0.3"_s}), 7);
    verifySteps(cli);
    QCOMPARE(stepOf(cli, u"failed"_s)[u"step"_s], u"handshake"_s);
    // A step that takes its time is named.
    cli.start({u"doctor"_s, u"--timeout"_s, u"60"_s});
    QVERIFY(cli.waitForError("still waiting for the step handshake\n"));
}

void TestDoctorCommand::nothingDelivered()
{
    Emulator::Options options;
    options.faults.deliveryGap = std::chrono::hours(1);
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"doctor"_s, u"default/a"_s, u"--timeout"_s, u"0.6"_s}), 7);
    verifySteps(cli);
    QCOMPARE(stepOf(cli, u"failed"_s)[u"step"_s], u"delivery"_s);
}

void TestDoctorCommand::unusableEndpoint()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    for (const QString &endpoint :
         {u"arn:aws:appsync:eu-west-1:1:apis/x"_s, u"http://example.com/graphql"_s}) { // plain text
        QCOMPARE(cli.run({u"doctor"_s, u"--endpoint"_s, endpoint}), 2);
        verifySteps(cli);
        QCOMPARE(stepOf(cli, u"failed"_s)[u"step"_s], u"endpoint"_s);
    }
}

void TestDoctorCommand::missingThings()
{
    CliProcess cli;
    QCOMPARE(cli.run({u"doctor"_s}), 2);
    QCOMPARE(cli.output(), QByteArray());
    QVERIFY2(cli.errors().contains("hint: "), cli.errors());
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, m_emulator->httpUrl().toString());
    QCOMPARE(cli.run({u"doctor"_s, u"--auth"_s, u"api-key"_s}), 2);
    verifySteps(cli);
    QCOMPARE(stepOf(cli, u"failed"_s)[u"step"_s], u"credentials"_s);
    // What needs no credentials was tried.
    QVERIFY2(cli.output().contains("\"step\":\"http\",\"outcome\":\"ok\""), cli.output());
    const QTemporaryDir folder;
    QCOMPARE(cli.run({u"doctor"_s, u"--ca-cert"_s, folder.filePath(u"none"_s)}), 9);
    QCOMPARE(cli.run({u"doctor"_s, u"--token-file"_s, folder.filePath(u"none"_s)}), 9);
}

void TestDoctorCommand::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("two channels") << QStringList{u"default/a"_s, u"default/b"_s};
    QTest::newRow("raw") << QStringList{u"-o"_s, u"raw"_s};
    QTest::newRow("flag of another command") << QStringList{u"--count"_s, u"1"_s};
}

void TestDoctorCommand::usage()
{
    QFETCH(QStringList, arguments);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run(QStringList{u"doctor"_s} + arguments), 2);
    QCOMPARE(cli.output(), QByteArray());
}

void TestDoctorCommand::pretty()
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"doctor"_s, u"nosuch/a"_s, u"-o"_s, u"pretty"_s}), 4);
    QVERIFY2(cli.output().startsWith("ok       endpoint  "), cli.output());
    QVERIFY2(cli.output().contains("\nfailed   subscribe "), cli.output());
    QVERIFY2(cli.output().contains("\n         next step     "), cli.output());
    QVERIFY2(cli.output().contains("\nskipped  publish   "), cli.output());
    QVERIFY(!cli.output().contains('\x1b'));
    QVERIFY(!cli.errors().contains("error: ")); // it is told where the steps are
}

void TestDoctorCommand::interrupted()
{
#ifdef Q_OS_UNIX
    Emulator::Options options;
    options.faults.neverAck = true;
    startEmulator(options);
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    cli.start({u"doctor"_s, u"--timeout"_s, u"60"_s});
    QVERIFY(cli.waitForOutput("\"step\":\"upgrade\""));
    cli.signal(SIGINT);
    QCOMPARE(cli.waitForEnd(), 130);
    QVERIFY2(cli.lines().last().endsWith("\"exit\":130}"), cli.output());
#endif
}

GUILESS_TEST(TestDoctorCommand)
#include "tst_doctorcommand.moc"
