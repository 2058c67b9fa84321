// SPDX-License-Identifier: Apache-2.0
#include "app/core/profile.h"

#include <QDir>
#include <QRegularExpression>
#include <QUrl>

#include <iterator>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kLongestName = 100;
constexpr qsizetype kLongestVariable = 64;

struct Secret {
    SecretRole role;
    const char *key;
    const char *name;
    SecretReference Profile::*member;
};

constexpr Secret kSecrets[] = {
    {SecretRole::ApiKey, "apiKey", "API key", &Profile::apiKey},
    {SecretRole::GraphqlApiKey, "graphqlApiKey", "API key of the GraphQL API",
     &Profile::graphqlApiKey},
    {SecretRole::Token, "token", "token", &Profile::token},
    {SecretRole::ConnectToken, "connectToken", "token for connecting", &Profile::connectToken},
    {SecretRole::SubscribeToken, "subscribeToken", "token for subscribing",
     &Profile::subscribeToken},
    {SecretRole::PublishToken, "publishToken", "token for publishing", &Profile::publishToken},
    {SecretRole::ClientSecret, "clientSecret", "client secret", &Profile::clientSecret},
    {SecretRole::Password, "password", "password", &Profile::password},
    {SecretRole::RefreshToken, "refreshToken", "refresh token", &Profile::refreshToken},
    {SecretRole::SecretAccessKey, "secretAccessKey", "secret access key",
     &Profile::secretAccessKey},
    {SecretRole::SessionToken, "sessionToken", "session token", &Profile::sessionToken},
};

const Secret &entry(SecretRole role)
{
    return kSecrets[size_t(role)];
}

//! Nothing that is wrong with a name is dangerous to repeat, but for its length.
QString whatIsWrongWithName(const QString &name)
{
    if (name.isEmpty())
        return u"A profile needs a name."_s;
    if (name.size() > kLongestName)
        return u"A profile's name has at most %1 characters."_s.arg(kLongestName);
    if (namesAFile(name))
        return u"A profile cannot be named \"%1\", which --profile would take for a file."_s.arg(
            name);
    const auto isControl = [](QChar c) { return c.category() == QChar::Other_Control; };
    if (std::any_of(name.begin(), name.end(), isControl) || name.trimmed() != name
        || name.startsWith(u'-'))
        return u"A profile's name neither begins with a dash nor begins or ends with space."_s;
    return {};
}

//! An endpoint as pasted can carry credentials: in front of the host, or as the query of a realtime URL.
bool mayCarrySecrets(const QString &endpoint)
{
    const QUrl url(endpoint.contains(u"://") ? endpoint : u"https://"_s + endpoint);
    if (!url.isValid())
        return endpoint.contains(u'@') || endpoint.contains(u'?') || endpoint.contains(u'#');
    return !url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment();
}

Problem checkReference(SecretRole role, const SecretReference &reference)
{
    const bool isEnvironment = reference.place == SecretReference::Place::Environment;
    if (isEnvironment && !isVariableName(reference.name)) {
        return Problem::usage(
            u"What is named for the %1 is not a variable of the environment."_s.arg(nameOf(role)),
            u"Give the name of the variable that holds the secret, not the secret itself."_s);
    }
    if (reference.isSet() && reference.name.isEmpty())
        return Problem::usage(u"The place of the %1 has no name."_s.arg(nameOf(role)));
    return {};
}

} // namespace

QString SecretReference::toText() const
{
    switch (place) {
    case Place::Nowhere:
        return {};
    case Place::Environment:
        return u"the variable %1"_s.arg(name);
    case Place::File:
        return u"the file %1"_s.arg(name);
    case Place::Keychain:
        return u"the keychain"_s;
    case Place::Session:
        break;
    }
    return u"memory, for one run only"_s;
}

QList<SecretRole> secretRoles()
{
    QList<SecretRole> roles;
    for (const Secret &secret : kSecrets)
        roles.append(secret.role);
    return roles;
}

QString toText(SecretRole role)
{
    return QString::fromLatin1(entry(role).key);
}

QString nameOf(SecretRole role)
{
    return QString::fromLatin1(entry(role).name);
}

SecretReference &Profile::secret(SecretRole role)
{
    return this->*entry(role).member;
}

const SecretReference &Profile::secret(SecretRole role) const
{
    return this->*entry(role).member;
}

Problem Profile::check() const
{
    const QString wrong = whatIsWrongWithName(name);
    if (!wrong.isEmpty())
        return Problem::usage(wrong, u"For example: dev"_s);
    for (const QString &url : {endpoint, realtime, graphqlEndpoint, graphqlRealtime}) {
        if (mayCarrySecrets(url)) {
            return Problem::usage(
                u"An endpoint with a user name, a query or a fragment is not saved: it may carry a secret."_s,
                u"Give only the scheme, host and path."_s);
        }
    }
    for (const SecretRole role : secretRoles()) {
        const Problem problem = checkReference(role, secret(role));
        if (problem.isProblem())
            return problem;
    }
    return {};
}

QString toText(Profile::SignIn signIn)
{
    switch (signIn) {
    case Profile::SignIn::Srp:
        return u"srp"_s;
    case Profile::SignIn::Password:
        return u"password"_s;
    case Profile::SignIn::Browser:
        break;
    }
    return u"browser"_s;
}

std::optional<Profile::SignIn> signInFromText(QStringView text)
{
    using SignIn = Profile::SignIn;
    for (const SignIn signIn : {SignIn::Srp, SignIn::Password, SignIn::Browser}) {
        if (text == toText(signIn))
            return signIn;
    }
    return std::nullopt;
}

QString toText(Profile::TokenUse use)
{
    return use == Profile::TokenUse::Id ? u"id"_s : u"access"_s;
}

std::optional<Profile::TokenUse> tokenUseFromText(QStringView text)
{
    using TokenUse = Profile::TokenUse;
    for (const TokenUse use : {TokenUse::Id, TokenUse::Access}) {
        if (text == toText(use))
            return use;
    }
    return std::nullopt;
}

bool isVariableName(const QString &text)
{
    static const QRegularExpression name(u"\\A[A-Z_][A-Z0-9_]*\\z"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    return text.size() <= kLongestVariable && name.match(text).hasMatch();
}

QString goodName(const QString &wanted)
{
    QString name;
    for (const QChar c : wanted.left(kLongestName / 2))
        name += namesAFile(c) || c.category() == QChar::Other_Control ? u'-' : c;
    name = name.trimmed();
    while (name.startsWith(u'-'))
        name = name.mid(1).trimmed();
    while (name.endsWith(u".json"))
        name = name.chopped(5).trimmed();
    return name.isEmpty() ? u"profile"_s : name;
}

bool namesAFile(const QString &text)
{
    return text.contains(u'/') || text.contains(QDir::separator()) || text.endsWith(u".json");
}

} // namespace Syncscope
