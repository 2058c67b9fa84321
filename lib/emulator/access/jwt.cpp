// SPDX-License-Identifier: Apache-2.0
#include "jwt_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qint64 kClockSkewSeconds = 60;
constexpr auto kBase64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QByteArray encodeJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toBase64(kBase64Url);
}

std::optional<QByteArray> decode(const QByteArray &part)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        part, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(decoded.decoded) : std::nullopt;
}

//! Empty unless \a part is base64url of a JSON object.
QJsonObject decodeJson(const QByteArray &part)
{
    return QJsonDocument::fromJson(decode(part).value_or(QByteArray())).object();
}

bool hasGoodSignature(const WebToken &token, const QList<JsonWebKey> &keys)
{
    const QJsonValue id = token.header.value("kid"_L1);
    const QString algorithm = token.header.value("alg"_L1).toString();
    return std::any_of(keys.begin(), keys.end(), [&](const JsonWebKey &key) {
        return (id.isUndefined() || key.id() == id.toString())
            && key.verify(token.signedText, token.signature, algorithm);
    });
}

QStringList clientsOf(const QJsonObject &claims, EmulatorOptions::AuthMode kind)
{
    QStringList clients;
    const QJsonValue audience = claims.value("aud"_L1);
    for (const QJsonValue value : audience.isArray() ? audience.toArray() : QJsonArray{audience})
        clients += value.toString();
    clients += claims.value(kind == EmulatorOptions::AuthMode::UserPool ? "client_id"_L1 : "azp"_L1)
                   .toString();
    clients.removeAll(QString());
    return clients;
}

bool isForOurClient(const QJsonObject &claims, const TokenCheck::Provider &provider)
{
    const QStringList clients = clientsOf(claims, provider.kind);
    return provider.clientId.pattern().isEmpty()
        || std::any_of(clients.begin(), clients.end(), [&](const QString &client) {
               return provider.clientId.match(client).hasMatch();
           });
}

bool isOfUserPool(const QJsonObject &claims)
{
    const QString use = claims.value("token_use"_L1).toString();
    return use == "access"_L1 || use == "id"_L1;
}

} // namespace

std::optional<WebToken> WebToken::parse(const QString &text)
{
    const QList<QByteArray> parts = text.toUtf8().split('.');
    if (parts.size() != 3)
        return std::nullopt;
    const auto signature = decode(parts[2]);
    const WebToken token{decodeJson(parts[0]), decodeJson(parts[1]), parts[0] + '.' + parts[1],
                         signature.value_or(QByteArray())};
    if (token.header.isEmpty() || token.claims.isEmpty() || !signature)
        return std::nullopt;
    return token;
}

QString WebToken::make(const JsonWebKey &key, const QJsonObject &claims)
{
    const QByteArray text =
        encodeJson({{u"alg"_s, key.algorithm()}, {u"kid"_s, key.id()}, {u"typ"_s, u"JWT"_s}}) + '.'
        + encodeJson(claims);
    return QString::fromLatin1(text + '.' + key.sign(text).toBase64(kBase64Url));
}

TokenIssuer::TokenIssuer()
    : m_key(JsonWebKey::makeEs256())
    , m_issuer(u"urn:syncscope:local-appsync:"_s + m_key.id().left(8))
{
}

QString TokenIssuer::issue(const QString &subject, std::chrono::seconds lifetime,
                           const QDateTime &now) const
{
    const qint64 issuedAt = now.toSecsSinceEpoch();
    return WebToken::make(m_key,
                          {{u"iss"_s, m_issuer},
                           {u"sub"_s, subject},
                           {u"username"_s, subject},
                           {u"client_id"_s, u"syncscope"_s},
                           {u"token_use"_s, u"access"_s},
                           {u"iat"_s, issuedAt},
                           {u"exp"_s, issuedAt + qint64(lifetime.count())}});
}

