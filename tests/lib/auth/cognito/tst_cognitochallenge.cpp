// SPDX-License-Identifier: Apache-2.0
#include "cognitoattempt.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace AppSync;

using Flow = CognitoTokenSource::Flow;

class tst_CognitoChallenge : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksForCodes_data();
    void asksForCodes();
    void asksForACodeAgain_data();
    void asksForACodeAgain();
    void endsWithADeadSession();
    void letsChooseTheSecondFactor();
    void setsUpASecondFactor();
    void saysWhichSecondFactorCannotBeSetUp();
    void asksForANewPassword();
    void asksForANewPasswordAgain();
    void answersCustomChallenges_data();
    void answersCustomChallenges();
    void provesThePasswordBeforeCustomChallenges();
    void answersUnknownChallenges();
    void choosesAmongWays_data();
    void choosesAmongWays();
    void offersTheChoice();
    void saysThatPasskeysNeedABrowser();
};

void tst_CognitoChallenge::asksForCodes_data()
{
    QTest::addColumn<QString>("challenge");
    QTest::addColumn<QJsonObject>("parameters");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("words");
    const QJsonObject sms{{u"CODE_DELIVERY_DELIVERY_MEDIUM"_s, u"SMS"_s},
                          {u"CODE_DELIVERY_DESTINATION"_s, u"+*******1234"_s}};
    const QJsonObject email{{u"CODE_DELIVERY_DELIVERY_MEDIUM"_s, u"EMAIL"_s},
                            {u"CODE_DELIVERY_DESTINATION"_s, u"a***@e***"_s}};
    QTest::newRow("text message") << u"SMS_MFA"_s << sms << u"SMS_MFA_CODE"_s
                                  << u"text message to +*******1234"_s;
    QTest::newRow("text message, first factor")
        << u"SMS_OTP"_s << sms << u"SMS_OTP_CODE"_s << u"+*******1234"_s;
    QTest::newRow("e-mail") << u"EMAIL_OTP"_s << email << u"EMAIL_OTP_CODE"_s
                            << u"e-mail to a***@e***"_s;
    QTest::newRow("e-mail, no destination")
        << u"EMAIL_OTP"_s << QJsonObject() << u"EMAIL_OTP_CODE"_s << u"by e-mail."_s;
    QTest::newRow("authenticator")
        << u"SOFTWARE_TOKEN_MFA"_s << QJsonObject{{u"FRIENDLY_DEVICE_NAME"_s, u"My phone"_s}}
        << u"SOFTWARE_TOKEN_MFA_CODE"_s << u"authenticator app"_s;
}

