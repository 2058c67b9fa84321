// SPDX-License-Identifier: Apache-2.0
#include "../access/signer.h"
#include "../signin/cognitocaller.h"
#include "handlerfixture.h"
#include "tests/shared/testrunner.h"

using namespace AppSync;
using namespace HandlerFixture;
using namespace Qt::StringLiterals;

//! What handlers learn of the request and of who made it.
class tst_HandlerContext : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofTokens();
    void ofSignedRequests();
};

void tst_HandlerContext::ofTokens()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor(u"who.js"_s)));
    Client client(emulator);
    QCOMPARE(client.subscribe(u"/ns/*"_s), u"subscribed"_s);
    QCOMPARE(client.subscribe(u"/plain/end"_s), u"subscribed"_s); // what received() waits for
    const auto seen = [&](const QString &authorization) {
        Client publisher(emulator, authorization);
        const QString verdict = publisher.publish(u"/ns/a/b"_s, {u"1"_s});
        if (verdict != u"ok"_s)
            return QJsonObject{{u"verdict"_s, verdict}};
        return QJsonDocument::fromJson(client.received().value(0).toUtf8()).object();
    };
    QJsonObject context = seen({});
    QCOMPARE(context.value("identity"_L1), QJsonValue(u"none"_s));
    QCOMPARE(context.value("info"_L1).toObject(),
             (QJsonObject{{u"channel"_s,
                           QJsonObject{{u"path"_s, u"/ns/a/b"_s},
                                       {u"segments"_s, QJsonArray{u"ns"_s, u"a"_s, u"b"_s}}}},
                          {u"channelNamespace"_s, QJsonObject{{u"name"_s, u"ns"_s}}},
                          {u"operation"_s, u"PUBLISH"_s}}));
    const QJsonObject headers = context.value("headers"_L1).toObject();
    QCOMPARE(headers.value("accept"_L1).toString(), u"application/json"_s);
    QCOMPARE(headers.value("x-twice"_L1).toArray(), (QJsonArray{u"1"_s, u"2"_s}));
    QVERIFY(!headers.contains("cookie"_L1));
    QVERIFY(context.value("domainName"_L1).isNull());
    QCOMPARE(context.value("spellings"_L1).toArray(),
             (QJsonArray{u"/ns/a/b"_s, u"PUBLISH"_s, u"ns"_s}));

    QJsonObject identity = seen(poolToken(u"ann"_s, {u"admins"_s})).value("identity"_L1).toObject();
    QCOMPARE(identity.value("sub"_L1).toString(), u"sub-of-ann"_s);
    QCOMPARE(identity.value("username"_L1).toString(), u"ann"_s);
    QCOMPARE(identity.value("issuer"_L1).toString(), kPool);
    QCOMPARE(identity.value("groups"_L1).toArray(), QJsonArray{u"admins"_s});
    QCOMPARE(identity.value("sourceIp"_L1).toArray(), QJsonArray{u"127.0.0.1"_s});
    QCOMPARE(identity.value("defaultAuthStrategy"_L1).toString(), u"ALLOW"_s);
    QCOMPARE(identity.value("claims"_L1).toObject().value("token_use"_L1).toString(), u"id"_s);

    identity =
        seen(emulator.tokenFor(u"bob"_s, std::chrono::seconds(60))).value("identity"_L1).toObject();
    QCOMPARE(identity.value("sub"_L1).toString(), u"bob"_s);
    QVERIFY(identity.contains("issuer"_L1));
    QVERIFY(identity.contains("claims"_L1));
}

//! Of the emulator's own key, and of credentials that its identity pool gave.
void tst_HandlerContext::ofSignedRequests()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor(u"who.js"_s)));
    Client client(emulator);
    QCOMPARE(client.subscribe(u"/ns/*"_s), u"subscribed"_s);
    QCOMPARE(client.subscribe(u"/plain/end"_s), u"subscribed"_s); // what received() waits for
    const auto identityOf = [&](const Signer &signer) {
        const QByteArray body = R"({"channel":"ns/a","events":["1"]})";
        RawClient::Connection connection(emulator.port());
        if (connection.ask(RawClient::post("/event", signer.headerLines(body), body)).status != 200)
            return QJsonObject();
        return QJsonDocument::fromJson(client.received().value(0).toUtf8())
            .object()
            .value("identity"_L1)
            .toObject();
    };
    QJsonObject identity = identityOf({emulator.accessKeyId(), emulator.secretAccessKey()});
    QVERIFY(identity.value("userArn"_L1).toString().startsWith(u"arn:aws:iam::"_s));
    QCOMPARE(identity.value("accountId"_L1).toString(),
             identity.value("userArn"_L1).toString().section(u':', 4, 4));
    QVERIFY(!identity.value("username"_L1).toString().isEmpty());
    QCOMPARE(identity.value("sourceIp"_L1).toArray(), QJsonArray{u"127.0.0.1"_s});
    QVERIFY(identity.value("cognitoIdentityId"_L1).isNull());
    QVERIFY(identity.value("cognitoIdentityAuthType"_L1).isNull());

    const QString pool = u"cognito-idp.us-east-1.amazonaws.com/"_s + emulator.userPoolId();
    const CognitoCaller userPool(emulator);
    const QString token =
        userPool.signIn(emulator.username(), emulator.password()).token("IdToken"_L1);
    const QJsonObject logins{{pool, token}};
    const CognitoCaller identities(emulator, "AWSCognitoIdentityService");
    const QString id =
        identities
            .call("GetId",
                  {{u"IdentityPoolId"_s, emulator.identityPoolId()}, {u"Logins"_s, logins}})
            .body["IdentityId"_L1]
            .toString();
    const QJsonObject given =
        identities.call("GetCredentialsForIdentity", {{u"IdentityId"_s, id}, {u"Logins"_s, logins}})
            .body["Credentials"_L1]
            .toObject();
    identity = identityOf({given["AccessKeyId"_L1].toString(), given["SecretKey"_L1].toString(),
                           given["SessionToken"_L1].toString()});
    QCOMPARE(identity.value("cognitoIdentityPoolId"_L1).toString(), emulator.identityPoolId());
    QCOMPARE(identity.value("cognitoIdentityId"_L1).toString(), id);
    QCOMPARE(identity.value("cognitoIdentityAuthType"_L1).toString(), u"authenticated"_s);
    QVERIFY(identity.value("cognitoIdentityAuthProvider"_L1)
                .toString()
                .startsWith(u"\"%1\",\"%1:CognitoSignIn:"_s.arg(pool)));
    QVERIFY(identity.value("userArn"_L1).toString().contains(u":assumed-role/signed-in/"_s));
}

GUILESS_TEST(tst_HandlerContext)
#include "tst_handlercontext.moc"
