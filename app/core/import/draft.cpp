// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/draft.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace Syncscope {

using AppSync::Endpoint;

namespace {

// Shorter ones would be found in any text.
constexpr qsizetype kShortestSecret = 6;

//! What a URL may have that does not belong into a profile: realtime URLs are pasted with their query.
QString bare(const QString &url)
{
    const qsizetype end = url.indexOf(u'?');
    return end < 0 ? url : url.left(end);
}

void take(QString *to, const QString &from)
{
    if (to->isEmpty())
        *to = from;
}

void take(QStringList *to, const QStringList &from)
{
    if (to->isEmpty())
        *to = from;
}

//! Clears texts that have a secret in them, whoever put it there.
void scrub(ImportedProfile *result)
{
    Profile &p = result->profile;
    bool scrubbed = false;
    for (const QString &secret : std::as_const(result->secrets)) {
        if (secret.size() < kShortestSecret)
            continue;
        for (QString *text :
             {&p.name, &p.endpoint, &p.realtime, &p.host, &p.region, &p.graphqlEndpoint,
              &p.graphqlRealtime, &p.userPoolId, &p.clientId, &p.username, &p.domain, &p.issuer,
              &p.identityPoolId, &p.tokenPrefix, &p.awsProfile, &p.roleArn, &p.accessKeyId}) {
            if (!text->contains(secret))
                continue;
            text->clear();
            scrubbed = true;
        }
        for (QStringList *texts : {&p.scopes, &p.redirectUris}) {
            scrubbed =
                texts->removeIf([&](const QString &text) { return text.contains(secret); }) > 0
                || scrubbed;
        }
    }
    if (scrubbed)
        result->notes.append(u"A value that contains a secret was left out."_s);
}

} // namespace

bool isNothing(const QString &value)
{
    const QString text = value.trimmed();
    return text.isEmpty() || text == u"null" || text == u"undefined" || text == u"None";
}

std::optional<AuthMode> authModeOfService(const QString &text)
{
    static const QHash<QString, AuthMode> modes{
        {u"API_KEY"_s, AuthMode::ApiKey},    {u"apiKey"_s, AuthMode::ApiKey},
        {u"AWS_IAM"_s, AuthMode::Iam},       {u"iam"_s, AuthMode::Iam},
        {u"identityPool"_s, AuthMode::Iam},  {u"AMAZON_COGNITO_USER_POOLS"_s, AuthMode::UserPool},
        {u"userPool"_s, AuthMode::UserPool}, {u"OPENID_CONNECT"_s, AuthMode::Oidc},
        {u"oidc"_s, AuthMode::Oidc},         {u"AWS_LAMBDA"_s, AuthMode::Lambda},
        {u"LAMBDA"_s, AuthMode::Lambda}, // of Amplify's early version 6
        {u"lambda"_s, AuthMode::Lambda},     {u"NONE"_s, AuthMode::None},
        {u"none"_s, AuthMode::None},
    };
    const auto found = modes.find(text);
    return found == modes.end() ? std::nullopt : std::optional(*found);
}

void Draft::Api::setUrl(const QString &url, const QString &region)
{
    if (isNothing(url))
        return;
    const Endpoint given =
        Endpoint::fromUserInput(bare(url), isNothing(region) ? QString() : region);
    if (!m_isGiven) {
        endpoint = given;
    } else if (given.isValid() && given.http() != endpoint.http()) {
        const QString other = given.http().toString(QUrl::FullyEncoded);
        if (!others.contains(other))
            others.append(other);
    }
    m_isGiven = true;
}

QString Draft::Api::ownRealtime() const
{
    if (isNothing(m_realtime) || !endpoint.isValid())
        return {};
    const Endpoint other = endpoint.withRealtime(bare(m_realtime));
    const bool differs = other.isValid() && other.realtime() != endpoint.realtime();
    return differs ? other.realtime().toString(QUrl::FullyEncoded) : QString();
}

