// SPDX-License-Identifier: Apache-2.0
#include "oidcerror_p.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace AppSync::OidcError {

namespace {

using Kind = Error::Kind;

constexpr qsizetype kMaxWords = 500;

//! The sentences are translated where they are used.
struct Refusal {
    QLatin1StringView code;
    Kind kind = Kind::None;
    const char *message = nullptr;
    const char *nextStep = nullptr;
};

#define TEXT(text) QT_TRANSLATE_NOOP("AppSync::OidcError", text)
// RFC 6749 4.1.2.1 and 5.2, RFC 7009 2.2.1, RFC 8628 3.5, RFC 8707 2, OpenID Connect Core 3.1.2.6.
constexpr Refusal kRefusals[] = {
    {QLatin1StringView("invalid_grant"), Kind::Unauthorized,
     TEXT(
         "The provider does not accept the sign-in any more: it was used, revoked or has expired."),
     TEXT("Sign in again. If that fails too, compare redirect URI and client id with what is "
          "registered.")},
    {QLatin1StringView("invalid_client"), Kind::Unauthorized,
     TEXT("The provider does not accept the client id or its secret."),
     TEXT("Check both. A public client has no secret, a confidential one needs it here.")},
    {QLatin1StringView("access_denied"), Kind::Refused,
     TEXT("The sign-in was declined, by you or by a rule of the provider."),
     TEXT("Sign in again and agree, or ask whoever runs the provider.")},
    {QLatin1StringView("unauthorized_client"), Kind::Refused,
     TEXT("The client may not sign in this way."),
     TEXT("Allow the authorization code grant with PKCE, or the device grant, for this client at "
          "the provider.")},
    {QLatin1StringView("unsupported_grant_type"), Kind::Refused,
     TEXT("The provider does not offer this way of signing in."),
     TEXT("Choose the other flow, or paste a token.")},
    {QLatin1StringView("unsupported_response_type"), Kind::Refused,
     TEXT("The provider does not offer the authorization code flow to this client."),
     TEXT("Allow it for this client at the provider, or paste a token.")},
    {QLatin1StringView("invalid_scope"), Kind::Refused,
     TEXT("The provider does not know one of the scopes, or does not allow it to this client."),
     TEXT("Set only scopes that the provider lists for this client.")},
    {QLatin1StringView("invalid_target"), Kind::Refused,
     TEXT("The provider does not know the audience or resource that was asked for."),
     TEXT("Correct the additional parameters.")},
    {QLatin1StringView("invalid_request"), Kind::Refused,
     TEXT("The provider does not accept the request for a sign-in."),
     TEXT("See what it says; check client id, redirect URI, scopes and additional parameters.")},
    {QLatin1StringView("unsupported_token_type"), Kind::Refused,
     TEXT("The provider does not revoke tokens of this kind."), TEXT("They end when they expire.")},
    {QLatin1StringView("login_required"), Kind::Refused,
     TEXT("The provider wanted to ask for a sign-in and was told not to."),
     TEXT("Remove prompt=none from the additional parameters.")},
    {QLatin1StringView("interaction_required"), Kind::Refused,
     TEXT("The provider wanted to ask something and was told not to."),
     TEXT("Remove prompt=none from the additional parameters.")},
    {QLatin1StringView("consent_required"), Kind::Refused,
     TEXT("The provider needs a consent that was not given."),
     TEXT("Set prompt=consent as an additional parameter, or ask whoever runs the provider.")},
    {QLatin1StringView("expired_token"), Kind::Unattended,
     TEXT("Nobody confirmed the code in time."), TEXT("Sign in again, and confirm the new code.")},
    {QLatin1StringView("server_error"), Kind::Server,
     TEXT("The provider had a failure of its own."), TEXT("Try again later.")},
    {QLatin1StringView("temporarily_unavailable"), Kind::Server,
     TEXT("The provider is overloaded or under maintenance."), TEXT("Try again later.")},
};
#undef TEXT

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::OidcError", text);
}

Kind kindOfStatus(int status)
{
    if (status == 429)
        return Kind::LimitExceeded;
    return status >= 500 ? Kind::Server : Kind::Refused;
}

//! What somebody else wrote, as one line of bounded length.
QString oneLine(QString text)
{
    for (QChar &character : text) {
        if (!character.isPrint())
            character = u' ';
    }
    text = text.simplified();
    return text.size() > kMaxWords ? text.first(kMaxWords) + u'…' : text;
}

} // namespace

Error described(const QString &code, const QString &description, int httpStatus)
{
    Error error;
    error.type = oneLine(code);
    error.serverMessage = oneLine(description);
    error.httpStatus = httpStatus;
    const auto it = std::find_if(std::begin(kRefusals), std::end(kRefusals),
                                 [&code](const Refusal &refusal) { return code == refusal.code; });
    if (it == std::end(kRefusals)) {
        error.kind = kindOfStatus(httpStatus);
        error.message = tr("The provider refused the sign-in.");
        error.nextStep = tr("See what it says.");
    } else {
        error.kind = it->kind;
        error.message = tr(it->message);
        error.nextStep = tr(it->nextStep);
    }
    return error;
}

Error fromAnswer(const HttpAnswer &answer, const QString &host)
{
    const QJsonObject body = QJsonDocument::fromJson(answer.body).object();
    if (const QString code = body.value(u"error"_s).toString(); !code.isEmpty())
        return described(code, body.value(u"error_description"_s).toString(), answer.status);
    Error error;
    error.httpStatus = answer.status;
    error.serverMessage = oneLine(answer.reason);
    if (answer.status >= 300 && answer.status < 400) {
        error.kind = Kind::Receiving;
        error.message = tr("%1 sends elsewhere, which is not followed with a sign-in.").arg(host);
        error.nextStep = tr("Set the address that it sends to, if you trust it.");
    } else {
        error.kind = answer.status < 300 ? Kind::Receiving : kindOfStatus(answer.status);
        error.message = tr("The answer of %1 (HTTP %2) is not that of a sign-in server.")
                            .arg(host)
                            .arg(answer.status);
        error.nextStep = tr("Check the issuer, and whether a proxy is in between.");
    }
    return error;
}

Error unexpected(const QString &host, const QString &what)
{
    return Error::local(Kind::WrongType, tr("The answer of %1 lacks %2.").arg(host, what),
                        tr("Check the issuer, and whether a proxy is in between."));
}

bool isGrantRefused(const Error &error)
{
    return error.type == "invalid_grant"_L1;
}

} // namespace AppSync::OidcError
