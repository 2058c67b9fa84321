// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/jwt_p.h"
#include "tests/shared/testrunner.h"

#include "tests/shared/httpserver.h"
#include "tests/shared/rawclient.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! Issuers whose keys a real HTTP server has.
class tst_RemoteKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void discovers();
    void fetchesOnceForMany();
    void refetchesForAnUnknownKey();
    void refetchesAfterAnHour();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void endsWhileFetching();
    void servesAppSync();
    void servesIdentityPools();

private:
    [[nodiscard]] QByteArray keySet() const;
    [[nodiscard]] int fetches() const { return int(m_server->requests.size()); }
    //! Waits until the key \a id is there, or cannot be had.
    static void prepare(RemoteKeys *keys, const QString &id = {});

    qint64 m_seconds = 1'700'000'000;
    const Now m_now = [this] { return QDateTime::fromSecsSinceEpoch(m_seconds).toUTC(); };
    std::unique_ptr<HttpServer> m_server;
    QList<JsonWebKey> m_keys;
};

void tst_RemoteKeys::init()
{
    m_keys = {JsonWebKey::makeEs256()};
    m_server = std::make_unique<HttpServer>([this](const HttpServer::Request &request) {
        if (request.path() == u"/.well-known/openid-configuration")
            return HttpServer::Answer{200,
                                      json({{u"issuer"_s, m_server->url({}).toString()},
                                            {u"jwks_uri"_s, m_server->url(u"/keys"_s).toString()}})
                                          .toUtf8()};
        if (request.path() == u"/keys")
            return HttpServer::Answer{200, keySet()};
        return HttpServer::Answer{404};
    });
}

QByteArray tst_RemoteKeys::keySet() const
{
    QJsonArray array;
    for (const JsonWebKey &key : m_keys)
        array.append(key.toJwk());
    return json({{u"keys"_s, array}}).toUtf8();
}

void tst_RemoteKeys::prepare(RemoteKeys *keys, const QString &id)
{
    bool isDone = false;
    keys->prepare(id, [&] { isDone = true; });
    QTRY_VERIFY(isDone);
}

void tst_RemoteKeys::discovers()
{
    for (const QString &end : {QString(), u"/"_s}) {
        RemoteKeys keys(m_server->url(end).toString(), {}, m_now);
        QVERIFY(keys.keys().isEmpty());
        if (!end.isEmpty()) // the document names another issuer, if only by a slash
            m_server->setAnswer([this](const HttpServer::Request &request) {
                return request.path() == u"/keys"
                    ? HttpServer::Answer{200, keySet()}
                    : HttpServer::Answer{
                        200,
                        json({{u"issuer"_s, m_server->url().toString()},
                              {u"jwks_uri"_s, m_server->url(u"/keys"_s).toString()}})
                            .toUtf8()};
            });
        prepare(&keys);
        QCOMPARE(keys.problem(), QString());
        QCOMPARE(keys.keys().size(), 1);
        QCOMPARE(keys.keys()[0].id(), m_keys[0].id());
    }
}

void tst_RemoteKeys::fetchesOnceForMany()
{
    RemoteKeys keys({}, m_server->url(u"/keys"_s), m_now);
    int done = 0;
    for (int i = 0; i < 20; ++i)
        keys.prepare(m_keys[0].id(), [&] { ++done; });
    QCOMPARE(done, 0);
    QTRY_COMPARE(done, 20);
    keys.prepare(m_keys[0].id(), [&] { ++done; });
    QCOMPARE(done, 21);
    QCOMPARE(fetches(), 1);
}

void tst_RemoteKeys::refetchesForAnUnknownKey()
{
    RemoteKeys keys({}, m_server->url(u"/keys"_s), m_now);
    prepare(&keys, m_keys[0].id());
    m_keys.append(JsonWebKey::makeEs256());
    prepare(&keys, m_keys[1].id());
    QCOMPARE(fetches(), 1); // not so soon
    m_seconds += 30;
    prepare(&keys, m_keys[1].id());
    QCOMPARE(fetches(), 2);
    QCOMPARE(keys.keys().size(), 2);
    for (int i = 0; i < 5; ++i) // a forger's ids
        prepare(&keys, u"unknown-%1"_s.arg(i));
    QCOMPARE(fetches(), 2);
}

void tst_RemoteKeys::refetchesAfterAnHour()
{
    RemoteKeys keys({}, m_server->url(u"/keys"_s), m_now);
    prepare(&keys, m_keys[0].id());
    m_seconds += 3'599;
    prepare(&keys, m_keys[0].id());
    QCOMPARE(fetches(), 1);
    m_seconds += 1;
    m_server->setAnswer([](const HttpServer::Request &) { return HttpServer::Answer{500}; });
    prepare(&keys, m_keys[0].id());
    QCOMPARE(fetches(), 2);
    QCOMPARE(keys.keys().size(), 1); // the old ones are better than none
}

