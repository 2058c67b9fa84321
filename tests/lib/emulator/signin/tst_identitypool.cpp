// SPDX-License-Identifier: Apache-2.0
#include "../access/signer.h"
#include "cognitocaller.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

using Answer = CognitoCaller::Answer;

//! AWS credentials for guests and users, which IAM mode must accept.
class tst_IdentityPool : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void guestsMayListen();
    void usersMayPublish_data();
    void usersMayPublish();
    void credentialsEnd();
    void wrongLogins_data();
    void wrongLogins();
    void identitiesBelongToSomebody();
    void guestsKeepTheirIdentity();
    void guestsMayBeUnwelcome();
    void rolesAreData();
    void badRequests();

private:
    [[nodiscard]] static Answer getId(const Emulator &emulator, const QJsonObject &logins = {})
    {
        return identity(emulator).call(
            "GetId", {{u"IdentityPoolId"_s, emulator.identityPoolId()}, {u"Logins"_s, logins}});
    }
    [[nodiscard]] static Answer getCredentials(const Emulator &emulator, const QString &id,
                                               const QJsonObject &logins = {})
    {
        return identity(emulator).call("GetCredentialsForIdentity",
                                       {{u"IdentityId"_s, id}, {u"Logins"_s, logins}});
    }
    [[nodiscard]] static CognitoCaller identity(const Emulator &emulator)
    {
        return CognitoCaller(emulator, "AWSCognitoIdentityService");
    }
    [[nodiscard]] static QJsonObject login(const Emulator &emulator,
                                           QLatin1StringView kind = "IdToken"_L1)
    {
        const Answer answer =
            CognitoCaller(emulator).signIn(emulator.username(), emulator.password());
        return {{u"cognito-idp.us-east-1.amazonaws.com/"_s + emulator.userPoolId(),
                 answer.token(kind)}};
    }
};

namespace {

Signer signerOf(const Answer &answer, const QDateTime &now = QDateTime::currentDateTimeUtc())
{
    const QJsonObject credentials = answer.body["Credentials"_L1].toObject();
    Signer signer{credentials["AccessKeyId"_L1].toString(), credentials["SecretKey"_L1].toString(),
                  credentials["SessionToken"_L1].toString()};
    signer.now = now;
    return signer;
}

HttpAnswer publish(const Emulator &emulator, const Signer &signer)
{
    const QByteArray body = R"({"channel":"private/a","events":["1"]})";
    Connection connection(emulator.port());
    return connection.ask(post("/event", signer.headerLines(body), body));
}

//! `connection_ack`, or what comes in its place.
QString connected(const Emulator &emulator, const Signer &signer)
{
    WebSocket socket;
    if (!socket.open(emulator.realtimeUrl(),
                     {u"aws-appsync-event-ws"_s, headerProtocol(signer.authorization("{}"))}))
        return {};
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    return socket.nextJson()["type"_L1].toString();
}

} // namespace

void tst_IdentityPool::guestsMayListen()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    const Answer id = getId(emulator);
    QVERIFY2(id.text("IdentityId"_L1).startsWith(u"us-east-1:"_s), id.shown());
    const Answer credentials = getCredentials(emulator, id.text("IdentityId"_L1));
    QCOMPARE(credentials.text("IdentityId"_L1), id.text("IdentityId"_L1));
    const Signer signer = signerOf(credentials);
    QVERIFY(signer.accessKeyId.startsWith(u"ASIA"_s));
    QVERIFY(signer.sessionToken.size() > 300);
    const QJsonValue expiration = credentials.body["Credentials"_L1]["Expiration"_L1];
    QVERIFY(expiration.isDouble());
    QVERIFY(qAbs(expiration.toInteger() - QDateTime::currentSecsSinceEpoch() - 3600) < 60);
    QCOMPARE(connected(emulator, signer), u"connection_ack"_s);
    QCOMPARE(publish(emulator, signer).status, 403);
    QVERIFY(getId(emulator).text("IdentityId"_L1) != id.text("IdentityId"_L1)); // another guest
}

void tst_IdentityPool::usersMayPublish_data()
{
    QTest::addColumn<bool>("isOfUserPool");
    QTest::newRow("user pool") << true;
    QTest::newRow("OIDC") << false;
}

