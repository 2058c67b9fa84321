// SPDX-License-Identifier: Apache-2.0
#include "signinfixture.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync;
using namespace SignInFixture;
using namespace Qt::StringLiterals;

using Status = EmulatorOptions::User::Status;

//! The conversations by which users become signed in, over HTTP.
class tst_PoolSignIn : public SignInFixture::Test {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void bySrp_data();
    void bySrp();
    void wrongProofs_data();
    void wrongProofs();
    void locksAfterFiveWrongPasswords();
    void statuses_data();
    void statuses();
    void newPassword_data();
    void newPassword();
    void sessionsAreGoodOnce();
    void sessionsEnd();
    void customQuestion();
    void customQuestionAfterSrp();
    void badRequests_data();
    void badRequests();
};

void tst_PoolSignIn::bySrp_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("user name") << u"alice"_s;
    QTest::newRow("e-mail address") << u"alice@example.com"_s;
    QTest::newRow("telephone number") << u"+491701234567"_s;
}

void tst_PoolSignIn::bySrp()
{
    QFETCH(QString, name);
    const SrpClient srp;
    const Answer start = startSrp(caller(), srp, name);
    QCOMPARE(start.challenge(), u"PASSWORD_VERIFIER"_s);
    QCOMPARE(start.parameter("USER_ID_FOR_SRP"_L1), u"alice"_s);
    const QJsonObject proof =
        srp.proof(parametersOf(start), poolName(), u"alice"_s, kPassword, m_now);
    const Answer end = caller().respond(start.challenge(), {}, proof);
    QVERIFY2(end.tokens().contains("AccessToken"_L1), end.shown());
    // The same proof is good once.
    QCOMPARE(caller().respond(start.challenge(), {}, proof).error(), u"NotAuthorizedException"_s);
}

void tst_PoolSignIn::wrongProofs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("password");
    QTest::addColumn<int>("clock"); // s by which the client's is wrong
    QTest::addColumn<int>("wait"); // s until it answers
    QTest::newRow("wrong password") << u"alice"_s << u"Wrong-Horse-9!"_s << 0 << 0;
    QTest::newRow("nobody") << u"nobody"_s << kPassword << 0 << 0;
    QTest::newRow("clock too slow") << u"alice"_s << kPassword << -301 << 0;
    QTest::newRow("clock too fast") << u"alice"_s << kPassword << 301 << 0;
    QTest::newRow("too late") << u"alice"_s << kPassword << 0 << 181;
}

void tst_PoolSignIn::wrongProofs()
{
    QFETCH(QString, name);
    QFETCH(QString, password);
    QFETCH(int, clock);
    QFETCH(int, wait);
    const SrpClient srp;
    const Answer start = startSrp(caller(), srp, name);
    QCOMPARE(start.challenge(), u"PASSWORD_VERIFIER"_s);
    m_now = m_now.addSecs(wait);
    const Answer end = caller().respond(
        start.challenge(), {},
        srp.proof(parametersOf(start), poolName(), name, password, m_now.addSecs(clock)));
    QCOMPARE(end.status, 400);
    QCOMPARE(end.error(), u"NotAuthorizedException"_s);
    QCOMPARE(end.message(), u"Incorrect username or password."_s);
}

void tst_PoolSignIn::locksAfterFiveWrongPasswords()
{
    for (int i = 0; i < 5; ++i)
        QCOMPARE(caller().signIn(u"alice"_s, u"wrong"_s).message(),
                 u"Incorrect username or password."_s);
    QCOMPARE(caller().signIn(u"alice"_s, kPassword).message(), u"Password attempts exceeded"_s);
    m_now = m_now.addSecs(1);
    QCOMPARE(caller().signIn(u"alice"_s, u"wrong"_s).error(), u"NotAuthorizedException"_s);
    m_now = m_now.addSecs(1);
    QCOMPARE(caller().signIn(u"alice"_s, kPassword).message(), u"Password attempts exceeded"_s);
    m_now = m_now.addSecs(1);
    QVERIFY(!caller().signIn(u"alice"_s, kPassword).tokens().isEmpty());
}

void tst_PoolSignIn::statuses_data()
{
    QTest::addColumn<Status>("status");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("message");
    QTest::newRow("disabled") << Status::Disabled << u"NotAuthorizedException"_s
                              << u"User is disabled."_s;
    QTest::newRow("unconfirmed") << Status::Unconfirmed << u"UserNotConfirmedException"_s
                                 << u"User is not confirmed."_s;
    QTest::newRow("reset") << Status::ResetRequired << u"PasswordResetRequiredException"_s
                           << u"Password reset required for the user"_s;
}