void Draft::setAnyUrl(const QString &url, const QString &region)
{
    const Endpoint endpoint = Endpoint::fromUserInput(bare(url), region);
    const bool isGraphql = endpoint.isValid() && endpoint.service() == Endpoint::Service::GraphQl;
    (isGraphql ? graphql : events).setUrl(url, region);
}

void Draft::setSecret(SecretRole role, const QString &value)
{
    if (!isNothing(value) && !m_secrets.contains(role))
        m_secrets.insert(role, value.trimmed());
}

void Draft::setUserPool(const QString &id)
{
    // https://cognito-idp.REGION.amazonaws.com/ID
    if (!isNothing(id) && profile.userPoolId.isEmpty())
        profile.userPoolId = id.section(u'/', -1, -1, QString::SectionSkipEmpty);
}

void Draft::setDomain(const QString &domain)
{
    if (isNothing(domain) || !profile.domain.isEmpty())
        return;
    const QUrl url(domain.contains(u"://") ? domain : u"https://"_s + domain);
    profile.domain = url.host();
}

bool Draft::isWorthIt() const
{
    return hasEndpoint() || !m_secrets.isEmpty() || !events.apiKey.isEmpty()
        || !profile.userPoolId.isEmpty() || !profile.clientId.isEmpty()
        || !profile.identityPoolId.isEmpty() || !profile.issuer.isEmpty()
        || !graphql.apiKey.isEmpty();
}

void Draft::complete(const Draft &other)
{
    take(&profile.region, other.profile.region);
    // A client belongs to its pool.
    if (profile.userPoolId.isEmpty() || profile.userPoolId == other.profile.userPoolId) {
        take(&profile.userPoolId, other.profile.userPoolId);
        take(&profile.clientId, other.profile.clientId);
        take(&profile.domain, other.profile.domain);
        take(&profile.scopes, other.profile.scopes);
        take(&profile.redirectUris, other.profile.redirectUris);
    }
    take(&profile.identityPoolId, other.profile.identityPoolId);
    take(&profile.issuer, other.profile.issuer);
    for (auto it = other.m_secrets.begin(); it != other.m_secrets.end(); ++it)
        setSecret(it.key(), it.value());
}

ImportedProfile Draft::finished() const
{
    ImportedProfile result;
    result.profile = profile;
    result.secrets = m_secrets;
    result.notes = m_notes;
    for (const QString &other : events.others + graphql.others)
        result.notes.append(u"Another endpoint was left out: %1"_s.arg(other));
    putEndpoints(&result);
    guessMode(&result);
    scrub(&result);
    listMissing(&result);
    for (const QString &secret : std::as_const(result.secrets)) {
        if (secret.size() < kShortestSecret)
            continue;
        result.missing.replaceInStrings(secret, u"***"_s);
        result.notes.replaceInStrings(secret, u"***"_s);
    }
    result.profile.name = goodName(result.profile.name);
    return result;
}

void Draft::putEndpoints(ImportedProfile *result) const
{
    Profile &p = result->profile;
    const bool both = events.isValid() && graphql.isValid();
    const Api &main = graphql.isValid() && !events.isValid() ? graphql : events;
    if (main.isValid()) {
        p.endpoint = main.endpoint.http().toString(QUrl::FullyEncoded);
        p.realtime = main.ownRealtime();
        if (!main.endpoint.region().isEmpty())
            p.region = main.endpoint.region();
    }
    if (!p.auth)
        p.auth = main.auth ? main.auth : events.auth ? events.auth : graphql.auth;
    const QString key = !main.apiKey.isEmpty()         ? main.apiKey
        : result->secrets.contains(SecretRole::ApiKey) ? result->secrets.value(SecretRole::ApiKey)
        : !events.apiKey.isEmpty()                     ? events.apiKey
                                                       : graphql.apiKey;
    if (!isNothing(key))
        result->secrets.insert(SecretRole::ApiKey, key.trimmed());
    if (!both)
        return;
    p.graphqlEndpoint = graphql.endpoint.http().toString(QUrl::FullyEncoded);
    p.graphqlRealtime = graphql.ownRealtime();
    p.graphqlAuth = graphql.auth;
    if (!isNothing(graphql.apiKey) && graphql.apiKey != key)
        result->secrets.insert(SecretRole::GraphqlApiKey, graphql.apiKey.trimmed());
}

