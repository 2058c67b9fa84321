// SPDX-License-Identifier: Apache-2.0
#include "cognitosetup.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

class tst_CognitoDevice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isRememberedAndProvesItself_data();
    void isRememberedAndProvesItself();
    void isNotRememberedUnasked();
    void mayStayUnanswered();
    void doesNotHoldUpTheSignIn();
    void saysWhyItIsNotRemembered();
    void belongsToOneUser();
    void survivesSigningOut();

private:
    //! A pool that hands out a device key, and keeps what is told about it.
    static void track(CognitoPool &pool, bool asksUser);
};

namespace {

const auto kKey = u"eu-west-1_3f1a0b2c"_s;
const auto kGroup = u"-rT7pY4mG"_s;

} // namespace

void tst_CognitoDevice::track(CognitoPool &pool, bool asksUser)
{
    pool.newDevice = {{u"DeviceKey"_s, kKey}, {u"DeviceGroupKey"_s, kGroup}};
    pool.handlers[u"ConfirmDevice"_s] = [&pool, asksUser](const QJsonObject &body) {
        const QJsonObject config = body.value(u"DeviceSecretVerifierConfig").toObject();
        const auto bytes = [&config](const QString &name) {
            return QByteArray::fromBase64(config.value(name).toString().toLatin1());
        };
        pool.device.emplace(kGroup, kKey, bytes(u"Salt"_s), bytes(u"PasswordVerifier"_s));
        return CognitoPool::ok({{u"UserConfirmationNecessary"_s, asksUser}});
    };
    pool.handlers[u"UpdateDeviceStatus"_s] = [](const QJsonObject &) {
        return CognitoPool::ok({});
    };
}

void tst_CognitoDevice::isRememberedAndProvesItself_data()
{
    QTest::addColumn<bool>("asksUser");
    QTest::addColumn<bool>("isWanted");
    QTest::newRow("always") << false << true;
    QTest::newRow("the user wants it") << true << true;
    QTest::newRow("the user does not want it") << true << false;
}

void tst_CognitoDevice::isRememberedAndProvesItself()
{
    QFETCH(bool, asksUser);
    QFETCH(bool, isWanted);
    Setup setup(true);
    track(setup.pool, asksUser);
    if (asksUser)
        setup.person.answers = {isWanted ? std::optional(QVariantMap()) : std::nullopt};
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    GET_TOKEN(first, *setup.source);
    QTRY_COMPARE(saved.count(), 2);
    const QJsonObject confirmed = setup.pool.lastBody(u"ConfirmDevice"_s);
    QCOMPARE(confirmed.value(u"AccessToken").toString(), first.token);
    QCOMPARE(confirmed.value(u"DeviceKey").toString(), kKey);
    QVERIFY(!confirmed.value(u"DeviceName").toString().isEmpty());
    QTRY_COMPARE(setup.pool.count(u"UpdateDeviceStatus"_s), asksUser ? 1 : 0);
    if (asksUser) {
        QCOMPARE(setup.person.shown.first().kind, Interaction::Kind::Confirm);
        QCOMPARE(setup.pool.lastBody(u"UpdateDeviceStatus"_s)
                     .value(u"DeviceRememberedStatus")
                     .toString(),
                 isWanted ? u"remembered"_s : u"not_remembered"_s);
    }

    // The next sign-in is one with the device, whose password only its verifier knows.
    setup.pool.newDevice = {};
    setup.pool.refreshToken.clear();
    setup.pool.steps = {{u"DEVICE_SRP_AUTH"_s, {}, {}, {}}};
    setup.clock.advance(2h);
    GET_TOKEN(second, *setup.source);
    QCOMPARE(setup.pool.lastBody(u"RespondToAuthChallenge"_s).value(u"ChallengeName").toString(),
             u"DEVICE_PASSWORD_VERIFIER"_s);
}

void tst_CognitoDevice::isNotRememberedUnasked()
{
    Setup setup;
    track(setup.pool, true);
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    GET_TOKEN(first, *setup.source);
    QTRY_COMPARE(saved.count(), 2);
    setup.clock.advance(56min);
    QTRY_COMPARE(setup.pool.count(u"GetTokensFromRefreshToken"_s), 1);
    QCOMPARE(setup.pool.count(u"UpdateDeviceStatus"_s), 0);
}

