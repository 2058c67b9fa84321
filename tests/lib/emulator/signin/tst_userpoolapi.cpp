// SPDX-License-Identifier: Apache-2.0
#include "cognitocaller.h"
#include "srpclient.h"
#include "tests/shared/testrunner.h"

#include "lib/emulator/access/jwt_p.h"
#include "lib/emulator/signin/totp_p.h"

#include <QFile>
#include <QLocale>
#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace RawClient;
using namespace Qt::StringLiterals;

using Answer = CognitoCaller::Answer;

//! Tokens of the user pool: what they hold, who takes them, and how they end.
class tst_UserPoolApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNewcomerCanTryIt();
    void claims();
    void publishesItsKeys();
    void secretHashes_data();
    void secretHashes();
    void wrongSecretHashes();
    void flowsThatAreOff_data();
    void flowsThatAreOff();
    void refreshes();
    void rotates();
    void revokes();
    void signsOutEverywhere();
    void tellsAboutTheUser();
    void appOfASignedInUser();
    void survivesARestart();
    void answersBrowsers();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

private:
    void listen(const EmulatorOptions::UserPool &pool)
    {
        m_emulator = std::make_unique<Emulator>();
        m_options = {};
        m_options.userPool = pool;
        m_options.now = [this] { return m_now; };
        QVERIFY2(m_emulator->listen(m_options), qPrintable(m_emulator->problem()));
    }
    [[nodiscard]] Answer signIn(const CognitoCaller &caller) const
    {
        return caller.signIn(m_emulator->username(), m_emulator->password());
    }
    [[nodiscard]] int publish(const QString &token) const
    {
        Connection connection(m_emulator->port());
        return connection
            .ask(post("/event", "Authorization: " + token.toLatin1() + "\r\n",
                      R"({"channel":"private/a","events":["1"]})"))
            .status;
    }

    QDateTime m_now = QDateTime::fromString(u"2025-01-15T12:34:56Z"_s, Qt::ISODate);
    EmulatorOptions m_options;
    std::unique_ptr<Emulator> m_emulator;
};

namespace {

QJsonObject claimsOf(const QString &token)
{
    const auto parsed = WebToken::parse(token);
    return parsed ? parsed->claims : QJsonObject();
}

EmulatorOptions::UserPool rotating(std::chrono::seconds grace)
{
    EmulatorOptions::PoolClient client{u"rotating"_s};
    client.rotatesRefreshTokens = true;
    client.rotationGrace = grace;
    EmulatorOptions::UserPool pool;
    pool.clients = {client};
    return pool;
}

} // namespace

void tst_UserPoolApi::aNewcomerCanTryIt()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    QCOMPARE(emulator.username(), u"demo"_s);
    QVERIFY(emulator.userPoolId().startsWith(u"us-east-1_"_s));
    QCOMPARE(emulator.serviceUrl().path(), u"/"_s);
    const CognitoCaller caller(emulator);
    const SrpClient srp;
    const Answer start = caller.initiate(
        u"USER_SRP_AUTH"_s, {{u"USERNAME"_s, u"demo"_s}, {u"SRP_A"_s, srp.publicValue()}});
    const Answer end = caller.respond(start.challenge(), {},
                                      srp.proof(start.body["ChallengeParameters"_L1].toObject(),
                                                emulator.userPoolId().section(u'_', 1), u"demo"_s,
                                                emulator.password()));
    QVERIFY2(!end.tokens().isEmpty(), end.shown());
    for (const QString &name : {u"AccessToken"_s, u"IdToken"_s}) {
        WebSocket socket;
        const QString token = end.tokens()[name].toString();
        QVERIFY(socket.open(emulator.realtimeUrl(),
                            {u"aws-appsync-event-ws"_s,
                             headerProtocol({{u"host"_s, u"h"_s}, {u"Authorization"_s, token}})}));
        socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
        QCOMPARE(socket.nextJson()["type"_L1].toString(), u"connection_ack"_s);
    }
}

