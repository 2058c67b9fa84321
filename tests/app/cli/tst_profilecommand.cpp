// SPDX-License-Identifier: Apache-2.0
// `profile` in sessions with and without a keyring; tests/app/core/keyring.sh calls the functions by name.
#include "emulatortest.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class TestProfileCommand : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init();
    // Without a keychain
    void addsAndLists();
    void showsAndUses();
    void prettyOutput();
    void keepsEverySetting();
    void defaultProfileServesOtherCommands();
    void addNeedsAKeychainForAValue();
    void importsWithoutAKeychain();
    void imports_data();
    void imports();
    void removes();
    void usageErrors_data();
    void usageErrors();
    void badFiles();
    void sessionSecretsAreGone();
    // With one
    void keychainThereAndBack();
    void importsIntoTheKeychain();
    void asksWithoutShowing();
    void takesTokensFromInput();
    void sharedSecretsStay();
    // With one that is closed
    void lockedKeychain();

private:
    //! Runs `profile` with \a arguments and ndjson output.
    int profile(CliProcess &cli, const QStringList &arguments, const QByteArray &input = {});
    [[nodiscard]] QString file() const { return m_folder->filePath(u"syncscope/profiles.json"_s); }
    [[nodiscard]] QByteArray content() const;
    void write(const QByteArray &text) const;
    //! What another program finds in the keyring for the secret of the last profile that was printed.
    static QString inKeyring(const QString &key);
    //! The key of the keychain under \a role, from the file.
    [[nodiscard]] QString keyOf(const QString &role) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

namespace {

const QString kEndpoint = u"http://127.0.0.1:8787/event"_s;
const QString kSecret = u"da2-fakefakefakefakefakefake77"_s;

QString fixture(const char *name)
{
    return QLatin1StringView(SYNCSCOPE_FIXTURES) + u"/import/"_s + QLatin1StringView(name);
}

} // namespace

void TestProfileCommand::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

int TestProfileCommand::profile(CliProcess &cli, const QStringList &arguments,
                                const QByteArray &input)
{
    cli.setVariable(u"XDG_CONFIG_HOME"_s, m_folder->path());
    const QStringList all = QStringList{u"profile"_s} + arguments;
    return cli.run(all, input);
}

QByteArray TestProfileCommand::content() const
{
    QFile stored(file());
    return stored.open(QIODevice::ReadOnly) ? stored.readAll() : QByteArray();
}

void TestProfileCommand::write(const QByteArray &text) const
{
    QDir().mkpath(m_folder->filePath(u"syncscope"_s));
    QFile stored(file());
    QVERIFY(stored.open(QIODevice::WriteOnly));
    QCOMPARE(stored.write(text), text.size());
}

QString TestProfileCommand::inKeyring(const QString &key)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, {u"lookup"_s, u"user"_s, key, u"server"_s, u"Syncscope"_s});
    QSignalSpy finished(&tool, &QProcess::finished);
    finished.wait(20'000);
    return QString::fromUtf8(tool.readAllStandardOutput());
}

QString TestProfileCommand::keyOf(const QString &role) const
{
    const QRegularExpression pattern(u"\"%1\": \\{\\s*\"keychain\": \"([^\"]+)\""_s.arg(role));
    return pattern.match(QString::fromUtf8(content())).captured(1);
}

