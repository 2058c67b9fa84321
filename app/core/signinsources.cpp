// SPDX-License-Identifier: Apache-2.0
#include "app/core/signinsources.h"

#include "app/core/anonymousauthorizer.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/CognitoTokenSource>
#include <AppSync/CommandTokenSource>
#include <AppSync/IamAuthorizer>
#include <AppSync/IdentityPoolCredentials>
#include <AppSync/OidcTokenSource>
#include <AppSync/ProfileCredentials>
#include <AppSync/StaticCredentials>
#include <AppSync/TokenAuthorizer>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString keyOf(const SecretReference &secret)
{
    return QString::number(int(secret.place)) + u':' + secret.name;
}

bool isBrowser(const Profile &profile)
{
    return profile.signIn == Profile::SignIn::Browser
        || (!profile.signIn && profile.userPoolId.isEmpty() && !profile.domain.isEmpty());
}

template <class Source> void chooseToken(Source *source, const Profile &profile)
{
    using Token = typename Source::TokenToSend;
    if (profile.tokenUse)
        source->setTokenToSend(profile.tokenUse == Profile::TokenUse::Id ? Token::Id
                                                                         : Token::Access);
}

void usePassword(AppSync::CognitoTokenSource *source, const SecretReading::Values &values)
{
    if (values.contains(SecretRole::Password))
        source->setPassword(values.value(SecretRole::Password));
}

void usePassword(AppSync::OidcTokenSource *, const SecretReading::Values &)
{
}

} // namespace

SignInSources::SignInSources(const Profile &profile, SecretStore *secrets,
                             const AppSync::AwsEnvironment &environment, bool allowsProcesses,
                             QObject *parent)
    : QObject(parent)
    , m_profile(profile)
    , m_secrets(secrets)
    , m_environment(environment)
    , m_allowsProcesses(allowsProcesses)
{
}

const SignInWay &SignInSources::way(AuthMode mode, const SecretReference &secret)
{
    const auto key = std::pair(mode, keyOf(secret));
    const auto found = m_ways.find(key);
    if (found != m_ways.end())
        return found->second;
    SignInWay way;
    if (mode == AuthMode::None)
        way.authorizer = new AnonymousAuthorizer(this);
    else if (mode == AuthMode::Iam)
        way = makeIam();
    else if (mode == AuthMode::ApiKey)
        way = makeApiKey(secret);
    else if (secret.isSet())
        way = makeGivenToken(mode, secret);
    else if (mode == AuthMode::Lambda)
        way = makeCommand();
    else
        way = makeToken(mode);
    return m_ways.emplace(key, way).first->second;
}

std::optional<AuthMode> SignInSources::sessionMode(const Profile &profile)
{
    const bool hasPool =
        !profile.clientId.isEmpty() && !(profile.userPoolId.isEmpty() && profile.domain.isEmpty());
    const bool hasProvider = !profile.clientId.isEmpty() && !profile.issuer.isEmpty();
    if (hasProvider && (!hasPool || profile.auth == AuthMode::Oidc))
        return AuthMode::Oidc;
    return hasPool ? std::optional(AuthMode::UserPool) : std::nullopt;
}

QList<AppSync::CredentialsAttempt> SignInSources::report() const
{
    return m_chain ? m_chain->report() : QList<AppSync::CredentialsAttempt>();
}

void SignInSources::listen()
{
    if (m_isListening)
        return;
    m_isListening = true;
    for (AppSync::InteractiveSource *source : std::as_const(m_sources))
        connect(source, &AppSync::InteractiveSource::interactionRequired, this,
                &SignInSources::interactionRequired);
}

void SignInSources::add(AppSync::InteractiveSource *source)
{
    m_sources.append(source);
    if (m_isListening)
        connect(source, &AppSync::InteractiveSource::interactionRequired, this,
                &SignInSources::interactionRequired);
}

SecretReading *SignInSources::read(const QList<SecretReading::Wanted> &wanted,
                                   const std::function<void(const SecretReading::Values &)> &use)
{
    auto *reading = new SecretReading(m_secrets, wanted, use, this);
    connect(reading, &SecretReading::secretKnown, this, &SignInSources::secretKnown);
    return reading;
}

WaitingTokenSource *SignInSources::wait(SecretReading *reading, AppSync::TokenSource *source,
                                        bool readsAgain)
{
    auto *waiting = new WaitingTokenSource(reading, source, readsAgain, this);
    connect(waiting, &WaitingTokenSource::secretKnown, this, &SignInSources::secretKnown);
    connect(waiting, &WaitingTokenSource::failed, this, &SignInSources::failed);
    connect(waiting, &AppSync::TokenSource::tokenChanged, this, &SignInSources::changed);
    return waiting;
}