void tst_UserPoolApi::claims()
{
    EmulatorOptions::User user{u"alice"_s, u"Correct-Horse-9!"_s};
    user.attributes = {{u"email"_s, u"a@example.com"_s}, {u"custom:team"_s, u"red"_s}};
    user.groups = {u"admins"_s};
    EmulatorOptions::UserPool pool;
    pool.id = u"us-east-1_AbCd12345"_s;
    pool.users = {user};
    listen(pool);
    const CognitoCaller caller(*m_emulator);
    const Answer answer = signIn(caller);
    QCOMPARE(answer.tokens()["ExpiresIn"_L1].toInt(), 3600);
    QCOMPARE(answer.token("TokenType"_L1), u"Bearer"_s);
    const QJsonObject access = claimsOf(answer.token("AccessToken"_L1));
    const QJsonObject id = claimsOf(answer.token("IdToken"_L1));
    const qint64 now = m_now.toSecsSinceEpoch();
    for (const QJsonObject &claims : {access, id}) {
        QCOMPARE(claims["iss"_L1].toString(),
                 u"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCd12345"_s);
        QCOMPARE(claims["auth_time"_L1].toInteger(), now);
        QCOMPARE(claims["exp"_L1].toInteger(), now + 3600);
        QCOMPARE(claims["cognito:groups"_L1], QJsonValue(QJsonArray{u"admins"_s}));
    }
    QCOMPARE(access["sub"_L1], id["sub"_L1]);
    QCOMPARE(access["origin_jti"_L1], id["origin_jti"_L1]);
    QVERIFY(access["jti"_L1] != id["jti"_L1]);
    QCOMPARE(access["token_use"_L1].toString(), u"access"_s);
    QCOMPARE(access["client_id"_L1].toString(), caller.client());
    QCOMPARE(access["username"_L1].toString(), u"alice"_s);
    QVERIFY(!access.contains("email"_L1) && !access.contains("device_key"_L1));
    QCOMPARE(id["token_use"_L1].toString(), u"id"_s);
    QCOMPARE(id["aud"_L1].toString(), caller.client());
    QCOMPARE(id["cognito:username"_L1].toString(), u"alice"_s);
    QCOMPARE(id["custom:team"_L1].toString(), u"red"_s);
    QCOMPARE(id["email_verified"_L1], QJsonValue(true));
    QCOMPARE(publish(answer.token("AccessToken"_L1)), 200);
    m_now = m_now.addSecs(3600);
    QCOMPARE(publish(answer.token("AccessToken"_L1)), 401);
}

void tst_UserPoolApi::publishesItsKeys()
{
    listen({});
    const QByteArray folder = '/' + m_emulator->userPoolId().toLatin1() + "/.well-known/";
    Connection connection(m_emulator->port());
    const HttpAnswer configuration = connection.ask(get(folder + "openid-configuration"));
    QCOMPARE(configuration.status, 200);
    const QJsonObject told = configuration.object();
    QCOMPARE(told["jwks_uri"_L1].toString(),
             QString::fromLatin1("http://localhost" + folder + "jwks.json"));
    const HttpAnswer keys = connection.ask(get(folder + "jwks.json"));
    QCOMPARE(keys.status, 200);
    const auto token = WebToken::parse(signIn(CognitoCaller(*m_emulator)).token("IdToken"_L1));
    QVERIFY(token);
    QCOMPARE(told["issuer"_L1], token->claims["iss"_L1]);
    const QList<JsonWebKey> set = JsonWebKey::fromSet(keys.body);
    QCOMPARE(set.size(), 1);
    QCOMPARE(set[0].id(), token->header["kid"_L1].toString());
    QVERIFY(set[0].verify(token->signedText, token->signature));
    QCOMPARE(connection.ask(get("/us-east-1_other/.well-known/jwks.json")).status, 404);
}

void tst_UserPoolApi::secretHashes_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/srp-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object()["secret_hash_vectors"_L1].toArray();
    QCOMPARE(vectors.size(), 3);
    for (const QJsonValue vector : vectors)
        QTest::newRow(qPrintable(vector["username"_L1].toString())) << vector.toObject();
}

void tst_UserPoolApi::secretHashes()
{
    QFETCH(QJsonObject, vector);
    const QString username = vector["username"_L1].toString();
    EmulatorOptions::UserPool pool;
    pool.clients = {{vector["client_id"_L1].toString(), vector["client_secret"_L1].toString()}};
    pool.users = {{username, u"Correct-Horse-9!"_s}};
    listen(pool);
    const CognitoCaller caller(*m_emulator);
    const Answer answer = caller.initiate(u"USER_PASSWORD_AUTH"_s,
                                          {{u"USERNAME"_s, username},
                                           {u"PASSWORD"_s, u"Correct-Horse-9!"_s},
                                           {u"SECRET_HASH"_s, vector["SECRET_HASH"_L1]}});
    QVERIFY2(!answer.tokens().isEmpty(), answer.shown());
}