void TestProfileCommand::addsAndLists()
{
    CliProcess cli;
    QCOMPARE(profile(cli, {u"list"_s}), 0);
    QCOMPARE(cli.lines(),
             QList<QByteArray>{R"({"v":1,"n":1,"t":"T","kind":"end","received":0,"exit":0})"});
    QVERIFY2(cli.errors().contains("no profiles"), cli.errors());

    QCOMPARE(
        profile(cli,
                {u"add"_s, u"dev"_s, u"--endpoint"_s, kEndpoint, u"--api-key-env"_s, u"DEV_KEY"_s}),
        0);
    QCOMPARE(
        cli.lines(),
        (QList<QByteArray>{
            R"({"v":1,"n":1,"t":"T","kind":"profile","name":"dev","default":false,"profile":{"name":"dev","endpoint":"http://HOST/event","auth":"api-key","secrets":{"apiKey":{"env":"DEV_KEY"}}},"missing":[],"notes":[]})",
            R"({"v":1,"n":2,"t":"T","kind":"end","received":0,"exit":0})"}));
    QCOMPARE(cli.errors(), QByteArray());

    QCOMPARE(profile(cli, {u"add"_s, u"b"_s, u"--endpoint"_s, kEndpoint}), 0);
    QVERIFY2(cli.output().contains("How to sign in"), cli.output());
    QCOMPARE(profile(cli, {u"list"_s, u"-o"_s, u"template={{name}} {{profile.auth}}"_s}), 0);
    QCOMPARE(cli.output(), QByteArray("dev api-key\nb \n"));

    QCOMPARE(profile(cli, {u"add"_s, u"dev"_s, u"--endpoint"_s, kEndpoint}), 2);
    QVERIFY2(cli.errors().contains("There is a profile \"dev\" already"), cli.errors());
    QVERIFY2(cli.output().contains(R"("kind":"error","where":"profile")"), cli.output());
}

void TestProfileCommand::showsAndUses()
{
    CliProcess cli;
    write(R"({"version":1,"profiles":[{"name":"a","endpoint":"x.example"},{"name":"b"}]})");
    QCOMPARE(profile(cli, {u"show"_s}), 2);
    QVERIFY2(cli.errors().contains("No profile is the default one"), cli.errors());
    QCOMPARE(profile(cli, {u"use"_s, u"c"_s}), 2);
    QVERIFY2(cli.errors().contains("Known are: a, b"), cli.errors());
    QCOMPARE(profile(cli, {u"use"_s, u"b"_s}), 0);
    QVERIFY2(cli.output().contains(R"("name":"b","default":true)"), cli.output());
    QCOMPARE(profile(cli, {u"show"_s}), 0);
    QVERIFY2(cli.output().contains(R"("name":"b","default":true)"), cli.output());
    QCOMPARE(profile(cli, {u"show"_s, u"a"_s}), 0);
    QVERIFY2(cli.output().contains(R"("name":"a","default":false)"), cli.output());
    QCOMPARE(profile(cli, {u"show"_s, u"c"_s}), 2);
    QVERIFY2(cli.errors().contains("Known are: a, b"), cli.errors());
}

