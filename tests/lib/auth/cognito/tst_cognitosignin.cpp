// SPDX-License-Identifier: Apache-2.0
#include "cognitoattempt.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

using Flow = CognitoTokenSource::Flow;

class tst_CognitoSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void provesThePassword();
    void sendsWhatTheVectorsPin_data();
    void sendsWhatTheVectorsPin();
    void sendsThePasswordIfTold();
    void sendsTheSecretHashWithEveryCall();
    void refusesAWrongPassword();
    void refusesADishonestServer_data();
    void refusesADishonestServer();
    void asksForNameAndPassword_data();
    void asksForNameAndPassword();
    void provesARememberedDevice();
    void forgetsAnUnknownDevice_data();
    void forgetsAnUnknownDevice();
    void doesNotStartAgainForEver();
    void leavesAServerThatNeverStops();
    void saysWhatAnAnswerLacks_data();
    void saysWhatAnAnswerLacks();
    void correctsAWrongClock();
    void endsWhenNobodyAnswers();
    void endsWhenCancelled();
    void failsWhereNobodyCanBeAsked();
    void takesItsQuestionAlong();
};

void tst_CognitoSignIn::provesThePassword()
{
    CognitoPool pool;
    Attempt attempt(pool);
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(pool.operations(), (QStringList{u"InitiateAuth"_s, u"RespondToAuthChallenge"_s}));
    QCOMPARE(attempt.grant.refreshToken, pool.refreshToken);
    QCOMPARE(attempt.grant.lifetime, 3600s);
    QCOMPARE(attempt.grant.loginName, pool.login);
    QCOMPARE(attempt.grant.userName, pool.userId);
    QCOMPARE(value(responses(pool), u"USERNAME"_s), pool.userId);
    QVERIFY(attempt.person.shown.isEmpty());
    // It never left.
    for (const HttpServer::Request &request : std::as_const(pool.requests)) {
        QVERIFY(!request.body.contains(pool.password.toUtf8()));
        QCOMPARE(request.verb, "POST"_ba);
        QCOMPARE(request.headers.value("content-type"), "application/x-amz-json-1.1"_ba);
        QVERIFY(
            request.headers.value("x-amz-target").startsWith("AWSCognitoIdentityProviderService."));
    }
}

void tst_CognitoSignIn::sendsWhatTheVectorsPin_data()
{
    QTest::addColumn<QJsonObject>("input");
    QTest::addColumn<QJsonObject>("output");
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/srp-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object().value(u"srp_vectors").toArray();
    for (const QJsonValue &vector : vectors) {
        const QJsonObject input = vector[u"input"].toObject();
        if (!input.value(u"user_pool_id").isNull()) // not that of a device
            QTest::newRow(qPrintable(vector[u"id"].toString()))
                << input << vector[u"output"].toObject();
    }
}

