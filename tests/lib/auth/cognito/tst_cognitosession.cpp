// SPDX-License-Identifier: Apache-2.0
#include "cognitosetup.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

class tst_CognitoSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheNewRefreshToken();
    void refreshesTheOldWay_data();
    void refreshesTheOldWay();
    void signsInAgainWhenTheSessionEnded();
    void asksNobodyUnasked();
    void keepsTheSessionWhenTheServerIsDown();
    void restoresASession();
    void ignoresSessionsOfOthers_data();
    void ignoresSessionsOfOthers();
    void takesAnythingForASession_data();
    void takesAnythingForASession();
    void signsOut();
    void signsOutEverywhere();
    void signsOutOfNothing();
    void signingOutEndsASignIn();
    void saysWhySigningOutFailed();
};

void tst_CognitoSession::keepsTheNewRefreshToken()
{
    Setup setup;
    setup.pool.rotates = true;
    GET_TOKEN(first, *setup.source);
    QStringList used;
    for (int i = 0; i < 3; ++i) {
        setup.clock.advance(2h);
        GET_TOKEN(next, *setup.source);
        used << setup.pool.lastBody(u"GetTokensFromRefreshToken"_s)
                    .value(u"RefreshToken")
                    .toString();
    }
    used.removeDuplicates();
    QCOMPARE(used.size(), 3);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);
    QVERIFY(setup.source->session().contains(setup.pool.refreshToken.toUtf8()));
}

void tst_CognitoSession::refreshesTheOldWay_data()
{
    QTest::addColumn<QString>("secret");
    QTest::newRow("public client") << QString();
    QTest::newRow("client with a secret") << u"9l9d4itj79"_s;
}

void tst_CognitoSession::refreshesTheOldWay()
{
    QFETCH(QString, secret);
    Setup setup;
    setup.pool.clientSecret = secret;
    setup.source->setClientSecret(secret);
    GET_TOKEN(first, *setup.source);
    if (!secret.isEmpty()) {
        setup.clock.advance(2h);
        GET_TOKEN(newWay, *setup.source);
        QCOMPARE(setup.pool.lastBody(u"GetTokensFromRefreshToken"_s).value(u"ClientSecret"),
                 QJsonValue(secret));
    }
    setup.pool.knowsNewRefresh = false;
    setup.clock.advance(2h);
    GET_TOKEN(second, *setup.source);
    QVERIFY(second.token != first.token);
    const QJsonObject body = setup.pool.lastBody(u"InitiateAuth"_s);
    QCOMPARE(body.value(u"AuthFlow").toString(), u"REFRESH_TOKEN_AUTH"_s);
    QCOMPARE(body.value(u"AuthParameters").toObject().contains(u"SECRET_HASH"), !secret.isEmpty());
    if (!secret.isEmpty()) {
        // Of the pool's own name, not of the e-mail address.
        const QByteArray hash =
            QMessageAuthenticationCode::hash((setup.pool.userId + setup.pool.clientId).toUtf8(),
                                             secret.toUtf8(), QCryptographicHash::Sha256);
        QCOMPARE(body.value(u"AuthParameters")[u"SECRET_HASH"].toString().toLatin1(),
                 hash.toBase64());
    }
}

void tst_CognitoSession::signsInAgainWhenTheSessionEnded()
{
    Setup setup;
    GET_TOKEN(first, *setup.source);
    setup.pool.refreshToken.clear();
    setup.clock.advance(2h);
    GET_TOKEN(second, *setup.source);
    QCOMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 1);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 2);

    // Without a password, and without anybody to ask, the server's reason is told.
    setup.source->setPassword({});
    setup.pool.refreshToken.clear();
    setup.clock.advance(2h);
    Asked third(*setup.source);
    QVERIFY(third.wait());
    QCOMPARE(third.error.kind, Error::Kind::Unauthorized);
    QCOMPARE(third.error.serverMessage, u"Refresh Token has been revoked"_s);
    QVERIFY(!setup.source->isSignedIn());

    // With somebody to ask, they are told why they are asked.
    setup.source->setPassword({});
    setup.source->setUsername({});
    setup.person.answerTo(&*setup.source, &CognitoTokenSource::interactionRequired);
    setup.person.answers = {
        QVariantMap{{u"username"_s, setup.pool.login}, {u"password"_s, setup.pool.password}}};
    GET_TOKEN(fourth, *setup.source);
    setup.pool.refreshToken.clear();
    setup.clock.advance(2h);
    setup.person.answers = {
        QVariantMap{{u"username"_s, setup.pool.login}, {u"password"_s, setup.pool.password}}};
    GET_TOKEN(fifth, *setup.source);
    QCOMPARE(setup.person.shown.size(), 2);
    QVERIFY(setup.person.shown.last().problem.contains(u"ended"_s));
    // What was entered before is offered, but for the password.
    QCOMPARE(setup.person.shown.last().fields.first().value, setup.pool.login);
}