void tst_PoolSignIn::statuses()
{
    QFETCH(Status, status);
    EmulatorOptions::User user = alice();
    user.status = status;
    listen(poolOf(user));
    const Answer answer = caller().signIn(u"alice"_s, kPassword);
    QTEST(answer.error(), "error");
    QTEST(answer.message(), "message");
    QCOMPARE(caller().signIn(u"alice"_s, u"wrong"_s).message(),
             u"Incorrect username or password."_s); // told to those who know the password only
}

void tst_PoolSignIn::newPassword_data()
{
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("message");
    const QString policy = u"Password did not conform with policy: "_s;
    QTest::newRow("good") << u"New-Horse-10!"_s << u"Alice"_s << QString();
    QTest::newRow("short") << u"Nh-10!"_s << u"Alice"_s
                           << QString(policy + u"Password not long enough"_s);
    QTest::newRow("no capital") << u"new-horse-10!"_s << u"Alice"_s
                                << QString(policy + u"Password must have uppercase characters"_s);
    QTest::newRow("no small letter")
        << u"NEW-HORSE-10!"_s << u"Alice"_s
        << QString(policy + u"Password must have lowercase characters"_s);
    QTest::newRow("no digit") << u"New-Horse-ten!"_s << u"Alice"_s
                              << QString(policy + u"Password must have numeric characters"_s);
    QTest::newRow("no symbol") << u"NewHorse10"_s << u"Alice"_s
                               << QString(policy + u"Password must have symbol characters"_s);
    QTest::newRow("none") << QString() << u"Alice"_s
                          << u"Missing required parameter NEW_PASSWORD"_s;
    QTest::newRow("attribute missing")
        << u"New-Horse-10!"_s << QString()
        << u"Attributes did not conform to the schema: name: The attribute is required"_s;
}

void tst_PoolSignIn::newPassword()
{
    QFETCH(QString, password);
    QFETCH(QString, name);
    QFETCH(QString, message);
    EmulatorOptions::User user = alice();
    user.status = Status::ForceChangePassword;
    EmulatorOptions::UserPool pool = poolOf(user);
    pool.requiredAttributes = {u"email"_s, u"name"_s};
    listen(pool);
    const Answer start = caller().signIn(u"alice"_s, kPassword);
    QCOMPARE(start.challenge(), u"NEW_PASSWORD_REQUIRED"_s);
    QCOMPARE(start.parameter("requiredAttributes"_L1), u"[\"userAttributes.name\"]"_s);
    const QJsonObject attributes =
        QJsonDocument::fromJson(start.parameter("userAttributes"_L1).toUtf8()).object();
    QCOMPARE(attributes["email"_L1].toString(), u"alice@example.com"_s);
    QVERIFY(!attributes.contains("sub"_L1));

    const auto answer = [&](const QString &newPassword, const QString &newName) {
        return caller().respond(start.challenge(), start.session(),
                                {{u"USERNAME"_s, u"alice"_s},
                                 {u"NEW_PASSWORD"_s, newPassword},
                                 {u"userAttributes.name"_s, newName}});
    };
    const Answer end = answer(password, name);
    QCOMPARE(end.message(), message);
    if (!message.isEmpty()) // the session is still good for a better one
        QVERIFY(!answer(u"New-Horse-10!"_s, u"Alice"_s).tokens().isEmpty());
    QCOMPARE(caller().signIn(u"alice"_s, kPassword).error(), u"NotAuthorizedException"_s);
    const Answer again = caller().signIn(u"alice"_s, u"New-Horse-10!"_s);
    QVERIFY2(!again.tokens().isEmpty(), again.shown());
}

