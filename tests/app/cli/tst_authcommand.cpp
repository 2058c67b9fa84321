// SPDX-License-Identifier: Apache-2.0
#include "../../lib/auth/cognito/cognitopool.h"
#include "app/core/profilestore.h"
#include "emulatortest.h"

#include <QDirIterator>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#    include <fcntl.h>
#    include <sys/ioctl.h>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace Syncscope;
using namespace std::chrono_literals;

//! Each run has a home of its own, and no terminal unless a test gives it one. In the end no secret may stand
//! in what it wrote.
class TestAuthCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void statusOfAKey();
    void statusForPeople();
    void statusOfAnExpiredToken();
    void awsCredentials();
    void awsCredentialsWithoutBeingAsked();
    void noCredentialsAtAll();
    void wrongAwsCredentials();
    void loginWithoutATerminal();
    void loginWithAPassword();
    void wrongPassword();
    void unreachable();
    void loginAtATerminal();
    void interruptedAtATerminal();
    void lambdaCommand();
    void flagsBeatTheProfile();
    void keychain();

private:
    void prepare(CliProcess *cli);
    int run(CliProcess *cli, const QStringList &arguments);
    void add(const Profile &profile);
    [[nodiscard]] Profile poolProfile() const;
    [[nodiscard]] static Profile saved(); //!< that profile, as the file has it now
    void isSilentAbout(const QByteArray &text, const QByteArray &where) const;

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<CognitoPool> m_pool;
    QList<QByteArray> m_secrets;
    bool m_hasKeyring = false;
};

namespace {

#ifdef Q_OS_UNIX

//! A terminal whose other end is in this process.
class PseudoTerminal {
public:
    PseudoTerminal() : m_fd(::posix_openpt(O_RDWR | O_NOCTTY))
    {
        if (m_fd < 0 || ::grantpt(m_fd) != 0 || ::unlockpt(m_fd) != 0)
            return;
        char name[256]{};
        if (::ptsname_r(m_fd, name, sizeof name) != 0)
            return;
        m_name = name;
        // Without anybody at the other end it would count as hung up until the program opens it.
        m_held = ::open(m_name.constData(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        ::fcntl(m_fd, F_SETFL, O_NONBLOCK);
        ::fcntl(m_fd, F_SETFD, FD_CLOEXEC);
        m_notifier = std::make_unique<QSocketNotifier>(m_fd, QSocketNotifier::Read);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
            char chunk[1024];
            const ssize_t size = ::read(m_fd, chunk, sizeof chunk);
            if (size <= 0)
                m_notifier->setEnabled(false);
            else
                m_shown.append(chunk, size);
        });
    }
    ~PseudoTerminal()
    {
        m_notifier.reset();
        ::close(m_held);
        ::close(m_fd);
    }

