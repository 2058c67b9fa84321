// SPDX-License-Identifier: Apache-2.0
#include "signinfixture.h"
#include "tests/shared/testrunner.h"

#include "lib/emulator/signin/srp_p.h"

#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace SignInFixture;
using namespace Qt::StringLiterals;

//! What comes behind a right password: codes, authenticator apps, remembered devices.
class tst_SecondFactors : public SignInFixture::Test {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void sentCodes_data();
    void sentCodes();
    void authenticatorApp();
    void choiceOfFactors();
    void preferredFactor();
    void setUpOfAnApp();
    void remembersDevices();
    void forgetsUnknownDevices();
    void devicesAsTheUserWishes();
};

void tst_SecondFactors::sentCodes_data()
{
    QTest::addColumn<QString>("factor");
    QTest::addColumn<QString>("medium");
    QTest::addColumn<QString>("destination");
    QTest::addColumn<QString>("shown");
    QTest::newRow("SMS") << u"SMS_MFA"_s << u"SMS"_s << u"+491701234567"_s << u"+*******4567"_s;
    QTest::newRow("e-mail") << u"EMAIL_OTP"_s << u"EMAIL"_s << u"alice@example.com"_s
                            << u"a***@e***"_s;
}

void tst_SecondFactors::sentCodes()
{
    QFETCH(QString, factor);
    EmulatorOptions::User user = alice();
    user.hasSmsMfa = factor == u"SMS_MFA"_s;
    user.hasEmailMfa = factor == u"EMAIL_OTP"_s;
    listen(poolOf(user));
    QSignalSpy sent(m_emulator.get(), &Emulator::codeSent);
    const Answer start = caller().signIn(u"alice"_s, kPassword);
    QCOMPARE(start.challenge(), factor);
    QTEST(start.parameter("CODE_DELIVERY_DELIVERY_MEDIUM"_L1), "medium");
    QTEST(start.parameter("CODE_DELIVERY_DESTINATION"_L1), "shown");
    QTRY_COMPARE(sent.count(), 1);
    const QString code = m_emulator->lastCode(u"alice"_s);
    QCOMPARE(code.size(), 6);
    QFETCH(QString, medium);
    QFETCH(QString, destination);
    QCOMPARE(sent.first(), QVariantList({u"alice"_s, medium, destination, code}));

    const auto answer = [&](const QString &given) {
        return caller().respond(factor, start.session(),
                                {{u"USERNAME"_s, u"alice"_s}, {factor + u"_CODE"_s, given}});
    };
    const Answer wrong = answer(code == u"000000"_s ? u"000001"_s : u"000000"_s);
    QCOMPARE(wrong.error(), u"CodeMismatchException"_s);
    QCOMPARE(answer({}).error(), u"InvalidParameterException"_s);
    const Answer right = answer(code);
    QVERIFY2(!right.tokens().isEmpty(), right.shown());
}

void tst_SecondFactors::authenticatorApp()
{
    EmulatorOptions::User user = alice();
    user.totpSecret = kSecret;
    listen(poolOf(user));
    const auto signIn = [&](const QString &code) {
        const Answer start = caller().signIn(u"alice"_s, kPassword);
        return caller().respond(
            start.challenge(), start.session(),
            {{u"USERNAME"_s, u"alice"_s}, {u"SOFTWARE_TOKEN_MFA_CODE"_s, code}});
    };
    QCOMPARE(signIn(appCode(kSecret, 5)).error(), u"CodeMismatchException"_s);
    QVERIFY(!signIn(appCode(kSecret)).tokens().isEmpty());
    const Answer again = signIn(appCode(kSecret));
    QCOMPARE(again.error(), u"ExpiredCodeException"_s);
    QCOMPARE(again.message(), u"Your software token has already been used once."_s);
    m_now = m_now.addSecs(30);
    QVERIFY(!signIn(appCode(kSecret)).tokens().isEmpty());
}

void tst_SecondFactors::choiceOfFactors()
{
    EmulatorOptions::User user = alice();
    user.totpSecret = kSecret;
    user.hasSmsMfa = true;
    listen(poolOf(user));
    const Answer start = caller().signIn(u"alice"_s, kPassword);
    QCOMPARE(start.challenge(), u"SELECT_MFA_TYPE"_s);
    QCOMPARE(start.parameter("MFAS_CAN_CHOOSE"_L1), u"[\"SOFTWARE_TOKEN_MFA\",\"SMS_MFA\"]"_s);
    const auto choose = [&](const QString &factor) {
        return caller().respond(start.challenge(), start.session(),
                                {{u"USERNAME"_s, u"alice"_s}, {u"ANSWER"_s, factor}});
    };
    QCOMPARE(choose(u"EMAIL_OTP"_s).error(), u"InvalidParameterException"_s);
    const Answer chosen = choose(u"SMS_MFA"_s);
    QCOMPARE(chosen.challenge(), u"SMS_MFA"_s);
    const Answer end = caller().respond(
        chosen.challenge(), chosen.session(),
        {{u"USERNAME"_s, u"alice"_s}, {u"SMS_MFA_CODE"_s, m_emulator->lastCode(u"alice"_s)}});
    QVERIFY2(!end.tokens().isEmpty(), end.shown());
}

