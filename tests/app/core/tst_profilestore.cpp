// SPDX-License-Identifier: Apache-2.0
#include "app/core/profilestore.h"
#include "tests/shared/testrunner.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <functional>
#include <vector>

#ifdef Q_OS_UNIX
#    include <sys/stat.h>
#endif

using namespace Qt::StringLiterals;
using namespace Syncscope;

Q_DECLARE_METATYPE(std::function<Problem(const QString &)>)

class TestProfileStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void reads();
    void missingFileHoldsNothing();
    void findsByName();
    void findsByFile();
    void refuses_data();
    void refuses();
    void writesAndReads();
    void writesOnlyWhatIsSet();
    void isForTheOwnerOnly();
    void keepsWhatItDoesNotKnow();
    void makesAListOfOneProfile();
    void renames();
    void removes();
    void choosesADefault();
    void freeNames();
    void sharedSecrets();
    void refusesChanges_data();
    void refusesChanges();
    void neverReplacesAnUnreadableFile_data();
    void neverReplacesAnUnreadableFile();
    void waitsForOtherWriters();
    void losesNoneOfManyWriters();
    void saysWhyItCannotSave();
    void refusesPipesAndHugeFiles();

private:
    QString write(const QByteArray &text) const;
    QString path() const { return m_folder->filePath(u"profiles.json"_s); }
    QByteArray content() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProfileStore::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestProfileStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QFile::remove(ProfileStore::defaultPath());
}

QString TestProfileStore::write(const QByteArray &text) const
{
    QFile file(m_folder->filePath(u"profiles.json"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return {};
    return file.fileName();
}

QByteArray TestProfileStore::content() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestProfileStore::reads()
{
    const QString path = write(R"({"version": 1, "profiles": [
        {"name": "dev", "endpoint": "http://127.0.0.1:8787/event", "auth": "api-key",
         "secrets": {"apiKey": {"env": "DEV_KEY"}}},
        {"name": "prod", "endpoint": "api.example.com", "realtime": "wss://rt.example.com/event/realtime",
         "region": "eu-west-1", "auth": "lambda", "connectAuth": "api-key", "subscribeAuth": "oidc",
         "publishAuth": "none",
         "secrets": {"token": {"file": "/run/token"}, "publishToken": {"env": "P"}}}]})");
    Problem problem;
    const auto store = ProfileStore::load(path, &problem);
    QVERIFY2(store, qPrintable(problem.message));
    QCOMPARE(store->names(), (QStringList{u"dev"_s, u"prod"_s}));
    const Profile dev = *store->profile(u"dev"_s);
    QCOMPARE(dev.endpoint, u"http://127.0.0.1:8787/event"_s);
    QCOMPARE(dev.auth, AuthMode::ApiKey);
    QVERIFY(!dev.connectAuth);
    QCOMPARE(dev.apiKey, (SecretReference{SecretReference::Place::Environment, u"DEV_KEY"_s}));
    QVERIFY(!dev.token.isSet());
    const Profile prod = *store->profile(u"prod"_s);
    QCOMPARE(prod.realtime, u"wss://rt.example.com/event/realtime"_s);
    QCOMPARE(prod.region, u"eu-west-1"_s);
    QCOMPARE(prod.auth, AuthMode::Lambda);
    QCOMPARE(prod.connectAuth, AuthMode::ApiKey);
    QCOMPARE(prod.subscribeAuth, AuthMode::Oidc);
    QCOMPARE(prod.publishAuth, AuthMode::None);
    QCOMPARE(prod.token, (SecretReference{SecretReference::Place::File, u"/run/token"_s}));
    QCOMPARE(prod.publishToken, (SecretReference{SecretReference::Place::Environment, u"P"_s}));
    QVERIFY(!store->profile(u"other"_s));
}

void TestProfileStore::missingFileHoldsNothing()
{
    Problem problem;
    const auto store = ProfileStore::load(m_folder->filePath(u"none.json"_s), &problem);
    QVERIFY(store);
    QVERIFY(store->profiles().isEmpty());
}

