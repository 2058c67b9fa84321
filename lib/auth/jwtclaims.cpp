// SPDX-License-Identifier: Apache-2.0
#include "jwtclaims.h"

#include "../core/jsonchecker_p.h"
#include "../core/jsonscanner_p.h"
#include "../core/jsonstring_p.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qint64 kClockToleranceMs = 60'000;
constexpr double kLastSecond = 253402300799; // of the year 9999

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::JwtClaims", text);
}

//! base64url without padding, as JWTs have it, but with padding or of the other alphabet just as well.
std::optional<QByteArray> decoded(QStringView part)
{
    QByteArray text = part.toLatin1();
    text.replace('+', '-').replace('/', '_');
    while (text.endsWith('='))
        text.chop(1);
    const auto result = QByteArray::fromBase64Encoding(
        text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return result ? std::optional(result.decoded) : std::nullopt;
}

//! A NumericDate of RFC 7519: seconds, possibly with a fraction.
QDateTime time(const QString &number)
{
    bool isNumber = false;
    const double seconds = number.toDouble(&isNumber);
    if (!isNumber || !(seconds > 0 && seconds < kLastSecond))
        return {};
    return QDateTime::fromMSecsSinceEpoch(qint64(seconds * 1000)).toUTC();
}

bool isTime(const QString &name)
{
    return name == u"exp" || name == u"iat" || name == u"nbf" || name == u"auth_time";
}

//! The members of the object \a json, nothing if it is none. (QJsonObject would sort them and round numbers.)
std::optional<QList<JwtClaim>> members(const QByteArray &json)
{
    if (!JsonChecker(json).check())
        return {};
    const QString text = QString::fromUtf8(json);
    JsonScanner scanner(text);
    if (!scanner.enter(u'{'))
        return {};
    QList<JwtClaim> claims;
    JsonScanner::Key key;
    JsonScanner::Value value;
    while (scanner.nextKey(key) && scanner.value(value)) {
        JwtClaim claim;
        claim.name = JsonString::unescaped(key.name);
        const QStringView raw = QStringView(text).sliced(value.begin, value.end - value.begin);
        claim.value =
            value.type == JsonScanner::Type::String ? JsonString::unescaped(raw) : raw.toString();
        if (isTime(claim.name) && value.type == JsonScanner::Type::Other)
            claim.time = time(claim.value);
        claims.append(claim);
    }
    return claims;
}

//! Of several with the same name the last counts, as with most readers.
const JwtClaim *find(const QList<JwtClaim> &claims, QStringView name)
{
    const auto it = std::find_if(claims.crbegin(), claims.crend(),
                                 [name](const JwtClaim &claim) { return claim.name == name; });
    return it == claims.crend() ? nullptr : &*it;
}

QString valueOf(const QList<JwtClaim> &claims, QStringView name)
{
    const JwtClaim *found = find(claims, name);
    return found ? found->value : QString();
}

QDateTime timeOf(const QList<JwtClaim> &claims, QStringView name)
{
    const JwtClaim *found = find(claims, name);
    return found ? found->time : QDateTime();
}

QString spoken(qint64 seconds)
{
    if (seconds < 120)
        return tr("%1 s").arg(seconds);
    if (seconds < 7200)
        return tr("%1 min").arg(seconds / 60);
    return seconds < 48 * 3600 ? tr("%1 h").arg(seconds / 3600)
                               : tr("%1 days").arg(seconds / 86400);
}

} // namespace

JwtClaims JwtClaims::fromToken(const QString &token)
{
    JwtClaims claims;
    QStringView text = QStringView(token).trimmed();
    claims.m_hasBearer = text.startsWith(u"Bearer ", Qt::CaseInsensitive);
    if (claims.m_hasBearer)
        text = text.sliced(7).trimmed();
    claims.m_isSignature = text.startsWith(u"AWS4-HMAC-SHA256");

    const QList<QStringView> parts = text.split(u'.');
    if (parts.size() == 5) {
        claims.m_problem = tr("The token is encrypted; only its receiver can read it.");
        return claims;
    }
    if (parts.size() != 3) {
        claims.m_problem = tr("This is no JWT, which has three parts with dots between them.");
        return claims;
    }
    const auto header = decoded(parts.at(0));
    const auto payload = decoded(parts.at(1));
    const auto headerMembers = header ? members(*header) : std::nullopt;
    const auto payloadMembers = payload ? members(*payload) : std::nullopt;
    if (!headerMembers || !payloadMembers) {
        const QString part = headerMembers ? tr("payload") : tr("header");
        claims.m_problem = (headerMembers ? payload : header)
            ? tr("The %1 of the token is no JSON object.").arg(part)
            : tr("The %1 of the token is not base64.").arg(part);
        return claims;
    }
    claims.m_header = *headerMembers;
    claims.m_payload = *payloadMembers;
    claims.m_isValid = true;
    return claims;
}

QString JwtClaims::keyId() const
{
    return valueOf(m_header, u"kid");
}

QString JwtClaims::algorithm() const
{
    return valueOf(m_header, u"alg");
}

QString JwtClaims::issuer() const
{
    return valueOf(m_payload, u"iss");
}

QString JwtClaims::subject() const
{
    return valueOf(m_payload, u"sub");
}

