// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QSslCertificate>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <csignal>
#endif

using namespace Qt::StringLiterals;

class TestEmulatorCommand : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readyLine();
    void worksForClients();
    void tls();
    void tlsWithFiles();
    void endsOnSignals_data();
    void endsOnSignals();
    void takenPort();
    void badFiles_data();
    void badFiles();
    void configuration();
    void flagsBeatTheConfiguration();
    void lambdaOfTheConfiguration();
    void scenarioOfTheConfiguration();
    void faults();
    void handlers();
    void noHandlers();
    void schema();
    void control();
    void controlTokenOfTheEnvironment();
    void scenario();
    void tellsWhatItRefuses();
    void warnsOfOpenHosts();
    void furtherNames();
    void warnsOfUselessFlags();

private:
    QString write(const QString &name, const QByteArray &text) const;
    QJsonObject ready(CliProcess &cli, const QStringList &arguments) const;

    QTemporaryDir m_folder;
};

QString TestEmulatorCommand::write(const QString &name, const QByteArray &text) const
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return {};
    return file.fileName();
}

QJsonObject TestEmulatorCommand::ready(CliProcess &cli, const QStringList &arguments) const
{
    cli.start(QStringList{u"emulator"_s} + arguments);
    if (!cli.waitForOutput("\n"))
        return {};
    return QJsonDocument::fromJson(cli.output()).object();
}

void TestEmulatorCommand::readyLine()
{
    CliProcess cli;
    const QJsonObject line = ready(cli, {u"--port"_s, u"0"_s, u"--region"_s, u"eu-west-1"_s});
    const QJsonObject cognito = line.value("cognito"_L1).toObject();
    QVERIFY(cognito.value("userPoolId"_L1).toString().startsWith(u"eu-west-1_"));
    const QByteArray expected =
        "{\"v\":1,\"kind\":\"ready\",\"http\":\"http://HOST/"
        "event\",\"realtime\":\"ws://HOST/event/realtime\","
        "\"graphql\":\"http://HOST/graphql\",\"graphqlRealtime\":\"ws://HOST/graphql/realtime\","
        "\"apiKey\":\""
        + line.value("apiKey"_L1).toString().toUtf8() + "\",\"token\":\""
        + line.value("token"_L1).toString().toUtf8()
        + "\",\"region\":\"eu-west-1\",\"caCert\":null,\"accessKeyId\":\""
        + line.value("accessKeyId"_L1).toString().toUtf8() + "\",\"secretAccessKey\":\""
        + line.value("secretAccessKey"_L1).toString().toUtf8()
        + "\",\"cognito\":{\"endpoint\":\"http://HOST/\",\"userPoolId\":\""
        + cognito.value("userPoolId"_L1).toString().toUtf8() + "\",\"clientId\":\""
        + cognito.value("clientId"_L1).toString().toUtf8()
        + "\",\"username\":\"demo\",\"password\":\""
        + cognito.value("password"_L1).toString().toUtf8() + "\",\"identityPoolId\":\""
        + "eu-west-1:ID\"}}";
    QCOMPARE(cli.lines(), QList<QByteArray>{expected});
    QVERIFY(line.value("apiKey"_L1).toString().startsWith(u"da2-"));
    QVERIFY(line.value("token"_L1).toString().startsWith(u"eyJ"));
    QCOMPARE(cli.errors(), QByteArray());
}

void TestEmulatorCommand::worksForClients()
{
    CliProcess emulator;
    const QJsonObject line = ready(emulator, {u"--port"_s, u"0"_s});
    CliProcess publish;
    publish.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    publish.setVariable(u"SYNCSCOPE_TOKEN"_s, line.value("token"_L1).toString());
    QCOMPARE(publish.run({u"pub"_s, u"private/a"_s, u"1"_s}), 0);
    // Anything pasted: the realtime URL too.
    publish.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("realtime"_L1).toString());
    QCOMPARE(publish.run({u"pub"_s, u"private/a"_s, u"1"_s, u"--http"_s}), 0);
}