void TestProfileStore::findsByName()
{
    Problem problem;
    QVERIFY(!ProfileStore::find(u"dev"_s, &problem));
    QCOMPARE(problem.kind, Problem::Kind::Usage);

    const QString path = ProfileStore::defaultPath();
    QVERIFY(path.endsWith(u"syncscope/profiles.json"));
    QDir().mkpath(QFileInfo(path).path());
    QVERIFY(QFile::copy(write("{\"version\":1,\"profiles\":[{\"name\":\"dev\",\"endpoint\":\"a."
                              "example\"},{\"name\":\"b\"}]}"),
                        path));
    const auto dev = ProfileStore::find(u"dev"_s, &problem);
    QVERIFY(dev);
    QCOMPARE(dev->endpoint, u"a.example"_s);
    QVERIFY(!ProfileStore::find(u"c"_s, &problem));
    QVERIFY2(problem.nextStep.contains(u"dev, b"), qPrintable(problem.nextStep));
}

void TestProfileStore::findsByFile()
{
    Problem problem;
    const auto bare =
        ProfileStore::find(write(R"({"version":1,"endpoint":"a.example"})"), &problem);
    QVERIFY2(bare, qPrintable(problem.message));
    QCOMPARE(bare->endpoint, u"a.example"_s);
    QVERIFY(ProfileStore::find(write("{\"version\":1,\"profiles\":[{\"name\":\"x\"}]}"), &problem));
    QVERIFY(!ProfileStore::find(write("{\"version\":1,\"profiles\":[{},{}]}"), &problem));
    QCOMPARE(problem.kind, Problem::Kind::File);
    QVERIFY(!ProfileStore::find(m_folder->filePath(u"none.json"_s), &problem));
    QCOMPARE(problem.kind, Problem::Kind::File);
}

void TestProfileStore::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where"); // line and words of the message
    QTest::newRow("not JSON") << QByteArray("{\n\"version\": 1,\n}") << u":3: "_s;
    QTest::newRow("not an object") << QByteArray("[]") << u":1: a JSON object"_s;
    QTest::newRow("no version") << QByteArray("{}") << u"\"version\": 1"_s;
    QTest::newRow("later version") << QByteArray("{\n\"version\": 2}") << u":2: \"version\": 1"_s;
    QTest::newRow("no array") << QByteArray("{\"version\":1,\n\n\"profiles\":{}}")
                              << u":3: \"profiles\""_s;
    QTest::newRow("no text") << QByteArray("{\"version\":1,\"profiles\":[{},\n{\"region\":\n1}]}")
                             << u":2: \"region\""_s;
    QTest::newRow("unknown mode") << QByteArray("{\"version\":1,\n\"auth\":\"key\"}")
                                  << u":2: \"auth\""_s;
    QTest::newRow("the secret itself")
        << QByteArray("{\"version\":1,\n\"secrets\":{\n\"apiKey\":\"da2-verysecret\"}}")
        << u":3: \"apiKey\" must say where"_s;
    QTest::newRow("secrets that are none")
        << QByteArray("{\"version\":1,\n\"secrets\":\"da2-verysecret\"}")
        << u":2: \"secrets\" must be an object"_s;
    QTest::newRow("unknown sign-in") << QByteArray("{\"version\":1,\n\"signIn\":\"magic\"}")
                                     << u":2: \"signIn\" must be one of srp, password, browser"_s;
    QTest::newRow("unknown token") << QByteArray("{\"version\":1,\n\"tokenUse\":\"both\"}")
                                   << u":2: \"tokenUse\" must be one of id, access"_s;
    QTest::newRow("no list") << QByteArray("{\"version\":1,\n\"scopes\":\"openid\"}")
                             << u":2: \"scopes\" must be an array of strings"_s;
    QTest::newRow("no list of texts") << QByteArray("{\"version\":1,\n\"tokenCommand\":[\"a\",1]}")
                                      << u":2: \"tokenCommand\" must be an array of strings"_s;
    QTest::newRow("no time") << QByteArray("{\"version\":1,\n\"apiKeyExpires\":\"soon\"}")
                             << u":2: \"apiKeyExpires\" must be a time"_s;
    QTest::newRow("no default") << QByteArray("{\"version\":1,\"profiles\":[],\n\"default\":1}")
                                << u":2: \"default\""_s;
    QTest::newRow("behind a byte order mark")
        << QByteArray("\xef\xbb\xbf{\"version\":1,\n\"region\":1}") << u":2: \"region\""_s;
    QTest::newRow("two places") << QByteArray(
        R"({"version":1,"secrets":{"token":{"env":"A","file":"b"}}})")
                                << u"\"token\" must say where"_s;
}

