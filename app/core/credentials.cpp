// SPDX-License-Identifier: Apache-2.0
#include "app/core/credentials.h"

#include "app/core/anonymousauthorizer.h"
#include "app/core/signin.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/TokenAuthorizer>

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

const QString kApiKeyVariable = u"SYNCSCOPE_API_KEY"_s;
const QString kTokenVariable = u"SYNCSCOPE_TOKEN"_s;
const QString kPasswordVariable = u"SYNCSCOPE_PASSWORD"_s;

QString tokenVariable(CredentialResolver::Operation operation)
{
    switch (operation) {
    case CredentialResolver::Operation::Connect:
        return u"SYNCSCOPE_CONNECT_TOKEN"_s;
    case CredentialResolver::Operation::Subscribe:
        return u"SYNCSCOPE_SUBSCRIBE_TOKEN"_s;
    case CredentialResolver::Operation::Publish:
    case CredentialResolver::Operation::Execute:
        break;
    }
    return u"SYNCSCOPE_PUBLISH_TOKEN"_s;
}

template <typename T>
const T &pick(CredentialResolver::Operation operation, const T &connect, const T &subscribe,
              const T &publish)
{
    switch (operation) {
    case CredentialResolver::Operation::Connect:
        return connect;
    case CredentialResolver::Operation::Subscribe:
        return subscribe;
    case CredentialResolver::Operation::Publish:
    case CredentialResolver::Operation::Execute:
        break;
    }
    return publish;
}

std::optional<Credential> readFile(AuthMode mode, const QString &path, Problem *problem)
{
    const bool isStdin = path == u"-";
    QFile file(path);
    const bool opened =
        isStdin ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    const QString name = isStdin ? u"standard input"_s : path;
    if (!opened) {
        *problem =
            Problem::file(u"Cannot read the token from %1: %2."_s.arg(name, file.errorString()));
        return std::nullopt;
    }
    const QString secret = QString::fromUtf8(file.readAll()).trimmed();
    if (secret.isEmpty()) {
        *problem = Problem::file(u"There is no token in %1."_s.arg(name));
        return std::nullopt;
    }
    return Credential{mode, secret, name};
}

} // namespace

std::unique_ptr<AppSync::Authorizer> Credential::makeAuthorizer() const
{
    if (mode == AuthMode::ApiKey)
        return std::make_unique<AppSync::ApiKeyAuthorizer>(secret);
    if (!takesToken(mode))
        return std::make_unique<AnonymousAuthorizer>();
    auto authorizer = std::make_unique<AppSync::TokenAuthorizer>(secret);
    authorizer->setPrefix(prefix);
    return authorizer;
}

Profile effectiveProfile(const Profile &profile, const CredentialFlags &credentials,
                         const SignInFlags &signIn, const QProcessEnvironment &environment)
{
    const auto inVariable = [](const QString &name) {
        return SecretReference{SecretReference::Place::Environment, name};
    };
    const auto set = [](QString *member, const QString &value) {
        if (!value.isEmpty())
            *member = value;
    };
    Profile result = profile;
    set(&result.username, signIn.username);
    set(&result.userPoolId, signIn.userPoolId);
    set(&result.clientId, signIn.clientId);
    set(&result.issuer, signIn.issuer);
    set(&result.identityPoolId, signIn.identityPoolId);
    set(&result.tokenPrefix, signIn.tokenPrefix);
    set(&result.region, credentials.region);
    if (!signIn.clientSecretVariable.isEmpty())
        result.clientSecret = inVariable(signIn.clientSecretVariable);
    if (!environment.value(kPasswordVariable).isEmpty())
        result.password = inVariable(kPasswordVariable);
    if (!credentials.awsProfile.isEmpty()) {
        // It says all there is to say about who signs.
        result.awsProfile = credentials.awsProfile;
        result.identityPoolId.clear();
        result.accessKeyId.clear();
        result.roleArn.clear();
    }
    return result;
}

CredentialResolver::CredentialResolver(const CredentialFlags &flags,
                                       const QProcessEnvironment &environment,
                                       const std::optional<Profile> &profile,
                                       KeychainReader keychain)
    : m_flags(flags)
    , m_environment(environment)
    , m_profile(profile)
    , m_effective(effectiveProfile(profile.value_or(Profile()), flags, {}, environment))
    , m_keychain(std::move(keychain))
{
}