void TestEmulatorCommand::tls()
{
    CliProcess emulator;
    const QJsonObject line = ready(emulator, {u"--port"_s, u"0"_s, u"--tls"_s});
    QVERIFY(line.value("http"_L1).toString().startsWith(u"https://127.0.0.1:"));
    QVERIFY(line.value("realtime"_L1).toString().startsWith(u"wss://127.0.0.1:"));
    const QString path = line.value("caCert"_L1).toString();
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pem = file.readAll();
    QCOMPARE(QSslCertificate(pem, QSsl::Pem).isNull(), false);
    QVERIFY(!pem.contains("PRIVATE"));

    CliProcess publish;
    publish.forgiveThreadsOfOpenSsl();
    publish.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    publish.setVariable(u"SYNCSCOPE_API_KEY"_s, line.value("apiKey"_L1).toString());
    const QStringList arguments{u"pub"_s, u"default/a"_s, u"1"_s, u"--retries"_s, u"0"_s};
    QCOMPARE(publish.run(arguments), 3); // nobody vouches for the certificate
    QCOMPARE(publish.run(arguments + QStringList{u"--http"_s}), 3);
    QCOMPARE(publish.run(arguments + QStringList{u"--insecure"_s, u"-q"_s}), 0);
    QVERIFY2(publish.errors().contains("WARNING"), publish.errors());
    QCOMPARE(publish.run(arguments + QStringList{u"--ca-cert"_s, path}), 0);
    publish.setVariable(u"SYNCSCOPE_CA_CERT"_s, path);
    QCOMPARE(publish.run(arguments), 0);
    QCOMPARE(publish.run(arguments + QStringList{u"--http"_s}), 0);
    QCOMPARE(publish.run(arguments + QStringList{u"--ca-cert"_s, m_folder.filePath(u"none"_s)}), 9);
    QCOMPARE(publish.run(arguments + QStringList{u"--ca-cert"_s, write(u"empty.pem"_s, "x")}), 9);

#ifdef Q_OS_UNIX
    emulator.signal(SIGTERM);
    QCOMPARE(emulator.waitForEnd(), 0);
    QVERIFY(!QFile::exists(path));
#endif
}

void TestEmulatorCommand::tlsWithFiles()
{
    const QString junk = write(u"junk.pem"_s, "no certificate");
    CliProcess cli;
    QCOMPARE(
        cli.run({u"emulator"_s, u"--port"_s, u"0"_s, u"--tls-cert"_s, junk, u"--tls-key"_s, junk}),
        9);
    QCOMPARE(cli.output(), QByteArray());
    QVERIFY2(cli.errors().startsWith("error: "), cli.errors());

    const QString openssl = QStandardPaths::findExecutable(u"openssl"_s);
    if (openssl.isEmpty())
        QSKIP("There is no openssl to make a certificate with.");
    const QString certificate = m_folder.filePath(u"own.pem"_s);
    const QString key = m_folder.filePath(u"own-key.pem"_s);
    cli.startProgram(openssl,
                     {u"req"_s, u"-x509"_s, u"-newkey"_s, u"rsa:2048"_s, u"-nodes"_s, u"-days"_s,
                      u"2"_s, u"-subj"_s, u"/CN=localhost"_s, u"-addext"_s,
                      u"subjectAltName=IP:127.0.0.1"_s, u"-keyout"_s, key, u"-out"_s, certificate});
    QCOMPARE(cli.waitForEnd(), 0);
    const QJsonObject line =
        ready(cli, {u"--port"_s, u"0"_s, u"--tls-cert"_s, certificate, u"--tls-key"_s, key});
    QCOMPARE(line.value("caCert"_L1).toString(), certificate);
    CliProcess publish;
    publish.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    publish.setVariable(u"SYNCSCOPE_API_KEY"_s, line.value("apiKey"_L1).toString());
    publish.setVariable(u"SYNCSCOPE_CA_CERT"_s, certificate);
    QCOMPARE(publish.run({u"pub"_s, u"default/a"_s, u"1"_s, u"--retries"_s, u"0"_s}), 0);
    cli.process().terminate();
    QCOMPARE(cli.waitForEnd(), 0);
    QVERIFY(QFile::exists(certificate));
}