void tst_CognitoChallenge::asksForCodes()
{
    QFETCH(QString, challenge);
    QFETCH(QJsonObject, parameters);
    QFETCH(QString, key);
    QFETCH(QString, words);
    CognitoPool pool;
    pool.steps = {{challenge, parameters, wants(key, u"123456"_s, u"CodeMismatchException"_s)}};
    Attempt attempt(pool);
    attempt.person.answers = {QVariantMap{{u"code"_s, u" 123456 "_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(attempt.person.shown.size(), 1);
    const Person::Shown &form = attempt.person.shown.first();
    QVERIFY2(form.message.contains(words), qPrintable(form.message));
    QVERIFY(form.problem.isEmpty());
    QCOMPARE(form.fields.first().hint, value(parameters, u"FRIENDLY_DEVICE_NAME"_s));
    QCOMPARE(value(responses(pool), u"USERNAME"_s), pool.userId);
}

void tst_CognitoChallenge::asksForACodeAgain_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("problem");
    QTest::newRow("wrong") << u"CodeMismatchException"_s << u"The code is wrong."_s;
    QTest::newRow("too old") << u"ExpiredCodeException"_s << u"The code is too old."_s;
}

void tst_CognitoChallenge::asksForACodeAgain()
{
    QFETCH(QString, type);
    QFETCH(QString, problem);
    CognitoPool pool;
    pool.steps = {{u"SMS_MFA"_s, {}, wants(u"SMS_MFA_CODE"_s, u"3"_s, type)}};
    Attempt attempt(pool);
    attempt.person.answers = {QVariantMap{{u"code"_s, u"1"_s}}, QVariantMap{{u"code"_s, u"2"_s}},
                              QVariantMap{{u"code"_s, u"3"_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(attempt.person.shown.size(), 3);
    QCOMPARE(attempt.person.shown.at(0).problem, QString());
    QCOMPARE(attempt.person.shown.at(1).problem, problem);
    QCOMPARE(attempt.person.shown.at(2).problem, problem);
    QCOMPARE(pool.count(u"InitiateAuth"_s), 1);
    QCOMPARE(attempt.waits, (QList<bool>{true, false, true, false, true, false}));
}

void tst_CognitoChallenge::endsWithADeadSession()
{
    CognitoPool pool;
    int tries = 0;
    pool.steps = {{u"SMS_MFA"_s, {}, [&tries](const QJsonObject &) {
                       return ++tries == 1 ? u"CodeMismatchException"_s
                                           : u"NotAuthorizedException"_s;
                   }}};
    Attempt attempt(pool);
    attempt.person.answers = {QVariantMap{{u"code"_s, u"1"_s}}, QVariantMap{{u"code"_s, u"2"_s}}};
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::Unauthorized);
    QCOMPARE(attempt.person.shown.size(), 2);
    QCOMPARE(attempt.ends, 1);
}

void tst_CognitoChallenge::letsChooseTheSecondFactor()
{
    CognitoPool pool;
    pool.steps = {{u"SELECT_MFA_TYPE"_s,
                   {{u"MFAS_CAN_CHOOSE"_s, uR"(["SMS_MFA","SOFTWARE_TOKEN_MFA"])"_s}},
                   wants(u"ANSWER"_s, u"SOFTWARE_TOKEN_MFA"_s, u"InvalidParameterException"_s)},
                  {u"SOFTWARE_TOKEN_MFA"_s}};
    Attempt attempt(pool);
    attempt.person.answers = {QVariantMap{{u"ANSWER"_s, u"SOFTWARE_TOKEN_MFA"_s}},
                              QVariantMap{{u"code"_s, u"123456"_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    const InteractionField field = attempt.person.shown.first().fields.first();
    QCOMPARE(field.choices, (QStringList{u"SMS_MFA"_s, u"SOFTWARE_TOKEN_MFA"_s}));
    QCOMPARE(field.choiceLabels.size(), 2);
    QVERIFY(field.choiceLabels.at(1).contains(u"authenticator"_s));
}

void tst_CognitoChallenge::setsUpASecondFactor()
{
    CognitoPool pool;
    pool.steps = {
        {u"MFA_SETUP"_s, {{u"MFAS_CAN_SETUP"_s, uR"(["SMS_MFA","SOFTWARE_TOKEN_MFA"])"_s}}}};
    QStringList sessions;
    pool.handlers[u"AssociateSoftwareToken"_s] = [&](const QJsonObject &body) {
        sessions << value(body, u"Session"_s);
        return CognitoPool::ok(
            {{u"SecretCode"_s, u"JBSWY3DPEHPK3PXP"_s}, {u"Session"_s, u"second"_s}});
    };
    pool.handlers[u"VerifySoftwareToken"_s] = [&](const QJsonObject &body) {
        sessions << value(body, u"Session"_s);
        if (value(body, u"UserCode"_s) != u"123456")
            return CognitoPool::error(u"EnableSoftwareTokenMFAException"_s, u"Code mismatch"_s);
        // What the pool waits for with the challenge itself.
        return CognitoPool::ok({{u"Status"_s, u"SUCCESS"_s}, {u"Session"_s, sessions.first()}});
    };
    Attempt attempt(pool);
    attempt.person.answers = {
        QVariantMap{{u"code"_s, u"1"_s}},
        QVariantMap{{u"code"_s, u"123456"_s}, {u"deviceName"_s, u"My phone"_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(sessions, (QStringList{u"session-2"_s, u"second"_s, u"second"_s}));
    QCOMPARE(value(pool.lastBody(u"VerifySoftwareToken"_s), u"FriendlyDeviceName"_s),
             u"My phone"_s);
    QCOMPARE(pool.count(u"AssociateSoftwareToken"_s), 1);

    QCOMPARE(attempt.person.shown.size(), 2);
    const Person::Shown &form = attempt.person.shown.first();
    QCOMPARE(form.userCode, u"JBSWY3DPEHPK3PXP"_s);
    QCOMPARE(form.url.scheme(), u"otpauth"_s);
    QCOMPARE(form.url.host(), u"totp"_s);
    QCOMPARE(form.url.path(QUrl::FullyDecoded), u"/eu-west-1_AbCd12345:alice@example.com"_s);
    QCOMPARE(QUrlQuery(form.url).queryItemValue(u"secret"_s), u"JBSWY3DPEHPK3PXP"_s);
    QCOMPARE(QUrlQuery(form.url).queryItemValue(u"issuer"_s), u"eu-west-1_AbCd12345"_s);
    QCOMPARE(attempt.person.shown.at(1).problem, u"The code is wrong."_s);
    QCOMPARE(attempt.person.shown.at(1).userCode, form.userCode);
    QVERIFY(!form.fields.at(1).isRequired);
}

void tst_CognitoChallenge::saysWhichSecondFactorCannotBeSetUp()
{
    CognitoPool pool;
    pool.steps = {{u"MFA_SETUP"_s, {{u"MFAS_CAN_SETUP"_s, uR"(["SMS_MFA"])"_s}}}};
    Attempt attempt(pool);
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::Refused);
    QVERIFY(attempt.error.message.contains(u"SMS_MFA"_s));
    QCOMPARE(pool.count(u"AssociateSoftwareToken"_s), 0);
}

void tst_CognitoChallenge::asksForANewPassword()
{
    CognitoPool pool;
    pool.steps = {
        {u"NEW_PASSWORD_REQUIRED"_s,
         {{u"userAttributes"_s, uR"({"email":"alice@example.com"})"_s},
          {u"requiredAttributes"_s, uR"(["userAttributes.email","userAttributes.given_name"])"_s}},
         wants(u"NEW_PASSWORD"_s, u"N3w-Horse!"_s, u"InvalidPasswordException"_s)}};
    Attempt attempt(pool);
    attempt.person.answers = {QVariantMap{{u"NEW_PASSWORD"_s, u"N3w-Horse!"_s},
                                          {u"userAttributes.email"_s, u"alice@example.com"_s},
                                          {u"userAttributes.given_name"_s, u"Alice"_s}}};
    QStringList chosen;
    attempt.start();
    connect(&*attempt.signIn, &CognitoSignIn::passwordChosen,
            [&chosen](const QString &password) { chosen << password; });
    QTRY_COMPARE(attempt.ends, 1);
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(chosen, QStringList{u"N3w-Horse!"_s});
    const QList<InteractionField> fields = attempt.person.shown.first().fields;
    QCOMPARE(fields.size(), 3);
    QVERIFY(fields.at(0).isSecret && fields.at(0).value.isEmpty());
    QCOMPARE(fields.at(1).label, u"email"_s);
    QCOMPARE(fields.at(1).value, u"alice@example.com"_s);
    QCOMPARE(fields.at(2).name, u"userAttributes.given_name"_s);
    const QJsonObject sent = responses(pool);
    QCOMPARE(value(sent, u"userAttributes.given_name"_s), u"Alice"_s);
    QCOMPARE(value(sent, u"NEW_PASSWORD"_s), u"N3w-Horse!"_s);
}

void tst_CognitoChallenge::asksForANewPasswordAgain()
{
    CognitoPool pool;
    pool.steps = {{u"NEW_PASSWORD_REQUIRED"_s,
                   {},
                   wants(u"NEW_PASSWORD"_s, u"N3w-Horse!"_s, u"InvalidPasswordException"_s)},
                  {u"SMS_MFA"_s}};
    Attempt attempt(pool);
    attempt.person.answers = {QVariantMap{{u"NEW_PASSWORD"_s, u"short"_s}},
                              QVariantMap{{u"NEW_PASSWORD"_s, u"N3w-Horse!"_s}}, std::nullopt};
    attempt.start();
    QSignalSpy chosen(&*attempt.signIn, &CognitoSignIn::passwordChosen);
    QTRY_COMPARE(attempt.ends, 1);
    const QString problem = attempt.person.shown.at(1).problem;
    QVERIFY2(problem.contains(u"rules"_s) && problem.contains(u"as the test wants it"_s),
             qPrintable(problem));
    QVERIFY(!problem.contains(u"short"_s));
    // It holds from here on, whatever becomes of the rest.
    QCOMPARE(attempt.error.kind, Error::Kind::Cancelled);
    QCOMPARE(chosen.count(), 1);
    QCOMPARE(chosen.first().first().toString(), u"N3w-Horse!"_s);
}

void tst_CognitoChallenge::answersCustomChallenges_data()
{
    QTest::addColumn<QJsonObject>("parameters");
    QTest::addColumn<QString>("message");
    QTest::newRow("told") << QJsonObject{{u"USERNAME"_s, u"x"_s}, {u"hint"_s, u"The ship's name"_s}}
                          << u"hint: The ship's name"_s;
    QTest::newRow("not told") << QJsonObject() << u"The user pool asks something of its own."_s;
}

void tst_CognitoChallenge::answersCustomChallenges()
{
    QFETCH(QJsonObject, parameters);
    QFETCH(QString, message);
    CognitoPool pool;
    pool.steps = {{u"CUSTOM_CHALLENGE"_s, parameters, wants(u"ANSWER"_s, u"one"_s, u"x"_s)},
                  {u"CUSTOM_CHALLENGE"_s, {}, wants(u"ANSWER"_s, u"two"_s, u"x"_s)}};
    Attempt attempt(pool);
    attempt.options.flow = Flow::Custom;
    attempt.options.password.clear();
    attempt.person.answers = {QVariantMap{{u"ANSWER"_s, u"one"_s}},
                              QVariantMap{{u"ANSWER"_s, u"two"_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    const QJsonObject body = pool.lastBody(u"InitiateAuth"_s);
    QCOMPARE(value(body, u"AuthFlow"_s), u"CUSTOM_AUTH"_s);
    QVERIFY(!body.value(u"AuthParameters").toObject().contains(u"SRP_A"));
    QCOMPARE(attempt.person.shown.first().message, message);
}

void tst_CognitoChallenge::provesThePasswordBeforeCustomChallenges()
{
    CognitoPool pool;
    pool.steps = {{u"CUSTOM_CHALLENGE"_s}};
    Attempt attempt(pool);
    attempt.options.flow = Flow::CustomSrp;
    attempt.person.answers = {QVariantMap{{u"ANSWER"_s, u"one"_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    const QJsonObject body = pool.lastBody(u"InitiateAuth"_s);
    QCOMPARE(value(body, u"AuthFlow"_s), u"CUSTOM_AUTH"_s);
    QCOMPARE(body.value(u"AuthParameters")[u"CHALLENGE_NAME"].toString(), u"SRP_A"_s);
    QCOMPARE(pool.count(u"RespondToAuthChallenge"_s), 2);
}

void tst_CognitoChallenge::answersUnknownChallenges()
{
    CognitoPool pool;
    pool.steps = {{u"RETINA_SCAN"_s,
                   {{u"eye"_s, u"left"_s}},
                   wants(u"RETINA_SCAN_DATA"_s, u"blue"_s, u"x"_s)}};
    Attempt attempt(pool);
    attempt.person.answers = {
        QVariantMap{{u"responseName"_s, u"RETINA_SCAN_DATA"_s}, {u"responseValue"_s, u"blue"_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    const Person::Shown &form = attempt.person.shown.first();
    QVERIFY(form.title.contains(u"RETINA_SCAN"_s));
    QVERIFY(form.message.contains(u"eye: left"_s));
    QCOMPARE(form.fields.first().value, u"ANSWER"_s);
}

void tst_CognitoChallenge::choosesAmongWays_data()
{
    QTest::addColumn<QStringList>("available");
    QTest::addColumn<bool>("hasPassword");
    QTest::addColumn<QString>("chosen");
    QTest::newRow("a known password is proved")
        << QStringList{u"PASSWORD"_s, u"PASSWORD_SRP"_s, u"EMAIL_OTP"_s, u"WEB_AUTHN"_s} << true
        << u"PASSWORD_SRP"_s;
    QTest::newRow("the only one") << QStringList{u"PASSWORD"_s} << true << u"PASSWORD"_s;
    QTest::newRow("the only one without a browser")
        << QStringList{u"WEB_AUTHN"_s, u"PASSWORD_SRP"_s, u"PASSWORD"_s} << false
        << u"PASSWORD_SRP"_s;
}

void tst_CognitoChallenge::choosesAmongWays()
{
    QFETCH(QStringList, available);
    QFETCH(bool, hasPassword);
    QFETCH(QString, chosen);
    CognitoPool pool;
    pool.steps = {{u"SELECT_CHALLENGE"_s, {}, wants(u"ANSWER"_s, chosen, u"x"_s), available}};
    Attempt attempt(pool);
    attempt.options.flow = Flow::Choice;
    if (!hasPassword) {
        attempt.options.password.clear();
        attempt.person.answers = {QVariantMap{{u"password"_s, pool.password}}};
    }
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(value(pool.lastBody(u"InitiateAuth"_s), u"AuthFlow"_s), u"USER_AUTH"_s);
    QCOMPARE(attempt.person.shown.size(), hasPassword ? 0 : 1);
    const bool isSent = chosen == u"PASSWORD";
    QCOMPARE(value(responses(pool), u"PASSWORD"_s), isSent ? pool.password : QString());
}

void tst_CognitoChallenge::offersTheChoice()
{
    CognitoPool pool;
    pool.steps = {{u"SELECT_CHALLENGE"_s,
                   {},
                   wants(u"ANSWER"_s, u"EMAIL_OTP"_s, u"x"_s),
                   {u"PASSWORD"_s, u"EMAIL_OTP"_s, u"SMS_OTP"_s}},
                  {u"EMAIL_OTP"_s}};
    Attempt attempt(pool);
    attempt.options.flow = Flow::Choice;
    attempt.options.password.clear();
    attempt.person.answers = {QVariantMap{{u"ANSWER"_s, u"EMAIL_OTP"_s}},
                              QVariantMap{{u"code"_s, u"123456"_s}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(attempt.person.shown.first().fields.first().choices,
             (QStringList{u"PASSWORD"_s, u"EMAIL_OTP"_s, u"SMS_OTP"_s}));
}

void tst_CognitoChallenge::saysThatPasskeysNeedABrowser()
{
    CognitoPool pool;
    pool.steps = {{u"SELECT_CHALLENGE"_s, {}, {}, {u"WEB_AUTHN"_s}}};
    Attempt attempt(pool);
    attempt.options.flow = Flow::Choice;
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::Refused);
    QVERIFY(attempt.error.message.contains(u"browser"_s));

    pool.steps = {{u"WEB_AUTHN"_s}};
    Attempt direct(pool);
    QVERIFY(direct.run());
    QCOMPARE(direct.error.kind, Error::Kind::Refused);
    QVERIFY(direct.error.message.contains(u"passkey"_s));
}

GUILESS_TEST(tst_CognitoChallenge)
#include "tst_cognitochallenge.moc"
