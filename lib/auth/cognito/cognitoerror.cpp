// SPDX-License-Identifier: Apache-2.0
#include "cognitoerror_p.h"

#include "../../wire/servererror_p.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdlib>
#include <iterator>

using namespace Qt::StringLiterals;

namespace AppSync::CognitoError {

namespace {

using Kind = Error::Kind;

//! One refusal: whoever has this type and these words. The sentences are translated where they are used.
struct Refusal {
    QLatin1StringView type;
    QLatin1StringView words; //!< in the message, in any case; empty: whatever it is
    Kind kind = Kind::None;
    const char *message = nullptr;
    const char *nextStep = nullptr;
};

#define TEXT(text) QT_TRANSLATE_NOOP("AppSync::CognitoError", text)
constexpr QLatin1StringView kNotAuthorized{"NotAuthorizedException"};
constexpr QLatin1StringView kResourceNotFound{"ResourceNotFoundException"};
constexpr QLatin1StringView kInvalidParameter{"InvalidParameterException"};
constexpr QLatin1StringView kAny{};

// The first that fits counts.
constexpr Refusal kRefusals[] = {
    {kNotAuthorized, QLatin1StringView("incorrect username or password"), Kind::Unauthorized,
     TEXT("The user name or the password is wrong."),
     TEXT("Check both, and that user pool and app client are the right ones. Five wrong passwords "
          "lock the user for a while.")},
    {kNotAuthorized, QLatin1StringView("attempts exceeded"), Kind::Unauthorized,
     TEXT("The user is locked for a while, after too many wrong passwords."),
     TEXT("Wait, up to a quarter of an hour, before you try again.")},
    {kNotAuthorized, QLatin1StringView("secret hash"), Kind::Unauthorized,
     TEXT("The client secret does not belong to the app client, or the user is known to the pool "
          "by another name."),
     TEXT("Check the client secret; an app client without one needs none set here.")},
    {kNotAuthorized, QLatin1StringView("verify secret for client"), Kind::Unauthorized,
     TEXT("The client secret does not belong to the app client."),
     TEXT("Check the client secret; an app client without one needs none set here.")},
    {kNotAuthorized, QLatin1StringView("secrethash"), Kind::Unauthorized,
     TEXT("The client secret does not belong to the app client, or the user is known to the pool "
          "by another name."),
     TEXT("Check the client secret; an app client without one needs none set here.")},
    {kNotAuthorized, QLatin1StringView("secret_hash"), Kind::Unauthorized,
     TEXT("The app client has a secret, and none is set here."),
     TEXT("Set the client secret, or use an app client without one.")},
    {kNotAuthorized, QLatin1StringView("secret was not received"), Kind::Unauthorized,
     TEXT("The app client has a secret, and none is set here."),
     TEXT("Set the client secret, or use an app client without one.")},
    {kNotAuthorized, QLatin1StringView("refresh token has expired"), Kind::Unauthorized,
     TEXT("The sign-in has expired."), TEXT("Sign in again.")},
    {kNotAuthorized, QLatin1StringView("refresh token has been revoked"), Kind::Unauthorized,
     TEXT("The sign-in was ended: signed out here or elsewhere."), TEXT("Sign in again.")},
    {kNotAuthorized, QLatin1StringView("refresh token"), Kind::Unauthorized,
     TEXT("The sign-in cannot be renewed: its refresh token is not accepted."),
     TEXT("Sign in again.")},
    {kNotAuthorized, QLatin1StringView("access token"), Kind::Unauthorized,
     TEXT("The access token has expired or was revoked."), TEXT("Sign in again.")},
    {kNotAuthorized, QLatin1StringView("invalid session"), Kind::Unauthorized,
     TEXT("The sign-in took too long, or one of its steps was used twice."),
     TEXT("Start again; the pool gives a few minutes for the whole of it.")},
    {kNotAuthorized, QLatin1StringView("user is disabled"), Kind::Unauthorized,
     TEXT("The user is disabled."), TEXT("Ask whoever administers the user pool.")},
    {kNotAuthorized, QLatin1StringView("temporary password has expired"), Kind::Unauthorized,
     TEXT("The temporary password has expired."),
     TEXT("Ask whoever administers the user pool for another one.")},
    {kNotAuthorized, kAny, Kind::Unauthorized, TEXT("The user pool refused the sign-in."), ""},
    {QLatin1StringView("UserNotFoundException"), kAny, Kind::Unauthorized,
     TEXT("The user pool knows no such user."),
     TEXT("Check the user name, and that the user pool is the right one.")},
    {QLatin1StringView("UserNotConfirmedException"), kAny, Kind::Unauthorized,
     TEXT("The user has not been confirmed yet."),
     TEXT("Confirm it with the code that came at sign-up, or let an administrator do it; then "
          "sign in.")},
    {QLatin1StringView("PasswordResetRequiredException"), kAny, Kind::Unauthorized,
     TEXT("The password has to be reset first."),
     TEXT("Reset it with the code that was sent (\"forgot password\" in the application of the "
          "pool), then sign in.")},
    {kInvalidParameter, QLatin1StringView("flow not enabled"), Kind::Refused,
     TEXT("The app client does not allow this way of signing in."),
     TEXT("Choose another flow, or enable this one in the settings of the app client.")},
    {kInvalidParameter, kAny, Kind::Refused,
     TEXT("The user pool does not accept what it was given."),
     TEXT("See what the server says; check flow, app client and attributes.")},
    {kResourceNotFound, QLatin1StringView("device"), Kind::Unauthorized,
     TEXT("The user pool does not remember this device any more."), TEXT("Sign in again.")},
    {kResourceNotFound, kAny, Kind::Refused,
     TEXT("The user pool or the app client does not exist there."),
     TEXT("Check the ids, and that both are of one region and account.")},
    {QLatin1StringView("CodeMismatchException"), kAny, Kind::Unauthorized,
     TEXT("The code is wrong."),
     TEXT("Enter it again; a code of an authenticator app depends on the clock of its device.")},
    {QLatin1StringView("EnableSoftwareTokenMFAException"), kAny, Kind::Unauthorized,
     TEXT("The code is wrong."),
     TEXT("Enter the next one; it depends on the clock of the authenticator's device.")},
    {QLatin1StringView("ExpiredCodeException"), kAny, Kind::Unauthorized,
     TEXT("The code is too old."), TEXT("Enter the newest one, or start again to get another.")},
    {QLatin1StringView("InvalidPasswordException"), kAny, Kind::Refused,
     TEXT("The new password does not meet the rules of the user pool."),
     TEXT("Choose another one.")},
    {QLatin1StringView("PasswordHistoryPolicyViolationException"), kAny, Kind::Refused,
     TEXT("The new password was used before."), TEXT("Choose another one.")},
    {QLatin1StringView("MFAMethodNotFoundException"), kAny, Kind::Refused,
     TEXT("The pool wants a second factor, and the user has none."),
     TEXT("Let an administrator set one up, or sign in on the pool's own page.")},
    {QLatin1StringView("SoftwareTokenMFANotFoundException"), kAny, Kind::Refused,
     TEXT("No authenticator app is set up for the user or allowed by the pool."),
     TEXT("Let an administrator enable it, or choose another second factor.")},
    {QLatin1StringView("TooManyRequestsException"), kAny, Kind::LimitExceeded,
     TEXT("The user pool gets too many requests."), TEXT("Wait a little, then try again.")},
    {QLatin1StringView("LimitExceededException"), kAny, Kind::LimitExceeded,
     TEXT("A limit of the user pool is reached."), TEXT("Wait, then try again.")},
    {QLatin1StringView("TooManyFailedAttemptsException"), kAny, Kind::Unauthorized,
     TEXT("There were too many failed attempts."), TEXT("Wait before you try again.")},
    {QLatin1StringView("UserLambdaValidationException"), kAny, Kind::Refused,
     TEXT("A function of the user pool's owner refused the sign-in."),
     TEXT("See what it says; ask whoever administers the user pool.")},
    {QLatin1StringView("UnexpectedLambdaException"), kAny, Kind::Refused,
     TEXT("A function of the user pool's owner failed."),
     TEXT("Ask whoever administers the user pool.")},
    {QLatin1StringView("InvalidLambdaResponseException"), kAny, Kind::Refused,
     TEXT("A function of the user pool's owner gave an answer that the pool cannot use."),
     TEXT("Ask whoever administers the user pool.")},
    {QLatin1StringView("InvalidUserPoolConfigurationException"), kAny, Kind::Refused,
     TEXT("The user pool is not set up for this."), TEXT("Ask whoever administers the user pool.")},
    {QLatin1StringView("InvalidSmsRoleAccessPolicyException"), kAny, Kind::Refused,
     TEXT("The user pool may not send text messages."),
     TEXT("Its owner has to correct the policy of the role for text messages.")},
    {QLatin1StringView("InvalidSmsRoleTrustRelationshipException"), kAny, Kind::Refused,
     TEXT("The user pool may not send text messages."),
     TEXT("Its owner has to correct the trust of the role for text messages.")},
    {QLatin1StringView("InvalidEmailRoleAccessPolicyException"), kAny, Kind::Refused,
     TEXT("The user pool may not send e-mail."),
     TEXT("Its owner has to correct the permission to send with its address.")},
    {QLatin1StringView("CodeDeliveryFailureException"), kAny, Kind::Refused,
     TEXT("The user pool could not deliver the code."),
     TEXT("Check the user's phone number or e-mail address with whoever administers the pool.")},
    {QLatin1StringView("AliasExistsException"), kAny, Kind::Refused,
     TEXT("Another user has this e-mail address or phone number."), TEXT("Use another one.")},
    {QLatin1StringView("UnsupportedTokenTypeException"), kAny, Kind::Refused,
     TEXT("This token cannot be revoked."), TEXT("Sign out everywhere instead.")},
    {QLatin1StringView("UnsupportedOperationException"), kAny, Kind::Refused,
     TEXT("The app client does not allow tokens to be revoked."),
     TEXT("Enable token revocation in the settings of the app client, or sign out everywhere.")},
    {QLatin1StringView("UnauthorizedException"), kAny, Kind::Unauthorized,
     TEXT("The app client may not do this with the token."),
     TEXT("Check the app client and its secret.")},
    {QLatin1StringView("RefreshTokenReuseException"), kAny, Kind::Unauthorized,
     TEXT("The refresh token was used before: somebody else may have it, or an old copy was "
          "restored."),
     TEXT("Sign in again.")},
    {QLatin1StringView("OperationNotEnabledException"), kAny, Kind::Refused,
     TEXT("The user pool does not offer this operation."), ""},
    {QLatin1StringView("UnknownOperationException"), kAny, Kind::Refused,
     TEXT("The server does not know this operation."),
     TEXT("Check that the address is that of a user pool.")},
    {QLatin1StringView("ForbiddenException"), kAny, Kind::Refused,
     TEXT("A firewall (AWS WAF) of the user pool refused the request."),
     TEXT("Try from another network, or ask whoever administers the user pool.")},
    {QLatin1StringView("InternalErrorException"), kAny, Kind::Server,
     TEXT("The user pool had a failure of its own."), TEXT("Try again later.")},
};
#undef TEXT

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::CognitoError", text);
}

const Refusal *refusal(const QString &type, const QString &words)
{
    const auto fits = [&](const Refusal &refusal) {
        return type == refusal.type
            && (refusal.words.isEmpty() || words.contains(refusal.words, Qt::CaseInsensitive));
    };
    const auto it = std::find_if(std::begin(kRefusals), std::end(kRefusals), fits);
    return it == std::end(kRefusals) ? nullptr : it;
}

Kind kindOfStatus(int status)
{
    if (status == 429)
        return Kind::LimitExceeded;
    return status >= 500 ? Kind::Server : Kind::Refused;
}

//! A sentence about a clock that is so wrong that it may be the reason; empty if it is right.
QString clockAdvice(std::chrono::milliseconds offset)
{
    const auto minutes = std::abs(std::chrono::duration_cast<std::chrono::minutes>(offset).count());
    if (minutes < 2)
        return {};
    return offset.count() > 0
        ? tr("The clock of this computer is %1 min behind the server's: set it right.").arg(minutes)
        : tr("The clock of this computer is %1 min ahead of the server's: set it right.")
              .arg(minutes);
}

bool contains(const Error &error, QLatin1StringView words)
{
    return error.serverMessage.contains(words, Qt::CaseInsensitive);
}

} // namespace