void TestProfileStore::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    Problem problem;
    QVERIFY(!ProfileStore::load(write(text), &problem));
    QCOMPARE(problem.kind, Problem::Kind::File);
    QVERIFY2(problem.message.contains(u"profiles.json"), qPrintable(problem.message));
    QVERIFY2(problem.message.contains(where), qPrintable(problem.message));
    QVERIFY(!problem.message.contains(u"verysecret"));
}

//! A profile that has everything, each value another one.
static Profile fullProfile()
{
    using Place = SecretReference::Place;
    Profile p;
    p.name = u"prod \"ü\" 😀"_s;
    p.endpoint = u"https://a.appsync-api.eu-west-1.amazonaws.com/event"_s;
    p.realtime = u"wss://a.appsync-realtime-api.eu-west-1.amazonaws.com/event/realtime"_s;
    p.host = u"a.appsync-api.eu-west-1.amazonaws.com"_s;
    p.region = u"eu-west-1"_s;
    p.graphqlEndpoint = u"https://b.appsync-api.eu-west-1.amazonaws.com/graphql"_s;
    p.graphqlRealtime = u"wss://b.appsync-realtime-api.eu-west-1.amazonaws.com/graphql"_s;
    p.auth = AuthMode::UserPool;
    p.connectAuth = AuthMode::ApiKey;
    p.subscribeAuth = AuthMode::Oidc;
    p.publishAuth = AuthMode::Iam;
    p.graphqlAuth = AuthMode::Lambda;
    p.apiKeyExpiresAt = QDateTime::fromString(u"2027-01-31T12:30:00Z"_s, Qt::ISODate);
    p.userPoolId = u"eu-west-1_AbCdEf123"_s;
    p.clientId = u"1h57kf5cpq17m0eml12EXAMPLE"_s;
    p.username = u"ana@example.com"_s;
    p.signIn = Profile::SignIn::Browser;
    p.tokenUse = Profile::TokenUse::Access;
    p.domain = u"demo.auth.eu-west-1.amazoncognito.com"_s;
    p.issuer = u"https://issuer.example/tenant"_s;
    p.scopes = {u"openid"_s, u"email"_s};
    p.redirectUris = {u"http://127.0.0.1:43110/callback"_s};
    p.identityPoolId = u"eu-west-1:11111111-2222-3333-4444-555555555555"_s;
    p.tokenPrefix = u"Custom "_s;
    p.tokenCommand = {u"vault"_s, u"read"_s, u"a b"_s};
    p.awsProfile = u"work"_s;
    p.roleArn = u"arn:aws:iam::123456789012:role/reader"_s;
    p.accessKeyId = u"AKIAIOSFODNN7EXAMPLE"_s;
    const QList<Place> places{Place::Environment, Place::File, Place::Keychain, Place::Session};
    for (qsizetype i = 0; i < secretRoles().size(); ++i)
        p.secret(secretRoles().at(i)) = {places.at(i % 4), u"P%1"_s.arg(i)};
    return p;
}

static Profile named(const QString &name)
{
    Profile profile;
    profile.name = name;
    return profile;
}

void TestProfileStore::writesAndReads()
{
    const Profile full = fullProfile();
    QVERIFY(!ProfileStore::add(path(), named(u"first"_s)).isProblem());
    QVERIFY(!ProfileStore::add(path(), full).isProblem());
    Problem problem;
    const auto store = ProfileStore::load(path(), &problem);
    QVERIFY2(store, qPrintable(problem.message));
    QCOMPARE(store->names(), (QStringList{u"first"_s, full.name}));
    QVERIFY(store->profiles().at(0) == named(u"first"_s));
    QVERIFY(store->profiles().at(1) == full);

    // Once more, over what is there: nothing changes, not even a byte.
    const QByteArray before = content();
    QVERIFY(!ProfileStore::replace(path(), full.name, full).isProblem());
    QCOMPARE(content(), before);
    QVERIFY(before.endsWith("}\n"));
}

void TestProfileStore::writesOnlyWhatIsSet()
{
    Profile dev = named(u"dev"_s);
    dev.endpoint = u"http://127.0.0.1:8787/event"_s;
    dev.auth = AuthMode::ApiKey;
    dev.apiKey = {SecretReference::Place::Keychain, u"dev/apiKey/1"_s};
    QVERIFY(!ProfileStore::add(path(), dev).isProblem());
    QCOMPARE(content(), QByteArray(R"({
  "version": 1,
  "profiles": [
    {
      "name": "dev",
      "endpoint": "http://127.0.0.1:8787/event",
      "auth": "api-key",
      "secrets": {
        "apiKey": {
          "keychain": "dev/apiKey/1"
        }
      }
    }
  ]
}
)"));
    // What is no longer set goes.
    QVERIFY(!ProfileStore::replace(path(), u"dev"_s, named(u"dev"_s)).isProblem());
    QVERIFY(!content().contains("endpoint"));
    QVERIFY(!content().contains("secrets"));
}