void TestEmulatorCommand::endsOnSignals_data()
{
    QTest::addColumn<int>("number");
#ifdef Q_OS_UNIX
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
#else
    QTest::newRow("none") << 0;
#endif
}

void TestEmulatorCommand::endsOnSignals()
{
    QFETCH(int, number);
    CliProcess cli;
    ready(cli, {u"--port"_s, u"0"_s});
    cli.signal(number);
    QCOMPARE(cli.waitForEnd(), 0);
    QCOMPARE(cli.output().count('\n'), 1);
}

void TestEmulatorCommand::takenPort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    CliProcess cli;
    QCOMPARE(cli.run({u"emulator"_s, u"--port"_s, QString::number(other.serverPort())}), 3);
    QCOMPARE(cli.output(), QByteArray());
    QVERIFY2(cli.errors().contains("--port 0"), cli.errors());
}

void TestEmulatorCommand::badFiles_data()
{
    QTest::addColumn<QString>("flag");
    QTest::addColumn<QByteArray>("text"); // null: there is no file
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no configuration") << u"--config"_s << QByteArray() << QByteArray("Cannot read");
    QTest::newRow("bad configuration")
        << u"--config"_s << QByteArray("{\n\"prot\":1}") << QByteArray(":2: \"prot\"");
    QTest::newRow("no faults") << u"--faults"_s << QByteArray() << QByteArray("Cannot read");
    QTest::newRow("bad faults") << u"--faults"_s << QByteArray("{\"noSuchFault\":true}")
                                << QByteArray("noSuchFault");
    QTest::newRow("no scenario") << u"--scenario"_s << QByteArray() << QByteArray("error:");
    QTest::newRow("bad scenario") << u"--scenario"_s << QByteArray("{}") << QByteArray("error:");
}

void TestEmulatorCommand::badFiles()
{
    QFETCH(QString, flag);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, words);
    const QString path =
        text.isNull() ? m_folder.filePath(u"none.json"_s) : write(u"file.json"_s, text);
    CliProcess cli;
    QCOMPARE(cli.run({u"emulator"_s, u"--port"_s, u"0"_s, flag, path}), 9);
    QCOMPARE(cli.output(), QByteArray());
    QVERIFY2(cli.errors().contains(words), cli.errors());
}

void TestEmulatorCommand::configuration()
{
    const QString path = write(u"config.json"_s,
                               "{\"channelNamespaces\":[{\"name\":\"mine\",\"publishAuthModes\":"
                               "[{\"authType\":\"OPENID_CONNECT\"}]}],\"emulator\":{\"port\":0}}");
    CliProcess emulator;
    const QJsonObject line = ready(emulator, {u"--config"_s, path, u"-v"_s});
    QVERIFY2(emulator.waitForError("mine"), emulator.errors());
    CliProcess publish;
    publish.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    publish.setVariable(u"SYNCSCOPE_API_KEY"_s, line.value("apiKey"_L1).toString());
    QCOMPARE(publish.run({u"pub"_s, u"mine/a"_s, u"1"_s}), 4);
    QCOMPARE(publish.run({u"pub"_s, u"default/a"_s, u"1"_s}), 4);
    publish.setVariable(u"SYNCSCOPE_PUBLISH_TOKEN"_s, line.value("token"_L1).toString());
    QCOMPARE(publish.run({u"pub"_s, u"mine/a"_s, u"1"_s}), 0);
}