void tst_CognitoDevice::mayStayUnanswered()
{
    Setup setup(true);
    track(setup.pool, true);
    GET_TOKEN(first, *setup.source);
    QTRY_VERIFY(setup.person.open);
    QSignalSpy closed(setup.person.open, &Interaction::closed);
    setup.clock.advance(5min);
    QCOMPARE(closed.count(), 1);
    QTRY_VERIFY(!setup.person.open);
    QCOMPARE(setup.pool.count(u"UpdateDeviceStatus"_s), 0);
    QVERIFY(setup.source->isSignedIn());
}

void tst_CognitoDevice::doesNotHoldUpTheSignIn()
{
    Setup setup(true);
    track(setup.pool, true);
    Asked asked(*setup.source);
    QVERIFY(asked.wait());
    QVERIFY(!asked.error.isError());
    QVERIFY(asked.waits.isEmpty());
    QTRY_VERIFY(setup.person.open);
    GET_TOKEN(again, *setup.source);
    QVERIFY(setup.person.open);
    // It goes with the source.
    QSignalSpy closed(setup.person.open, &Interaction::closed);
    setup.source.reset();
    QCOMPARE(closed.count(), 1);
}

void tst_CognitoDevice::saysWhyItIsNotRemembered()
{
    Setup setup;
    track(setup.pool, false);
    setup.pool.handlers[u"ConfirmDevice"_s] = [](const QJsonObject &) {
        return CognitoPool::error(u"InvalidParameterException"_s, u"DeviceKey is bad"_s);
    };
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(u"will not remember this device.*DeviceKey is bad"_s));
    GET_TOKEN(first, *setup.source);
    QTRY_COMPARE(setup.pool.count(u"ConfirmDevice"_s), 1);
    // Its key is needed to renew, but it can prove nothing.
    setup.clock.advance(2h);
    setup.pool.newDevice = {};
    GET_TOKEN(second, *setup.source);
    QCOMPARE(setup.pool.lastBody(u"GetTokensFromRefreshToken"_s).value(u"DeviceKey").toString(),
             kKey);
    setup.pool.refreshToken.clear();
    setup.clock.advance(2h);
    GET_TOKEN(third, *setup.source);
    QVERIFY(!setup.pool.lastBody(u"InitiateAuth"_s)
                 .value(u"AuthParameters")
                 .toObject()
                 .contains(u"DEVICE_KEY"));
}

void tst_CognitoDevice::belongsToOneUser()
{
    Setup setup;
    track(setup.pool, false);
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    GET_TOKEN(first, *setup.source);
    QTRY_COMPARE(saved.count(), 2);
    setup.pool.newDevice = {};
    setup.source->setUsername(u"bob"_s);
    GET_TOKEN(second, *setup.source);
    QVERIFY(!setup.source->session().contains(kKey.toLatin1()));
    for (const CognitoPool::Call &call : std::as_const(setup.pool.calls)) {
        if (call.operation == u"InitiateAuth")
            QVERIFY(!call.body.value(u"AuthParameters").toObject().contains(u"DEVICE_KEY"));
    }
}

void tst_CognitoDevice::survivesSigningOut()
{
    Setup setup;
    track(setup.pool, false);
    QSignalSpy saved(&*setup.source, &CognitoTokenSource::sessionChanged);
    GET_TOKEN(first, *setup.source);
    QTRY_COMPARE(saved.count(), 2);
    QVERIFY(setup.source->session().contains("refresh-"));
    setup.source->signOut();
    QVERIFY(setup.source->session().contains(kKey.toLatin1()));
    QVERIFY(!setup.source->session().contains("refresh-"));
    setup.pool.newDevice = {};
    setup.pool.steps = {{u"DEVICE_SRP_AUTH"_s, {}, {}, {}}};
    GET_TOKEN(second, *setup.source);
    QCOMPARE(setup.pool.lastBody(u"RespondToAuthChallenge"_s).value(u"ChallengeName").toString(),
             u"DEVICE_PASSWORD_VERIFIER"_s);
}

GUILESS_TEST(tst_CognitoDevice)
#include "tst_cognitodevice.moc"