void TestProfileCommand::prettyOutput()
{
    CliProcess cli;
    write(R"({"version":1,"default":"dev","profiles":[
        {"name":"dev","endpoint":"https://a.example/event","auth":"user-pool","scopes":["openid","email"],
         "secrets":{"apiKey":{"env":"DEV_KEY"},"clientSecret":{"keychain":"dev/clientSecret/1"}}},
        {"name":"other","endpoint":"https://b.example/event"}]})");
    QCOMPARE(profile(cli, {u"show"_s, u"-o"_s, u"pretty"_s}), 0);
    QCOMPARE(cli.output(), QByteArray(R"(dev (default)
  endpoint          https://a.example/event
  auth              user-pool
  scopes            openid email
  API key           in the variable DEV_KEY
  client secret     in the keychain
)"));
    QCOMPARE(profile(cli, {u"list"_s, u"-o"_s, u"pretty"_s}), 0);
    QCOMPARE(cli.output(), QByteArray(R"(* dev                  user-pool https://a.example/event
  other                -         https://b.example/event
)"));
}

void TestProfileCommand::keepsEverySetting()
{
    CliProcess cli;
    QCOMPARE(profile(cli,
                     {u"add"_s,
                      u"all"_s,
                      u"--endpoint"_s,
                      u"wss://api.example/event/realtime?header=c2VjcmV0"_s,
                      u"--realtime"_s,
                      u"wss://live.example/event/realtime"_s,
                      u"--region"_s,
                      u"eu-west-1"_s,
                      u"--auth"_s,
                      u"user-pool"_s,
                      u"--connect-auth"_s,
                      u"api-key"_s,
                      u"--subscribe-auth"_s,
                      u"oidc"_s,
                      u"--publish-auth"_s,
                      u"iam"_s,
                      u"--username"_s,
                      u"ana"_s,
                      u"--user-pool-id"_s,
                      u"eu-west-1_Pool"_s,
                      u"--client-id"_s,
                      u"client"_s,
                      u"--client-secret-env"_s,
                      u"SECRET"_s,
                      u"--issuer"_s,
                      u"https://issuer.example"_s,
                      u"--identity-pool-id"_s,
                      u"eu-west-1:1"_s,
                      u"--token-prefix"_s,
                      u"Custom "_s,
                      u"--aws-profile"_s,
                      u"work"_s,
                      u"--api-key-env"_s,
                      u"KEY"_s,
                      u"--token-file"_s,
                      u"token.txt"_s}),
             0);
    const QByteArray token = QFileInfo(u"token.txt"_s).absoluteFilePath().toUtf8();
    // Outside of the macro, in which moc cannot read it.
    const QByteArray expected = R"({
  "version": 1,
  "profiles": [
    {
      "name": "all",
      "endpoint": "https://api.example/event",
      "realtime": "wss://live.example/event/realtime",
      "region": "eu-west-1",
      "auth": "user-pool",
      "connectAuth": "api-key",
      "subscribeAuth": "oidc",
      "publishAuth": "iam",
      "userPoolId": "eu-west-1_Pool",
      "clientId": "client",
      "username": "ana",
      "issuer": "https://issuer.example",
      "identityPoolId": "eu-west-1:1",
      "tokenPrefix": "Custom ",
      "awsProfile": "work",
      "secrets": {
        "apiKey": {
          "env": "KEY"
        },
        "token": {
          "file": "TOKEN"
        },
        "clientSecret": {
          "env": "SECRET"
        }
      }
    }
  ]
}
)";
    QCOMPARE(content(), QByteArray(expected).replace("TOKEN", token));
    // What the flags imply where --auth is not there.
    const auto modeOf = [&](const QStringList &flags) {
        const QString name = u"p%1"_s.arg(QRandomGenerator::global()->generate());
        const QStringList add{u"add"_s,  name,    u"--endpoint"_s,
                              kEndpoint, u"-o"_s, u"template={{profile.auth}}"_s};
        return profile(cli, add + flags) == 0 ? cli.output().trimmed() : cli.errors();
    };
    QCOMPARE(modeOf({u"--issuer"_s, u"https://issuer.example"_s}), QByteArray("oidc"));
    QCOMPARE(modeOf({u"--token-prefix"_s, u"x"_s}), QByteArray("lambda"));
    QCOMPARE(modeOf({u"--username"_s, u"x"_s}), QByteArray("user-pool"));
    QCOMPARE(modeOf({u"--token-env"_s, u"X"_s}), QByteArray("user-pool"));
    QCOMPARE(modeOf({u"--aws-profile"_s, u"x"_s}), QByteArray("iam"));
}

void TestProfileCommand::defaultProfileServesOtherCommands()
{
    startEmulator();
    CliProcess cli;
    cli.setVariable(u"DEV_KEY"_s, m_emulator->apiKey());
    QCOMPARE(profile(cli,
                     {u"add"_s, u"dev"_s, u"--endpoint"_s, m_emulator->httpUrl().toString(),
                      u"--api-key-env"_s, u"DEV_KEY"_s}),
             0);
    const QStringList publish{u"publish"_s, u"default/a"_s, u"1"_s, u"--http"_s};
    QCOMPARE(cli.run(publish), 2); // not before it is the default one
    QVERIFY2(cli.errors().contains("There is no endpoint"), cli.errors());
    QCOMPARE(profile(cli, {u"use"_s, u"dev"_s}), 0);
    QCOMPARE(cli.run(publish), 0);
    // Its secrets are not for another endpoint.
    const QStringList withKey = publish + QStringList{u"--auth"_s, u"api-key"_s};
    QCOMPARE(cli.run(withKey + QStringList{u"--endpoint"_s, kEndpoint}), 2);
    QVERIFY2(cli.errors().contains("no API key"), cli.errors());
    cli.setVariable(u"SYNCSCOPE_ENDPOINT"_s, kEndpoint);
    QCOMPARE(cli.run(withKey), 2);
}