void TestEmulatorCommand::flagsBeatTheConfiguration()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    const QString path = write(
        u"port.json"_s, "{\"emulator\":{\"port\":" + QByteArray::number(other.serverPort()) + "}}");
    CliProcess cli;
    QCOMPARE(cli.run({u"emulator"_s, u"--config"_s, path}), 3);
    QVERIFY(!ready(cli, {u"--config"_s, path, u"--port"_s, u"0"_s}).isEmpty());
}

//! A Lambda authorizer that is a program, and the commands that look at credentials.
void TestEmulatorCommand::lambdaOfTheConfiguration()
{
    const QJsonObject file{
        {u"eventConfig"_s,
         QJsonObject{
             {u"authProviders"_s, QJsonArray{QJsonObject{{u"authType"_s, u"AWS_LAMBDA"_s}}}}}},
        {u"emulator"_s,
         QJsonObject{{u"port"_s, 0},
                     {u"lambdaAuthorizer"_s,
                      QJsonObject{{u"command"_s,
                                   QJsonArray{QStringLiteral(LAMBDA_PROGRAM), u"word"_s}}}}}}};
    CliProcess emulator;
    const QJsonObject line =
        ready(emulator, {u"--config"_s, write(u"lambda.json"_s, QJsonDocument(file).toJson())});
    QVERIFY2(!line.isEmpty(), emulator.errors());
    CliProcess cli;
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    cli.setVariable(u"SYNCSCOPE_TOKEN"_s, u"sesame"_s);
    const QStringList mode{u"--auth"_s, u"lambda"_s};
    QCOMPARE(cli.run(QStringList{u"pub"_s, u"default/a"_s, u"1"_s} + mode), 0);
    QCOMPARE(cli.run(QStringList{u"doctor"_s, u"default/a"_s} + mode), 0);
    QCOMPARE(cli.run(QStringList{u"auth"_s, u"status"_s} + mode), 0);
    QVERIFY2(cli.output().contains("lambda"), cli.output());
    QVERIFY(!cli.output().contains("sesame"));

    cli.setVariable(u"SYNCSCOPE_TOKEN"_s, u"close-the-door"_s);
    QCOMPARE(cli.run(QStringList{u"pub"_s, u"default/a"_s, u"1"_s} + mode), 4);
    QCOMPARE(cli.run(QStringList{u"doctor"_s, u"default/a"_s} + mode), 4);
    QVERIFY(emulator.waitForError("the Lambda authorizer said no"));
    QVERIFY(!emulator.errors().contains("close-the-door"));
}

void TestEmulatorCommand::scenarioOfTheConfiguration()
{
    CliProcess cli;
    const QString good =
        write(u"scenario.json"_s, "{\"emulator\":{\"port\":0,\"scenario\":\"demo\"}}");
    QVERIFY(!ready(cli, {u"--config"_s, good}).isEmpty());
    const QString bad =
        write(u"scenario.json"_s, "{\"emulator\":{\"port\":0,\n\"scenario\":\"./none.json\"}}");
    CliProcess careless;
    QCOMPARE(careless.run({u"emulator"_s, u"--config"_s, bad}), 9);
    QVERIFY2(careless.errors().contains("scenario.json:2: "), careless.errors());
}

void TestEmulatorCommand::faults()
{
    CliProcess emulator;
    const QJsonObject line = ready(
        emulator,
        {u"--port"_s, u"0"_s, u"--faults"_s, write(u"faults.json"_s, "{\"refuseConnect\":true}")});
    CliProcess publish;
    publish.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    publish.setVariable(u"SYNCSCOPE_API_KEY"_s, line.value("apiKey"_L1).toString());
    QCOMPARE(publish.run({u"pub"_s, u"default/a"_s, u"1"_s}), 4);
}