void tst_CognitoSignIn::sendsWhatTheVectorsPin()
{
    QFETCH(QJsonObject, input);
    QFETCH(QJsonObject, output);
    FakeClock clock;
    CognitoPool pool;
    pool.poolId = value(input, u"user_pool_id"_s);
    pool.login = value(input, u"login_username"_s);
    pool.password = value(input, u"password"_s);
    QDateTime time =
        QLocale::c().toDateTime(value(input, u"timestamp"_s), u"ddd MMM d hh:mm:ss 'UTC' yyyy"_s);
    time.setTimeSpec(Qt::UTC);
    pool.nowMs = [time] { return time.toMSecsSinceEpoch(); };
    pool.handlers[u"InitiateAuth"_s] = [&input](const QJsonObject &) {
        return CognitoPool::ok(
            {{u"ChallengeName"_s, u"PASSWORD_VERIFIER"_s},
             {u"ChallengeParameters"_s,
              QJsonObject{{u"SRP_B"_s, input.value(u"server_SRP_B_hex")},
                          {u"SALT"_s, input.value(u"server_SALT_hex")},
                          {u"SECRET_BLOCK"_s, input.value(u"server_SECRET_BLOCK_b64")},
                          {u"USER_ID_FOR_SRP"_s, input.value(u"user_id_for_srp")}}}});
    };
    pool.handlers[u"RespondToAuthChallenge"_s] = [&pool](const QJsonObject &) {
        return pool.tokens(true);
    };
    Attempt attempt(pool, &clock);
    attempt.options.converse = [&input] {
        QByteArray hex = value(input, u"small_a_hex"_s).toLatin1();
        if (hex.size() % 2 == 1)
            hex.prepend('0');
        return Srp::Conversation(SecretBytes(QByteArrayView(QByteArray::fromHex(hex))));
    };
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    const QJsonObject initiated =
        pool.lastBody(u"InitiateAuth"_s).value(u"AuthParameters").toObject();
    QCOMPARE(value(initiated, u"SRP_A"_s), value(output, u"SRP_A_hex"_s));
    QCOMPARE(value(initiated, u"USERNAME"_s), value(input, u"login_username"_s));
    const QJsonObject sent = responses(pool);
    // The server's time tells whole seconds; half of one is added, so the same second is signed.
    QCOMPARE(value(sent, u"TIMESTAMP"_s), value(input, u"timestamp"_s));
    QCOMPARE(value(sent, u"PASSWORD_CLAIM_SIGNATURE"_s),
             value(output, u"PASSWORD_CLAIM_SIGNATURE"_s));
    QCOMPARE(value(sent, u"PASSWORD_CLAIM_SECRET_BLOCK"_s),
             value(input, u"server_SECRET_BLOCK_b64"_s));
}

void tst_CognitoSignIn::sendsThePasswordIfTold()
{
    CognitoPool pool;
    Attempt attempt(pool);
    attempt.options.flow = Flow::Password;
    QVERIFY(attempt.run());
    QVERIFY(attempt.succeeded());
    QCOMPARE(pool.operations(), QStringList{u"InitiateAuth"_s});
    const QJsonObject body = pool.lastBody(u"InitiateAuth"_s);
    QCOMPARE(value(body, u"AuthFlow"_s), u"USER_PASSWORD_AUTH"_s);
    QCOMPARE(body.value(u"AuthParameters")[u"PASSWORD"].toString(), pool.password);
}

void tst_CognitoSignIn::sendsTheSecretHashWithEveryCall()
{
    CognitoPool pool;
    pool.clientSecret = u"9l9d4itj79"_s;
    pool.steps = {{u"SOFTWARE_TOKEN_MFA"_s}};
    Attempt attempt(pool);
    attempt.options.clientSecret = pool.clientSecret;
    attempt.person.answers = {QVariantMap{{u"code"_s, u"123456"_s}}};
    QVERIFY(attempt.run());
    // The pool checks the hash, which is of another name in follow-up calls.
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));

    Attempt without(pool);
    QVERIFY(without.run());
    QCOMPARE(without.error.kind, Error::Kind::Unauthorized);
    QVERIFY(without.error.message.contains(u"client secret"_s));
}

void tst_CognitoSignIn::refusesAWrongPassword()
{
    CognitoPool pool;
    Attempt attempt(pool);
    attempt.options.password = u"wrong"_s;
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::Unauthorized);
    QCOMPARE(attempt.error.type, u"NotAuthorizedException"_s);
    QCOMPARE(attempt.error.serverMessage, u"Incorrect username or password."_s);
    QVERIFY(!attempt.error.nextStep.isEmpty());
    QVERIFY(!attempt.error.toString().contains(u"wrong\""_s));
    // One try, nobody was asked for another.
    QCOMPARE(pool.count(u"InitiateAuth"_s), 1);
    QVERIFY(attempt.person.shown.isEmpty());
    QCOMPARE(attempt.ends, 1);
}

void tst_CognitoSignIn::refusesADishonestServer_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("sent");
    QTest::newRow("B is 0") << u"SRP_B"_s << u"0"_s;
    QTest::newRow("B is no number") << u"SRP_B"_s << u"nonsense"_s;
    QTest::newRow("B is missing") << u"SRP_B"_s << QString();
    QTest::newRow("no salt") << u"SALT"_s << QString();
    QTest::newRow("no block") << u"SECRET_BLOCK"_s << QString();
    QTest::newRow("no user") << u"USER_ID_FOR_SRP"_s << QString();
}

