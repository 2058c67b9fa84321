// SPDX-License-Identifier: Apache-2.0
#include "awshome.h"
#include "tests/shared/testrunner.h"

#include <AppSync/IdentityPoolCredentials>
#include <AppSync/TokenSource>

#include "tests/shared/httpserver.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_IdentityPoolCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guest();
    void signedIn();
    void providers_data();
    void providers();
    void asksForTheIdOnce();
    void identityIsGone();
    void anotherUser();
    void userChangesMeanwhile();
    void expiredToken();
    void tokenFails();
    void tokenSourceIsGone();
    void waitsForThePerson();
    void changedMeanwhile();
    void wrongPool_data();
    void wrongPool();
    void refused_data();
    void refused();
    void clockIsOff();
    void properties();
};

namespace {

const auto kPool = u"eu-west-1:11111111-2222-3333-4444-555555555555"_s;

QString jwt(const QByteArray &claims)
{
    return u"eyJhbGciOiJub25lIn0."_s
        + QString::fromLatin1(
               claims.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals))
        + u".SIGNATURE"_s;
}

QString userToken(const QByteArray &user)
{
    return jwt(R"({"iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab","sub":")" + user
               + R"("})");
}

//! A sign-in whose token a test sets.
class Tokens : public TokenSource {
public:
    TokenReply *token(const SignableRequest &) override
    {
        ++asked;
        auto *reply = new TokenReply(this);
        if (isLate)
            late = reply;
        else if (error.isError())
            reply->fail(error);
        else
            reply->succeed(u"ACCESSTOKEN"_s, {}, idToken);
        return reply;
    }
    bool invalidate() override
    {
        if (renewed.isEmpty())
            return false;
        idToken = std::exchange(renewed, {});
        return true;
    }
    QString displayName() const override { return u"test"_s; }
    void set(const QString &next)
    {
        idToken = next;
        Q_EMIT tokenChanged();
    }

    QString idToken;
    QString renewed; //!< the next one, after invalidate()
    Error error;
    bool isLate = false;
    QPointer<TokenReply> late; //!< not answered yet
    int asked = 0;
};

//! Cognito's identity pools.
class Pool {
public:
    explicit Pool(AwsHome &home) : m_home(home)
    {
        server.setAnswer([this](const HttpServer::Request &request) { return answer(request); });
        home.set(u"AWS_ENDPOINT_URL_COGNITO_IDENTITY"_s, server.url().toString());
    }

    [[nodiscard]] QJsonObject body(qsizetype n) const
    {
        return QJsonDocument::fromJson(server.requests.value(n).body).object();
    }
    [[nodiscard]] QByteArray operation(qsizetype n) const
    {
        return server.requests.value(n).headers["x-amz-target"].split('.').last();
    }
    static HttpServer::Answer error(const QByteArray &type, const QByteArray &message)
    {
        return {400, R"({"__type":")" + type + R"(","message":")" + message + "\"}"};
    }

    HttpServer server;
    QList<HttpServer::Answer> next; //!< instead of the usual ones; status 0: the usual one
    QByteArray id = "eu-west-1:identity-1";
    std::function<void()> onRequest; //!< called once, before the next answer

private:
    HttpServer::Answer answer(const HttpServer::Request &request)
    {
        if (onRequest)
            std::exchange(onRequest, {})();
        if (!next.isEmpty()) {
            const HttpServer::Answer given = next.takeFirst();
            if (given.status != 0)
                return given;
        }
        if (request.headers["x-amz-target"].endsWith("GetId"))
            return {200, R"({"IdentityId":")" + id + "\"}"};
        const double end = double(m_home.clock.wallMs()) / 1000 + 3600.5;
        return {
            200,
            R"({"IdentityId":")" + id
                + R"(","Credentials":{"AccessKeyId":"ASIAG","SecretKey":"SECRET","SessionToken":)"
                  R"("TOKEN","Expiration":)"
                + QByteArray::number(end, 'f', 3) + "}}"};
    }

    AwsHome &m_home;
};

