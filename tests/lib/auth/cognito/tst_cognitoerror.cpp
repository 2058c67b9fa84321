// SPDX-License-Identifier: Apache-2.0
#include "../../../../lib/auth/cognito/cognitoerror_p.h"
#include "tests/shared/testrunner.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

class tst_CognitoError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsEveryRefusal_data();
    void knowsEveryRefusal();
    void tellsNotAuthorizedApart_data();
    void tellsNotAuthorizedApart();
    void readsAnyForm_data();
    void readsAnyForm();
    void saysWhatIsNoUserPool_data();
    void saysWhatIsNoUserPool();
    void blamesAWrongClock_data();
    void blamesAWrongClock();
    void decides_data();
    void decides();
};

namespace {

using Kind = Error::Kind;

Error error(const QString &type, const QString &message = {}, int status = 400)
{
    return CognitoError::described(type, message, status, 0ms);
}

HttpAnswer answer(int status, const QByteArray &body, const Headers &headers = {})
{
    HttpAnswer made;
    made.status = status;
    made.reason = u"Reason"_s;
    made.body = body;
    made.headers = headers;
    return made;
}

} // namespace

void tst_CognitoError::knowsEveryRefusal_data()
{
    QTest::addColumn<int>("kind");
    const auto row = [](const char *type, Kind kind) { QTest::newRow(type) << int(kind); };
    row("NotAuthorizedException", Kind::Unauthorized);
    row("UserNotFoundException", Kind::Unauthorized);
    row("UserNotConfirmedException", Kind::Unauthorized);
    row("PasswordResetRequiredException", Kind::Unauthorized);
    row("InvalidParameterException", Kind::Refused);
    row("ResourceNotFoundException", Kind::Refused);
    row("CodeMismatchException", Kind::Unauthorized);
    row("ExpiredCodeException", Kind::Unauthorized);
    row("EnableSoftwareTokenMFAException", Kind::Unauthorized);
    row("InvalidPasswordException", Kind::Refused);
    row("PasswordHistoryPolicyViolationException", Kind::Refused);
    row("MFAMethodNotFoundException", Kind::Refused);
    row("SoftwareTokenMFANotFoundException", Kind::Refused);
    row("TooManyRequestsException", Kind::LimitExceeded);
    row("LimitExceededException", Kind::LimitExceeded);
    row("UserLambdaValidationException", Kind::Refused);
    row("UnexpectedLambdaException", Kind::Refused);
    row("InvalidLambdaResponseException", Kind::Refused);
    row("InvalidUserPoolConfigurationException", Kind::Refused);
    row("InvalidSmsRoleAccessPolicyException", Kind::Refused);
    row("InvalidSmsRoleTrustRelationshipException", Kind::Refused);
    row("InvalidEmailRoleAccessPolicyException", Kind::Refused);
    row("AliasExistsException", Kind::Refused);
    row("UnsupportedTokenTypeException", Kind::Refused);
    row("UnauthorizedException", Kind::Unauthorized);
    row("UnsupportedOperationException", Kind::Refused);
    row("RefreshTokenReuseException", Kind::Unauthorized);
    row("OperationNotEnabledException", Kind::Refused);
    row("ForbiddenException", Kind::Refused);
    row("InternalErrorException", Kind::Server);
    row("NobodyEverSawThisException", Kind::Refused);
}

void tst_CognitoError::knowsEveryRefusal()
{
    QFETCH(int, kind);
    const QString type = QString::fromLatin1(QTest::currentDataTag());
    const Error made = error(type, u"the server's own words"_s);
    QCOMPARE(int(made.kind), kind);
    QCOMPARE(made.type, type);
    QCOMPARE(made.serverMessage, u"the server's own words"_s);
    QCOMPARE(made.httpStatus, 400);
    QVERIFY(made.message.endsWith(u'.'));
    // What has no sentence of its own says so by this one.
    QCOMPARE(made.message == u"The user pool refused the request."_s,
             type.startsWith(u"NobodyEver"));
}