void tst_CognitoSignIn::refusesADishonestServer()
{
    QFETCH(QString, name);
    QFETCH(QString, sent);
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [&](const QJsonObject &) {
        QJsonObject parameters{{u"SRP_B"_s, u"1234"_s},
                               {u"SALT"_s, u"12"_s},
                               {u"SECRET_BLOCK"_s, u"AAAA"_s},
                               {u"USER_ID_FOR_SRP"_s, u"alice"_s}};
        parameters.insert(name, sent);
        return CognitoPool::ok(
            {{u"ChallengeName"_s, u"PASSWORD_VERIFIER"_s}, {u"ChallengeParameters"_s, parameters}});
    };
    Attempt attempt(pool);
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::WrongType);
    QCOMPARE(pool.count(u"RespondToAuthChallenge"_s), 0);
}

void tst_CognitoSignIn::asksForNameAndPassword_data()
{
    QTest::addColumn<Flow>("flow");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<bool>("isFixed");
    QTest::addColumn<QStringList>("fields");
    const QString none;
    const auto name = u"alice@example.com"_s;
    const auto password = u"Correct-Horse-9!"_s;
    const QStringList both{u"username"_s, u"password"_s};
    QTest::newRow("nothing is known") << Flow::Srp << none << none << none << false << both;
    QTest::newRow("the name is known")
        << Flow::Srp << name << none << none << false << QStringList{u"password"_s};
    QTest::newRow("the password is known")
        << Flow::Srp << none << password << none << false << QStringList{u"username"_s};
    QTest::newRow("nothing is known, password flow")
        << Flow::Password << none << none << none << false << both;
    QTest::newRow("no password needed")
        << Flow::Custom << none << none << none << false << QStringList{u"username"_s};
    QTest::newRow("refused before")
        << Flow::Srp << name << none << u"It was wrong."_s << false << both;
    QTest::newRow("refused before, name set")
        << Flow::Srp << name << none << u"It was wrong."_s << true << QStringList{u"password"_s};
}

void tst_CognitoSignIn::asksForNameAndPassword()
{
    QFETCH(Flow, flow);
    QFETCH(QString, name);
    QFETCH(QString, password);
    QFETCH(QString, problem);
    QFETCH(bool, isFixed);
    QFETCH(QStringList, fields);
    CognitoPool pool;
    Attempt attempt(pool);
    attempt.options.flow = flow;
    attempt.options.loginName = name;
    attempt.options.password = password;
    attempt.options.problem = problem;
    attempt.options.isLoginNameFixed = isFixed;
    attempt.person.answers = {
        QVariantMap{{u"username"_s, u" alice@example.com "_s}, {u"password"_s, pool.password}}};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(attempt.grant.loginName, u"alice@example.com"_s);
    QCOMPARE(attempt.person.shown.size(), 1);
    const Person::Shown &form = attempt.person.shown.first();
    QCOMPARE(form.problem, problem);
    QVERIFY(form.message.contains(pool.poolId));
    QStringList asked;
    for (const InteractionField &field : form.fields) {
        asked << field.name;
        QCOMPARE(field.isSecret, field.name == u"password");
        QCOMPARE(field.value, field.name == u"username" ? name : QString());
    }
    QCOMPARE(asked, fields);
    QCOMPARE(attempt.waits, (QList<bool>{true, false}));
}

void tst_CognitoSignIn::provesARememberedDevice()
{
    CognitoPool pool;
    pool.steps = {{u"DEVICE_SRP_AUTH"_s}};
    pool.device.emplace(u"-group"_s, u"eu-west-1_device"_s, u"device-password"_s);
    Attempt attempt(pool);
    attempt.options.device = {u"eu-west-1_device"_s, u"-group"_s, u"device-password"_s};
    QVERIFY(attempt.run());
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(pool.operations().size(), 4);
    for (const CognitoPool::Call &call : std::as_const(pool.calls)) {
        const bool isFirst = call.operation == u"InitiateAuth";
        const QJsonObject sent =
            call.body.value(isFirst ? u"AuthParameters" : u"ChallengeResponses").toObject();
        QCOMPARE(value(sent, u"DEVICE_KEY"_s), u"eu-west-1_device"_s);
    }
    QVERIFY(attempt.person.shown.isEmpty());
}