struct Fixture {
    Fixture() : pool(home), source(kPool) { source.setEnvironment(home.environment); }
    void signIn(const QByteArray &user)
    {
        tokens.idToken = userToken(user);
        source.setTokenSource(&tokens);
    }

    AwsHome home;
    Pool pool;
    Tokens tokens;
    IdentityPoolCredentials source;
};

} // namespace

void tst_IdentityPoolCredentials::guest()
{
    Fixture f;
    QSignalSpy changed(&f.source, &IdentityPoolCredentials::identityIdChanged);
    const CredentialsOutcome outcome = outcomeOf(f.source);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"ASIAG"_s);
    QCOMPARE(outcome.credentials.secretAccessKey, u"SECRET"_s);
    QCOMPARE(outcome.credentials.sessionToken, u"TOKEN"_s);
    QCOMPARE(outcome.credentials.expiresAt, f.home.in(1h).addMSecs(500));
    QCOMPARE(outcome.credentials.source, u"identity pool %1 (guest)"_s.arg(kPool));
    QCOMPARE(f.source.identityId(), u"eu-west-1:identity-1"_s);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(f.pool.operation(0), "GetId"_ba);
    QCOMPARE(f.pool.body(0), (QJsonObject{{u"IdentityPoolId"_s, kPool}}));
    QCOMPARE(f.pool.operation(1), "GetCredentialsForIdentity"_ba);
    QCOMPARE(f.pool.body(1), (QJsonObject{{u"IdentityId"_s, u"eu-west-1:identity-1"_s}}));
    const HttpServer::Request request = f.pool.server.requests.first();
    QCOMPARE(request.headers["content-type"], "application/x-amz-json-1.1"_ba);
    QVERIFY(!request.headers.contains("authorization"));
    QCOMPARE(f.source.region(), u"eu-west-1"_s);
}

void tst_IdentityPoolCredentials::signedIn()
{
    Fixture f;
    f.signIn("ann");
    f.source.setRoleArn(u"arn:aws:iam::1:role/R"_s);
    const CredentialsOutcome outcome = outcomeOf(f.source);
    QVERIFY2(outcome.credentials.isValid(), qPrintable(outcome.error.toString()));
    // The ID token, not the one that AppSync gets.
    const QJsonObject logins{
        {u"cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab"_s, userToken("ann")}};
    QCOMPARE(f.pool.body(0)[u"Logins"_s].toObject(), logins);
    QCOMPARE(f.pool.body(1)[u"Logins"_s].toObject(), logins);
    QVERIFY(!f.pool.body(0).contains(u"CustomRoleArn"_s));
    QCOMPARE(f.pool.body(1)[u"CustomRoleArn"_s], u"arn:aws:iam::1:role/R"_s);
    QCOMPARE(outcome.credentials.source, u"identity pool %1"_s.arg(kPool));
}

