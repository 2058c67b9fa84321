// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/leaks.h"
#include "tests/shared/testrunner.h"

#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;

//! The property: no secret that a run was given stands in what it wrote, in whatever form. Each run takes
//! another way through modes, places for secrets, commands, flags and servers; secrets are made at random.
//! SYNCSCOPE_TEST_SEED repeats them.
class TestSecrets : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void findsThemInEveryForm();
    void none_data();
    void none();

private:
    enum class Server { Willing, OtherSecret, Refusing, Telling, Gone };

    //! \a secret in a file of the test's, which is no output.
    [[nodiscard]] QString inFile(const QString &secret);
    //! Gives \a cli secrets of the kind \a credentials; the flags that say so.
    QStringList give(CliProcess *cli, const QString &credentials);
    [[nodiscard]] QStringList command();
    [[nodiscard]] QStringList flags(const QString &command);
    void aim(CliProcess *cli, Server server);
    void isSilent(const QByteArray &text, const QByteArray &where) const;
    template <typename T> T pick(const QList<T> &list)
    {
        return list.at(m_secrets.random.bounded(list.size()));
    }

    Leaks::Secrets m_secrets;
    std::unique_ptr<QTemporaryDir> m_home; //!< what the program may write into
    std::unique_ptr<QTemporaryDir> m_given; //!< what it is given
    std::unique_ptr<HttpServer> m_teller;
    QByteArray m_input;
};

void TestSecrets::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_given = std::make_unique<QTemporaryDir>();
    m_teller = std::make_unique<HttpServer>(Leaks::tellAll);
    m_secrets.all.clear();
    m_input.clear();
    startEmulator();
}

QString TestSecrets::inFile(const QString &secret)
{
    QFile file(m_given->filePath(u"given-%1"_s.arg(m_secrets.random.generate())));
    if (file.open(QIODevice::WriteOnly))
        file.write(secret.toUtf8() + '\n');
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return file.fileName();
}