void TestProfileCommand::addNeedsAKeychainForAValue()
{
    CliProcess cli;
    cli.setVariable(u"DEV_KEY"_s, kSecret);
    QCOMPARE(profile(cli,
                     {u"add"_s, u"dev"_s, u"--endpoint"_s, kEndpoint, u"--api-key-env"_s,
                      u"DEV_KEY"_s, u"--keychain"_s}),
             2);
    QVERIFY2(cli.errors().contains("there is no keychain here"), cli.errors());
    QVERIFY2(cli.errors().contains("hint: Start a keyring"), cli.errors());
    QVERIFY(!(cli.output() + cli.errors()).contains(kSecret.toUtf8()));
    QCOMPARE(content(), QByteArray());
}

void TestProfileCommand::importsWithoutAKeychain()
{
    CliProcess cli;
    QCOMPARE(profile(cli, {u"import"_s, fixture("cdk-outputs.json")}), 0);
    QCOMPARE(cli.output().count(R"("kind":"profile")"), 2);
    QVERIFY2(cli.output().contains("The API key: the file has it, but it could not be saved"),
             cli.output());
    QVERIFY2(cli.errors().contains("this is: Outputs of CDK"), cli.errors());
    QVERIFY2(cli.errors().contains("warning: The API key cannot be saved"), cli.errors());
    QVERIFY(!(cli.output() + cli.errors() + content()).contains("da2-"));
    // Once more: under names that are free.
    QCOMPARE(profile(cli, {u"import"_s, fixture("cdk-outputs.json"), u"-q"_s}), 0);
    QVERIFY2(cli.output().contains(R"("name":"ChatStack 2")"), cli.output());
}

void TestProfileCommand::imports_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("exit");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &input,
                        int exit, const QByteArray &words) {
        QTest::newRow(name) << arguments << input << exit << words;
    };
    const QString url = u"https://api.example/event"_s;
    row("URL", {url}, {}, 0, R"("endpoint":"https://api.example/event")");
    row("with a name", {url, u"--name"_s, u"mine"_s}, {}, 0, R"("kind":"profile","name":"mine")");
    row("input", {u"-"_s}, "SYNCSCOPE_ENDPOINT=https://api.example/event\n", 0,
        R"("endpoint":"https://api.example/event")");
    row("one name for two", {fixture("cdk-outputs.json"), u"--name"_s, u"x"_s}, {}, 2,
        "gives 2 profiles");
    row("bad name", {url, u"--name"_s, u"a/b"_s}, {}, 2, "take for a file");
    row("no such file", {u"/none.json"_s}, {}, 9, "Cannot read /none.json");
    row("nothing in it", {u"-"_s}, "{}", 9, "nothing of AppSync");
    row("cut", {u"-"_s}, "{\n\"a\":", 9, "standard input:2:");
    row("bad URL", {u"ftp://api.example"_s}, {}, 9, "not a scheme");
}

void TestProfileCommand::imports()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, words);
    CliProcess cli;
    QTEST(profile(cli, QStringList{u"import"_s} + arguments, input), "exit");
    QVERIFY2((cli.output() + cli.errors()).contains(words), cli.output() + cli.errors());
}

void TestProfileCommand::removes()
{
    CliProcess cli;
    write(
        R"({"version":1,"default":"a","profiles":[{"name":"a","secrets":{"apiKey":{"keychain":"k"}}},
            {"name":"b"},{"name":"c"}]})");
    QCOMPARE(profile(cli, {u"remove"_s, u"a"_s, u"b"_s}), 0);
    QVERIFY2(cli.output().contains(R"("kind":"removed","name":"a","secrets":0)"), cli.output());
    QVERIFY2(cli.output().contains(R"("kind":"removed","name":"b","secrets":0)"), cli.output());
    QVERIFY2(cli.errors().contains("warning: The API key was not removed"), cli.errors());
    QVERIFY(!content().contains("default"));
    QVERIFY(content().contains("\"c\""));
    QCOMPARE(profile(cli, {u"remove"_s, u"a"_s}), 2);
    QVERIFY2(cli.errors().contains("There is no profile \"a\""), cli.errors());
}