Error described(const QString &type, const QString &serverMessage, int httpStatus,
                std::chrono::milliseconds clockOffset)
{
    Error error;
    error.type = type;
    error.serverMessage = serverMessage;
    error.httpStatus = httpStatus;
    if (const Refusal *known = refusal(type, serverMessage)) {
        error.kind = known->kind;
        error.message = tr(known->message);
        error.nextStep = *known->nextStep ? tr(known->nextStep) : QString();
    } else {
        error.kind = kindOfStatus(httpStatus);
        error.message = tr("The user pool refused the request.");
        error.nextStep = tr("See what the server says.");
    }
    if (const QString clock = clockAdvice(clockOffset); type == kNotAuthorized && !clock.isEmpty())
        error.nextStep += (error.nextStep.isEmpty() ? u""_s : u" "_s) + clock;
    return error;
}

Error fromAnswer(const HttpAnswer &answer, std::chrono::milliseconds clockOffset)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    QString type = body.value(u"__type").toString();
    if (type.isEmpty())
        type = QString::fromLatin1(answer.header("x-amzn-errortype"));
    type = ServerError::plainType(type);
    if (!type.isEmpty()) {
        const QString message = body.value(u"message").toString(body.value(u"Message").toString());
        return described(type, message, answer.status, clockOffset);
    }
    const bool isRedirect = answer.status >= 300 && answer.status < 400;
    Error error = Error::local(
        answer.status == 200 ? Kind::Receiving : kindOfStatus(answer.status),
        isRedirect ? tr("The server sends elsewhere, which is not followed with a sign-in.")
                   : tr("The answer (HTTP %1) is not that of a user pool.").arg(answer.status),
        tr("Check the region and the address, and whether a proxy is in between."));
    error.httpStatus = answer.status;
    error.serverMessage = answer.reason;
    return error;
}