SignInWay SignInSources::makeApiKey(const SecretReference &secret)
{
    SignInWay way;
    way.what = tr("API key");
    way.secretFrom = secret.toText();
    auto *authorizer = new AppSync::ApiKeyAuthorizer(this);
    auto *key = new GivenToken(way.what, this);
    const bool mayChange = secret.place == SecretReference::Place::File;
    way.reading = read({{SecretRole::ApiKey, secret}}, [=](const SecretReading::Values &values) {
        key->setToken(values.value(SecretRole::ApiKey));
        // Without a source it has its headers at hand, which counts where thousands are wanted a second.
        if (!mayChange) {
            authorizer->setKey(values.value(SecretRole::ApiKey));
            authorizer->setSource(nullptr);
        }
    });
    way.tokens = wait(way.reading, key, mayChange);
    authorizer->setSource(way.tokens);
    authorizer->setExpiresAt(m_profile.apiKeyExpiresAt);
    way.authorizer = authorizer;
    return way;
}

SignInWay SignInSources::makeGivenToken(AuthMode mode, const SecretReference &secret)
{
    SignInWay way;
    way.what = tr("a given token");
    way.secretFrom = secret.toText();
    auto *authorizer = new AppSync::TokenAuthorizer(this);
    auto *token = new GivenToken(way.what, this);
    const bool mayChange = secret.place == SecretReference::Place::File;
    way.reading = read({{SecretRole::Token, secret}}, [=](const SecretReading::Values &values) {
        token->setToken(values.value(SecretRole::Token));
        if (!mayChange) {
            authorizer->setToken(values.value(SecretRole::Token));
            authorizer->setSource(nullptr);
        }
    });
    way.tokens = wait(way.reading, token, mayChange);
    authorizer->setSource(way.tokens);
    if (mode == AuthMode::Lambda)
        authorizer->setPrefix(m_profile.tokenPrefix);
    way.authorizer = authorizer;
    return way;
}

SignInWay SignInSources::makeCommand()
{
    SignInWay way;
    auto *command = new AppSync::CommandTokenSource(this);
    command->setCommand(m_profile.tokenCommand);
    way.what = command->displayName();
    way.reading = read({}, [](const SecretReading::Values &) {});
    way.tokens = wait(way.reading, command);
    auto *authorizer = new AppSync::TokenAuthorizer(way.tokens, this);
    authorizer->setPrefix(m_profile.tokenPrefix);
    way.authorizer = authorizer;
    return way;
}

SignInWay SignInSources::makeToken(AuthMode mode)
{
    SignInWay way;
    way.session = &sessionSource(mode);
    way.tokens = way.session->tokens;
    way.reading = way.tokens->reading();
    way.what = way.tokens->displayName();
    if (!m_profile.username.isEmpty())
        way.what = tr("%1, user %2").arg(way.what, m_profile.username);
    if (sessionMode(m_profile) == mode)
        way.secretFrom = m_profile.refreshToken.toText();
    way.authorizer = new AppSync::TokenAuthorizer(way.tokens, this);
    return way;
}

const SessionSource &SignInSources::sessionSource(AuthMode mode)
{
    const auto found = m_sessions.find(mode);
    if (found != m_sessions.end())
        return found->second;
    if (mode == AuthMode::Oidc || isBrowser(m_profile))
        addSession(mode, makeProvider(mode));
    else
        addSession(mode, makePool());
    return m_sessions.at(mode);
}

template <class Source> void SignInSources::addSession(AuthMode mode, Source *source)
{
    add(source);
    chooseToken(source, m_profile);
    const bool isKept = sessionMode(m_profile) == mode;
    QList<SecretReading::Wanted> wanted{{SecretRole::ClientSecret, m_profile.clientSecret},
                                        {SecretRole::Password, m_profile.password, true}};
    if (isKept)
        wanted.append({SecretRole::RefreshToken, m_profile.refreshToken, true});
    SecretReading *reading = read(wanted, [this, source](const SecretReading::Values &values) {
        m_isRestoring = true;
        source->setClientSecret(values.value(SecretRole::ClientSecret));
        usePassword(source, values);
        if (values.contains(SecretRole::RefreshToken))
            source->setSession(values.value(SecretRole::RefreshToken).toUtf8());
        m_isRestoring = false;
    });
    if (isKept) {
        connect(source, &Source::sessionChanged, this, [this, source] {
            if (!m_isRestoring)
                Q_EMIT sessionChanged(source->session());
        });
    }
    m_sessions[mode] = {wait(reading, source),
                        [source] { return source->session(); },
                        [source] { return source->isSignedIn(); },
                        [source] { return source->expiresAt(); },
                        [source] { return source->claims(); },
                        [source] { return source->signOut(); }};
}