void TestProfileCommand::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("words");
    const auto row = [](const char *name, const QStringList &arguments, const char *words) {
        QTest::newRow(name) << arguments << QByteArray(words);
    };
    const QStringList add{u"add"_s, u"x"_s, u"--endpoint"_s, kEndpoint};
    row("no action", {}, "add, list, show, use, import and remove");
    row("unknown action", {u"rename"_s, u"x"_s}, "does not know \"rename\"");
    row("add without a name", {u"add"_s, u"--endpoint"_s, kEndpoint}, "takes one name");
    row("add without endpoint", {u"add"_s, u"x"_s}, "needs the endpoint");
    row("bad endpoint", {u"add"_s, u"x"_s, u"--endpoint"_s, u"nonsense"_s}, "not a host");
    row("credentials in the endpoint",
        {u"add"_s, u"x"_s, u"--endpoint"_s, u"https://me:s3cret@api.example/event"_s},
        "user name or password");
    row("bad realtime", add + QStringList{u"--realtime"_s, u"nonsense"_s}, "realtime URL");
    row("bad name", {u"add"_s, u"x/y"_s, u"--endpoint"_s, kEndpoint}, "take for a file");
    row("the secret itself", add + QStringList{u"--api-key-env"_s, u"da2-s3cret"_s},
        "not a variable");
    row("the secret itself, for the keychain",
        add + QStringList{u"--client-secret-env"_s, u"s3cret+/"_s, u"--keychain"_s},
        "not a variable");
    row("empty variable", add + QStringList{u"--token-env"_s, u"UNSET"_s, u"--keychain"_s},
        "There is no token in the variable UNSET");
    row("a secret as a flag", add + QStringList{u"--client-secret"_s, u"s3cret"_s}, "never taken");
    row("a password", add + QStringList{u"--password"_s, u"s3cret"_s}, "never taken");
    row("list with a name", {u"list"_s, u"x"_s}, "takes nothing");
    row("use two", {u"use"_s, u"x"_s, u"y"_s}, "takes one name");
    row("remove nothing", {u"remove"_s}, "takes the names");
    row("import nothing", {u"import"_s}, "takes one file");
    row("flag of add", {u"list"_s, u"--username"_s, u"x"_s}, "goes with profile add");
    row("flag of import", add + QStringList{u"--name"_s, u"y"_s}, "goes with profile import");
    row("raw", {u"list"_s, u"-o"_s, u"raw"_s}, "-o raw");
}

void TestProfileCommand::usageErrors()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, words);
    CliProcess cli;
    QCOMPARE(profile(cli, arguments), 2);
    QVERIFY2(cli.errors().contains(words), cli.errors());
    QVERIFY(!(cli.output() + cli.errors()).contains("s3cret"));
    QCOMPARE(content(), QByteArray());
}

void TestProfileCommand::badFiles()
{
    CliProcess cli;
    const QByteArray text = "{\n\"version\": 1,\n\"profiles\": [{]}";
    write(text);
    for (const QStringList &arguments :
         {QStringList{u"list"_s}, QStringList{u"show"_s, u"a"_s}, QStringList{u"use"_s, u"a"_s},
          QStringList{u"remove"_s, u"a"_s}, QStringList{u"import"_s, u"https://a.example"_s},
          QStringList{u"add"_s, u"a"_s, u"--endpoint"_s, kEndpoint}}) {
        QCOMPARE(profile(cli, arguments), 9);
        QVERIFY2(cli.errors().contains("profiles.json:3: "), cli.errors());
    }
    QCOMPARE(content(), text);
}