std::optional<Credential> CredentialResolver::resolve(Operation operation, Problem *problem)
{
    const auto chosen = mode(operation);
    const AuthMode mode = chosen.value_or(AuthMode::Iam);
    if (mode == AuthMode::ApiKey)
        return apiKey(problem);
    if (takesToken(mode))
        return token(operation, mode, problem);
    if (mode == AuthMode::None)
        return Credential{AuthMode::None, {}, u"no credentials"_s};
    return iam(chosen.has_value(), problem);
}

std::optional<Credential> CredentialResolver::iam(bool isChosen, Problem *problem) const
{
    *problem = SignIn::missing(m_effective, AuthMode::Iam);
    if (problem->isProblem())
        return std::nullopt;
    Credential credential{AuthMode::Iam, {}, u"the AWS credentials of this machine"_s};
    if (!m_effective.awsProfile.isEmpty())
        credential.source = u"the AWS profile %1"_s.arg(m_effective.awsProfile);
    else if (!m_effective.identityPoolId.isEmpty())
        credential.source = u"the identity pool %1"_s.arg(m_effective.identityPoolId);
    else if (!m_effective.accessKeyId.isEmpty())
        credential.source = u"the access key of the profile"_s;
    else if (!isChosen)
        credential.source += u", since no others were given (SYNCSCOPE_API_KEY, "
                             "SYNCSCOPE_TOKEN, --profile)"_s;
    credential.isFromSignIn = true;
    return credential;
}

std::optional<AuthMode> CredentialResolver::mode(Operation operation) const
{
    if (const auto mode = modeOfFlags(operation))
        return mode;
    if (const auto mode = modeOfEnvironment(operation))
        return mode;
    return modeOfProfile(operation);
}

std::optional<AuthMode> CredentialResolver::modeOfFlags(Operation operation) const
{
    if (const auto mode =
            pick(operation, m_flags.connectAuth, m_flags.subscribeAuth, m_flags.publishAuth))
        return mode;
    if (m_flags.auth)
        return m_flags.auth;
    if (!m_flags.apiKeyVariable.isEmpty())
        return AuthMode::ApiKey;
    if (!m_flags.tokenFile.isEmpty() || !m_flags.tokenVariable.isEmpty())
        return tokenMode(operation);
    if (!m_flags.awsProfile.isEmpty())
        return AuthMode::Iam;
    return std::nullopt;
}

std::optional<AuthMode> CredentialResolver::modeOfEnvironment(Operation operation) const
{
    if (!value(tokenVariable(operation)).isEmpty())
        return tokenMode(operation);
    if (!value(kApiKeyVariable).isEmpty())
        return AuthMode::ApiKey;
    if (!value(kTokenVariable).isEmpty())
        return tokenMode(operation);
    return std::nullopt;
}

std::optional<AuthMode> CredentialResolver::modeOfProfile(Operation operation) const
{
    if (!m_profile)
        return std::nullopt;
    const auto own =
        pick(operation, m_profile->connectAuth, m_profile->subscribeAuth, m_profile->publishAuth);
    return own ? own : m_profile->auth;
}

AuthMode CredentialResolver::tokenMode(Operation operation) const
{
    const auto mode = modeOfProfile(operation);
    return mode && takesToken(*mode) ? *mode : AuthMode::UserPool;
}

std::optional<Credential> CredentialResolver::apiKey(Problem *problem)
{
    if (!m_flags.apiKeyVariable.isEmpty())
        return fromVariable(AuthMode::ApiKey, m_flags.apiKeyVariable, u"--api-key-env"_s, problem);
    if (!value(kApiKeyVariable).isEmpty())
        return Credential{AuthMode::ApiKey, value(kApiKeyVariable), kApiKeyVariable};
    if (m_profile && m_profile->apiKey.isSet())
        return fromProfile(Operation::Connect, AuthMode::ApiKey, problem);
    *problem =
        Problem::usage(u"There is no API key."_s,
                       u"Set SYNCSCOPE_API_KEY, or name another variable with --api-key-env."_s);
    return std::nullopt;
}