    //! In the child, before it becomes the program: this is its terminal.
    void adopt() const
    {
        ::setsid();
        const int fd = ::open(m_name.constData(), O_RDWR);
        ::ioctl(fd, TIOCSCTTY, 0);
        ::close(fd);
    }
    void type(const QByteArray &text) const
    {
        QCOMPARE(::write(m_fd, text.constData(), size_t(text.size())), ssize_t(text.size()));
    }
    [[nodiscard]] QByteArray shown() const { return m_shown; }
    bool waitFor(const QByteArray &text)
    {
        return QTest::qWaitFor([&] { return m_shown.contains(text); }, 30'000);
    }

private:
    const int m_fd;
    int m_held = -1;
    QByteArray m_name;
    QByteArray m_shown;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

#endif

QByteArray lineOf(const CliProcess &cli, const QByteArray &kind)
{
    for (const QByteArray &line : cli.output().split('\n')) {
        if (line.contains("\"kind\":\"" + kind + '"'))
            return line;
    }
    return {};
}

} // namespace

void TestAuthCommand::initTestCase()
{
    // Only that of keyring.sh, never that of whoever runs the test.
    m_hasKeyring = !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        && qEnvironmentVariable("HOME").startsWith(QDir::tempPath());
}

void TestAuthCommand::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_pool = std::make_unique<CognitoPool>();
    m_pool->lifetime = std::chrono::hours(1);
    qputenv("XDG_CONFIG_HOME", m_home->filePath(u".config"_s).toLocal8Bit());
    m_secrets.clear();
    startEmulator();
}

void TestAuthCommand::cleanup()
{
    for (QDirIterator it(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         it.hasNext();) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            isSilentAbout(file.readAll(), file.fileName().toLocal8Bit());
    }
}

void TestAuthCommand::isSilentAbout(const QByteArray &text, const QByteArray &where) const
{
    QList<QByteArray> secrets = m_secrets;
    secrets << m_emulator->apiKey().toUtf8() << m_emulator->secretAccessKey().toUtf8()
            << m_pool->password.toUtf8();
    if (!m_pool->refreshToken.isEmpty())
        secrets << m_pool->refreshToken.toUtf8();
    for (const QByteArray &secret : std::as_const(secrets))
        QVERIFY2(!text.contains(secret), where + " has a secret: " + text);
}

void TestAuthCommand::prepare(CliProcess *cli)
{
    cli->setVariable(u"HOME"_s, m_home->path());
    cli->setVariable(u"XDG_CONFIG_HOME"_s, m_home->filePath(u".config"_s));
    for (const QString &name : QProcessEnvironment::systemEnvironment().keys()) {
        if (name.startsWith(u"AWS_"))
            cli->setVariable(name, {});
    }
    cli->setVariable(u"AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"_s, m_pool->url().toString());
    if (!m_hasKeyring)
        cli->setVariable(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nowhere"_s);
#ifdef Q_OS_UNIX
    cli->process().setChildProcessModifier([] { ::setsid(); });
#endif
}

int TestAuthCommand::run(CliProcess *cli, const QStringList &arguments)
{
    cli->start(arguments);
    if (cli->process().waitForStarted()) {
        QFile file(u"/proc/%1/cmdline"_s.arg(cli->process().processId()));
        if (file.open(QIODevice::ReadOnly))
            isSilentAbout(file.readAll(), "the command line");
    }
    const int code = cli->waitForEnd();
    if (!arguments.contains(u"token"_s))
        isSilentAbout(cli->output(), "standard output");
    isSilentAbout(cli->errors(), "standard error");
    return code;
}

void TestAuthCommand::add(const Profile &profile)
{
    const Problem problem = ProfileStore::add(ProfileStore::defaultPath(), profile);
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
}

Profile TestAuthCommand::poolProfile() const
{
    Profile profile;
    profile.name = u"dev"_s;
    profile.endpoint = m_emulator->httpUrl().toString();
    profile.auth = AuthMode::UserPool;
    profile.userPoolId = m_pool->poolId;
    profile.clientId = m_pool->clientId;
    profile.username = m_pool->login;
    return profile;
}

Profile TestAuthCommand::saved()
{
    Problem problem;
    return ProfileStore::find(u"dev"_s, &problem).value_or(Profile());
}

void TestAuthCommand::statusOfAKey()
{
    CliProcess cli;
    prepare(&cli);
    cli.useEmulator(*m_emulator);
    QCOMPARE(run(&cli, {u"auth"_s, u"status"_s}), 0);
    const QList<QByteArray> lines = cli.lines();
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines.at(0),
             R"({"v":1,"n":1,"t":"T","kind":"auth","mode":"api-key","operations":["connect",)"
             R"("subscribe","publish"],"what":"API key","source":"SYNCSCOPE_API_KEY",)"
             R"("signedIn":true,"kept":null,"expiresAt":null,"claims":null,"warnings":[],)"
             R"("message":null,"hint":null})"_ba);
    QVERIFY2(lines.at(1).contains(R"("kind":"keychain","available":)"), lines.at(1));
    QVERIFY2(lines.at(2).contains(R"("kind":"end")"), lines.at(2));
}

void TestAuthCommand::statusForPeople()
{
    CliProcess cli;
    prepare(&cli);
    const QString token = m_emulator->token();
    m_secrets << token.section(u'.', 2).toUtf8();
    cli.setVariable(u"SYNCSCOPE_TOKEN"_s, token);
    QCOMPARE(run(&cli, {u"auth"_s, u"status"_s, u"-o"_s, u"pretty"_s}), 0);
    for (const char *words : {"user-pool", "SYNCSCOPE_TOKEN", "expires", "sub: ", "keychain"})
        QVERIFY2(cli.output().contains(words), cli.output());
}

void TestAuthCommand::statusOfAnExpiredToken()
{
    CliProcess cli;
    prepare(&cli);
    cli.setVariable(u"SYNCSCOPE_TOKEN"_s, m_emulator->tokenFor(u"anna"_s, -60s));
    QCOMPARE(run(&cli, {u"auth"_s, u"status"_s}), 0);
    const QByteArray line = lineOf(cli, "auth");
    QVERIFY2(line.contains("It has expired."), line);
    QVERIFY2(line.contains(R"("sub":"anna")"), line);
}

void TestAuthCommand::awsCredentials()
{
    CliProcess cli;
    prepare(&cli);
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, m_emulator->httpUrl().toString());
    cli.setVariable(u"AWS_ACCESS_KEY_ID"_s, m_emulator->accessKeyId());
    cli.setVariable(u"AWS_SECRET_ACCESS_KEY"_s, m_emulator->secretAccessKey());
    cli.setVariable(u"AWS_REGION"_s, m_emulator->region());
    QCOMPARE(run(&cli, {u"auth"_s, u"status"_s, u"--auth"_s, u"iam"_s}), 0);
    QVERIFY2(lineOf(cli, "auth").contains(R"("mode":"iam")"), cli.output());
    QVERIFY2(cli.output().contains(R"("outcome":"used")"), cli.output());
    QVERIFY2(cli.output().contains(R"("outcome":"not-asked")"), cli.output());
    QCOMPARE(run(&cli, {u"pub"_s, u"default/a"_s, u"1"_s, u"--auth"_s, u"iam"_s}), 0);
    QCOMPARE(run(&cli, {u"doctor"_s, u"default/a"_s, u"--auth"_s, u"iam"_s}), 0);
}