void tst_PoolSignIn::sessionsAreGoodOnce()
{
    EmulatorOptions::User user = alice();
    user.hasSmsMfa = true;
    listen(poolOf(user));
    const Answer start = caller().signIn(u"alice"_s, kPassword);
    const QJsonObject right{{u"USERNAME"_s, u"alice"_s},
                            {u"SMS_MFA_CODE"_s, m_emulator->lastCode(u"alice"_s)}};
    QJsonObject wrong = right;
    wrong.insert(u"SMS_MFA_CODE"_s, u"x"_s);
    QJsonObject other = right;
    other.insert(u"USERNAME"_s, u"bob"_s);
    QCOMPARE(caller().respond(u"SMS_MFA"_s, u"unknown"_s, right).message(),
             u"Invalid session for the user."_s);
    QCOMPARE(caller().respond(u"EMAIL_OTP"_s, start.session(), right).message(),
             u"Invalid session for the user."_s);
    QCOMPARE(caller().respond(u"SMS_MFA"_s, start.session(), other).message(),
             u"Invalid session for the user."_s);
    QVERIFY(!caller().respond(u"SMS_MFA"_s, start.session(), right).tokens().isEmpty());
    QCOMPARE(caller().respond(u"SMS_MFA"_s, start.session(), right).message(),
             u"Invalid session for the user, session can only be used once."_s);

    const Answer next = caller().signIn(u"alice"_s, kPassword);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(caller().respond(u"SMS_MFA"_s, next.session(), wrong).error(),
                 u"CodeMismatchException"_s);
    QCOMPARE(caller().respond(u"SMS_MFA"_s, next.session(), right).error(),
             u"NotAuthorizedException"_s);
}

void tst_PoolSignIn::sessionsEnd()
{
    EmulatorOptions::User user = alice();
    user.hasSmsMfa = true;
    listen(poolOf(user));
    const Answer start = caller().signIn(u"alice"_s, kPassword);
    m_now = m_now.addSecs(180);
    QCOMPARE(caller()
                 .respond(u"SMS_MFA"_s, start.session(),
                          {{u"USERNAME"_s, u"alice"_s},
                           {u"SMS_MFA_CODE"_s, m_emulator->lastCode(u"alice"_s)}})
                 .message(),
             u"Invalid session for the user, session is expired."_s);
}

void tst_PoolSignIn::customQuestion()
{
    EmulatorOptions::UserPool pool = poolOf(alice());
    pool.customQuestion = u"What is 6 × 7?"_s;
    pool.customAnswer = u"42"_s;
    listen(pool);
    Answer asked = caller().initiate(u"CUSTOM_AUTH"_s, {{u"USERNAME"_s, u"alice"_s}});
    QCOMPARE(asked.challenge(), u"CUSTOM_CHALLENGE"_s);
    QCOMPARE(asked.parameter("question"_L1), pool.customQuestion);
    const auto answer = [&](const QString &text) {
        return caller().respond(u"CUSTOM_CHALLENGE"_s, asked.session(),
                                {{u"USERNAME"_s, u"alice"_s}, {u"ANSWER"_s, text}});
    };
    asked = answer(u"41"_s); // asked again
    QCOMPARE(asked.challenge(), u"CUSTOM_CHALLENGE"_s);
    QVERIFY(!answer(u"42"_s).tokens().isEmpty());

    asked = caller().initiate(u"CUSTOM_AUTH"_s, {{u"USERNAME"_s, u"alice"_s}});
    asked = answer(u"1"_s);
    asked = answer(u"2"_s);
    asked = answer(u"3"_s);
    QCOMPARE(asked.error(), u"NotAuthorizedException"_s);
    QCOMPARE(caller().initiate(u"CUSTOM_AUTH"_s, {{u"USERNAME"_s, u"nobody"_s}}).message(),
             u"Incorrect username or password."_s);
    listen(poolOf(alice()));
    QCOMPARE(caller().initiate(u"CUSTOM_AUTH"_s, {{u"USERNAME"_s, u"alice"_s}}).error(),
             u"InvalidUserPoolConfigurationException"_s);
}

void tst_PoolSignIn::customQuestionAfterSrp()
{
    EmulatorOptions::UserPool pool = poolOf(alice());
    pool.customQuestion = u"What is 6 × 7?"_s;
    pool.customAnswer = u"42"_s;
    listen(pool);
    const SrpClient srp;
    const Answer start = caller().initiate(u"CUSTOM_AUTH"_s,
                                           {{u"USERNAME"_s, u"alice"_s},
                                            {u"CHALLENGE_NAME"_s, u"SRP_A"_s},
                                            {u"SRP_A"_s, srp.publicValue()}});
    QCOMPARE(start.challenge(), u"PASSWORD_VERIFIER"_s);
    const Answer asked =
        caller().respond(start.challenge(), start.session(),
                         srp.proof(parametersOf(start), poolName(), u"alice"_s, kPassword, m_now));
    QCOMPARE(asked.challenge(), u"CUSTOM_CHALLENGE"_s);
    QVERIFY(!caller()
                 .respond(asked.challenge(), asked.session(),
                          {{u"USERNAME"_s, u"alice"_s}, {u"ANSWER"_s, u"42"_s}})
                 .tokens()
                 .isEmpty());
}

