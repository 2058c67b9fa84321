// SPDX-License-Identifier: Apache-2.0
#include "cognitoworld.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

using Flow = CognitoTokenSource::Flow;
using Status = Emulator::User::Status;

//! The client's half against the emulator's, which shares no code with it: two readings of the same protocol.
class tst_CognitoTokenSource_Emulator : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signsIn_data();
    void signsIn();
    void signsInByAlias();
    void refusesAWrongPassword();
    void saysThatTheUserIsLocked();
    void saysWhoMayNotSignIn_data();
    void saysWhoMayNotSignIn();
    void saysThatAFlowIsNotEnabled();
    void choosesANewPassword();
    void entersCodes_data();
    void entersCodes();
    void entersACodeAgain();
    void comesTooLateWithACode();
    void choosesASecondFactor();
    void setsUpAnAuthenticatorApp();
    void answersACustomQuestion_data();
    void answersACustomQuestion();
};

void tst_CognitoTokenSource_Emulator::signsIn_data()
{
    QTest::addColumn<Flow>("flow");
    QTest::addColumn<QString>("password");
    QTest::newRow("SRP") << Flow::Srp << kPassword;
    QTest::newRow("password") << Flow::Password << kPassword;
    QTest::newRow("SRP, not ASCII") << Flow::Srp << u"Pässwörd-東京-🙂1A"_s;
}

void tst_CognitoTokenSource_Emulator::signsIn()
{
    QFETCH(Flow, flow);
    QFETCH(QString, password);
    Emulator::User user = alice();
    user.password = password;
    World world({.users = {user}}, false);
    world.source.setFlow(flow);
    GET_TOKEN(first, world.source);
    QCOMPARE(first.claims().username(), u"alice"_s);
    QCOMPARE(first.claims().clientId(), world.emulator.userPoolClientId());
    QVERIFY(first.claims().issuer().endsWith(world.emulator.userPoolId()));
    QCOMPARE(JwtClaims::fromToken(first.idToken).claim(u"email"_s), u"alice@example.com"_s);
    QCOMPARE(first.claims().warnings(JwtClaims::Mode::UserPool, world.clock.wallMs()),
             QStringList());
    QCOMPARE(first.expiresAt, first.claims().expiresAt());
}

void tst_CognitoTokenSource_Emulator::signsInByAlias()
{
    World world({}, false);
    world.source.setUsername(u"alice@example.com"_s);
    GET_TOKEN(first, world.source);
    QCOMPARE(first.claims().username(), u"alice"_s);
}

void tst_CognitoTokenSource_Emulator::refusesAWrongPassword()
{
    World world({}, false);
    world.source.setPassword(u"wrong"_s);
    for (int i = 0; i < 10; ++i) {
        Asked asked(world.source);
        QVERIFY(asked.wait());
        QCOMPARE(asked.error.message, u"The user name or the password is wrong."_s);
    }
    // Ten wrong ones would have locked the user; one was sent.
    world.source.setPassword(kPassword);
    GET_TOKEN(right, world.source);

    world.source.setUsername(u"nobody"_s);
    Asked unknown(world.source);
    QVERIFY(unknown.wait());
    QCOMPARE(unknown.error.message, u"The user name or the password is wrong."_s);
}

void tst_CognitoTokenSource_Emulator::saysThatTheUserIsLocked()
{
    World world({}, false);
    for (int i = 0; i < 8; ++i) {
        world.source.setPassword(u"wrong %1"_s.arg(i));
        Asked asked(world.source);
        QVERIFY(asked.wait());
    }
    world.source.setPassword(kPassword);
    Asked locked(world.source);
    QVERIFY(locked.wait());
    QVERIFY2(locked.error.message.contains(u"locked"_s), qPrintable(locked.error.toString()));
    world.clock.advance(15min);
    GET_TOKEN(later, world.source);
}

void tst_CognitoTokenSource_Emulator::saysWhoMayNotSignIn_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("words");
    QTest::newRow("disabled") << int(Status::Disabled) << u"disabled"_s;
    QTest::newRow("unconfirmed") << int(Status::Unconfirmed) << u"confirmed"_s;
    QTest::newRow("reset") << int(Status::ResetRequired) << u"reset"_s;
}