void tst_CognitoSignIn::forgetsAnUnknownDevice_data()
{
    QTest::addColumn<QString>("operation");
    QTest::newRow("told at once") << u"InitiateAuth"_s;
    QTest::newRow("told behind the password") << u"RespondToAuthChallenge"_s;
    QTest::newRow("its password is wrong") << QString();
    QTest::newRow("it has none") << u"none"_s;
}

void tst_CognitoSignIn::forgetsAnUnknownDevice()
{
    QFETCH(QString, operation);
    CognitoPool pool;
    Attempt attempt(pool);
    attempt.options.device = {u"eu-west-1_device"_s, u"-group"_s, u"old password"_s};
    if (operation.isEmpty()) {
        pool.device.emplace(u"-group"_s, u"eu-west-1_device"_s, u"device-password"_s);
        pool.steps = {{u"DEVICE_SRP_AUTH"_s}};
    } else if (operation != u"none") {
        pool.handlers[operation] = [&pool, operation](const QJsonObject &) {
            pool.handlers.remove(operation);
            return CognitoPool::error(u"ResourceNotFoundException"_s, u"Device does not exist."_s);
        };
    } else {
        pool.steps = {{u"DEVICE_SRP_AUTH"_s}};
        attempt.options.device.password.clear();
    }
    attempt.start();
    QSignalSpy forgotten(&*attempt.signIn, &CognitoSignIn::deviceForgotten);
    connect(&*attempt.signIn, &CognitoSignIn::deviceForgotten, [&pool] { pool.steps.clear(); });
    QTRY_COMPARE(attempt.ends, 1);
    if (operation == u"none") {
        QCOMPARE(attempt.error.kind, Error::Kind::Refused);
        QVERIFY(attempt.error.message.contains(u"device"_s));
        const QJsonObject parameters =
            pool.lastBody(u"InitiateAuth"_s).value(u"AuthParameters").toObject();
        QVERIFY(!parameters.contains(u"DEVICE_KEY"));
        return;
    }
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));
    QCOMPARE(forgotten.count(), 1);
    QCOMPARE(pool.count(u"InitiateAuth"_s), 2);
    const QJsonObject sent = pool.lastBody(u"InitiateAuth"_s).value(u"AuthParameters").toObject();
    QVERIFY(!sent.contains(u"DEVICE_KEY"));
}

void tst_CognitoSignIn::doesNotStartAgainForEver()
{
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [](const QJsonObject &) {
        return CognitoPool::error(u"ResourceNotFoundException"_s, u"Device does not exist."_s);
    };
    Attempt attempt(pool);
    attempt.options.device = {u"eu-west-1_device"_s, u"-group"_s, u"old password"_s};
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.type, u"ResourceNotFoundException"_s);
    QCOMPARE(pool.count(u"InitiateAuth"_s), 2);
}

void tst_CognitoSignIn::leavesAServerThatNeverStops()
{
    CognitoPool pool;
    // Each of these is answered without a person.
    pool.steps = QList<CognitoPool::Step>(200, {u"SELECT_CHALLENGE"_s, {}, {}, {u"EMAIL_OTP"_s}});
    Attempt attempt(pool);
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::Refused);
    QVERIFY(pool.calls.size() < 60);
}

void tst_CognitoSignIn::saysWhatAnAnswerLacks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << "{}"_ba;
    QTest::newRow("no body") << ""_ba;
    QTest::newRow("no token") << R"({"AuthenticationResult":{"ExpiresIn":3600}})"_ba;
    QTest::newRow("wrong types") << R"({"AuthenticationResult":[],"ChallengeName":7})"_ba;
    QTest::newRow("no second factors") << R"({"ChallengeName":"SELECT_MFA_TYPE"})"_ba;
    QTest::newRow("no key for an authenticator app") << R"({"ChallengeName":"MFA_SETUP"})"_ba;
}