void TestAuthCommand::awsCredentialsWithoutBeingAsked()
{
    QVERIFY(QDir(m_home->path()).mkdir(u".aws"_s));
    QFile file(m_home->filePath(u".aws/credentials"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    // The test's own input: it is taken away before the end.
    file.write("[work]\naws_access_key_id = " + m_emulator->accessKeyId().toUtf8()
               + "\naws_secret_access_key = " + m_emulator->secretAccessKey().toUtf8() + '\n');
    file.close();
    CliProcess cli;
    prepare(&cli);
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, m_emulator->httpUrl().toString());
    cli.setVariable(u"AWS_PROFILE"_s, u"work"_s);
    cli.setVariable(u"AWS_REGION"_s, m_emulator->region());
    const int code = run(&cli, {u"pub"_s, u"default/a"_s, u"1"_s});
    QCOMPARE(code, 0);
    QVERIFY2(cli.errors().contains("since no others were given"), cli.errors());
    QVERIFY2(cli.errors().contains("AWS credentials: profile work"), cli.errors());
    cli.setVariable(u"AWS_PROFILE"_s, {});
    QCOMPARE(run(&cli, {u"pub"_s, u"default/a"_s, u"1"_s, u"--aws-profile"_s, u"work"_s}), 0);
    QCOMPARE(run(&cli, {u"pub"_s, u"default/a"_s, u"1"_s, u"--aws-profile"_s, u"play"_s}), 4);
    QVERIFY2(cli.errors().contains("play"), cli.errors());
    QVERIFY(file.remove());
}

void TestAuthCommand::noCredentialsAtAll()
{
    CliProcess cli;
    prepare(&cli);
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, m_emulator->httpUrl().toString());
    QCOMPARE(run(&cli, {u"pub"_s, u"default/a"_s, u"1"_s}), 4);
    QVERIFY2(cli.errors().contains("SYNCSCOPE_API_KEY"), cli.errors());
    QVERIFY2(cli.errors().contains("AWS"), cli.errors());
    QCOMPARE(run(&cli, {u"auth"_s, u"status"_s}), 4);
    QVERIFY2(cli.output().contains(R"("outcome":"absent")"), cli.output());
}

void TestAuthCommand::wrongAwsCredentials()
{
    CliProcess cli;
    prepare(&cli);
    m_secrets << "not-the-secret-of-anybody";
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, m_emulator->httpUrl().toString());
    cli.setVariable(u"AWS_ACCESS_KEY_ID"_s, m_emulator->accessKeyId());
    cli.setVariable(u"AWS_SECRET_ACCESS_KEY"_s, u"not-the-secret-of-anybody"_s);
    cli.setVariable(u"AWS_REGION"_s, m_emulator->region());
    QCOMPARE(run(&cli, {u"pub"_s, u"default/a"_s, u"1"_s, u"--http"_s, u"--auth"_s, u"iam"_s}), 4);
}

