// SPDX-License-Identifier: Apache-2.0
#include "app/core/profilestore.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

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

private:
    QString write(const QByteArray &text) const;

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

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