void tst_CognitoTokenSource_Emulator::saysWhoMayNotSignIn()
{
    QFETCH(int, status);
    QFETCH(QString, words);
    Emulator::User user = alice();
    user.status = Status(status);
    World world({.users = {user}}, false);
    Asked asked(world.source);
    QVERIFY(asked.wait());
    QCOMPARE(asked.error.kind, Error::Kind::Unauthorized);
    QVERIFY2(asked.error.message.contains(words), qPrintable(asked.error.toString()));
    QVERIFY(!asked.error.nextStep.isEmpty());
}

void tst_CognitoTokenSource_Emulator::saysThatAFlowIsNotEnabled()
{
    World world({.clients = {{.id = u"1example"_s, .flows = {u"USER_SRP_AUTH"_s}}}}, false);
    world.source.setFlow(Flow::Password);
    Asked asked(world.source);
    QVERIFY(asked.wait());
    QCOMPARE(asked.error.kind, Error::Kind::Refused);
    QVERIFY2(asked.error.message.contains(u"does not allow this way"_s),
             qPrintable(asked.error.toString()));

    world.source.setClientId(u"2other"_s);
    Asked other(world.source);
    QVERIFY(other.wait());
    QVERIFY(other.error.message.contains(u"does not exist"_s));
}

void tst_CognitoTokenSource_Emulator::choosesANewPassword()
{
    Emulator::User user = alice();
    user.status = Status::ForceChangePassword;
    World world({.users = {user}, .requiredAttributes = {u"given_name"_s}});
    world.person.answers = {
        QVariantMap{{u"NEW_PASSWORD"_s, u"short"_s}, {u"userAttributes.given_name"_s, u"Alice"_s}},
        QVariantMap{{u"NEW_PASSWORD"_s, u"N3w-Horse-Battery!"_s},
                    {u"userAttributes.given_name"_s, u"Alice"_s}}};
    GET_TOKEN(first, world.source);
    QCOMPARE(world.person.shown.size(), 2);
    QVERIFY(world.person.shown.at(1).problem.contains(u"policy"_s));
    QCOMPARE(world.person.wrongAnswers, 0);
    QCOMPARE(JwtClaims::fromToken(first.idToken).claim(u"given_name"_s), u"Alice"_s);
    // It is the one that counts from now on.
    QCOMPARE(world.source.password(), u"N3w-Horse-Battery!"_s);
    world.source.setSession({});
    GET_TOKEN(second, world.source);
    QCOMPARE(world.person.shown.size(), 2);
}

void tst_CognitoTokenSource_Emulator::entersCodes_data()
{
    QTest::addColumn<QString>("medium");
    QTest::newRow("text message") << u"SMS"_s;
    QTest::newRow("e-mail") << u"EMAIL"_s;
    QTest::newRow("authenticator app") << QString();
}

void tst_CognitoTokenSource_Emulator::entersCodes()
{
    QFETCH(QString, medium);
    Emulator::User user = alice();
    user.hasSmsMfa = medium == u"SMS";
    user.hasEmailMfa = medium == u"EMAIL";
    if (medium.isEmpty())
        user.totpSecret = kTotpSecret;
    World world({.users = {user}});
    QSignalSpy sent(&world.emulator, &Emulator::codeSent);
    world.person.thinks = [&](const Person::Shown &) {
        return code(medium.isEmpty() ? totp(kTotpSecret, world.clock.wallMs())
                                     : sent.last().at(3).toString());
    };
    GET_TOKEN(first, world.source);
    QCOMPARE(world.person.shown.size(), 1);
    QCOMPARE(sent.count(), medium.isEmpty() ? 0 : 1);
    const QString message = world.person.shown.first().message;
    if (medium == u"SMS")
        QVERIFY2(message.contains(u"1234"_s), qPrintable(message));
    if (medium == u"EMAIL")
        QVERIFY2(message.contains(u"a***@"_s), qPrintable(message));
}