void tst_CognitoSession::asksNobodyUnasked()
{
    Setup setup(true);
    GET_TOKEN(first, *setup.source);
    setup.source->setPassword({});
    setup.pool.refreshToken.clear();
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::tokenChanged);
    setup.clock.advance(55min);
    QVERIFY(changed.wait(30'000));
    QVERIFY(setup.person.shown.isEmpty());
    // It lasts a few minutes yet.
    GET_TOKEN(second, *setup.source);
    QCOMPARE(second.token, first.token);
    QVERIFY(!setup.clock.untilNext());
    setup.clock.advance(5min);
    QVERIFY(!setup.source->isSignedIn());
    setup.person.answers = {QVariantMap{{u"password"_s, setup.pool.password}}};
    GET_TOKEN(third, *setup.source);
    QCOMPARE(setup.person.shown.size(), 1);
}

void tst_CognitoSession::keepsTheSessionWhenTheServerIsDown()
{
    Setup setup;
    GET_TOKEN(first, *setup.source);
    setup.source->setTimeout(50ms);
    setup.pool.handlers[u"GetTokensFromRefreshToken"_s] = [](const QJsonObject &) {
        return CognitoPool::never();
    };
    setup.clock.advance(2h);
    Asked second(*setup.source);
    QVERIFY(second.wait());
    QCOMPARE(second.error.kind, Error::Kind::Timeout);
    QVERIFY(second.error.isRetryable());
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);
    setup.pool.handlers.clear();
    setup.source->setTimeout(15s);
    GET_TOKEN(third, *setup.source);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 1);
}

