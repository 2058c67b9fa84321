// SPDX-License-Identifier: Apache-2.0
#include "app/ui/profiledraft.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Operation = ProfileDraft::Operation;
using Way = ProfileDraft::Way;

constexpr Operation kEveryOperation[] = {Operation::Connect, Operation::Subscribe,
                                         Operation::Publish};

Way iamWayOf(const Profile &profile)
{
    if (!profile.identityPoolId.isEmpty())
        return Way::IdentityPool;
    if (!profile.accessKeyId.isEmpty())
        return Way::AwsKeys;
    return profile.awsProfile.isEmpty() ? Way::AwsChain : Way::AwsProfile;
}

Way poolWayOf(const Profile &profile)
{
    if (profile.signIn == Profile::SignIn::Browser)
        return Way::Browser;
    return profile.signIn == Profile::SignIn::Password ? Way::Password : Way::Srp;
}

} // namespace

ProfileDraft::ProfileDraft() = default;

ProfileDraft::ProfileDraft(const Profile &saved) : profile(saved)
{
    const AuthMode fallback = saved.auth.value_or(AuthMode::ApiKey);
    m_main = saved.connectAuth.value_or(fallback);
    const AuthMode subscribe = saved.subscribeAuth.value_or(fallback);
    const AuthMode publish = saved.publishAuth.value_or(fallback);
    if (subscribe != m_main)
        m_subscribe = subscribe;
    if (publish != subscribe)
        m_publish = publish;
    m_ways.insert(AuthMode::UserPool, poolWayOf(saved));
    m_ways.insert(AuthMode::Lambda, saved.tokenCommand.isEmpty() ? Way::Given : Way::Command);
    m_ways.insert(AuthMode::Iam, iamWayOf(saved));
    for (const AuthMode mode : modes()) {
        if (takesToken(mode) && saved.secret(givenRole(mode)).isSet())
            m_ways.insert(mode, Way::Given);
    }
}

std::optional<AuthMode> ProfileDraft::ownMode(Operation operation) const
{
    if (operation == Operation::Connect)
        return m_main;
    return operation == Operation::Subscribe ? m_subscribe : m_publish;
}

AuthMode ProfileDraft::mode(Operation operation) const
{
    const AuthMode subscribe = m_subscribe.value_or(m_main);
    if (operation == Operation::Connect)
        return m_main;
    return operation == Operation::Subscribe ? subscribe : m_publish.value_or(subscribe);
}

void ProfileDraft::setMode(Operation operation, std::optional<AuthMode> mode)
{
    if (operation == Operation::Connect)
        m_main = mode.value_or(m_main);
    else if (operation == Operation::Subscribe)
        m_subscribe = mode;
    else
        m_publish = mode;
}

QList<AuthMode> ProfileDraft::modes() const
{
    QList<AuthMode> list;
    for (const Operation operation : kEveryOperation) {
        if (!list.contains(mode(operation)))
            list.append(mode(operation));
    }
    return list;
}

QList<Way> ProfileDraft::ways(AuthMode mode)
{
    switch (mode) {
    case AuthMode::UserPool:
        return {Way::Srp, Way::Password, Way::Browser, Way::Given};
    case AuthMode::Oidc:
        return {Way::Browser, Way::Given};
    case AuthMode::Lambda:
        return {Way::Given, Way::Command};
    case AuthMode::Iam:
        return {Way::AwsChain, Way::AwsProfile, Way::AwsKeys, Way::IdentityPool};
    case AuthMode::ApiKey:
    case AuthMode::None:
        break;
    }
    return {Way::Only};
}

Way ProfileDraft::way(AuthMode mode) const
{
    return m_ways.value(mode, ways(mode).first());
}

void ProfileDraft::setWay(AuthMode mode, Way way)
{
    if (ways(mode).contains(way))
        m_ways.insert(mode, way);
}

SecretRole ProfileDraft::givenRole(AuthMode mode) const
{
    if (mode == AuthMode::ApiKey)
        return SecretRole::ApiKey;
    if (mode == m_main)
        return SecretRole::Token;
    return mode == ProfileDraft::mode(Operation::Subscribe) ? SecretRole::SubscribeToken
                                                            : SecretRole::PublishToken;
}

SecretRole ProfileDraft::role(Operation operation) const
{
    const AuthMode used = mode(operation);
    return takesToken(used) && way(used) == Way::Given ? givenRole(used) : SecretRole::Token;
}