void tst_CognitoTokenSource_Emulator::entersACodeAgain()
{
    Emulator::User user = alice();
    user.totpSecret = kTotpSecret;
    World world({.users = {user}});
    world.person.answers = {code(u"000000"_s)};
    world.person.thinks = [&](const Person::Shown &) {
        return code(totp(kTotpSecret, world.clock.wallMs()));
    };
    GET_TOKEN(first, world.source);
    QCOMPARE(world.person.shown.size(), 2);
    QCOMPARE(world.person.shown.at(1).problem, u"The code is wrong."_s);

    // The same code is good once, and the next one comes in half a minute.
    world.source.setSession({});
    world.person.answers = {code(totp(kTotpSecret, world.clock.wallMs()))};
    world.person.thinks = [&](const Person::Shown &) {
        world.clock.advance(30s);
        return code(totp(kTotpSecret, world.clock.wallMs()));
    };
    GET_TOKEN(second, world.source);
    QCOMPARE(world.person.shown.size(), 4);
    QCOMPARE(world.person.shown.at(3).problem, u"The code is too old."_s);
}

void tst_CognitoTokenSource_Emulator::comesTooLateWithACode()
{
    Emulator::User user = alice();
    user.totpSecret = kTotpSecret;
    World world({.users = {user}});
    world.person.thinks = [&](const Person::Shown &) {
        world.clock.advance(4min); // the pool gives three
        return code(totp(kTotpSecret, world.clock.wallMs()));
    };
    Asked asked(world.source);
    QVERIFY(asked.wait());
    QCOMPARE(asked.error.kind, Error::Kind::Unauthorized);
    QVERIFY2(asked.error.message.contains(u"took too long"_s), qPrintable(asked.error.toString()));
    QCOMPARE(world.person.shown.size(), 1);
}

void tst_CognitoTokenSource_Emulator::choosesASecondFactor()
{
    Emulator::User user = alice();
    user.totpSecret = kTotpSecret;
    user.hasSmsMfa = true;
    World world({.users = {user}});
    world.person.answers = {QVariantMap{{u"ANSWER"_s, u"SMS_MFA"_s}}};
    world.person.thinks = [&](const Person::Shown &) {
        return code(world.emulator.lastCode(u"alice"_s));
    };
    GET_TOKEN(first, world.source);
    QCOMPARE(world.person.shown.size(), 2);
    QCOMPARE(world.person.shown.first().fields.first().choices.size(), 2);
}

void tst_CognitoTokenSource_Emulator::setsUpAnAuthenticatorApp()
{
    World world({.mfa = Emulator::UserPool::Mfa::On});
    QString secret;
    world.person.answers = {code(u"000000"_s)};
    world.person.thinks = [&](const Person::Shown &shown) {
        secret = shown.userCode;
        return code(totp(secret, world.clock.wallMs()));
    };
    GET_TOKEN(first, world.source);
    QCOMPARE(world.person.shown.size(), 2);
    QVERIFY(!secret.isEmpty());
    QCOMPARE(world.person.shown.first().userCode, secret);
    // From now on the app's codes are asked for.
    world.source.setSession({});
    world.clock.advance(1min);
    world.person.thinks = [&](const Person::Shown &) {
        return code(totp(secret, world.clock.wallMs()));
    };
    GET_TOKEN(second, world.source);
    QVERIFY(world.person.shown.last().userCode.isEmpty());
}

void tst_CognitoTokenSource_Emulator::answersACustomQuestion_data()
{
    QTest::addColumn<Flow>("flow");
    QTest::newRow("alone") << Flow::Custom;
    QTest::newRow("after the password") << Flow::CustomSrp;
}

void tst_CognitoTokenSource_Emulator::answersACustomQuestion()
{
    QFETCH(Flow, flow);
    World world({.customQuestion = u"The ship's name?"_s, .customAnswer = u"Beagle"_s});
    world.source.setFlow(flow);
    world.person.answers = {QVariantMap{{u"ANSWER"_s, u"Bounty"_s}},
                            QVariantMap{{u"ANSWER"_s, u"Beagle"_s}}};
    GET_TOKEN(first, world.source);
    QCOMPARE(world.person.shown.size(), 2);
    QVERIFY(world.person.shown.first().message.contains(u"The ship's name?"_s));

    world.source.setSession({});
    if (flow == Flow::CustomSrp) {
        world.source.setPassword(u"wrong"_s);
        Asked asked(world.source);
        QVERIFY(asked.wait());
        QCOMPARE(asked.error.kind, Error::Kind::Unauthorized);
    }
    QCOMPARE(world.person.shown.size(), 2);
}

GUILESS_TEST(tst_CognitoTokenSource_Emulator)
#include "tst_cognitotokensource_emulator.moc"