void tst_CognitoError::tellsNotAuthorizedApart_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *words, const QString &message) {
        QTest::newRow(words) << QString::fromLatin1(words) << message;
    };
    row("Incorrect username or password.", u"The user name or the password is wrong."_s);
    row("Password attempts exceeded", u"locked for a while"_s);
    row("Unable to verify secret hash for client 1example", u"client secret"_s);
    row("SecretHash does not match for the client: 1example", u"client secret"_s);
    row("Unable to verify secret for client 1example", u"client secret"_s);
    row("Client 1example is configured with secret but SECRET_HASH was not received",
        u"has a secret, and none is set"_s);
    row("Client 1example is configured for secret but secret was not received",
        u"has a secret, and none is set"_s);
    row("Refresh Token has expired", u"The sign-in has expired."_s);
    row("Refresh Token has been revoked", u"The sign-in was ended"_s);
    row("Invalid Refresh Token", u"refresh token is not accepted"_s);
    row("Access Token has been revoked", u"access token"_s);
    row("Invalid session for the user, session is expired.", u"took too long"_s);
    row("User is disabled.", u"The user is disabled."_s);
    row("Temporary password has expired and must be reset by an administrator.",
        u"temporary password has expired"_s);
    row("Something else", u"The user pool refused the sign-in."_s);
}

void tst_CognitoError::tellsNotAuthorizedApart()
{
    QFETCH(QString, words);
    QFETCH(QString, message);
    const Error made = error(u"NotAuthorizedException"_s, words);
    QVERIFY2(made.message.contains(message), qPrintable(made.message));
    QCOMPARE(made.kind, Kind::Unauthorized);
    // In whatever case the service writes it.
    QCOMPARE(error(u"NotAuthorizedException"_s, words.toUpper()).message, made.message);
}

void tst_CognitoError::readsAnyForm_data()
{
    QTest::addColumn<HttpAnswer>("answer");
    QTest::newRow("plain") << answer(400,
                                     R"({"__type":"CodeMismatchException","message":"words"})");
    QTest::newRow("prefix") << answer(
        400, R"({"__type":"com.amazonaws.x#CodeMismatchException","message":"words"})");
    QTest::newRow("capital") << answer(400,
                                       R"({"__type":"CodeMismatchException","Message":"words"})");
    QTest::newRow("header") << answer(
        400, R"({"message":"words"})",
        {{"X-Amzn-ErrorType"_ba, "CodeMismatchException:http://internal/"_ba}});
    QTest::newRow("header, other status") << answer(
        500, R"({"message":"words"})", {{"x-amzn-errortype"_ba, "CodeMismatchException"_ba}});
}

void tst_CognitoError::readsAnyForm()
{
    QFETCH(HttpAnswer, answer);
    const Error made = CognitoError::fromAnswer(answer, 0ms);
    QCOMPARE(made.type, u"CodeMismatchException"_s);
    QCOMPARE(made.serverMessage, u"words"_s);
    QCOMPARE(made.httpStatus, answer.status);
    QVERIFY(CognitoError::isWrongCode(made));
}

void tst_CognitoError::saysWhatIsNoUserPool_data()
{
    QTest::addColumn<HttpAnswer>("answer");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const HttpAnswer &answer, Kind kind,
                        const QString &words) {
        QTest::newRow(name) << answer << int(kind) << words;
    };
    row("a web page", answer(200, "<html>"), Kind::Receiving, u"HTTP 200"_s);
    row("an array", answer(200, "[]"), Kind::Receiving, u"HTTP 200"_s);
    row("not found", answer(404, "<html>"), Kind::Refused, u"HTTP 404"_s);
    row("a gateway", answer(502, ""), Kind::Server, u"HTTP 502"_s);
    row("too many", answer(429, ""), Kind::LimitExceeded, u"HTTP 429"_s);
    row("elsewhere", answer(302, "", {{"Location"_ba, "https://other/"_ba}}), Kind::Refused,
        u"sends elsewhere"_s);
}