void tst_UserPoolApi::wrongSecretHashes()
{
    EmulatorOptions::UserPool pool;
    EmulatorOptions::User user{u"alice"_s, u"Correct-Horse-9!"_s};
    user.attributes = {{u"email"_s, u"a@example.com"_s}};
    pool.users = {user};
    pool.clients = {{u"public"_s}, {u"secretive"_s, u"sesame"_s}};
    listen(pool);
    CognitoCaller caller(*m_emulator);
    caller.setClient(u"secretive"_s);
    QCOMPARE(signIn(caller).message(),
             u"Client secretive is configured with secret but SECRET_HASH was not received"_s);
    caller.setClient(u"secretive"_s, u"wrong"_s);
    QCOMPARE(signIn(caller).message(), u"Unable to verify secret hash for client secretive"_s);
    caller.setClient(u"public"_s, u"sesame"_s);
    QCOMPARE(signIn(caller).message(), u"Unable to verify secret hash for client public"_s);
    caller.setClient(u"secretive"_s, u"sesame"_s);
    const Answer good = caller.signIn(u"a@example.com"_s, u"Correct-Horse-9!"_s);
    QVERIFY2(!good.tokens().isEmpty(), good.shown());

    // To refresh, the hash is that of the user's own name.
    const auto refresh = [&](const QString &name) {
        const QString hash = QString::fromLatin1(
            QMessageAuthenticationCode::hash(QString(name + u"secretive"_s).toUtf8(), "sesame",
                                             QCryptographicHash::Sha256)
                .toBase64());
        return caller.initiate(
            u"REFRESH_TOKEN_AUTH"_s,
            {{u"REFRESH_TOKEN"_s, good.token("RefreshToken"_L1)}, {u"SECRET_HASH"_s, hash}});
    };
    QCOMPARE(refresh(u"a@example.com"_s).message(),
             u"SecretHash does not match for the client: secretive"_s);
    QVERIFY(!refresh(u"alice"_s).tokens().isEmpty());
    const auto newer = [&](const QString &secret) {
        return caller.call("GetTokensFromRefreshToken",
                           {{u"RefreshToken"_s, good.token("RefreshToken"_L1)},
                            {u"ClientId"_s, u"secretive"_s},
                            {u"ClientSecret"_s, secret}});
    };
    QCOMPARE(newer(u"wrong"_s).error(), u"NotAuthorizedException"_s);
    QVERIFY(!newer(u"sesame"_s).tokens().isEmpty());
}

void tst_UserPoolApi::flowsThatAreOff_data()
{
    QTest::addColumn<QString>("flow");
    QTest::addColumn<QString>("message");
    QTest::newRow("password") << u"USER_PASSWORD_AUTH"_s
                              << u"USER_PASSWORD_AUTH flow not enabled for this client"_s;
    QTest::newRow("SRP") << u"USER_SRP_AUTH"_s << u"USER_SRP_AUTH is not enabled for the client."_s;
    QTest::newRow("custom") << u"CUSTOM_AUTH"_s << u"CUSTOM_AUTH is not enabled for the client."_s;
}

void tst_UserPoolApi::flowsThatAreOff()
{
    QFETCH(QString, flow);
    EmulatorOptions::PoolClient client{u"client"_s};
    client.flows.removeAll(flow);
    EmulatorOptions::UserPool pool;
    pool.clients = {client};
    listen(pool);
    const Answer answer = CognitoCaller(*m_emulator).initiate(flow, {{u"USERNAME"_s, u"demo"_s}});
    QCOMPARE(answer.error(), u"InvalidParameterException"_s);
    QTEST(answer.message(), "message");
}