void TestAuthCommand::loginWithoutATerminal()
{
    add(poolProfile());
    CliProcess cli;
    prepare(&cli);
    QCOMPARE(run(&cli, {u"auth"_s, u"login"_s, u"--profile"_s, u"dev"_s}), 4);
    QVERIFY2(cli.errors().contains("no terminal"), cli.errors());
    QVERIFY2(cli.errors().contains("SYNCSCOPE_PASSWORD"), cli.errors());
    QVERIFY2(lineOf(cli, "end").contains("\"exit\":4"), cli.output());
    QCOMPARE(run(&cli, {u"sub"_s, u"default/a"_s, u"--profile"_s, u"dev"_s}), 4);
    QVERIFY2(cli.errors().contains("no terminal"), cli.errors());
}

void TestAuthCommand::loginWithAPassword()
{
    if (m_hasKeyring)
        QSKIP("Without a keychain.");
    add(poolProfile());
    CliProcess cli;
    prepare(&cli);
    cli.setVariable(u"SYNCSCOPE_PASSWORD"_s, m_pool->password);
    QCOMPARE(run(&cli, {u"auth"_s, u"login"_s, u"--profile"_s, u"dev"_s}), 0);
    const QByteArray line = lineOf(cli, "auth");
    QVERIFY2(line.contains(R"("signedIn":true,"kept":false)"), line);
    QVERIFY2(line.contains("\"sub\":\"" + m_pool->userId.toUtf8()), line);
    QVERIFY2(cli.errors().contains("for this run only"), cli.errors());
    QCOMPARE(m_pool->count(u"InitiateAuth"_s), 1);
    QVERIFY(!saved().refreshToken.isSet());
    // Scripts get the token, and nothing else.
    QCOMPARE(run(&cli, {u"auth"_s, u"token"_s, u"--profile"_s, u"dev"_s}), 0);
    QVERIFY2(cli.output().startsWith("eyJ"), cli.output());
    QCOMPARE(cli.output().count('\n'), 1);
    QCOMPARE(cli.output().count('.'), 2);
    QVERIFY2(!cli.errors().contains(cli.output().trimmed()), cli.errors());
}

void TestAuthCommand::wrongPassword()
{
    add(poolProfile());
    CliProcess cli;
    prepare(&cli);
    m_secrets << "not-the-password";
    cli.setVariable(u"SYNCSCOPE_PASSWORD"_s, u"not-the-password"_s);
    QCOMPARE(run(&cli, {u"auth"_s, u"login"_s, u"--profile"_s, u"dev"_s}), 4);
    QVERIFY2(cli.errors().contains("assword"), cli.errors());
    QCOMPARE(m_pool->count(u"RespondToAuthChallenge"_s), 1);
}

void TestAuthCommand::unreachable()
{
    add(poolProfile());
    CliProcess cli;
    prepare(&cli);
    cli.setVariable(u"SYNCSCOPE_PASSWORD"_s, m_pool->password);
    cli.setVariable(u"AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"_s, u"http://127.0.0.1:1"_s);
    QCOMPARE(run(&cli, {u"auth"_s, u"login"_s, u"--profile"_s, u"dev"_s}), 3);
}

void TestAuthCommand::loginAtATerminal()
{
#ifdef Q_OS_UNIX
    add(poolProfile());
    PseudoTerminal terminal;
    CliProcess cli;
    prepare(&cli);
    cli.process().setChildProcessModifier([&] { terminal.adopt(); });
    cli.start({u"auth"_s, u"login"_s, u"--profile"_s, u"dev"_s});
    QVERIFY(terminal.waitFor(": "));
    terminal.type(m_pool->password.toUtf8() + '\n');
    QCOMPARE(cli.waitForEnd(), 0);
    isSilentAbout(terminal.shown(), "the terminal");
    isSilentAbout(cli.output(), "standard output");
    isSilentAbout(cli.errors(), "standard error");
    QVERIFY2(lineOf(cli, "auth").contains(R"("signedIn":true)"), cli.output());
#else
    QSKIP("Pseudo-terminals are of Unix.");
#endif
}