void TestProfileStore::isForTheOwnerOnly()
{
#ifdef Q_OS_UNIX
    const auto allowed = [](const QString &file) {
        return QFile::permissions(file)
            & ~(QFile::ReadUser | QFile::WriteUser | QFile::ExeUser); // of whoever asks
    };
    const QString below = m_folder->filePath(u"new/profiles.json"_s);
    QVERIFY(!ProfileStore::add(below, named(u"a"_s)).isProblem());
    QCOMPARE(allowed(below), QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(allowed(m_folder->filePath(u"new"_s)),
             QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    // One that others could read is closed to them.
    QVERIFY(QFile::setPermissions(below, QFile::permissions(below) | QFile::ReadOther));
    QVERIFY(!ProfileStore::add(below, named(u"b"_s)).isProblem());
    QCOMPARE(allowed(below), QFile::ReadOwner | QFile::WriteOwner);
#else
    QSKIP("Permissions of this kind are on Unix only.");
#endif
}

void TestProfileStore::keepsWhatItDoesNotKnow()
{
    write("\xef\xbb\xbf"
          R"({"version": 1, "later": 9007199254740993,
        "profiles": [
          {"x": 1.50, "name": "a", "endpoint": "old", "tags": ["\u00e9", 1e2],
           "secrets": {"apiKey": {"env": "A"}, "unknown": {"vault": "v"}}, "endpoint": "twice"},
          {"name": "b", "n": 18446744073709551616}]})");
    Problem problem;
    Profile a = *ProfileStore::load(path(), &problem)->profile(u"a"_s);
    a.endpoint = u"new"_s;
    a.apiKey = {};
    QVERIFY(!ProfileStore::replace(path(), u"a"_s, a).isProblem());
    QVERIFY(!ProfileStore::setDefault(path(), u"b"_s).isProblem());
    QCOMPARE(content(), QByteArray(R"({
  "version": 1,
  "later": 9007199254740993,
  "default": "b",
  "profiles": [
    {
      "x": 1.50,
      "name": "a",
      "endpoint": "new",
      "tags": [
        "\u00e9",
        1e2
      ],
      "secrets": {
        "unknown": {
          "vault": "v"
        }
      }
    },
    {
      "name": "b",
      "n": 18446744073709551616
    }
  ]
}
)"));
}

void TestProfileStore::makesAListOfOneProfile()
{
    write(R"({"name": "one", "version": 1, "extra": true})");
    QVERIFY(!ProfileStore::add(path(), named(u"two"_s)).isProblem());
    Problem problem;
    const auto store = ProfileStore::load(path(), &problem);
    QVERIFY2(store, qPrintable(problem.message));
    QCOMPARE(store->names(), (QStringList{u"one"_s, u"two"_s}));
    QVERIFY(content().contains("\"extra\": true"));
}

void TestProfileStore::renames()
{
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        QVERIFY(!ProfileStore::add(path(), named(name)).isProblem());
    QVERIFY(!ProfileStore::setDefault(path(), u"b"_s).isProblem());
    QVERIFY(!ProfileStore::rename(path(), u"b"_s, u"z"_s).isProblem());
    Problem problem;
    auto store = ProfileStore::load(path(), &problem);
    QCOMPARE(store->names(), (QStringList{u"a"_s, u"z"_s, u"c"_s}));
    QCOMPARE(store->defaultName(), u"z"_s);
    // By replacing it, too.
    QVERIFY(!ProfileStore::replace(path(), u"z"_s, named(u"y"_s)).isProblem());
    store = ProfileStore::load(path(), &problem);
    QCOMPARE(store->names(), (QStringList{u"a"_s, u"y"_s, u"c"_s}));
    QCOMPARE(store->defaultName(), u"y"_s);
    QVERIFY(!ProfileStore::rename(path(), u"a"_s, u"a"_s).isProblem());
}

void TestProfileStore::removes()
{
    for (const QString &name : {u"a"_s, u"b"_s})
        QVERIFY(!ProfileStore::add(path(), named(name)).isProblem());
    QVERIFY(!ProfileStore::setDefault(path(), u"a"_s).isProblem());
    QVERIFY(!ProfileStore::remove(path(), u"b"_s).isProblem());
    Problem problem;
    auto store = ProfileStore::load(path(), &problem);
    QCOMPARE(store->names(), QStringList{u"a"_s});
    QCOMPARE(store->defaultName(), u"a"_s);
    QVERIFY(!ProfileStore::remove(path(), u"a"_s).isProblem());
    store = ProfileStore::load(path(), &problem);
    QVERIFY(store && store->profiles().isEmpty());
    QVERIFY(store->defaultName().isEmpty());
}

void TestProfileStore::choosesADefault()
{
    QVERIFY(!ProfileStore::add(path(), named(u"a"_s)).isProblem());
    QCOMPARE(ProfileStore::setDefault(path(), u"b"_s).kind, Problem::Kind::Usage);
    QVERIFY(!ProfileStore::setDefault(path(), u"a"_s).isProblem());
    Problem problem;
    QCOMPARE(ProfileStore::load(path(), &problem)->defaultName(), u"a"_s);
    QVERIFY(!ProfileStore::setDefault(path(), {}).isProblem());
    QVERIFY(ProfileStore::load(path(), &problem)->defaultName().isEmpty());
    QVERIFY(!content().contains("default"));
}

void TestProfileStore::freeNames()
{
    for (const QString &name : {u"a"_s, u"a 2"_s})
        QVERIFY(!ProfileStore::add(path(), named(name)).isProblem());
    Problem problem;
    const auto store = ProfileStore::load(path(), &problem);
    QCOMPARE(store->freeName(u"a"_s), u"a 3"_s);
    QCOMPARE(store->freeName(u"b"_s), u"b"_s);
    for (const QString &wanted :
         {u""_s, u"--"_s, u"/etc/x.json"_s, u" .json"_s, u"a\nb\0c"_s, QString(500, u'x')})
        QVERIFY2(!named(store->freeName(wanted)).check().isProblem(), qPrintable(wanted));
}

void TestProfileStore::sharedSecrets()
{
    const SecretReference shared{SecretReference::Place::Keychain, u"k"_s};
    Profile a = named(u"a"_s);
    a.apiKey = shared;
    Profile b = named(u"b"_s);
    b.token = shared;
    QVERIFY(!ProfileStore::add(path(), a).isProblem());
    Problem problem;
    QVERIFY(!ProfileStore::load(path(), &problem)->isShared(shared, u"a"_s));
    QVERIFY(!ProfileStore::add(path(), b).isProblem());
    QVERIFY(ProfileStore::load(path(), &problem)->isShared(shared, u"a"_s));
}

void TestProfileStore::refusesChanges_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<std::function<Problem(const QString &)>>("change");
    using Change = std::function<Problem(const QString &)>;
    const auto row = [](const char *name, const QString &words, const Change &change) {
        QTest::newRow(name) << words << change;
    };
    const QString there = u"There is a profile \"b\" already"_s;
    const QString absent = u"There is no profile \"x\""_s;
    row("add twice", there, [](const QString &p) { return ProfileStore::add(p, named(u"b"_s)); });
    row("add without name", u"needs a name"_s,
        [](const QString &p) { return ProfileStore::add(p, {}); });
    row("rename to another's", there,
        [](const QString &p) { return ProfileStore::rename(p, u"a"_s, u"b"_s); });
    row("rename to a bad name", u"for a file"_s,
        [](const QString &p) { return ProfileStore::rename(p, u"a"_s, u"x/y"_s); });
    row("rename none", absent,
        [](const QString &p) { return ProfileStore::rename(p, u"x"_s, u"y"_s); });
    row("replace by another's name", there,
        [](const QString &p) { return ProfileStore::replace(p, u"a"_s, named(u"b"_s)); });
    row("replace none", absent,
        [](const QString &p) { return ProfileStore::replace(p, u"x"_s, named(u"x"_s)); });
    row("remove none", absent, [](const QString &p) { return ProfileStore::remove(p, u"x"_s); });
    row("one of two", u"several profiles \"c\""_s,
        [](const QString &p) { return ProfileStore::remove(p, u"c"_s); });
    row("a secret", u"not a variable"_s, [](const QString &p) {
        Profile profile = named(u"n"_s);
        profile.apiKey = {SecretReference::Place::Environment, u"da2-s3cret"_s};
        return ProfileStore::add(p, profile);
    });
}