QStringList TestSecrets::give(CliProcess *cli, const QString &credentials)
{
    // What tokens may hold: a header takes it, JSON and URLs write it in another way.
    const QString odd = u"abcdefghkmnpqrstuvwxyz23456789\"\\/<>&=+%'$_-."_s;
    const QString token = credentials.startsWith(u"lambda") || credentials.startsWith(u"oidc")
        ? m_secrets.make(odd)
        : m_secrets.make();
    if (credentials == u"api-key") {
        cli->setVariable(u"SYNCSCOPE_API_KEY"_s, u"da2-"_s + token);
        return {};
    }
    if (credentials == u"api-key, named") {
        cli->setVariable(u"OF_MINE"_s, token);
        return {u"--api-key-env"_s, u"OF_MINE"_s};
    }
    if (credentials == u"user-pool") {
        cli->setVariable(u"SYNCSCOPE_TOKEN"_s, token);
        return {u"--auth"_s, u"user-pool"_s};
    }
    if (credentials == u"oidc, JWT") {
        const QString jwt = m_emulator->tokenFor(u"anna"_s, std::chrono::seconds(60));
        m_secrets.all << jwt.section(u'.', 2).toUtf8() << jwt.section(u'.', 0, 1).toUtf8();
        cli->setVariable(u"SYNCSCOPE_TOKEN"_s, jwt);
        return {u"--auth"_s, u"oidc"_s};
    }
    if (credentials == u"lambda, file")
        return {u"--auth"_s, u"lambda"_s, u"--token-file"_s, inFile(token)};
    if (credentials == u"lambda, input") {
        m_input = token.toUtf8() + '\n';
        return {u"--auth"_s, u"lambda"_s, u"--token-file"_s, u"-"_s};
    }
    if (credentials == u"lambda, one operation") {
        cli->setVariable(u"SYNCSCOPE_CONNECT_TOKEN"_s, token);
        cli->setVariable(u"SYNCSCOPE_PUBLISH_TOKEN"_s, m_secrets.make(odd));
        cli->setVariable(u"SYNCSCOPE_SUBSCRIBE_TOKEN"_s, m_secrets.make(odd));
        return {u"--auth"_s, u"lambda"_s};
    }
    if (credentials == u"lambda, command") {
        const QString script =
            inFile(u"#!/bin/sh\ncat '%1'"_s.arg(inFile(token))); // no argument has it
        QFile profile(m_given->filePath(u"profile.json"_s));
        if (profile.open(QIODevice::WriteOnly)) {
            const QJsonObject object{{u"name"_s, u"p"_s},
                                     {u"endpoint"_s, m_emulator->httpUrl().toString()},
                                     {u"auth"_s, u"lambda"_s},
                                     {u"tokenCommand"_s, QJsonArray{script}}};
            profile.write(QJsonDocument(object).toJson());
        }
        return {u"--profile"_s, profile.fileName()};
    }
    if (credentials == u"iam") {
        cli->setVariable(u"AWS_ACCESS_KEY_ID"_s, m_emulator->accessKeyId());
        cli->setVariable(u"AWS_SECRET_ACCESS_KEY"_s, token);
        return {u"--auth"_s, u"iam"_s};
    }
    if (credentials == u"iam, temporary") {
        cli->setVariable(u"AWS_ACCESS_KEY_ID"_s, u"ASIAEXAMPLE"_s);
        cli->setVariable(u"AWS_SECRET_ACCESS_KEY"_s, token);
        cli->setVariable(u"AWS_SESSION_TOKEN"_s, m_secrets.make(u"abcdefghijk0123456789/+="_s));
        return {u"--auth"_s, u"iam"_s};
    }
    if (credentials == u"iam, files") {
        cli->setVariable(u"AWS_SHARED_CREDENTIALS_FILE"_s,
                         inFile(u"[default]\naws_access_key_id = AKIAEXAMPLE\n"
                                "aws_secret_access_key = %1"_s.arg(token)));
        return {u"--aws-profile"_s, u"default"_s};
    }
    if (credentials == u"iam, broken file") {
        cli->setVariable(u"AWS_SHARED_CREDENTIALS_FILE"_s,
                         inFile(u"[default]\naws_access_key_id = AKIAEXAMPLE\n%1"_s.arg(token)));
        return {u"--aws-profile"_s, u"default"_s};
    }
    if (credentials == u"iam, process") {
        const QString answer = inFile(
            u"{\"Version\":1,\"AccessKeyId\":\"ASIAEXAMPLE\",\"SecretAccessKey\":\"%1\"}"_s.arg(
                token));
        cli->setVariable(u"AWS_CONFIG_FILE"_s,
                         inFile(u"[default]\ncredential_process = cat %1"_s.arg(answer)));
        return {u"--aws-profile"_s, u"default"_s};
    }
    if (credentials == u"iam, process prints rubbish") {
        cli->setVariable(
            u"AWS_CONFIG_FILE"_s,
            inFile(u"[default]\ncredential_process = cat %1"_s.arg(inFile(token + u"{"_s))));
        return {u"--aws-profile"_s, u"default"_s};
    }
    if (credentials == u"user-pool, password") {
        cli->setVariable(u"SYNCSCOPE_PASSWORD"_s, token);
        cli->setVariable(u"CLIENT_SECRET"_s, m_secrets.make());
        cli->setVariable(u"AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"_s,
                         m_emulator->serviceUrl().toString());
        return {u"--user-pool-id"_s,      m_emulator->userPoolId(),
                u"--client-id"_s,         m_emulator->userPoolClientId(),
                u"--username"_s,          m_emulator->username(),
                u"--client-secret-env"_s, u"CLIENT_SECRET"_s};
    }
    if (credentials == u"where a name belongs") {
        // A user's slip; the argument is his, the program must not say it again.
        cli->setVariable(u"SYNCSCOPE_TOKEN"_s, token);
        return {u"--auth"_s, u"user-pool"_s, u"--api-key-env"_s, m_secrets.make(odd)};
    }
    qFatal("no such credentials: %s", qPrintable(credentials));
}

QStringList TestSecrets::command()
{
    return pick(QList<QStringList>{
        {u"sub"_s, u"default/a"_s, u"default/b"_s, u"--for"_s, u"100ms"_s, u"--control"_s},
        {u"pub"_s, u"default/a"_s, u"{\"a\":1}"_s},
        {u"pub"_s, u"default/a"_s, u"1"_s, u"--http"_s},
        {u"pub"_s, u"default/{{sub}}"_s, u"{\"who\":\"{{claim.email}}\"}"_s, u"--template"_s},
        {u"echo"_s, u"default/a"_s, u"-n"_s, u"1"_s},
        {u"doctor"_s, u"default/a"_s},
        {u"auth"_s, u"status"_s}});
}

QStringList TestSecrets::flags(const QString &command)
{
    QStringList flags{u"--timeout"_s, u"1"_s, u"--retries"_s, u"0"_s};
    if (m_secrets.random.bounded(4) > 0)
        flags << u"--trace"_s;
    if (m_secrets.random.bounded(2) > 0)
        flags << u"-v"_s;
    QStringList formats{u"ndjson"_s, u"json"_s, u"pretty"_s};
    if (command == u"sub" || command == u"pub")
        formats << u"raw"_s << u"template={{event}} {{sub}}"_s;
    return flags << u"-o"_s << pick(formats);
}