Error unexpected(const QString &what)
{
    return Error::local(Kind::WrongType, tr("The answer of the user pool lacks %1.").arg(what),
                        tr("Check that the address is that of a user pool."));
}

bool isWrongCode(const Error &error)
{
    return error.type == u"CodeMismatchException" || error.type == u"ExpiredCodeException"
        || error.type == u"EnableSoftwareTokenMFAException";
}

bool isBadPassword(const Error &error)
{
    return error.type == u"InvalidPasswordException" || error.type == kInvalidParameter
        || error.type == u"PasswordHistoryPolicyViolationException";
}

bool isWrongPassword(const Error &error)
{
    return error.type == kNotAuthorized
        && contains(error, QLatin1StringView("incorrect username or password"));
}

bool isUnknownDevice(const Error &error)
{
    return error.type == kResourceNotFound && contains(error, QLatin1StringView("device"));
}

bool isRefreshRefused(const Error &error)
{
    // A wrong client secret says nothing about the token.
    const bool isRefused =
        error.type == kNotAuthorized && !contains(error, QLatin1StringView("secret"));
    return isRefused || error.type == u"RefreshTokenReuseException"
        || error.type == u"UserNotFoundException" || isUnknownDevice(error);
}

bool isUnknownOperation(const Error &error)
{
    return error.type == u"UnknownOperationException" || error.type == u"InvalidAction"
        || error.type == u"OperationNotEnabledException" || error.httpStatus == 404
        || error.httpStatus == 501;
}

} // namespace AppSync::CognitoError