void tst_SecondFactors::preferredFactor()
{
    EmulatorOptions::User user = alice();
    user.totpSecret = kSecret;
    user.hasSmsMfa = true;
    user.preferredMfa = u"SMS_MFA"_s;
    EmulatorOptions::UserPool pool = poolOf(user);
    listen(pool);
    QCOMPARE(caller().signIn(u"alice"_s, kPassword).challenge(), u"SMS_MFA"_s);
    pool.mfa = Mfa::Off;
    listen(pool);
    QVERIFY(!caller().signIn(u"alice"_s, kPassword).tokens().isEmpty());
}

void tst_SecondFactors::setUpOfAnApp()
{
    EmulatorOptions::UserPool pool = poolOf(alice());
    pool.mfa = Mfa::On;
    listen(pool);
    const Answer start = caller().signIn(u"alice"_s, kPassword);
    QCOMPARE(start.challenge(), u"MFA_SETUP"_s);
    QCOMPARE(start.parameter("MFAS_CAN_SETUP"_L1), u"[\"SOFTWARE_TOKEN_MFA\"]"_s);
    const QJsonObject username{{u"USERNAME"_s, u"alice"_s}};
    QCOMPARE(caller().respond(u"MFA_SETUP"_s, start.session(), username).error(),
             u"SoftwareTokenMFANotFoundException"_s);
    const Answer associated =
        caller().call("AssociateSoftwareToken", {{u"Session"_s, start.session()}});
    const QString secret = associated.text("SecretCode"_L1);
    QVERIFY(Totp::isSecret(secret));
    const auto verify = [&](const QString &code) {
        return caller().call("VerifySoftwareToken",
                             {{u"Session"_s, associated.session()},
                              {u"UserCode"_s, code},
                              {u"FriendlyDeviceName"_s, u"phone"_s}});
    };
    QCOMPARE(verify(appCode(secret, 9)).error(), u"EnableSoftwareTokenMFAException"_s);
    const Answer verified = verify(appCode(secret));
    QCOMPARE(verified.text("Status"_L1), u"SUCCESS"_s);
    QVERIFY(!caller().respond(u"MFA_SETUP"_s, verified.session(), username).tokens().isEmpty());
    QCOMPARE(caller().signIn(u"alice"_s, kPassword).challenge(), u"SOFTWARE_TOKEN_MFA"_s);
}

namespace {

const QString kDevicePassword = u"sdgQZ4KKXeH8wF//oXVg9uqaB1KDEelBKItUk/w81Ss5HJadV0ne8g=="_s;

//! What a client sends so that its device is remembered.
QJsonObject confirmation(const Answer &signedIn)
{
    const QJsonObject device = signedIn.tokens()["NewDeviceMetadata"_L1].toObject();
    const QString key = device["DeviceKey"_L1].toString();
    const Srp::Verifier verifier =
        Srp::makeVerifier(device["DeviceGroupKey"_L1].toString(), key, kDevicePassword);
    const auto base64 = [](const QByteArray &data) { return QString::fromLatin1(data.toBase64()); };
    return {{u"AccessToken"_s, signedIn.token("AccessToken"_L1)},
            {u"DeviceKey"_s, key},
            {u"DeviceName"_s, u"test"_s},
            {u"DeviceSecretVerifierConfig"_s,
             QJsonObject{{u"Salt"_s, base64(verifier.salt)},
                         {u"PasswordVerifier"_s, base64('\0' + verifier.value)}}}};
}

} // namespace