void TestProfileStore::refusesChanges()
{
    QFETCH(QString, words);
    QFETCH(std::function<Problem(const QString &)>, change);
    const QByteArray before = R"({"version":1,"profiles":[{"name":"a"},{"name":"b"},
                                  {"name":"c"},{"name":"c"}]})";
    write(before);
    const Problem problem = change(path());
    QVERIFY2(problem.isProblem() && problem.message.contains(words), qPrintable(problem.message));
    QCOMPARE(content(), before);
}

void TestProfileStore::neverReplacesAnUnreadableFile_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("cut") << QByteArray("{\"version\": 1, \"profiles\": [{\"name\": \"dev\"");
    QTest::newRow("merge conflict") << QByteArray("{\n<<<<<<< HEAD\n\"version\": 1}");
    QTest::newRow("later version") << QByteArray("{\"version\": 2, \"profiles\": []}");
    QTest::newRow("wrong member") << QByteArray("{\"version\": 1, \"profiles\": [{\"auth\": 7}]}");
    QTest::newRow("bytes") << QByteArray("\0\1\xff", 3);
}

void TestProfileStore::neverReplacesAnUnreadableFile()
{
    QFETCH(QByteArray, text);
    write(text);
    for (const Problem &problem :
         {ProfileStore::add(path(), named(u"new"_s)), ProfileStore::remove(path(), u"dev"_s),
          ProfileStore::setDefault(path(), {}), ProfileStore::rename(path(), u"a"_s, u"b"_s)}) {
        QCOMPARE(problem.kind, Problem::Kind::File);
        QVERIFY2(problem.message.contains(path() + u":"_s), qPrintable(problem.message));
    }
    QCOMPARE(content(), text);
}