void tst_PoolSignIn::badRequests_data()
{
    QTest::addColumn<QByteArray>("operation");
    QTest::addColumn<QJsonObject>("request");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("word");
    const auto initiate = [](const QString &flow, const QJsonObject &parameters) {
        return QJsonObject{{u"AuthFlow"_s, flow},
                           {u"ClientId"_s, u"$client"_s},
                           {u"AuthParameters"_s, parameters}};
    };
    const auto respond = [](const QString &challenge, const QJsonObject &responses) {
        return QJsonObject{{u"ChallengeName"_s, challenge},
                           {u"ClientId"_s, u"$client"_s},
                           {u"ChallengeResponses"_s, responses}};
    };
    const QString invalid = u"InvalidParameterException"_s;
    const QJsonObject alice{{u"USERNAME"_s, u"alice"_s}};
    const auto row = [](const char *name, const QByteArray &operation, const QJsonObject &request,
                        const QString &error, const QString &word) {
        QTest::newRow(name) << operation << request << error << word;
    };
    row("no such client", "InitiateAuth", {{u"ClientId"_s, u"x"_s}}, u"ResourceNotFoundException"_s,
        u"User pool client x does not exist."_s);
    row("no flow", "InitiateAuth", initiate({}, alice), invalid, u"is not enabled"_s);
    row("other flow", "InitiateAuth", initiate(u"USER_AUTH"_s, alice), invalid,
        u"USER_AUTH is not enabled for the client."_s);
    row("no name", "InitiateAuth", initiate(u"USER_SRP_AUTH"_s, {}), invalid, u"USERNAME"_s);
    row("no SRP_A", "InitiateAuth", initiate(u"USER_SRP_AUTH"_s, alice), invalid, u"SRP_A"_s);
    row("SRP_A of zero", "InitiateAuth",
        initiate(u"USER_SRP_AUTH"_s, {{u"USERNAME"_s, u"alice"_s}, {u"SRP_A"_s, u"0"_s}}), invalid,
        u"SRP_A"_s);
    row("no password", "InitiateAuth", initiate(u"USER_PASSWORD_AUTH"_s, alice), invalid,
        u"PASSWORD"_s);
    row("no token", "InitiateAuth", initiate(u"REFRESH_TOKEN_AUTH"_s, {}), invalid,
        u"REFRESH_TOKEN"_s);
    row("unknown token", "InitiateAuth",
        initiate(u"REFRESH_TOKEN_AUTH"_s, {{u"REFRESH_TOKEN"_s, u"x"_s}}),
        u"NotAuthorizedException"_s, u"Invalid Refresh Token"_s);
    row("answer without a name", "RespondToAuthChallenge", respond(u"SMS_MFA"_s, {}), invalid,
        u"USERNAME"_s);
    row("answer without a session", "RespondToAuthChallenge", respond(u"SMS_MFA"_s, alice), invalid,
        u"Session"_s);
    row("unknown challenge", "RespondToAuthChallenge", respond(u"RIDDLE"_s, alice), invalid,
        u"RIDDLE"_s);
    row("no secret block", "RespondToAuthChallenge", respond(u"PASSWORD_VERIFIER"_s, alice),
        u"NotAuthorizedException"_s, u"Incorrect username or password."_s);
    row("unknown operation", "ListUsers", {}, u"UnknownOperationException"_s, u"ListUsers"_s);
    row("parameters of a wrong type", "InitiateAuth",
        {{u"ClientId"_s, u"$client"_s},
         {u"AuthFlow"_s, u"USER_SRP_AUTH"_s},
         {u"AuthParameters"_s, 1}},
        invalid, u"USERNAME"_s);
}

void tst_PoolSignIn::badRequests()
{
    QFETCH(QByteArray, operation);
    QFETCH(QJsonObject, request);
    QFETCH(QString, word);
    if (request["ClientId"_L1].toString() == u"$client"_s)
        request.insert(u"ClientId"_s, m_emulator->userPoolClientId());
    const Answer answer = caller().call(operation, request);
    QCOMPARE(answer.status, 400);
    QTEST(answer.error(), "error");
    QVERIFY2(answer.message().contains(word), answer.shown());
}

GUILESS_TEST(tst_PoolSignIn)
#include "tst_poolsignin.moc"