void TestSecrets::aim(CliProcess *cli, Server server)
{
    QString url = m_emulator->httpUrl().toString();
    if (server == Server::Refusing)
        m_emulator->setFaults(*AppSync::FaultPlan::fromJson(
            pick(QList<QByteArray>{R"({"refuseUpgradeStatus":401})", R"({"refuseConnect":true})",
                                   R"({"refuseUpgradeStatus":500})", R"({"dropAfterFrames":1})"}),
            nullptr));
    else if (server == Server::Telling)
        url = m_teller->url(u"/event"_s).toString();
    else if (server == Server::Gone)
        url = u"http://127.0.0.1:1/event"_s;
    if (server == Server::OtherSecret) // user and password of a proxy that somebody put in front
        url.replace(u"://"_s, u"://joe:%1@"_s.arg(m_secrets.make()));
    else if (server == Server::Willing)
        m_emulator->setLambdaAuthorizer([](const auto &, const auto &answer) { answer({true}); });
    cli->setVariable(u"SYNCSCOPE_ENDPOINT"_s, url);
}

void TestSecrets::isSilent(const QByteArray &text, const QByteArray &where) const
{
    const QByteArray leak = Leaks::leakIn(text, m_secrets.all);
    QVERIFY2(leak.isEmpty(), where + " has " + leak + ":\n" + text);
}

//! The search itself would notice.
void TestSecrets::findsThemInEveryForm()
{
    const QByteArray given = m_secrets.make(u"abc\"<&%/"_s).toUtf8();
    const QByteArray json =
        QJsonDocument(QJsonObject{{u"x-api-key"_s, QString::fromUtf8(given)}}).toJson();
    for (const QByteArray &leak : {given, json, given.toPercentEncoding(), given.toHex(),
                                   ("{\"Authorization\":\"" + given + "\"}").toBase64(),
                                   ("." + given + "..").toBase64(QByteArray::Base64UrlEncoding)}) {
        QVERIFY2(!Leaks::leakIn(leak, m_secrets.all).isEmpty(), leak);
    }
}

void TestSecrets::none_data()
{
    QTest::addColumn<QString>("credentials");
    QTest::addColumn<Server>("server");
    const QList<QPair<const char *, Server>> servers{{"willing", Server::Willing},
                                                     {"other secret", Server::OtherSecret},
                                                     {"refusing", Server::Refusing},
                                                     {"telling", Server::Telling},
                                                     {"gone", Server::Gone}};
    for (const char *credentials :
         {"api-key", "api-key, named", "user-pool", "oidc, JWT", "lambda, file", "lambda, input",
          "lambda, one operation", "lambda, command", "iam", "iam, temporary", "iam, files",
          "iam, broken file", "iam, process", "iam, process prints rubbish", "user-pool, password",
          "where a name belongs"}) {
        for (const auto &[name, server] : servers)
            QTest::addRow("%s; %s", credentials, name)
                << QString::fromLatin1(credentials) << server;
    }
}

void TestSecrets::none()
{
    QFETCH(QString, credentials);
    QFETCH(Server, server);
    CliProcess cli;
    cli.setVariable(u"HOME"_s, m_home->path());
    cli.setVariable(u"TMPDIR"_s, m_home->path());
    cli.setVariable(u"XDG_CONFIG_HOME"_s, m_home->filePath(u".config"_s));
    cli.setVariable(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (name.startsWith(u"AWS_"))
            cli.setVariable(name, {});
    }
    cli.setVariable(u"AWS_EC2_METADATA_DISABLED"_s, u"true"_s);
    aim(&cli, server);
    const QStringList signIn = give(&cli, credentials);
    QStringList line = credentials == u"user-pool, password"
        ? QStringList{u"auth"_s, pick(QStringList{u"login"_s, u"status"_s})}
        : command();
    line += signIn + flags(line.first());
#ifdef Q_OS_UNIX
    cli.process().setChildProcessModifier([] { ::setsid(); }); // no terminal to ask at
#endif
    cli.start(line);
    QVERIFY(cli.process().waitForStarted());
    if (credentials != u"where a name belongs") {
        QFile arguments(u"/proc/%1/cmdline"_s.arg(cli.process().processId()));
        if (arguments.open(QIODevice::ReadOnly))
            isSilent(arguments.readAll(), "the command line");
    }
    cli.write(m_input);
    cli.endInput();
    QVERIFY2(cli.waitForEnd() >= 0, cli.errors());
    const QByteArray told = line.join(u' ').toUtf8();
    isSilent(cli.output(), "standard output of " + told);
    isSilent(cli.errors(), "standard error of " + told);
    for (QDirIterator it(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        isSilent(file.readAll(), file.fileName().toLocal8Bit());
    }
}

GUILESS_TEST(TestSecrets)
#include "tst_secrets.moc"