std::optional<Credential> CredentialResolver::token(Operation operation, AuthMode mode,
                                                    Problem *problem)
{
    if (!m_flags.tokenFile.isEmpty() || !m_flags.tokenVariable.isEmpty())
        return fromFlags(mode, problem);
    for (const QString &variable : {tokenVariable(operation), kTokenVariable}) {
        if (!value(variable).isEmpty())
            return Credential{mode, value(variable), variable};
    }
    if (m_profile)
        return fromProfile(operation, mode, problem);
    *problem =
        Problem::usage(u"There is no token for the mode %1."_s.arg(toText(mode)),
                       u"Set SYNCSCOPE_TOKEN or %1, or use --token-env or --token-file."_s.arg(
                           tokenVariable(operation)));
    return std::nullopt;
}

std::optional<Credential> CredentialResolver::fromFlags(AuthMode mode, Problem *problem)
{
    if (m_flags.tokenFile.isEmpty())
        return fromVariable(mode, m_flags.tokenVariable, u"--token-env"_s, problem);
    if (!m_tokenOfFile)
        m_tokenOfFile = readFile(mode, m_flags.tokenFile, problem);
    if (!m_tokenOfFile)
        return std::nullopt;
    return Credential{mode, m_tokenOfFile->secret, m_tokenOfFile->source};
}

std::optional<Credential> CredentialResolver::fromProfile(Operation operation, AuthMode mode,
                                                          Problem *problem) const
{
    using Place = SecretReference::Place;
    const SecretRole role = pick(operation, SecretRole::ConnectToken, SecretRole::SubscribeToken,
                                 SecretRole::PublishToken);
    const SecretReference reference = SignIn::secretFor(m_effective, mode, role);
    // Told at once, before anything is connected.
    *problem = {};
    std::optional<Credential> found;
    if (reference.place == Place::File)
        found = readFile(mode, reference.name, problem);
    else if (reference.place == Place::Environment)
        found = fromVariable(mode, reference.name, u"the profile"_s, problem);
    else if (reference.place == Place::Keychain && m_keychain)
        found = fromKeychain(mode, reference, problem);
    else if (reference.place == Place::Session)
        *problem = Problem::usage(
            u"The profile's secret was kept in memory, by a run of the program that has ended."_s,
            u"Save the profile anew where there is a keychain, or set SYNCSCOPE_API_KEY or "
            "SYNCSCOPE_TOKEN."_s);
    if (found && mode == AuthMode::Lambda)
        found->prefix = m_effective.tokenPrefix;
    if (found || problem->isProblem())
        return found;
    *problem = SignIn::missing(m_effective, mode, role);
    if (problem->isProblem()) {
        if (takesToken(mode))
            problem->nextStep += u" Or set SYNCSCOPE_TOKEN or %1."_s.arg(tokenVariable(operation));
        return std::nullopt;
    }
    Credential credential{mode, {}, reference.toText()};
    if (!reference.isSet())
        credential.source = u"signing in as the profile says"_s;
    credential.isFromSignIn = true;
    credential.role = role;
    return credential;
}

std::optional<Credential> CredentialResolver::fromKeychain(AuthMode mode,
                                                           const SecretReference &reference,
                                                           Problem *problem) const
{
    const auto secret = m_keychain(reference, problem);
    return secret ? std::optional(Credential{mode, *secret, u"the keychain"_s}) : std::nullopt;
}

std::optional<Credential> CredentialResolver::fromVariable(AuthMode mode, const QString &variable,
                                                           const QString &why,
                                                           Problem *problem) const
{
    if (!value(variable).isEmpty())
        return Credential{mode, value(variable), variable};
    // Whoever writes the secret itself where its variable's name belongs must not read it here again.
    const bool isName = isVariableName(variable);
    *problem =
        Problem::usage(isName ? u"The variable %1, which %2 names, is not set."_s.arg(variable, why)
                              : u"What %1 names is not a variable of the environment."_s.arg(why),
                       u"Export the variable that holds the secret, and give its name."_s);
    return std::nullopt;
}

QString CredentialResolver::value(const QString &variable) const
{
    return m_environment.value(variable);
}

} // namespace Syncscope