AppSync::CognitoTokenSource *SignInSources::makePool()
{
    using Flow = AppSync::CognitoTokenSource::Flow;
    auto *source = new AppSync::CognitoTokenSource(this);
    source->setClock(m_environment.clock);
    source->setNetworkSettings(m_environment.network);
    source->setTimeout(m_environment.requestTimeout);
    source->setUserPoolId(m_profile.userPoolId);
    source->setClientId(m_profile.clientId);
    source->setUsername(m_profile.username);
    source->setFlow(m_profile.signIn == Profile::SignIn::Password ? Flow::Password : Flow::Srp);
    source->setEndpoint(poolEndpoint());
    return source;
}

QUrl SignInSources::poolEndpoint() const
{
    // The variables that move services of AWS elsewhere for all tools.
    if (m_environment.value(u"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"_s)
            .compare(u"true", Qt::CaseInsensitive)
        == 0)
        return {};
    const QString own = m_environment.value(u"AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"_s);
    return QUrl(own.isEmpty() ? m_environment.value(u"AWS_ENDPOINT_URL"_s) : own);
}

AppSync::OidcTokenSource *SignInSources::makeProvider(AuthMode mode)
{
    auto *source = new AppSync::OidcTokenSource(this);
    source->setClock(m_environment.clock);
    source->setNetworkSettings(m_environment.network);
    source->setTimeout(m_environment.requestTimeout);
    if (mode == AuthMode::Oidc)
        source->setIssuer(m_profile.issuer);
    else
        source->setDomain(m_profile.domain);
    source->setClientId(m_profile.clientId);
    if (!m_profile.scopes.isEmpty())
        source->setScopes(m_profile.scopes);
    if (!m_profile.redirectUris.isEmpty())
        source->setRedirectUris(m_profile.redirectUris);
    return source;
}

SignInWay SignInSources::makeIam()
{
    SignInWay way;
    AppSync::CredentialsSource *source = nullptr;
    if (!m_profile.identityPoolId.isEmpty())
        source = makeIdentityPool();
    else if (!m_profile.accessKeyId.isEmpty())
        source = makeStaticKeys(&way);
    else
        source = makeProfileOrChain();
    if (!way.reading)
        way.reading = read({}, [](const SecretReading::Values &) {});
    way.what = source->displayName();
    way.credentials = new WaitingCredentials(way.reading, source, this);
    connect(way.credentials, &WaitingCredentials::secretKnown, this, &SignInSources::secretKnown);
    connect(way.credentials, &WaitingCredentials::sourceChosen, this,
            &SignInSources::awsSourceChosen);
    connect(way.credentials, &WaitingCredentials::failed, this, &SignInSources::failed);
    auto *authorizer = new AppSync::IamAuthorizer(way.credentials, this);
    authorizer->setRegion(m_profile.region);
    authorizer->setClock(m_environment.clock);
    way.authorizer = authorizer;
    return way;
}

AppSync::CredentialsSource *SignInSources::makeStaticKeys(SignInWay *way)
{
    auto *source = new AppSync::StaticCredentials(this);
    source->setAccessKeyId(m_profile.accessKeyId);
    way->secretFrom = m_profile.secretAccessKey.toText();
    way->reading = read({{SecretRole::SecretAccessKey, m_profile.secretAccessKey},
                         {SecretRole::SessionToken, m_profile.sessionToken}},
                        [source](const SecretReading::Values &values) {
                            source->setSecretAccessKey(values.value(SecretRole::SecretAccessKey));
                            source->setSessionToken(values.value(SecretRole::SessionToken));
                        });
    return source;
}

AppSync::CredentialsSource *SignInSources::makeIdentityPool()
{
    auto *source = new AppSync::IdentityPoolCredentials(m_profile.identityPoolId, this);
    source->setEnvironment(m_environment);
    source->setRoleArn(m_profile.roleArn);
    if (const auto mode = sessionMode(m_profile))
        source->setTokenSource(sessionSource(*mode).tokens);
    add(source);
    return source;
}

AppSync::CredentialsSource *SignInSources::makeProfileOrChain()
{
    if (!m_profile.awsProfile.isEmpty()) {
        auto *source = new AppSync::ProfileCredentials(m_profile.awsProfile, this);
        source->setEnvironment(m_environment);
        source->setAllowProcesses(m_allowsProcesses);
        add(source);
        return source;
    }
    m_chain = new AppSync::CredentialsChain(this);
    m_chain->setEnvironment(m_environment);
    m_chain->setAllowProcesses(m_allowsProcesses);
    add(m_chain);
    return m_chain;
}

} // namespace Syncscope