QList<SecretRole> ProfileDraft::rolesInUse() const
{
    QList<SecretRole> roles;
    for (const AuthMode mode : modes()) {
        const Way chosen = way(mode);
        if (mode == AuthMode::ApiKey || chosen == Way::Given) {
            roles.append(givenRole(mode));
            continue;
        }
        if (mode == AuthMode::UserPool || mode == AuthMode::Oidc)
            roles.append(SecretRole::ClientSecret);
        if (chosen == Way::Srp || chosen == Way::Password)
            roles.append(SecretRole::Password);
        if (chosen == Way::AwsKeys)
            roles += {SecretRole::SecretAccessKey, SecretRole::SessionToken};
    }
    return roles;
}

QString ProfileDraft::typed(SecretRole role) const
{
    // Whoever chose a password with a blank at its end meant it.
    const QString text = secrets.value(role);
    return role == SecretRole::Password ? text : text.trimmed();
}

bool ProfileDraft::has(SecretRole role) const
{
    return !typed(role).isEmpty() || profile.secret(role).isSet();
}

void ProfileDraft::putModes(Profile *result) const
{
    result->auth = m_main;
    result->connectAuth.reset();
    const auto other = [this](AuthMode mode) {
        return mode == m_main ? std::nullopt : std::optional(mode);
    };
    result->subscribeAuth = other(mode(Operation::Subscribe));
    result->publishAuth = other(mode(Operation::Publish));
}

void ProfileDraft::putIamWay(Profile *result) const
{
    const Way chosen = way(AuthMode::Iam);
    if (chosen != Way::IdentityPool)
        result->identityPoolId.clear();
    if (chosen != Way::AwsKeys) {
        result->accessKeyId.clear();
        result->secretAccessKey = {};
        result->sessionToken = {};
    }
    if (chosen != Way::AwsProfile)
        result->awsProfile.clear();
}

void ProfileDraft::putWays(Profile *result) const
{
    const QList<AuthMode> used = modes();
    const QList<SecretRole> roles = rolesInUse();
    // A token beats every other way to get one.
    for (const SecretRole role : {SecretRole::Token, SecretRole::ConnectToken,
                                  SecretRole::SubscribeToken, SecretRole::PublishToken}) {
        if (!roles.contains(role))
            result->secret(role) = {};
    }
    // Both operations of one mode share the token that was typed once.
    if (role(Operation::Publish) == SecretRole::SubscribeToken)
        result->publishToken = result->subscribeToken;
    if (used.contains(AuthMode::UserPool)) {
        const Way chosen = way(AuthMode::UserPool);
        if (chosen == Way::Browser)
            result->signIn = Profile::SignIn::Browser;
        else if (chosen == Way::Password)
            result->signIn = Profile::SignIn::Password;
        else if (chosen == Way::Srp)
            result->signIn = Profile::SignIn::Srp;
    }
    if (used.contains(AuthMode::Lambda) && way(AuthMode::Lambda) != Way::Command)
        result->tokenCommand.clear();
    if (used.contains(AuthMode::Iam))
        putIamWay(result);
}

Profile ProfileDraft::toProfile() const
{
    Profile result = profile;
    for (QString *text :
         {&result.name, &result.endpoint, &result.realtime, &result.region, &result.userPoolId,
          &result.clientId, &result.username, &result.domain, &result.issuer, &result.awsProfile,
          &result.accessKeyId, &result.identityPoolId})
        *text = text->trimmed();
    putModes(&result);
    putWays(&result);
    return result;
}

Profile ProfileDraft::asIfSaved() const
{
    Profile result = toProfile();
    for (const SecretRole role : rolesInUse()) {
        if (!typed(role).isEmpty())
            result.secret(role) = {SecretReference::Place::Session, u"typed"_s};
    }
    return result;
}

std::optional<ProfileDraft> ProfileDraft::otherService() const
{
    if (profile.graphqlEndpoint.trimmed().isEmpty())
        return std::nullopt;
    Profile other = toProfile();
    other.endpoint = std::exchange(other.graphqlEndpoint, {});
    other.realtime = std::exchange(other.graphqlRealtime, {});
    other.host.clear();
    if (other.graphqlAuth) {
        other.auth = other.graphqlAuth;
        other.connectAuth = other.subscribeAuth = other.publishAuth = std::nullopt;
    }
    if (!(other.graphqlApiKey == SecretReference()))
        other.apiKey = other.graphqlApiKey;
    ProfileDraft draft(other);
    draft.secrets = secrets;
    if (const QString key = secrets.value(SecretRole::GraphqlApiKey); !key.isEmpty())
        draft.secrets.insert(SecretRole::ApiKey, key);
    return draft;
}

} // namespace Syncscope