void tst_RemoteKeys::tellsWhatIsWrong_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isDiscovery");
    QTest::addColumn<QString>("problem");
    QTest::newRow("status") << 500 << QByteArray() << false << u"/keys: "_s;
    QTest::newRow("no keys") << 200 << QByteArray("{}") << false << u"no usable key"_s;
    QTest::newRow("too large") << 200 << QByteArray(2'000'000, ' ') << false << u"more than"_s;
    QTest::newRow("other issuer") << 200 << QByteArray(R"({"issuer":"https://x"})") << true
                                  << u"another issuer, \"https://x\""_s;
    QTest::newRow("discovery fails") << 404 << QByteArray() << true << u"openid-configuration: "_s;
}

void tst_RemoteKeys::tellsWhatIsWrong()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(bool, isDiscovery);
    QFETCH(QString, problem);
    m_server->setAnswer([&](const HttpServer::Request &) {
        return HttpServer::Answer{status, body};
    });
    RemoteKeys keys(m_server->url({}).toString(), isDiscovery ? QUrl() : m_server->url(u"/keys"_s),
                    m_now);
    prepare(&keys);
    QVERIFY2(keys.problem().contains(problem), qPrintable(keys.problem()));
    QVERIFY(keys.keys().isEmpty());
    prepare(&keys); // at once: not asked again so soon
    QCOMPARE(fetches(), 1);
}

void tst_RemoteKeys::endsWhileFetching()
{
    m_server->setAnswer([](const HttpServer::Request &) {
        HttpServer::Answer answer;
        answer.isNever = true;
        return answer;
    });
    bool isTold = false;
    {
        RemoteKeys keys({}, m_server->url(u"/keys"_s), m_now);
        keys.prepare({}, [&] { isTold = true; });
        QTRY_COMPARE(fetches(), 1);
    }
    QCoreApplication::processEvents();
    QVERIFY(!isTold);
}

//! A token of an issuer elsewhere, with every algorithm.
void tst_RemoteKeys::servesAppSync()
{
    m_keys.clear();
    for (const char *algorithm :
         {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
        m_keys.append(JsonWebKey::make(QString::fromLatin1(algorithm)));
    Emulator emulator;
    Emulator::Options options;
    options.tokenProviders = {
        {Emulator::AuthMode::Oidc, m_server->url({}).toString(), {}, u"app"_s}};
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    const auto publish = [&](const JsonWebKey &key, const QString &client) {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        const QString token = WebToken::make(key,
                                             {{u"iss"_s, m_server->url({}).toString()},
                                              {u"sub"_s, u"a"_s},
                                              {u"azp"_s, client},
                                              {u"iat"_s, now},
                                              {u"exp"_s, now + 60}});
        Connection connection(emulator.port());
        return connection.ask(post("/event", "Authorization: " + token.toUtf8() + "\r\n",
                                   R"({"channel":"private/a","events":["1"]})"));
    };
    for (const JsonWebKey &key : std::as_const(m_keys)) {
        const HttpAnswer answer = publish(key, u"app"_s);
        QVERIFY2(answer.status == 200,
                 qPrintable(key.algorithm() + QString::fromUtf8(answer.body)));
    }
    QCOMPARE(publish(m_keys[0], u"other"_s).status, 401);
    QCOMPARE(publish(JsonWebKey::makeEs256(), u"app"_s).status, 401);
    QCOMPARE(fetches(), 2); // the document and the keys

    QSignalSpy refused(&emulator, &Emulator::refused);
    emulator.close();
    m_server->setAnswer([](const HttpServer::Request &) { return HttpServer::Answer{503}; });
    QVERIFY(emulator.listen(options));
    QCOMPARE(publish(m_keys[0], u"app"_s).status, 401);
    QTRY_COMPARE(refused.size(), 1);
    const QString line = refused[0][0].toString();
    QVERIFY2(line.contains(u"openid-configuration"_s), qPrintable(line));
}

void tst_RemoteKeys::servesIdentityPools()
{
    Emulator emulator;
    Emulator::Options options;
    const QString issuer = m_server->url({}).toString();
    options.tokenProviders = {{Emulator::AuthMode::Oidc, issuer, {}}};
    QVERIFY(emulator.listen(options));
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QString token = WebToken::make(
        m_keys[0], {{u"iss"_s, issuer}, {u"sub"_s, u"a"_s}, {u"iat"_s, now}, {u"exp"_s, now + 60}});
    Connection connection(emulator.port());
    const HttpAnswer answer =
        connection.ask(post("/", "X-Amz-Target: AWSCognitoIdentityService.GetId\r\n",
                            json({{u"IdentityPoolId"_s, emulator.identityPoolId()},
                                  {u"Logins"_s, QJsonObject{{issuer, token}}}})
                                .toUtf8()));
    QVERIFY2(answer.status == 200, answer.body.constData());
}

GUILESS_TEST(tst_RemoteKeys)
#include "tst_remotekeys.moc"