void tst_CognitoSession::restoresASession()
{
    Setup setup;
    setup.pool.newDevice = {{u"DeviceKey"_s, u"eu-west-1_dev"_s}, {u"DeviceGroupKey"_s, u"-grp"_s}};
    setup.pool.handlers[u"ConfirmDevice"_s] = [](const QJsonObject &) {
        return CognitoPool::ok({});
    };
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    GET_TOKEN(first, *setup.source);
    QTRY_COMPARE(saved.count(), 2); // with the device
    const QByteArray session = setup.source->session();
    setup.pool.newDevice = {};

    CognitoTokenSource other;
    setup.configure(other);
    other.setPassword({});
    other.setSession(session);
    QVERIFY(other.isSignedIn());
    QCOMPARE(other.session(), session);
    QCOMPARE(other.expiresAt(), first.expiresAt);
    const auto calls = setup.pool.calls.size();
    GET_TOKEN(second, other);
    QCOMPARE(second.token, first.token);
    QCOMPARE(setup.pool.calls.size(), calls);
    // Renewed as if it had signed in itself, and with the device.
    QSignalSpy changed(&other, &CognitoTokenSource::tokenChanged);
    setup.source.reset();
    setup.clock.advance(55min);
    QVERIFY(changed.wait(30'000));
    QCOMPARE(setup.pool.lastBody(u"GetTokensFromRefreshToken"_s).value(u"DeviceKey").toString(),
             u"eu-west-1_dev"_s);
}

void tst_CognitoSession::ignoresSessionsOfOthers_data()
{
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("value");
    QTest::newRow("pool") << u"userPoolId"_s << u"eu-west-1_Other"_s;
    QTest::newRow("client") << u"clientId"_s << u"2other"_s;
    QTest::newRow("user") << u"username"_s << u"bob"_s;
}

void tst_CognitoSession::ignoresSessionsOfOthers()
{
    QFETCH(QString, property);
    QFETCH(QString, value);
    Setup setup;
    GET_TOKEN(first, *setup.source);
    const auto calls = setup.pool.calls.size();
    setup.source->setProperty(property.toLatin1(), value);
    setup.source->setPassword({});
    QVERIFY(!setup.source->isSignedIn());
    QVERIFY(!setup.source->claims().isValid());
    QVERIFY(!setup.source->expiresAt().isValid());
    Asked second(*setup.source);
    QVERIFY(second.wait());
    QCOMPARE(second.error.kind, Error::Kind::InvalidInput); // nobody to ask for the password
    QCOMPARE(setup.pool.calls.size(), calls);
}

void tst_CognitoSession::takesAnythingForASession_data()
{
    QTest::addColumn<QByteArray>("session");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("rubbish") << "rubbish"_ba;
    QTest::newRow("other JSON") << R"([1,{"version":1}])"_ba;
    QTest::newRow("other version") << R"({"version":2,"refreshToken":"x"})"_ba;
    QTest::newRow("wrong types")
        << R"({"version":1,"refreshToken":7,"expiresAt":[],"lifetime":"x","device":3})"_ba;
}

void tst_CognitoSession::takesAnythingForASession()
{
    QFETCH(QByteArray, session);
    Setup setup;
    GET_TOKEN(first, *setup.source);
    setup.source->setSession(session);
    QVERIFY(!setup.source->isSignedIn());
    QVERIFY(setup.source->session().isEmpty());
    QVERIFY(!setup.clock.untilNext());
    GET_TOKEN(second, *setup.source);
    QCOMPARE(setup.pool.count(u"InitiateAuth"_s), 2);
}

void tst_CognitoSession::signsOut()
{
    Setup setup;
    setup.pool.clientSecret = u"9l9d4itj79"_s;
    setup.source->setClientSecret(setup.pool.clientSecret);
    GET_TOKEN(first, *setup.source);
    QSignalSpy changed(&*setup.source, &CognitoTokenSource::tokenChanged);
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    Reply *reply = setup.source->signOut();
    // At once, whatever the server says.
    QVERIFY(!setup.source->isSignedIn());
    QVERIFY(setup.source->session().isEmpty());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(saved.count(), 1);
    Error error;
    connect(reply, &Reply::finished, reply, [&error, reply] { error = reply->error(); });
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait(30'000));
    QVERIFY(!error.isError());
    const QJsonObject body = setup.pool.lastBody(u"RevokeToken"_s);
    QCOMPARE(body.value(u"Token").toString(), setup.pool.refreshToken);
    QCOMPARE(body.value(u"ClientId").toString(), setup.pool.clientId);
    QCOMPARE(body.value(u"ClientSecret").toString(), setup.pool.clientSecret);
    QVERIFY(!setup.clock.untilNext());
}

void tst_CognitoSession::signsOutEverywhere()
{
    Setup setup;
    GET_TOKEN(first, *setup.source);
    Reply *reply = setup.source->signOut(true);
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait(30'000));
    QCOMPARE(setup.pool.lastBody(u"GlobalSignOut"_s).value(u"AccessToken").toString(), first.token);
    QCOMPARE(setup.pool.count(u"RevokeToken"_s), 0);
}

void tst_CognitoSession::signsOutOfNothing()
{
    Setup setup;
    Reply *reply = setup.source->signOut();
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(!reply->isFinished());
    QVERIFY(finished.wait(30'000));
    QVERIFY(setup.pool.calls.isEmpty());
}

void tst_CognitoSession::signingOutEndsASignIn()
{
    Setup setup(true);
    setup.pool.steps = {{u"SMS_MFA"_s, {}, {}, {}}};
    Asked asked(*setup.source);
    QTRY_VERIFY(setup.person.open);
    QSignalSpy closed(setup.person.open, &Interaction::closed);
    setup.source->signOut();
    QCOMPARE(closed.count(), 1);
    QVERIFY(asked.wait());
    QCOMPARE(asked.error.kind, Error::Kind::Cancelled);
    QCOMPARE(asked.ends, 1);
    QVERIFY(!setup.clock.untilNext());
}

void tst_CognitoSession::saysWhySigningOutFailed()
{
    Setup setup;
    GET_TOKEN(first, *setup.source);
    setup.pool.handlers[u"RevokeToken"_s] = [](const QJsonObject &) {
        return CognitoPool::error(u"UnsupportedOperationException"_s,
                                  u"Token revocation is disabled"_s);
    };
    Reply *reply = setup.source->signOut();
    Error error;
    connect(reply, &Reply::finished, reply, [&error, reply] { error = reply->error(); });
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait(30'000));
    QCOMPARE(error.kind, Error::Kind::Refused);
    QVERIFY(error.nextStep.contains(u"everywhere"_s));
    QVERIFY(!setup.source->isSignedIn());
}

GUILESS_TEST(tst_CognitoSession)
#include "tst_cognitosession.moc"