void tst_UserPoolApi::refreshes()
{
    listen({});
    const CognitoCaller caller(*m_emulator);
    const Answer first = signIn(caller);
    const QString refresh = first.token("RefreshToken"_L1);
    m_now = m_now.addSecs(7200);
    for (const QString &flow : {u"REFRESH_TOKEN_AUTH"_s, u"REFRESH_TOKEN"_s}) {
        const Answer next = caller.initiate(flow, {{u"REFRESH_TOKEN"_s, refresh}});
        QCOMPARE(publish(next.token("AccessToken"_L1)), 200);
        QVERIFY(!next.tokens().contains("RefreshToken"_L1));
        const QJsonObject claims = claimsOf(next.token("AccessToken"_L1));
        QCOMPARE(claims["auth_time"_L1].toInteger(), m_now.toSecsSinceEpoch() - 7200);
        QCOMPARE(claims["origin_jti"_L1], claimsOf(first.token("AccessToken"_L1))["origin_jti"_L1]);
    }
    const Answer newer =
        caller.call("GetTokensFromRefreshToken",
                    {{u"RefreshToken"_s, refresh}, {u"ClientId"_s, caller.client()}});
    QCOMPARE(publish(newer.token("IdToken"_L1)), 200);
    QVERIFY(!newer.tokens().contains("RefreshToken"_L1)); // this client does not rotate
    m_now = m_now.addDays(30);
    const Answer late = caller.initiate(u"REFRESH_TOKEN_AUTH"_s, {{u"REFRESH_TOKEN"_s, refresh}});
    QCOMPARE(late.error(), u"NotAuthorizedException"_s);
    QCOMPARE(late.message(), u"Refresh Token has expired"_s);
}

void tst_UserPoolApi::rotates()
{
    listen(rotating(std::chrono::seconds(10)));
    const CognitoCaller caller(*m_emulator);
    const QString first = signIn(caller).token("RefreshToken"_L1);
    const auto next = [&](const QString &token) {
        return caller.call("GetTokensFromRefreshToken",
                           {{u"RefreshToken"_s, token}, {u"ClientId"_s, u"rotating"_s}});
    };
    QCOMPARE(caller.initiate(u"REFRESH_TOKEN_AUTH"_s, {{u"REFRESH_TOKEN"_s, first}}).error(),
             u"InvalidParameterException"_s);
    const QString second = next(first).token("RefreshToken"_L1);
    QVERIFY(!second.isEmpty() && second != first);
    m_now = m_now.addSecs(9);
    QVERIFY(!next(first).tokens().isEmpty());
    m_now = m_now.addSecs(1); // the grace counts from the first use
    QCOMPARE(next(first).error(), u"RefreshTokenReuseException"_s);
    QVERIFY(!next(second).tokens().isEmpty());
    const QString third = next(second).token("RefreshToken"_L1);
    m_now = m_now.addDays(30).addSecs(-11);
    QVERIFY(!next(third).tokens().isEmpty());
    m_now = m_now.addSecs(1); // 30 days after the sign-in, whatever was rotated since
    QCOMPARE(next(third).message(), u"Refresh Token has expired"_s);
    QCOMPARE(next(u"x"_s).message(), u"Invalid Refresh Token"_s);

    listen(rotating(std::chrono::seconds(0)));
    const CognitoCaller strict(*m_emulator);
    const QString once = signIn(strict).token("RefreshToken"_L1);
    const QJsonObject request{{u"RefreshToken"_s, once}, {u"ClientId"_s, u"rotating"_s}};
    QVERIFY(!strict.call("GetTokensFromRefreshToken", request).tokens().isEmpty());
    QCOMPARE(strict.call("GetTokensFromRefreshToken", request).error(),
             u"RefreshTokenReuseException"_s);
}

void tst_UserPoolApi::revokes()
{
    EmulatorOptions::UserPool pool;
    pool.clients = {{u"one"_s}, {u"two"_s}};
    listen(pool);
    CognitoCaller caller(*m_emulator);
    const Answer answer = signIn(caller);
    const Answer other = signIn(caller);
    const auto revoke = [&](const QString &token, const QString &client) {
        return caller.call("RevokeToken", {{u"Token"_s, token}, {u"ClientId"_s, client}});
    };
    QCOMPARE(revoke(answer.token("AccessToken"_L1), u"one"_s).error(),
             u"UnsupportedTokenTypeException"_s);
    QCOMPARE(revoke(answer.token("RefreshToken"_L1), u"two"_s).error(), u"UnauthorizedException"_s);
    QCOMPARE(revoke(answer.token("RefreshToken"_L1), u"one"_s).status, 200);
    QCOMPARE(revoke(u"unknown"_s, u"one"_s).status, 200);
    const auto refresh = [&](const Answer &signedIn) {
        return caller.initiate(u"REFRESH_TOKEN_AUTH"_s,
                               {{u"REFRESH_TOKEN"_s, signedIn.token("RefreshToken"_L1)}});
    };
    QCOMPARE(refresh(answer).message(), u"Refresh Token has been revoked"_s);
    QVERIFY(!refresh(other).tokens().isEmpty());
    QCOMPARE(caller.call("GetUser", {{u"AccessToken"_s, answer.token("AccessToken"_L1)}}).message(),
             u"Access Token has been revoked"_s);
    QCOMPARE(publish(answer.token("AccessToken"_L1)), 200); // AppSync does not ask Cognito
}