void tst_CognitoSignIn::saysWhatAnAnswerLacks()
{
    QFETCH(QByteArray, body);
    CognitoPool pool;
    pool.handlers[u"InitiateAuth"_s] = [body](const QJsonObject &) {
        return HttpServer::Answer{200, body, "application/json", {}, false};
    };
    pool.handlers[u"AssociateSoftwareToken"_s] = [](const QJsonObject &) {
        return CognitoPool::ok({{u"SecretCode"_s, 7}});
    };
    Attempt attempt(pool);
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::WrongType);
    QVERIFY(!attempt.error.nextStep.isEmpty());
}

void tst_CognitoSignIn::correctsAWrongClock()
{
    FakeClock clock;
    CognitoPool pool;
    pool.nowMs = [&clock] { return clock.wallMs() + 7'200'000; };
    Attempt attempt(pool, &clock);
    QVERIFY(attempt.run());
    // The pool accepts five minutes.
    QVERIFY2(attempt.succeeded(), qPrintable(attempt.error.toString()));

    Attempt wrong(pool, &clock);
    wrong.options.password = u"wrong"_s;
    QVERIFY(wrong.run());
    QVERIFY2(wrong.error.nextStep.contains(u"120 min behind"_s), qPrintable(wrong.error.nextStep));
}

void tst_CognitoSignIn::endsWhenNobodyAnswers()
{
    FakeClock clock;
    CognitoPool pool;
    pool.nowMs = [&clock] { return clock.wallMs(); };
    pool.steps = {{u"SMS_MFA"_s}};
    Attempt attempt(pool, &clock);
    attempt.start();
    QTRY_VERIFY(attempt.person.open);
    QCOMPARE(attempt.person.shown.first().deadline.toMSecsSinceEpoch(), clock.wallMs() + 300'000);
    QSignalSpy closed(attempt.person.open, &Interaction::closed);
    clock.advance(4min + 59s);
    QCOMPARE(attempt.ends, 0);
    clock.advance(1s);
    QCOMPARE(attempt.ends, 1);
    QCOMPARE(attempt.error.kind, Error::Kind::Unattended);
    QCOMPARE(closed.count(), 1);
    QCOMPARE(attempt.waits, (QList<bool>{true, false}));
    QVERIFY(!clock.untilNext());
}

void tst_CognitoSignIn::endsWhenCancelled()
{
    FakeClock clock;
    CognitoPool pool;
    pool.nowMs = [&clock] { return clock.wallMs(); };
    pool.steps = {{u"SMS_MFA"_s}};
    Attempt attempt(pool, &clock);
    attempt.person.answers = {std::nullopt};
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.kind, Error::Kind::Cancelled);
    QCOMPARE(attempt.ends, 1);
    QVERIFY(!clock.untilNext());
}

void tst_CognitoSignIn::failsWhereNobodyCanBeAsked()
{
    CognitoPool pool;
    pool.steps = {{u"SMS_MFA"_s}};
    Attempt attempt(pool);
    attempt.hasAudience = false;
    QVERIFY(attempt.run());
    QCOMPARE(attempt.error.message, u"nobody for a code"_s);
    QVERIFY(attempt.person.shown.isEmpty());
}

void tst_CognitoSignIn::takesItsQuestionAlong()
{
    CognitoPool pool;
    pool.steps = {{u"SMS_MFA"_s}};
    Attempt attempt(pool);
    attempt.start();
    QTRY_VERIFY(attempt.person.open);
    QSignalSpy closed(attempt.person.open, &Interaction::closed);
    attempt.signIn.reset();
    QCOMPARE(closed.count(), 1);
    QVERIFY(!attempt.person.open->answer({{u"code"_s, u"123456"_s}}));
    QTRY_VERIFY(!attempt.person.open);
    QCOMPARE(attempt.ends, 0);
}

GUILESS_TEST(tst_CognitoSignIn)
#include "tst_cognitosignin.moc"