void tst_CognitoError::saysWhatIsNoUserPool()
{
    QFETCH(HttpAnswer, answer);
    QFETCH(int, kind);
    QFETCH(QString, words);
    const Error made = CognitoError::fromAnswer(answer, 0ms);
    QCOMPARE(int(made.kind), kind);
    QVERIFY2(made.message.contains(words), qPrintable(made.message));
    QVERIFY(!made.nextStep.isEmpty());
}

void tst_CognitoError::blamesAWrongClock_data()
{
    QTest::addColumn<int>("minutes");
    QTest::addColumn<QString>("words");
    QTest::newRow("right") << 0 << QString();
    QTest::newRow("nearly right") << 1 << QString();
    QTest::newRow("slow") << 6 << u"6 min behind the server's"_s;
    QTest::newRow("fast") << -120 << u"120 min ahead of the server's"_s;
}

void tst_CognitoError::blamesAWrongClock()
{
    QFETCH(int, minutes);
    QFETCH(QString, words);
    const auto offset = std::chrono::minutes(minutes);
    for (const QString &text : {u"Incorrect username or password."_s, u"else"_s}) {
        const Error made = CognitoError::described(u"NotAuthorizedException"_s, text, 400, offset);
        QCOMPARE(made.nextStep.contains(u"clock of this computer"_s), !words.isEmpty());
        QVERIFY(made.nextStep.contains(words));
    }
    QVERIFY(!CognitoError::described(u"TooManyRequestsException"_s, {}, 400, offset)
                 .nextStep.contains(u"clock"_s));
}

void tst_CognitoError::decides_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QStringList>("verdicts");
    const auto notAuthorized = u"NotAuthorizedException"_s;
    const auto row = [](const char *name, const QString &type, const QString &message,
                        const QStringList &verdicts) {
        QTest::newRow(name) << type << message << verdicts;
    };
    row("nothing", {}, {}, {});
    row("code", u"CodeMismatchException"_s, {}, {u"code"_s});
    row("old code", u"ExpiredCodeException"_s, {}, {u"code"_s});
    row("set-up code", u"EnableSoftwareTokenMFAException"_s, {}, {u"code"_s});
    row("weak", u"InvalidPasswordException"_s, {}, {u"bad password"_s});
    row("used", u"PasswordHistoryPolicyViolationException"_s, {}, {u"bad password"_s});
    row("wrong", notAuthorized, u"Incorrect username or password."_s,
        {u"refresh"_s, u"wrong password"_s});
    row("expired", notAuthorized, u"Refresh Token has expired"_s, {u"refresh"_s});
    row("reuse", u"RefreshTokenReuseException"_s, {}, {u"refresh"_s});
    row("client secret", notAuthorized, u"Unable to verify secret hash for client x"_s, {});
    row("device", u"ResourceNotFoundException"_s, u"Device does not exist."_s,
        {u"device"_s, u"refresh"_s});
    row("client", u"ResourceNotFoundException"_s, u"User pool client x does not exist."_s, {});
    row("throttled", u"TooManyRequestsException"_s, {}, {});
}

void tst_CognitoError::decides()
{
    QFETCH(QString, type);
    QFETCH(QString, message);
    QFETCH(QStringList, verdicts);
    const Error made = type.isEmpty() ? Error() : error(type, message);
    QStringList found;
    if (CognitoError::isBadPassword(made))
        found << u"bad password"_s;
    if (CognitoError::isWrongCode(made))
        found << u"code"_s;
    if (CognitoError::isUnknownDevice(made))
        found << u"device"_s;
    if (CognitoError::isRefreshRefused(made))
        found << u"refresh"_s;
    if (CognitoError::isWrongPassword(made))
        found << u"wrong password"_s;
    QCOMPARE(found, verdicts);
}

GUILESS_TEST(tst_CognitoError)
#include "tst_cognitoerror.moc"