QStringList JwtClaims::audience() const
{
    return listClaim(u"aud"_s);
}

QString JwtClaims::clientId() const
{
    const QString id = valueOf(m_payload, u"client_id");
    return id.isEmpty() ? valueOf(m_payload, u"azp") : id;
}

QString JwtClaims::tokenUse() const
{
    return valueOf(m_payload, u"token_use");
}

QString JwtClaims::username() const
{
    const QString name = valueOf(m_payload, u"username");
    return name.isEmpty() ? valueOf(m_payload, u"cognito:username") : name;
}

QStringList JwtClaims::groups() const
{
    return listClaim(u"cognito:groups"_s);
}

QStringList JwtClaims::scopes() const
{
    return valueOf(m_payload, u"scope").split(u' ', Qt::SkipEmptyParts);
}

QDateTime JwtClaims::issuedAt() const
{
    return timeOf(m_payload, u"iat");
}

QDateTime JwtClaims::expiresAt() const
{
    return timeOf(m_payload, u"exp");
}

QString JwtClaims::claim(const QString &name) const
{
    return valueOf(m_payload, name);
}

//! A text, or the texts of an array.
QStringList JwtClaims::listClaim(const QString &name) const
{
    const QString value = valueOf(m_payload, name);
    if (!value.startsWith(u'['))
        return value.isEmpty() ? QStringList() : QStringList{value};
    QStringList list;
    for (const QJsonValue &item : QJsonDocument::fromJson(value.toUtf8()).array())
        list.append(item.toString());
    return list;
}

qint64 JwtClaims::secondsLeft(qint64 nowMs) const
{
    const QDateTime end = expiresAt();
    if (!end.isValid())
        return 0;
    const qint64 left = end.toMSecsSinceEpoch() - nowMs;
    // Rounded down: a token that is over is never "0 s left".
    return left >= 0 ? left / 1000 : -((-left + 999) / 1000);
}

QStringList JwtClaims::warnings(Mode mode, qint64 nowMs, const QString &issuer,
                                const QString &tokenUse) const
{
    if (mode == Mode::Lambda)
        return lambdaWarnings();
    if (!m_isValid) {
        return {m_problem.isEmpty() ? tr("There is no token.") : m_problem};
    }
    return issuedWarnings(mode, issuer, tokenUse) + timeWarnings(nowMs);
}

QStringList JwtClaims::lambdaWarnings() const
{
    QStringList found;
    if (m_isSignature)
        found << tr("The token looks like an IAM signature: AppSync would never show it to the "
                    "Lambda authorizer.");
    if (m_hasBearer)
        found << tr("The token starts with \"Bearer\", which AppSync keeps for OIDC providers: the "
                    "Lambda authorizer may never see it. Use another word, or none.");
    if (m_isValid)
        found << tr("The token is a JWT: if a user pool or an OIDC provider is configured too, "
                    "AppSync takes it for one of theirs, not for the Lambda authorizer's. Put "
                    "something before it that the function strips.");
    return found;
}

QStringList JwtClaims::issuedWarnings(Mode mode, const QString &issuer,
                                      const QString &tokenUse) const
{
    QStringList found;
    if (m_hasBearer)
        found << tr("The token starts with \"Bearer\", which not every AppSync API accepts. Send "
                    "the token alone.");
    const QString use = this->tokenUse();
    if (mode == Mode::UserPool && use != u"id" && use != u"access")
        found
            << tr("It is no ID or access token of a user pool: its token_use is \"%1\".").arg(use);
    else if (!tokenUse.isEmpty() && use != tokenUse)
        found << tr("Its token_use is \"%1\", where \"%2\" is expected.").arg(use, tokenUse);
    if (this->issuer().isEmpty())
        found << tr("It names no issuer, so that no provider can be found for it.");
    else if (!issuer.isEmpty() && this->issuer() != issuer)
        found << tr("Its issuer is %1, not %2.").arg(this->issuer(), issuer);
    const QString alg = algorithm();
    if (alg.isEmpty() || alg == u"none" || alg.startsWith(u"HS"))
        found << tr("It is signed with \"%1\"; AppSync verifies public keys (RS256 and the like) "
                    "only.")
                     .arg(alg);
    return found;
}

QStringList JwtClaims::timeWarnings(qint64 nowMs) const
{
    QStringList found;
    const qint64 left = secondsLeft(nowMs);
    if (!expiresAt().isValid())
        found << tr("It does not say when it expires.");
    else if (left <= 0)
        found << tr("It expired %1 ago.").arg(spoken(-left));
    const auto ahead = [nowMs](const QDateTime &time) {
        return time.isValid() ? time.toMSecsSinceEpoch() - nowMs : 0;
    };
    if (const qint64 wait = ahead(timeOf(m_payload, u"nbf")); wait > kClockToleranceMs)
        found << tr("It is not valid yet, but in %1.").arg(spoken(wait / 1000));
    else if (const qint64 early = ahead(issuedAt()); early > kClockToleranceMs)
        found << tr("It was issued %1 in the future: the clock of this machine, or that of the "
                    "issuer, is wrong.")
                     .arg(spoken(early / 1000));
    return found;
}

} // namespace AppSync