void TestProfileStore::waitsForOtherWriters()
{
    QLockFile other(path() + u".lock"_s);
    QVERIFY(other.lock());
    const Problem problem = ProfileStore::add(path(), named(u"a"_s));
    QCOMPARE(problem.kind, Problem::Kind::File);
    QVERIFY2(problem.message.contains(u"Another program"), qPrintable(problem.message));
    QVERIFY(!QFile::exists(path()));
    other.unlock();
    QVERIFY(!ProfileStore::add(path(), named(u"a"_s)).isProblem());
}

void TestProfileStore::losesNoneOfManyWriters()
{
    constexpr int kWriters = 4;
    constexpr int kEach = 8;
    std::vector<std::unique_ptr<QThread>> threads;
    std::atomic<int> failures = 0;
    for (int writer = 0; writer < kWriters; ++writer) {
        threads.emplace_back(QThread::create([&, writer] {
            for (int i = 0; i < kEach; ++i) {
                if (ProfileStore::add(path(), named(u"%1-%2"_s.arg(writer).arg(i))).isProblem())
                    ++failures;
            }
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    Problem problem;
    const auto store = ProfileStore::load(path(), &problem);
    QVERIFY2(store, qPrintable(problem.message));
    // One that had to wait for too long said so; those who did not are all there.
    QCOMPARE(store->profiles().size() + failures, kWriters * kEach);
    QVERIFY(store->profiles().size() >= kEach);
}

void TestProfileStore::saysWhyItCannotSave()
{
    QFile file(m_folder->filePath(u"file"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const Problem problem =
        ProfileStore::add(m_folder->filePath(u"file/profiles.json"_s), named(u"a"_s));
    QCOMPARE(problem.kind, Problem::Kind::File);
    QVERIFY2(problem.message.contains(u"folder"), qPrintable(problem.message));

    QVERIFY(QDir(m_folder->path()).mkdir(u"profiles.json"_s));
    const Problem isFolder = ProfileStore::add(path(), named(u"a"_s));
    QCOMPARE(isFolder.kind, Problem::Kind::File);
    QVERIFY2(isFolder.message.contains(u"it is not a file"), qPrintable(isFolder.message));
}

void TestProfileStore::refusesPipesAndHugeFiles()
{
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.resize(9 * 1024 * 1024));
    Problem problem;
    QVERIFY(!ProfileStore::load(path(), &problem));
    QVERIFY2(problem.message.contains(u"larger than 8 MiB"), qPrintable(problem.message));
#ifdef Q_OS_UNIX
    const QString pipe = m_folder->filePath(u"pipe.json"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    QVERIFY(!ProfileStore::find(pipe, &problem));
    QVERIFY2(problem.message.contains(u"it is not a file"), qPrintable(problem.message));
#endif
}

GUILESS_TEST(TestProfileStore)
#include "tst_profilestore.moc"