void tst_SecondFactors::remembersDevices()
{
    EmulatorOptions::User user = alice();
    user.totpSecret = kSecret;
    EmulatorOptions::UserPool pool = poolOf(user);
    pool.devices = EmulatorOptions::UserPool::Devices::Always;
    listen(pool);
    const Answer start = caller().signIn(u"alice"_s, kPassword);
    const Answer first = caller().respond(
        start.challenge(), start.session(),
        {{u"USERNAME"_s, u"alice"_s}, {u"SOFTWARE_TOKEN_MFA_CODE"_s, appCode(kSecret)}});
    QVERIFY2(first.tokens().contains("NewDeviceMetadata"_L1), first.shown());
    const QJsonObject confirm = confirmation(first);
    const Answer confirmed = caller().call("ConfirmDevice", confirm);
    QCOMPARE(confirmed.status, 200);
    QCOMPARE(confirmed.body["UserConfirmationNecessary"_L1], QJsonValue(false));

    // The device is a second factor from now on.
    const QString key = confirm["DeviceKey"_L1].toString();
    const QString group = first.tokens()["NewDeviceMetadata"_L1]["DeviceGroupKey"_L1].toString();
    const SrpClient srp;
    const Answer again = caller().signIn(u"alice"_s, kPassword, key);
    QCOMPARE(again.challenge(), u"DEVICE_SRP_AUTH"_s);
    const QJsonObject withKey{{u"USERNAME"_s, u"alice"_s}, {u"DEVICE_KEY"_s, key}};
    QJsonObject withValue = withKey;
    withValue.insert(u"SRP_A"_s, srp.publicValue());
    const Answer asked = caller().respond(again.challenge(), again.session(), withValue);
    QCOMPARE(asked.challenge(), u"DEVICE_PASSWORD_VERIFIER"_s);
    QJsonObject proof = srp.proof(parametersOf(asked), group, key, kDevicePassword, m_now);
    proof.insert(u"DEVICE_KEY"_s, key);
    const Answer end = caller().respond(asked.challenge(), asked.session(), proof);
    QVERIFY2(!end.tokens().isEmpty(), end.shown());
    QVERIFY(!end.tokens().contains("NewDeviceMetadata"_L1));

    // Its refresh token is good on this device only.
    const QString refresh = end.token("RefreshToken"_L1);
    QCOMPARE(caller().initiate(u"REFRESH_TOKEN_AUTH"_s, {{u"REFRESH_TOKEN"_s, refresh}}).message(),
             u"Invalid Refresh Token"_s);
    QVERIFY(!caller()
                 .initiate(u"REFRESH_TOKEN_AUTH"_s,
                           {{u"REFRESH_TOKEN"_s, refresh}, {u"DEVICE_KEY"_s, key}})
                 .tokens()
                 .isEmpty());

    // A thief of the key alone does not get in.
    const Answer stolen = caller().signIn(u"alice"_s, kPassword, key);
    const Answer stolenNext = caller().respond(stolen.challenge(), stolen.session(), withValue);
    proof = srp.proof(parametersOf(stolenNext), group, key, u"guessed"_s, m_now);
    QCOMPARE(caller().respond(stolenNext.challenge(), {}, proof).error(),
             u"NotAuthorizedException"_s);
}

void tst_SecondFactors::forgetsUnknownDevices()
{
    EmulatorOptions::UserPool pool = poolOf(alice());
    pool.devices = EmulatorOptions::UserPool::Devices::Always;
    listen(pool);
    const SrpClient srp;
    const Answer start = startSrp(caller(), srp, u"alice"_s, u"us-east-1_gone"_s);
    QJsonObject proof = srp.proof(parametersOf(start), poolName(), u"alice"_s, kPassword, m_now);
    proof.insert(u"DEVICE_KEY"_s, u"us-east-1_gone"_s);
    const Answer refused = caller().respond(start.challenge(), {}, proof);
    QCOMPARE(refused.error(), u"ResourceNotFoundException"_s);
    QCOMPARE(refused.message(), u"Device does not exist."_s);
    proof.remove(u"DEVICE_KEY"_s); // as clients go on
    QVERIFY(!caller().respond(start.challenge(), {}, proof).tokens().isEmpty());
}

void tst_SecondFactors::devicesAsTheUserWishes()
{
    EmulatorOptions::UserPool pool = poolOf(alice());
    pool.devices = EmulatorOptions::UserPool::Devices::OptIn;
    listen(pool);
    const Answer first = caller().signIn(u"alice"_s, kPassword);
    const QJsonObject confirm = confirmation(first);
    const QString key = confirm["DeviceKey"_L1].toString();
    QCOMPARE(caller().call("ConfirmDevice", confirm).body["UserConfirmationNecessary"_L1],
             QJsonValue(true));
    QVERIFY(!caller().signIn(u"alice"_s, kPassword, key).tokens().isEmpty());
    const auto update = [&](const QString &status, const QString &device) {
        return caller().call("UpdateDeviceStatus",
                             {{u"AccessToken"_s, first.token("AccessToken"_L1)},
                              {u"DeviceKey"_s, device},
                              {u"DeviceRememberedStatus"_s, status}});
    };
    QCOMPARE(update(u"remembered"_s, u"other"_s).error(), u"ResourceNotFoundException"_s);
    QCOMPARE(update(u"remembered"_s, key).status, 200);
    QCOMPARE(caller().signIn(u"alice"_s, kPassword, key).challenge(), u"DEVICE_SRP_AUTH"_s);
    QCOMPARE(update(u"not_remembered"_s, key).status, 200);
    QVERIFY(!caller().signIn(u"alice"_s, kPassword, key).tokens().isEmpty());

    QJsonObject broken = confirm;
    broken.remove(u"DeviceSecretVerifierConfig"_s);
    QCOMPARE(caller().call("ConfirmDevice", broken).error(), u"InvalidParameterException"_s);
}

GUILESS_TEST(tst_SecondFactors)
#include "tst_secondfactors.moc"