void tst_IdentityPool::usersMayPublish()
{
    QFETCH(bool, isOfUserPool);
    Emulator emulator;
    QVERIFY(emulator.listen());
    QJsonObject logins = login(emulator);
    if (!isOfUserPool) {
        const QByteArray claims = QByteArray::fromBase64(emulator.token().split(u'.')[1].toLatin1(),
                                                         QByteArray::Base64UrlEncoding);
        logins = {{QJsonDocument::fromJson(claims)["iss"_L1].toString(), emulator.token()}};
    }
    const Answer id = getId(emulator, logins);
    const Answer credentials = getCredentials(emulator, id.text("IdentityId"_L1), logins);
    QVERIFY2(credentials.status == 200, credentials.shown());
    QCOMPARE(connected(emulator, signerOf(credentials)), u"connection_ack"_s);
    QCOMPARE(publish(emulator, signerOf(credentials)).status, 200);
    Signer withoutToken = signerOf(credentials);
    withoutToken.sessionToken.clear();
    QCOMPARE(publish(emulator, withoutToken).errorType(), u"UnrecognizedClientException"_s);
    QCOMPARE(getId(emulator, logins).text("IdentityId"_L1), id.text("IdentityId"_L1));
}

void tst_IdentityPool::credentialsEnd()
{
    Emulator emulator;
    EmulatorOptions options;
    auto now = QDateTime::fromString(u"2025-01-15T12:34:56Z"_s, Qt::ISODate);
    options.now = [&now] { return now; };
    QVERIFY(emulator.listen(options));
    const QJsonObject logins = login(emulator);
    const Answer credentials =
        getCredentials(emulator, getId(emulator, logins).text("IdentityId"_L1), logins);
    now = now.addSecs(3599);
    QCOMPARE(publish(emulator, signerOf(credentials, now)).status, 200);
    now = now.addSecs(1);
    const HttpAnswer late = publish(emulator, signerOf(credentials, now));
    QCOMPARE(late.status, 403);
    QCOMPARE(late.errorType(), u"ExpiredTokenException"_s);
    QCOMPARE(late.errorMessage().toString(),
             u"The security token included in the request is expired"_s);
}

void tst_IdentityPool::wrongLogins_data()
{
    QTest::addColumn<QString>("provider");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("message");
    const QString unsupported = u"Token is not from a supported provider of this identity pool."_s;
    QTest::newRow("access token") << u"$pool"_s << u"$access"_s
                                  << u"Invalid login token. Not an ID token."_s;
    QTest::newRow("other provider") << u"graph.facebook.com"_s << u"$id"_s << unsupported;
    QTest::newRow("not a token") << u"$pool"_s << u"x"_s << unsupported;
    QTest::newRow("issuer of nobody") << u"$pool"_s << Emulator().token() << unsupported;
    QTest::newRow("with https") << u"https://$pool"_s << u"$id"_s << unsupported;
    QTest::newRow("expired") << u"$pool"_s << u"$late"_s
                             << u"Invalid login token. Token expired: 1736948096 >= 1736948096"_s;
    QTest::newRow("touched")
        << u"$pool"_s << u"$id!"_s
        << u"Invalid login token. no key of its issuer made the token's signature"_s;
}

void tst_IdentityPool::wrongLogins()
{
    QFETCH(QString, provider);
    QFETCH(QString, token);
    QFETCH(QString, message);
    Emulator emulator;
    EmulatorOptions options;
    auto now = QDateTime::fromString(u"2025-01-15T12:34:56Z"_s, Qt::ISODate);
    options.now = [&now] { return now; };
    QVERIFY(emulator.listen(options));
    const QJsonObject logins = login(emulator);
    const QString idToken = logins.begin().value().toString();
    provider.replace(u"$pool"_s, logins.begin().key());
    if (token == u"$late"_s)
        now = now.addSecs(3600);
    if (token == u"$access"_s)
        token = login(emulator, "AccessToken"_L1).begin().value().toString();
    else if (token == u"$id!"_s)
        token = idToken.chopped(4) + u"AAAA"_s;
    else if (token.startsWith(u'$'))
        token = idToken;
    const Answer answer = getId(emulator, {{provider, token}});
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.error(), u"NotAuthorizedException"_s);
    QCOMPARE(answer.message(), message);
}