void TestProfileCommand::sessionSecretsAreGone()
{
    CliProcess cli;
    write(
        R"({"version":1,"default":"a","profiles":[{"name":"a","endpoint":"http://127.0.0.1:1/event",
            "auth":"api-key","secrets":{"apiKey":{"session":"k"}}}]})");
    cli.setVariable(u"XDG_CONFIG_HOME"_s, m_folder->path());
    QCOMPARE(cli.run({u"publish"_s, u"default/a"_s, u"1"_s}), 2);
    QVERIFY2(cli.errors().contains("kept in memory, by a run of the program that has ended"),
             cli.errors());
    write(
        R"({"version":1,"default":"a","profiles":[{"name":"a","endpoint":"http://127.0.0.1:1/event",
            "auth":"api-key","secrets":{"apiKey":{"keychain":"k"}}}]})");
    QCOMPARE(cli.run({u"publish"_s, u"default/a"_s, u"1"_s}), 2);
    QVERIFY2(cli.errors().contains("There is no keychain here"), cli.errors());
}

void TestProfileCommand::keychainThereAndBack()
{
    startEmulator();
    CliProcess cli;
    cli.setVariable(u"ONCE"_s, m_emulator->apiKey());
    QCOMPARE(profile(cli,
                     {u"add"_s, u"dev"_s, u"--endpoint"_s, m_emulator->httpUrl().toString(),
                      u"--api-key-env"_s, u"ONCE"_s, u"--keychain"_s}),
             0);
    const QByteArray key = m_emulator->apiKey().toUtf8();
    QVERIFY(!(cli.output() + cli.errors() + content()).contains(key));
    const QString place = keyOf(u"apiKey"_s);
    QVERIFY2(place.startsWith(u"dev/apiKey/"), content());
    QCOMPARE(inKeyring(place).toUtf8(), key);

    CliProcess later;
    later.setVariable(u"XDG_CONFIG_HOME"_s, m_folder->path());
    const QStringList publish{u"publish"_s,   u"default/a"_s, u"1"_s,
                              u"--profile"_s, u"dev"_s,       u"--trace"_s};
    QCOMPARE(later.run(publish), 0);
    QVERIFY(!(later.output() + later.errors()).contains(key));
    QVERIFY2(later.errors().contains("send"), later.errors());

    QCOMPARE(profile(later, {u"show"_s, u"dev"_s}), 0);
    QVERIFY(!(later.output() + later.errors()).contains(key));
    QCOMPARE(profile(later, {u"remove"_s, u"dev"_s}), 0);
    QVERIFY2(later.output().contains(R"("kind":"removed","name":"dev","secrets":1)"),
             later.output());
    QCOMPARE(inKeyring(place), QString());
    // What refers to it now finds nothing, and says so.
    write(R"({"version":1,"profiles":[{"name":"dev","endpoint":"http://127.0.0.1:1/event",
            "auth":"api-key","secrets":{"apiKey":{"keychain":"gone"}}}]})");
    QCOMPARE(later.run(publish), 2);
    QVERIFY2(later.errors().contains("The keychain has no entry \"gone\""), later.errors());
}

void TestProfileCommand::importsIntoTheKeychain()
{
    CliProcess cli;
    QCOMPARE(profile(cli, {u"import"_s, fixture("amplify_outputs.json")}), 0);
    QVERIFY(!(cli.output() + cli.errors() + content()).contains("da2-"));
    QCOMPARE(inKeyring(keyOf(u"apiKey"_s)), u"da2-fakeeventfakeeventfakeeve1"_s);
    QCOMPARE(inKeyring(keyOf(u"graphqlApiKey"_s)), u"da2-fakedatafakedatafakedata01"_s);
    QVERIFY2(!cli.output().contains("could not be saved"), cli.output());
}