void TestEmulatorCommand::handlers()
{
    const QTemporaryDir folder;
    const auto save = [&](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(save(u"mine.js"_s,
                 "export const onPublish = (ctx) => {\n  console.log('got', ctx.events.length);\n"
                 "  return ctx.events;\n};"));
    QVERIFY(save(u"default.js"_s, "export const onPublish = () =>\n  missing;"));
    QVERIFY(save(u"demo.js"_s, "\n\nexport const onPublish = ;"));
    CliProcess emulator;
    const QJsonObject line = ready(emulator, {u"--port"_s, u"0"_s, u"--handlers"_s, folder.path()});
    const auto publish = [&](const QString &channel) {
        CliProcess cli;
        cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
        cli.setVariable(u"SYNCSCOPE_API_KEY"_s, line.value("apiKey"_L1).toString());
        return cli.run({u"pub"_s, channel, u"1"_s});
    };
    const QByteArray path = folder.path().toUtf8();
    QVERIFY(emulator.waitForError(path + "/demo.js:3: SyntaxError"));
    QCOMPARE(publish(u"mine/a"_s), 0);
    QVERIFY(emulator.waitForError("mine: log: got 1"));
    QVERIFY(publish(u"default/a"_s) != 0);
    QVERIFY(emulator.waitForError(path + "/default.js:2: ReferenceError"));
    QCOMPARE(publish(u"public/a"_s), 0);
}

void TestEmulatorCommand::noHandlers()
{
    const QTemporaryDir folder;
    CliProcess cli;
    QCOMPARE(cli.run({u"emulator"_s, u"--handlers"_s, folder.path()}), 9);
    QVERIFY2(cli.errors().contains("There are no handlers NAMESPACE.js"), cli.errors());
}

void TestEmulatorCommand::schema()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"s.graphql"_s);
    const auto save = [&](const QByteArray &text) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(save("type Query { own: Int }"));
    CliProcess emulator;
    const QJsonObject line = ready(emulator, {u"--port"_s, u"0"_s, u"--schema"_s, path});
    QNetworkAccessManager network;
    QNetworkRequest request(QUrl(line.value("graphql"_L1).toString()));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("x-api-key", line.value("apiKey"_L1).toString().toLatin1());
    const std::unique_ptr<QNetworkReply> reply(network.post(request, R"({"query":"{ own }"})"));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(reply->readAll(), R"({"data":{"own":null}})");

    QVERIFY(save("type Query {\n  own: Nothing\n}"));
    CliProcess broken;
    QCOMPARE(broken.run({u"emulator"_s, u"--port"_s, u"0"_s, u"--schema"_s, path}), 9);
    QVERIFY2(broken.errors().contains(path.toUtf8() + ":2:"), broken.errors());
    CliProcess missing;
    QCOMPARE(missing.run({u"emulator"_s, u"--schema"_s, folder.filePath(u"none"_s)}), 9);
}

void TestEmulatorCommand::control()
{
    CliProcess emulator;
    const QJsonObject line = ready(emulator, {u"--port"_s, u"0"_s, u"--control"_s});
    const QString token = line.value("controlToken"_L1).toString();
    QVERIFY(token.size() >= 32);
    QNetworkAccessManager network;
    const auto ask = [&](const QString &shown) {
        QNetworkRequest request(QUrl(line.value("control"_L1).toString() + u"/metrics"_s));
        request.setRawHeader("Authorization", "Bearer " + shown.toLatin1());
        const std::unique_ptr<QNetworkReply> reply(network.get(request));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        return finished.wait() ? reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()
                               : 0;
    };
    QCOMPARE(ask(token), 200);
    QCOMPARE(ask(u"wrong"_s), 401);
    QVERIFY(emulator.waitForError("control refused"));
    QVERIFY(!emulator.errors().contains(token.toLatin1()));
}