void tst_IdentityPool::identitiesBelongToSomebody()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    const QJsonObject logins = login(emulator);
    const QString users = getId(emulator, logins).text("IdentityId"_L1);
    const QString guests = getId(emulator).text("IdentityId"_L1);
    QCOMPARE(getCredentials(emulator, users).message(),
             u"Access to Identity '%1' is forbidden."_s.arg(users));
    QCOMPARE(getCredentials(emulator, guests, logins).error(), u"NotAuthorizedException"_s);
    const Answer unknown = getCredentials(emulator, u"us-east-1:x"_s);
    QCOMPARE(unknown.error(), u"ResourceNotFoundException"_s);
    QCOMPARE(unknown.message(), u"Identity 'us-east-1:x' not found."_s);
}

void tst_IdentityPool::guestsKeepTheirIdentity()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    const QString guest = getId(emulator).text("IdentityId"_L1);
    const QJsonObject logins = login(emulator);
    QCOMPARE(getCredentials(emulator, guest, logins).text("IdentityId"_L1), guest);
    QCOMPARE(getId(emulator, logins).text("IdentityId"_L1), guest);
    QCOMPARE(getCredentials(emulator, guest).error(),
             u"NotAuthorizedException"_s); // a guest no more
}

void tst_IdentityPool::guestsMayBeUnwelcome()
{
    Emulator emulator;
    EmulatorOptions options;
    options.identityPool.id = u"eu-west-1:b0000000-0000-4000-8000-000000000000"_s;
    options.identityPool.allowsGuests = false;
    QVERIFY(emulator.listen(options));
    QCOMPARE(emulator.identityPoolId(), options.identityPool.id);
    QCOMPARE(getId(emulator).message(),
             u"Unauthenticated access is not supported for this identity pool."_s);
    QVERIFY(getId(emulator, login(emulator)).text("IdentityId"_L1).startsWith(u"eu-west-1:"_s));
}

void tst_IdentityPool::rolesAreData()
{
    Emulator emulator;
    EmulatorOptions options;
    options.roles = {{u"publisher"_s, {{{u"appsync:*"_s}}}}, {u"nobody"_s}};
    options.identityPool.guestRole = u"publisher"_s;
    options.identityPool.userRole = u"nobody"_s;
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    const Answer guest = getCredentials(emulator, getId(emulator).text("IdentityId"_L1));
    QCOMPARE(publish(emulator, signerOf(guest)).status, 200);
    const QJsonObject logins = login(emulator);
    const Answer user =
        getCredentials(emulator, getId(emulator, logins).text("IdentityId"_L1), logins);
    QCOMPARE(connected(emulator, signerOf(user)), u"connection_error"_s);

    options.identityPool.userRole = u"absent"_s;
    QVERIFY(!emulator.listen(options));
    QVERIFY2(emulator.problem().contains(u"\"absent\""_s), qPrintable(emulator.problem()));
    options = {};
    options.roles = {{u"guest"_s}, {u"signed-in"_s}, {u"with space"_s}};
    QVERIFY(!emulator.listen(options));
    QVERIFY2(emulator.problem().contains(u"with space"_s), qPrintable(emulator.problem()));
}

void tst_IdentityPool::badRequests()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    const Answer unknown =
        identity(emulator).call("GetId", {{u"IdentityPoolId"_s, u"us-east-1:x"_s}});
    QCOMPARE(unknown.error(), u"ResourceNotFoundException"_s);
    QCOMPARE(unknown.message(), u"IdentityPool 'us-east-1:x' not found."_s);
    QCOMPARE(identity(emulator).call("GetOpenIdToken", {}).error(), u"UnknownOperationException"_s);
    const QString id = getId(emulator).text("IdentityId"_L1);
    const auto withRole = [&](const QString &arn) {
        return identity(emulator).call("GetCredentialsForIdentity",
                                       {{u"IdentityId"_s, id}, {u"CustomRoleArn"_s, arn}});
    };
    QCOMPARE(withRole(Emulator::roleArn(u"signed-in"_s)).error(), u"InvalidParameterException"_s);
    QCOMPARE(withRole(Emulator::roleArn(u"guest"_s)).status, 200);
}

GUILESS_TEST(tst_IdentityPool)
#include "tst_identitypool.moc"