void TestAuthCommand::interruptedAtATerminal()
{
#ifdef Q_OS_UNIX
    add(poolProfile());
    PseudoTerminal terminal;
    CliProcess cli;
    prepare(&cli);
    cli.process().setChildProcessModifier([&] { terminal.adopt(); });
    cli.start({u"auth"_s, u"login"_s, u"--profile"_s, u"dev"_s});
    QVERIFY(terminal.waitFor(": "));
    terminal.type("half a pass\x03"); // Ctrl-C
    QCOMPARE(cli.waitForEnd(), 130);
#else
    QSKIP("Pseudo-terminals are of Unix.");
#endif
}

void TestAuthCommand::lambdaCommand()
{
#ifdef Q_OS_UNIX
    m_emulator->setLambdaAuthorizer([](const auto &request, const auto &answer) {
        answer({request.authorizationToken == u"custom token-of-the-script"});
    });
    m_secrets << "token-of-the-script";
    QFile script(m_home->filePath(u"script"_s));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\necho token-of-the-script\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    Profile profile;
    profile.name = u"lambda"_s;
    profile.endpoint = m_emulator->httpUrl().toString();
    profile.auth = AuthMode::Lambda;
    profile.tokenCommand = QStringList{script.fileName()};
    profile.tokenPrefix = u"custom "_s;
    add(profile);
    CliProcess cli;
    prepare(&cli);
    QCOMPARE(run(&cli, {u"pub"_s, u"default/a"_s, u"1"_s, u"--profile"_s, u"lambda"_s}), 0);
    QCOMPARE(run(&cli, {u"auth"_s, u"token"_s, u"--profile"_s, u"lambda"_s}), 0);
    QCOMPARE(cli.output(), "token-of-the-script\n");
    QCOMPARE(run(&cli, {u"auth"_s, u"status"_s, u"--profile"_s, u"lambda"_s}), 0);
    QVERIFY2(lineOf(cli, "auth").contains("token of the command script"), cli.output());
    QVERIFY(script.remove());
#else
    QSKIP("The command is one of Unix.");
#endif
}

void TestAuthCommand::flagsBeatTheProfile()
{
    Profile profile = poolProfile();
    profile.username = u"somebody-else"_s;
    add(profile);
    CliProcess cli;
    prepare(&cli);
    cli.setVariable(u"SYNCSCOPE_PASSWORD"_s, m_pool->password);
    QCOMPARE(run(&cli,
                 {u"auth"_s, u"login"_s, u"--profile"_s, u"dev"_s, u"--username"_s, m_pool->login}),
             0);
    // A session of another user would be of no use to the profile.
    QVERIFY2(cli.errors().contains("for this run only"), cli.errors());
    QVERIFY(!saved().refreshToken.isSet());
}

void TestAuthCommand::keychain()
{
    if (!m_hasKeyring)
        QSKIP("With a keychain.");
    add(poolProfile());
    QVERIFY(!ProfileStore::setDefault(ProfileStore::defaultPath(), u"dev"_s).isProblem());
    CliProcess login;
    prepare(&login);
    login.setVariable(u"SYNCSCOPE_PASSWORD"_s, m_pool->password);
    QCOMPARE(run(&login, {u"auth"_s, u"login"_s}), 0);
    QVERIFY2(lineOf(login, "auth").contains(R"("signedIn":true,"kept":true)"), login.output());
    QCOMPARE(saved().refreshToken.place, SecretReference::Place::Keychain);

    CliProcess later; // without the password
    prepare(&later);
    QCOMPARE(run(&later, {u"auth"_s, u"status"_s}), 0);
    QVERIFY2(lineOf(later, "auth").contains(R"("signedIn":true,"kept":true)"), later.output());
    QVERIFY2(lineOf(later, "keychain").contains(R"("available":true)"), later.output());
    QCOMPARE(run(&later, {u"auth"_s, u"token"_s}), 0);
    QVERIFY2(later.output().startsWith("eyJ"), later.output());
    QCOMPARE(m_pool->count(u"InitiateAuth"_s), 1);

    QCOMPARE(run(&later, {u"auth"_s, u"logout"_s}), 0);
    QCOMPARE(m_pool->count(u"RevokeToken"_s), 1);
    QVERIFY(!saved().refreshToken.isSet());
    QCOMPARE(run(&later, {u"auth"_s, u"status"_s}), 4);
    QVERIFY2(lineOf(later, "auth").contains(R"("signedIn":false)"), later.output());
}

QTEST_GUILESS_MAIN(TestAuthCommand)
#include "tst_authcommand.moc"