void tst_UserPoolApi::signsOutEverywhere()
{
    listen({});
    const CognitoCaller caller(*m_emulator);
    const Answer one = signIn(caller);
    const Answer two = signIn(caller);
    QCOMPARE(caller.call("GlobalSignOut", {{u"AccessToken"_s, one.token("AccessToken"_L1)}}).status,
             200);
    for (const Answer &answer : {one, two}) {
        QCOMPARE(caller
                     .initiate(u"REFRESH_TOKEN_AUTH"_s,
                               {{u"REFRESH_TOKEN"_s, answer.token("RefreshToken"_L1)}})
                     .message(),
                 u"Refresh Token has been revoked"_s);
        QCOMPARE(
            caller.call("GetUser", {{u"AccessToken"_s, answer.token("AccessToken"_L1)}}).message(),
            u"Access Token has been revoked"_s);
    }
    const Answer again = signIn(caller); // in the same second
    QCOMPARE(caller.call("GetUser", {{u"AccessToken"_s, again.token("AccessToken"_L1)}}).status,
             200);
}

void tst_UserPoolApi::tellsAboutTheUser()
{
    listen({});
    const CognitoCaller caller(*m_emulator);
    const Answer answer = signIn(caller);
    const auto getUser = [&](const QString &token) {
        return caller.call("GetUser", {{u"AccessToken"_s, token}});
    };
    const Answer user = getUser(answer.token("AccessToken"_L1));
    QCOMPARE(user.text("Username"_L1), u"demo"_s);
    const QJsonArray attributes = user.body["UserAttributes"_L1].toArray();
    QVERIFY(attributes.contains(
        QJsonObject{{u"Name"_s, u"email"_s}, {u"Value"_s, u"demo@example.com"_s}}));
    QCOMPARE(getUser(answer.token("IdToken"_L1)).message(), u"Invalid Access Token"_s);
    QCOMPARE(getUser(m_emulator->token()).message(), u"Invalid Access Token"_s);
    QCOMPARE(getUser({}).message(), u"Invalid Access Token"_s);
    m_now = m_now.addSecs(3600);
    QCOMPARE(getUser(answer.token("AccessToken"_L1)).message(), u"Access Token has expired"_s);
}

void tst_UserPoolApi::appOfASignedInUser()
{
    listen({});
    const CognitoCaller caller(*m_emulator);
    const QString token = signIn(caller).token("AccessToken"_L1);
    const QJsonObject enable{{u"AccessToken"_s, token},
                             {u"SoftwareTokenMfaSettings"_s,
                              QJsonObject{{u"Enabled"_s, true}, {u"PreferredMfa"_s, true}}}};
    QCOMPARE(caller.call("SetUserMFAPreference", enable).error(), u"InvalidParameterException"_s);
    const QString secret =
        caller.call("AssociateSoftwareToken", {{u"AccessToken"_s, token}}).text("SecretCode"_L1);
    const auto verify = [&](const QString &code) {
        return caller.call("VerifySoftwareToken",
                           {{u"AccessToken"_s, token}, {u"UserCode"_s, code}});
    };
    QCOMPARE(verify(u"x"_s).error(), u"EnableSoftwareTokenMFAException"_s);
    QCOMPARE(verify(Totp::code(secret, Totp::stepAt(m_now.toSecsSinceEpoch()))).text("Status"_L1),
             u"SUCCESS"_s);
    QVERIFY(!signIn(caller).tokens().isEmpty()); // not in use yet
    QCOMPARE(caller.call("SetUserMFAPreference", enable).status, 200);
    QCOMPARE(signIn(caller).challenge(), u"SOFTWARE_TOKEN_MFA"_s);
    const Answer user = caller.call("GetUser", {{u"AccessToken"_s, token}});
    QCOMPARE(user.text("PreferredMfaSetting"_L1), u"SOFTWARE_TOKEN_MFA"_s);
    QJsonObject disable = enable;
    disable.insert(u"SoftwareTokenMfaSettings"_s, QJsonObject{{u"Enabled"_s, false}});
    QCOMPARE(caller.call("SetUserMFAPreference", disable).status, 200);
    QVERIFY(!signIn(caller).tokens().isEmpty());
}