QString TokenCheck::setProviders(const QList<Provider> &own,
                                 const QList<EmulatorOptions::TokenProvider> &others)
{
    QList<Provider> providers = own;
    for (const EmulatorOptions::TokenProvider &other : others) {
        const auto wrong = [&](const QString &what) {
            return u"Token provider \"%1\" %2"_s.arg(other.issuer, what);
        };
        const QList<JsonWebKey> keys = JsonWebKey::fromSet(other.keys);
        const QRegularExpression clientId(
            other.clientIdPattern.isEmpty()
                ? QString()
                : QRegularExpression::anchoredPattern(other.clientIdPattern));
        const bool isTaken =
            std::any_of(providers.cbegin(), providers.cend(),
                        [&](const Provider &p) { return p.issuer == other.issuer; });
        if (other.issuer.isEmpty() || isTaken)
            return wrong(u"needs an issuer of its own"_s);
        if (other.kind != EmulatorOptions::AuthMode::UserPool
            && other.kind != EmulatorOptions::AuthMode::Oidc)
            return wrong(u"is neither a user pool nor an OIDC provider"_s);
        if (!other.keys.isEmpty() && keys.isEmpty())
            return wrong(u"has no RSA or elliptic key in its key set"_s);
        if (!clientId.isValid())
            return wrong(u"has a wrong client id pattern: "_s + clientId.errorString());
        Provider provider{other.kind, other.issuer, [keys] { return keys; },
                          clientId,   other.iatTtl, other.authTtl};
        if (other.keys.isEmpty()) {
            provider.remote = std::make_shared<RemoteKeys>(other.issuer, other.keysUrl, m_now);
            provider.keys = [remote = provider.remote] { return remote->keys(); };
        }
        providers.append(provider);
    }
    m_providers = providers;
    return {};
}

const TokenCheck::Provider *TokenCheck::providerOf(const WebToken &token) const
{
    const QString issuer = token.claims.value("iss"_L1).toString();
    const auto found = std::find_if(m_providers.begin(), m_providers.end(),
                                    [&](const Provider &p) { return p.issuer == issuer; });
    return found == m_providers.end() ? nullptr : &*found;
}

void TokenCheck::prepare(const WebToken &token, const Provider &provider,
                         const std::function<void()> &then) const
{
    if (provider.remote)
        provider.remote->prepare(token.header.value("kid"_L1).toString(), then);
    else
        then();
}

void TokenCheck::prepare(const QString &token, const std::function<void()> &then) const
{
    const auto parsed = WebToken::parse(token);
    const Provider *provider = parsed ? providerOf(*parsed) : nullptr;
    if (provider)
        prepare(*parsed, *provider, then);
    else
        then();
}

TokenCheck::Verdict TokenCheck::verify(const WebToken &token, const Provider &provider) const
{
    if (!hasGoodSignature(token, provider.keys())) {
        const QString problem = provider.remote ? provider.remote->problem() : QString();
        return {{},
                problem.isEmpty() ? u"no key of its issuer made the token's signature"_s
                                  : u"no key to check the token's signature with: "_s + problem};
    }
    if (const Verdict verdict = judgeTimes(token.claims, provider); !verdict.isGood())
        return verdict;
    if (provider.kind == EmulatorOptions::AuthMode::UserPool && !isOfUserPool(token.claims))
        return {{}, u"the token is neither an access nor an ID token of the user pool"_s};
    if (!isForOurClient(token.claims, provider))
        return {{}, u"the token was made for another client"_s};
    return {token.claims, {}};
}

TokenCheck::Verdict TokenCheck::judgeTimes(const QJsonObject &claims,
                                           const Provider &provider) const
{
    const auto now = double(m_now().toSecsSinceEpoch());
    const auto at = [&](QLatin1StringView claim) { return claims.value(claim).toDouble(); };
    const auto isTooOld = [&](QLatin1StringView claim, std::chrono::milliseconds ttl) {
        return ttl.count() > 0 && now - at(claim) > double(ttl.count()) / 1000;
    };
    if (!claims.value("exp"_L1).isDouble())
        return {{}, u"the token has no time of expiry (exp) that is a number"_s};
    if (at("exp"_L1) <= now)
        return {{}, u"the token has expired"_s, true};
    if (at("nbf"_L1) > now + kClockSkewSeconds)
        return {{}, u"the token is not yet valid"_s};
    if (at("iat"_L1) > now + kClockSkewSeconds)
        return {{}, u"the token was issued in the future"_s};
    if (isTooOld("iat"_L1, provider.iatTtl))
        return {{}, u"the token was issued too long ago"_s};
    if (isTooOld("auth_time"_L1, provider.authTtl))
        return {{}, u"its user signed in too long ago"_s};
    return {claims, {}};
}

} // namespace AppSync::Emulation