void TestProfileCommand::asksWithoutShowing()
{
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
    QVERIFY(master >= 0 && ::grantpt(master) == 0 && ::unlockpt(master) == 0);
    char name[256]{};
    QCOMPARE(::ptsname_r(master, name, sizeof name), 0);
    const QString terminal = QString::fromLocal8Bit(name);
    const int held = ::open(terminal.toLocal8Bit().constData(), O_RDWR | O_NOCTTY);
    QVERIFY(held >= 0);

    CliProcess cli;
    cli.setVariable(u"XDG_CONFIG_HOME"_s, m_folder->path());
    cli.process().setStandardInputFile(terminal);
    cli.start(
        {u"profile"_s, u"add"_s, u"dev"_s, u"--endpoint"_s, kEndpoint, u"--auth"_s, u"api-key"_s});
    QVERIFY(cli.waitForError("API key (not shown; empty for none): "));
    const QByteArray typed = kSecret.toUtf8() + '\n';
    QCOMPARE(::write(master, typed.constData(), size_t(typed.size())), typed.size());
    QCOMPARE(cli.waitForEnd(), 0);
    QVERIFY(!(cli.output() + cli.errors() + content()).contains(kSecret.toUtf8()));
    QCOMPARE(inKeyring(keyOf(u"apiKey"_s)), kSecret);

    // The terminal showed nothing, and shows again what is typed now.
    QCOMPARE(::write(master, "seen", 4), 4);
    QByteArray shown(1000, '\0');
    shown.truncate(qMax<qsizetype>(0, ::read(master, shown.data(), size_t(shown.size()))));
    QCOMPARE(shown, QByteArray("seen"));
    ::close(held);
    ::close(master);
}

void TestProfileCommand::takesTokensFromInput()
{
    CliProcess cli;
    QCOMPARE(profile(cli,
                     {u"add"_s, u"dev"_s, u"--endpoint"_s, kEndpoint, u"--auth"_s, u"lambda"_s,
                      u"--token-file"_s, u"-"_s},
                     " a-token-of-ours \n"),
             0);
    QCOMPARE(inKeyring(keyOf(u"token"_s)), u"a-token-of-ours"_s);
    QVERIFY(!(cli.output() + cli.errors() + content()).contains("a-token-of-ours"));
}

void TestProfileCommand::sharedSecretsStay()
{
    CliProcess cli;
    cli.setVariable(u"ONCE"_s, kSecret);
    QCOMPARE(profile(cli,
                     {u"add"_s, u"a"_s, u"--endpoint"_s, kEndpoint, u"--api-key-env"_s, u"ONCE"_s,
                      u"--keychain"_s}),
             0);
    const QString place = keyOf(u"apiKey"_s);
    QByteArray twice = content();
    const qsizetype begin = twice.indexOf('{', twice.indexOf("profiles"));
    const QByteArray element = twice.mid(begin, twice.lastIndexOf(']') - begin).trimmed();
    twice.insert(begin, QByteArray(element).replace(R"("name": "a")", R"("name": "b")") + ',');
    write(twice);
    QCOMPARE(profile(cli, {u"remove"_s, u"a"_s}), 0);
    QVERIFY2(cli.output().contains(R"("secrets":0)"), cli.output());
    QCOMPARE(inKeyring(place), kSecret);
    QCOMPARE(profile(cli, {u"remove"_s, u"b"_s}), 0);
    QCOMPARE(inKeyring(place), QString());
}

void TestProfileCommand::lockedKeychain()
{
    CliProcess cli;
    cli.setVariable(u"ONCE"_s, kSecret);
    QCOMPARE(profile(cli,
                     {u"add"_s, u"dev"_s, u"--endpoint"_s, kEndpoint, u"--api-key-env"_s, u"ONCE"_s,
                      u"--keychain"_s}),
             4);
    QVERIFY2(cli.errors().contains("The keychain is locked"), cli.errors());
    QVERIFY2(cli.errors().contains("hint: Unlock it"), cli.errors());
    QCOMPARE(content(), QByteArray());

    write(R"({"version":1,"profiles":[{"name":"dev","endpoint":"http://127.0.0.1:1/event",
            "auth":"api-key","secrets":{"apiKey":{"keychain":"kept"}}}]})");
    QCOMPARE(cli.run({u"publish"_s, u"default/a"_s, u"1"_s, u"--profile"_s, u"dev"_s}), 4);
    QVERIFY2(cli.errors().contains("The keychain is locked"), cli.errors());
    QCOMPARE(profile(cli, {u"remove"_s, u"dev"_s}), 4);
    QVERIFY(content().contains("kept"));
}

QTEST_GUILESS_MAIN(TestProfileCommand)
#include "tst_profilecommand.moc"