void TestEmulatorCommand::controlTokenOfTheEnvironment()
{
    CliProcess emulator;
    emulator.setVariable(u"SYNCSCOPE_CONTROL_TOKEN"_s, u"a-token-of-our-own"_s);
    const QJsonObject line = ready(emulator, {u"--port"_s, u"0"_s, u"--control"_s});
    QVERIFY(line.contains("control"_L1));
    QVERIFY(line.value("controlToken"_L1).isNull());
    QVERIFY(!emulator.output().contains("a-token-of-our-own"));

    CliProcess careless;
    careless.setVariable(u"SYNCSCOPE_CONTROL_TOKEN"_s, u"short"_s);
    QCOMPARE(careless.run({u"emulator"_s, u"--port"_s, u"0"_s, u"--control"_s}), 2);
    QVERIFY2(careless.errors().contains("16 characters"), careless.errors());
    QVERIFY(!careless.errors().contains("\"short\""));
}

void TestEmulatorCommand::scenario()
{
    CliProcess emulator;
    const QJsonObject line = ready(emulator,
                                   {u"--port"_s, u"0"_s, u"--scenario"_s, u"orders"_s, u"--seed"_s,
                                    u"7"_s, u"--scenario-speed"_s, u"20"_s});
    CliProcess subscribe;
    subscribe.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    subscribe.setVariable(u"SYNCSCOPE_API_KEY"_s, line.value("apiKey"_L1).toString());
    QCOMPARE(subscribe.run({u"sub"_s, u"demo/*"_s, u"-n"_s, u"3"_s}), 0);
    QCOMPARE(subscribe.lines().size(), 4);
}

void TestEmulatorCommand::tellsWhatItRefuses()
{
    CliProcess emulator;
    const QJsonObject line = ready(emulator, {u"--port"_s, u"0"_s});
    CliProcess publish;
    publish.setVariable(u"SYNCSCOPE_ENDPOINT"_s, line.value("http"_L1).toString());
    publish.setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-wrongwrongwrongwrongwrong"_s);
    QCOMPARE(publish.run({u"pub"_s, u"default/a"_s, u"1"_s}), 4);
    QVERIFY(emulator.waitForError("UnauthorizedException"));
    QVERIFY(!emulator.errors().contains("da2-wrong"));
    QVERIFY(!emulator.errors().contains(line.value("apiKey"_L1).toString().toUtf8()));
}

void TestEmulatorCommand::warnsOfOpenHosts()
{
    CliProcess cli;
    const QJsonObject line = ready(cli, {u"--port"_s, u"0"_s, u"--host"_s, u"0.0.0.0"_s});
    QVERIFY(!line.isEmpty());
    QVERIFY2(cli.errors().contains("warning: "), cli.errors());
}

void TestEmulatorCommand::furtherNames()
{
    CliProcess emulator;
    const QJsonObject line =
        ready(emulator,
              {u"--port"_s, u"0"_s, u"--host-name"_s, u"appsync"_s, u"--host-name"_s, u"b.test"_s});
    const QUrl health = QUrl(line.value("http"_L1).toString()).resolved(QUrl(u"/health"_s));
    QNetworkAccessManager network;
    const auto ask = [&](const QByteArray &name) {
        QNetworkRequest request(health);
        request.setRawHeader("Host", name);
        const std::unique_ptr<QNetworkReply> reply(network.get(request));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        return finished.wait() ? reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()
                               : 0;
    };
    QCOMPARE(ask("appsync"), 200);
    QCOMPARE(ask("b.test"), 200);
    QCOMPARE(ask("c.test"), 403);
    CliProcess bad;
    QVERIFY(bad.run({u"emulator"_s, u"--port"_s, u"0"_s, u"--host-name"_s, u"a,b"_s}) != 0);
    QVERIFY2(bad.errors().contains("\"a,b\" cannot be the name of a host"), bad.errors());
}

void TestEmulatorCommand::warnsOfUselessFlags()
{
    CliProcess cli;
    ready(cli, {u"--port"_s, u"0"_s, u"--endpoint"_s, u"x"_s});
    QVERIFY2(cli.errors().contains("--endpoint means nothing"), cli.errors());
}

GUILESS_TEST(TestEmulatorCommand)
#include "tst_emulatorcommand.moc"