//! Where the file does not say how to sign in, what it has for that does.
void Draft::guessMode(ImportedProfile *result) const
{
    Profile &p = result->profile;
    if (p.auth || p.connectAuth)
        return;
    if (result->secrets.contains(SecretRole::ApiKey))
        p.auth = AuthMode::ApiKey;
    else if (!p.userPoolId.isEmpty() && !p.clientId.isEmpty())
        p.auth = AuthMode::UserPool;
    else if (!p.issuer.isEmpty())
        p.auth = AuthMode::Oidc;
    else if (!p.accessKeyId.isEmpty() || !p.awsProfile.isEmpty() || !p.roleArn.isEmpty()
             || !p.identityPoolId.isEmpty())
        p.auth = AuthMode::Iam;
}

void Draft::listMissing(ImportedProfile *result) const
{
    const Profile &p = result->profile;
    if (p.endpoint.isEmpty()) {
        const Api &given = events.isThere() ? events : graphql;
        result->missing.append(given.isThere()
                                   ? u"The endpoint: what is given there is not one. %1"_s.arg(
                                       given.endpoint.problem().message)
                                   : u"The endpoint, which is not in the file."_s);
    } else if (events.isThere() && graphql.isThere() && p.graphqlEndpoint.isEmpty()) {
        const Api &bad = events.isValid() ? graphql : events;
        result->missing.append(u"The second endpoint: what is given there is not one. %1"_s.arg(
            bad.endpoint.problem().message));
    }
    QList<AuthMode> modes;
    for (const auto &mode :
         {p.auth, p.connectAuth, p.subscribeAuth, p.publishAuth, p.graphqlAuth}) {
        if (mode && !modes.contains(*mode))
            modes.append(*mode);
    }
    if (modes.isEmpty())
        result->missing.append(u"How to sign in: an API key, a user pool, or another mode."_s);
    for (const AuthMode mode : modes)
        listMissingFor(mode, result);
}

void Draft::listMissingFor(AuthMode mode, ImportedProfile *result) const
{
    const Profile &p = result->profile;
    QStringList &missing = result->missing;
    switch (mode) {
    case AuthMode::ApiKey:
        if (!result->secrets.contains(SecretRole::ApiKey))
            missing.append(m_keyHint.isEmpty() ? u"The API key."_s : m_keyHint);
        break;
    case AuthMode::UserPool:
        if (result->secrets.contains(SecretRole::Token))
            break;
        if (p.userPoolId.isEmpty())
            missing.append(u"The id of the user pool."_s);
        if (p.clientId.isEmpty())
            missing.append(u"The id of the user pool's app client."_s);
        if (p.username.isEmpty())
            missing.append(u"The user: sign in with a name and password, or paste a token."_s);
        break;
    case AuthMode::Oidc:
        if (result->secrets.contains(SecretRole::Token))
            break;
        if (p.issuer.isEmpty())
            missing.append(u"The OIDC issuer."_s);
        if (p.clientId.isEmpty())
            missing.append(u"The client's id at the OIDC issuer."_s);
        break;
    case AuthMode::Lambda:
        if (!result->secrets.contains(SecretRole::Token))
            missing.append(u"The token for the Lambda authorizer, or a command that prints it."_s);
        break;
    case AuthMode::Iam:
        if (p.region.isEmpty())
            missing.append(u"The region, which a custom domain does not tell."_s);
        if (p.identityPoolId.isEmpty() && p.awsProfile.isEmpty()
            && !result->secrets.contains(SecretRole::SecretAccessKey))
            missing.append(u"AWS credentials: those of the environment or of an AWS profile."_s);
        break;
    case AuthMode::None:
        break;
    }
}

} // namespace Syncscope