void tst_UserPoolApi::survivesARestart()
{
    listen({});
    const CognitoCaller caller(*m_emulator);
    const Answer answer = signIn(caller);
    const QString pool = m_emulator->userPoolId();
    const QString password = m_emulator->password();
    m_options.port = m_emulator->port();
    m_emulator->close();
    QVERIFY2(m_emulator->listen(m_options), qPrintable(m_emulator->problem()));
    QCOMPARE(m_emulator->userPoolId(), pool);
    QCOMPARE(m_emulator->password(), password);
    QCOMPARE(publish(answer.token("AccessToken"_L1)), 200);
    QVERIFY(!caller
                 .initiate(u"REFRESH_TOKEN_AUTH"_s,
                           {{u"REFRESH_TOKEN"_s, answer.token("RefreshToken"_L1)}})
                 .tokens()
                 .isEmpty());
    const Emulator other;
    QVERIFY(other.userPoolId() != pool);
    QVERIFY(other.password() != password);
}

void tst_UserPoolApi::answersBrowsers()
{
    listen({});
    Connection connection(m_emulator->port());
    const HttpAnswer preflight =
        connection.ask("OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:5173\r\n"
                       "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: "
                       "content-type,x-amz-target,x-amz-user-agent\r\n\r\n");
    QCOMPARE(preflight.status, 204);
    QVERIFY(preflight.header("Access-Control-Allow-Methods").contains("POST"));
    QCOMPARE(preflight.header("Access-Control-Allow-Headers"),
             "content-type,x-amz-target,x-amz-user-agent");
    const QByteArray target = "X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth\r\n";
    const HttpAnswer refused =
        connection.ask(post("/", target + "Origin: http://localhost:5173\r\n", "{}"));
    QCOMPARE(refused.status, 400);
    QCOMPARE(refused.header("Access-Control-Allow-Origin"), "http://localhost:5173");
    QCOMPARE(refused.header("Content-Type"), "application/x-amz-json-1.1");
    QCOMPARE(refused.header("x-amzn-ErrorType"), "ResourceNotFoundException:");
    // By the emulator's clock, not the computer's.
    QCOMPARE(refused.header("Date"),
             QLocale::c().toString(m_now, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'").toLatin1());
    const HttpAnswer stranger =
        connection.ask(post("/", target + "Origin: https://evil.example\r\n", "{}"));
    QCOMPARE(stranger.status, 403);
    QCOMPARE(connection.ask(post("/", target, "{")).object()["__type"_L1].toString(),
             u"SerializationException"_s);
    QCOMPARE(connection.ask(post("/", "X-Amz-Target: Other.Operation\r\n", "{}"))
                 .object()["__type"_L1]
                 .toString(),
             u"UnknownOperationException"_s);
}

void tst_UserPoolApi::saysWhatIsWrong_data()
{
    QTest::addColumn<EmulatorOptions::UserPool>("pool");
    QTest::addColumn<QString>("word");
    const auto of = [](const EmulatorOptions::User &user) {
        EmulatorOptions::UserPool pool;
        pool.users = {user};
        return pool;
    };
    EmulatorOptions::UserPool pool;
    pool.id = u"no-underscore"_s;
    QTest::newRow("id") << pool << u"no-underscore"_s;
    pool = {};
    pool.clients = {{u"one"_s}, {u"one"_s}};
    QTest::newRow("two clients") << pool << u"client"_s;
    pool = {};
    pool.users = {{u"alice"_s, u"x"_s}, {u"alice"_s, u"y"_s}};
    QTest::newRow("two users") << pool << u"alice"_s;
    EmulatorOptions::User user{u"bob"_s, u"x"_s};
    user.totpSecret = u"not base32"_s;
    QTest::newRow("secret") << of(user) << u"base32"_s;
    user = {u"bob"_s, u"x"_s};
    user.hasSmsMfa = true;
    QTest::newRow("no number") << of(user) << u"phone_number"_s;
    user = {u"bob"_s, u"x"_s};
    user.hasEmailMfa = true;
    QTest::newRow("no address") << of(user) << u"email"_s;
}

void tst_UserPoolApi::saysWhatIsWrong()
{
    QFETCH(EmulatorOptions::UserPool, pool);
    QFETCH(QString, word);
    Emulator emulator;
    EmulatorOptions options;
    options.userPool = pool;
    QVERIFY(!emulator.listen(options));
    QVERIFY2(emulator.problem().contains(word), qPrintable(emulator.problem()));
    QVERIFY(emulator.listen());
}

GUILESS_TEST(tst_UserPoolApi)
#include "tst_userpoolapi.moc"