void tst_IdentityPoolCredentials::providers_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("chosen");
    QTest::addColumn<QString>("provider");
    QTest::newRow("path") << jwt(R"({"iss":"https://id.example.com/realms/a","sub":"1"})") << u""_s
                          << u"id.example.com/realms/a"_s;
    QTest::newRow("slash") << jwt(R"({"iss":"https://id.example.com/","sub":"1"})") << u""_s
                           << u"id.example.com"_s;
    QTest::newRow("google") << jwt(R"({"iss":"accounts.google.com","sub":"1"})") << u""_s
                            << u"accounts.google.com"_s;
    QTest::newRow("chosen") << jwt(R"({"iss":"https://x","sub":"1"})") << u"dev.provider"_s
                            << u"dev.provider"_s;
    QTest::newRow("no JWT") << u"EAAopaque"_s << u"graph.facebook.com"_s << u"graph.facebook.com"_s;
    QTest::newRow("no JWT and nothing chosen") << u"EAAopaque"_s << u""_s << u""_s;
    QTest::newRow("no issuer") << jwt(R"({"sub":"1"})") << u""_s << u""_s;
}

void tst_IdentityPoolCredentials::providers()
{
    QFETCH(QString, token);
    QFETCH(QString, chosen);
    QFETCH(QString, provider);
    Fixture f;
    f.tokens.idToken = token;
    f.source.setTokenSource(&f.tokens);
    f.source.setLoginProvider(chosen);
    const CredentialsOutcome outcome = outcomeOf(f.source);
    if (provider.isEmpty()) {
        QCOMPARE(outcome.error.kind, Error::Kind::InvalidInput);
        QVERIFY(!outcome.error.nextStep.isEmpty());
        QVERIFY(!wordsOf(outcome.error).contains(token));
        QCOMPARE(f.pool.server.requests.size(), 0);
    } else {
        QVERIFY(outcome.credentials.isValid());
        QCOMPARE(f.pool.body(0)[u"Logins"_s].toObject(), (QJsonObject{{provider, token}}));
    }
}

void tst_IdentityPoolCredentials::asksForTheIdOnce()
{
    Fixture f;
    CredentialsOutcome first;
    CredentialsOutcome second;
    note(f.source.credentials(), &first);
    note(f.source.credentials(), &second);
    QTRY_VERIFY(first.hasArrived && second.hasArrived);
    QCOMPARE(first.credentials, second.credentials);
    QCOMPARE(f.pool.server.requests.size(), 2);
    f.home.clock.advance(56min);
    QVERIFY(outcomeOf(f.source).credentials.isValid());
    QCOMPARE(f.pool.server.requests.size(), 3);
    QCOMPARE(f.pool.operation(2), "GetCredentialsForIdentity"_ba);
    QVERIFY(f.source.invalidate());
    QVERIFY(outcomeOf(f.source).credentials.isValid());
    QCOMPARE(f.pool.server.requests.size(), 4);
}

void tst_IdentityPoolCredentials::identityIsGone()
{
    Fixture f;
    outcomeOf(f.source);
    f.pool.id = "eu-west-1:identity-2";
    f.pool.next = {Pool::error("com.amazonaws.cognito#ResourceNotFoundException", "not found")};
    f.source.invalidate();
    QVERIFY(outcomeOf(f.source).credentials.isValid());
    QCOMPARE(f.source.identityId(), u"eu-west-1:identity-2"_s);
    QCOMPARE(f.pool.operation(3), "GetId"_ba);

    // Not for ever.
    f.source.invalidate();
    const auto gone = Pool::error("ResourceNotFoundException", "not found");
    f.pool.next = {gone, {0}, gone};
    QCOMPARE(outcomeOf(f.source).error.type, u"ResourceNotFoundException"_s);
}

void tst_IdentityPoolCredentials::anotherUser()
{
    Fixture f;
    f.signIn("ann");
    outcomeOf(f.source);
    QCOMPARE(f.source.identityId(), u"eu-west-1:identity-1"_s);
    f.pool.id = "eu-west-1:identity-2";
    f.tokens.set(userToken("bob"));
    QVERIFY(outcomeOf(f.source).credentials.isValid());
    QCOMPARE(f.pool.operation(2), "GetId"_ba);
    QCOMPARE(f.source.identityId(), u"eu-west-1:identity-2"_s);
    // The same user with another token keeps the identity.
    f.tokens.set(userToken("bob"));
    QVERIFY(outcomeOf(f.source).credentials.isValid());
    QCOMPARE(f.pool.operation(4), "GetCredentialsForIdentity"_ba);
}

void tst_IdentityPoolCredentials::userChangesMeanwhile()
{
    Fixture f;
    f.signIn("ann");
    f.pool.onRequest = [&f] { f.tokens.set(userToken("bob")); };
    outcomeOf(f.source);
    // What came too late is not kept.
    outcomeOf(f.source);
    const qsizetype last = f.pool.server.requests.size() - 1;
    QCOMPARE(f.pool.body(last)[u"Logins"_s].toObject().begin().value().toString(),
             userToken("bob"));
}

void tst_IdentityPoolCredentials::expiredToken()
{
    Fixture f;
    f.signIn("ann");
    const auto expired =
        Pool::error("NotAuthorizedException", "Invalid login token. Token expired: 2 >= 1");
    f.pool.next = {expired};
    f.tokens.renewed = jwt(R"({"iss":"https://x","sub":"ann"})");
    QVERIFY(outcomeOf(f.source).credentials.isValid());
    QCOMPARE(f.tokens.asked, 2);

    f.source.invalidate();
    f.pool.next = {expired};
    const Error error = outcomeOf(f.source).error;
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QVERIFY2(error.nextStep.contains(u"Sign in again"_s), qPrintable(error.nextStep));
    QVERIFY(!wordsOf(error).contains(f.tokens.idToken));
}

void tst_IdentityPoolCredentials::tokenFails()
{
    Fixture f;
    f.signIn("ann");
    f.tokens.error = Error::local(Error::Kind::Unauthorized, u"signed out"_s);
    QCOMPARE(outcomeOf(f.source).error, f.tokens.error);
    // Never as a guest instead.
    QCOMPARE(f.pool.server.requests.size(), 0);
}

void tst_IdentityPoolCredentials::tokenSourceIsGone()
{
    Fixture f;
    auto tokens = std::make_unique<Tokens>();
    tokens->isLate = true;
    f.source.setTokenSource(tokens.get());
    CredentialsOutcome outcome;
    note(f.source.credentials(), &outcome);
    QTRY_VERIFY(tokens->late);
    tokens.reset();
    QTRY_VERIFY(outcome.hasArrived);
    QCOMPARE(outcome.error.kind, Error::Kind::InvalidInput);
    QCOMPARE(outcomeOf(f.source).error.kind, Error::Kind::InvalidInput);
    QCOMPARE(f.pool.server.requests.size(), 0);
    f.source.setTokenSource(nullptr);
    QVERIFY(outcomeOf(f.source).credentials.isValid());
}

void tst_IdentityPoolCredentials::waitsForThePerson()
{
    Fixture f;
    f.signIn("ann");
    f.tokens.isLate = true;
    CredentialsReply *reply = f.source.credentials();
    CredentialsOutcome outcome;
    note(reply, &outcome);
    QTRY_VERIFY(f.tokens.late);
    f.tokens.late->setWaitingForPerson(true);
    QVERIFY(reply->isWaitingForPerson());
    f.tokens.late->succeed(u"t"_s, {}, userToken("ann"));
    QTRY_VERIFY(outcome.hasArrived);
    QVERIFY(outcome.credentials.isValid());
}

void tst_IdentityPoolCredentials::changedMeanwhile()
{
    Fixture f;
    CredentialsOutcome outcome;
    note(f.source.credentials(), &outcome);
    f.source.setIdentityPoolId(u"eu-west-1:other"_s);
    QTRY_VERIFY(outcome.hasArrived);
    QCOMPARE(outcome.error.kind, Error::Kind::Cancelled);
    QVERIFY(outcomeOf(f.source).credentials.isValid());
}

void tst_IdentityPoolCredentials::wrongPool_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("none") << u""_s;
    QTest::newRow("user pool") << u"eu-west-1_AbCdEf"_s;
    QTest::newRow("no region") << u":1111"_s;
    QTest::newRow("no id") << u"eu-west-1:"_s;
}

void tst_IdentityPoolCredentials::wrongPool()
{
    QFETCH(QString, id);
    Fixture f;
    f.source.setIdentityPoolId(id);
    const Error error = outcomeOf(f.source).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(!error.nextStep.isEmpty());
    QCOMPARE(f.pool.server.requests.size(), 0);
    QVERIFY(id.contains(u':') || f.source.region().isEmpty());
}

void tst_IdentityPoolCredentials::refused_data()
{
    QTest::addColumn<HttpServer::Answer>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("advice");
    const auto row = [](const char *name, const QByteArray &type, const QByteArray &message,
                        Error::Kind kind, const QString &advice) {
        QTest::newRow(name) << Pool::error(type, message) << kind << advice;
    };
    row("no guests", "NotAuthorizedException",
        "Unauthenticated access is not supported for this identity pool.",
        Error::Kind::Unauthorized, u"allow them"_s);
    row("provider", "NotAuthorizedException",
        "Token is not from a supported provider of this identity pool.", Error::Kind::Unauthorized,
        u"providers of the pool"_s);
    row("no pool", "ResourceNotFoundException", "IdentityPool not found.", Error::Kind::Refused,
        u"id of the pool"_s);
    row("no roles", "InvalidIdentityPoolConfigurationException", "Invalid identity pool",
        Error::Kind::Refused, u"roles"_s);
    row("too many", "TooManyRequestsException", "Rate exceeded", Error::Kind::LimitExceeded, u""_s);
    QTest::newRow("ill") << HttpServer::Answer{500, "SECRET"} << Error::Kind::Server << u""_s;
    QTest::newRow("rubbish") << HttpServer::Answer{200, "SECRET"} << Error::Kind::Receiving
                             << u"address"_s;
}

void tst_IdentityPoolCredentials::refused()
{
    QFETCH(HttpServer::Answer, answer);
    QFETCH(Error::Kind, kind);
    QFETCH(QString, advice);
    const HttpServer::Answer usual{0};
    for (const bool isFirst : {true, false}) {
        Fixture f;
        f.pool.next = {answer};
        if (!isFirst)
            f.pool.next = {usual, answer, usual, answer};
        const Error error = outcomeOf(f.source).error;
        QCOMPARE(error.kind, kind);
        QVERIFY2(error.nextStep.contains(advice), qPrintable(error.nextStep));
        QVERIFY(!wordsOf(error).contains(u"SECRET"_s));
    }
}

void tst_IdentityPoolCredentials::clockIsOff()
{
    Fixture f;
    HttpServer::Answer credentials{
        200,
        R"({"Credentials":{"AccessKeyId":"A","SecretKey":"S","Expiration":)"
            + QByteArray::number(f.home.clock.wallMs() / 1000 - 3600) + "}}"};
    credentials.headers = {dateHeader(f.home, -2h)};
    f.pool.next = {{0}, credentials};
    const CredentialsOutcome outcome = outcomeOf(f.source);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.expiresAt, f.home.in(1h));
}

void tst_IdentityPoolCredentials::properties()
{
    Fixture f;
    QSignalSpy pool(&f.source, &IdentityPoolCredentials::identityPoolIdChanged);
    QSignalSpy tokens(&f.source, &IdentityPoolCredentials::tokenSourceChanged);
    QSignalSpy endpoint(&f.source, &IdentityPoolCredentials::endpointChanged);
    f.source.setIdentityPoolId(kPool);
    QCOMPARE(pool.size(), 0);
    f.source.setTokenSource(&f.tokens);
    QCOMPARE(tokens.size(), 1);
    QCOMPARE(f.source.tokenSource(), &f.tokens);
    QVERIFY(!f.source.displayName().contains(u"guest"_s));
    HttpServer other([](const HttpServer::Request &) {
        return HttpServer::Answer{400, R"({"__type":"OtherException"})"};
    });
    f.source.setEndpoint(other.url(u"/path"_s));
    QCOMPARE(endpoint.size(), 1);
    f.source.setTokenSource(nullptr);
    QCOMPARE(outcomeOf(f.source).error.type, u"OtherException"_s);
    QCOMPARE(other.requests.first().path(), u"/path/"_s);
}

GUILESS_TEST(tst_IdentityPoolCredentials)
#include "tst_identitypoolcredentials.moc"
