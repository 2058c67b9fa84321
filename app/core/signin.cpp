// SPDX-License-Identifier: Apache-2.0
#include "app/core/signin.h"

#include "app/core/signinsources.h"

#include <AppSync/ApiKeyAuthorizer>

#include <QMetaMethod>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! A reply whose end is decided here.
class Task : public AppSync::InteractiveReply {
public:
    explicit Task(QObject *parent) : InteractiveReply(parent) { }
    void end(const AppSync::Error &error = {}) { finish(error); }
};

Problem lacks(const QString &what, const QString &nextStep)
{
    return Problem::usage(what, nextStep);
}

Problem missingForIam(const Profile &profile)
{
    const bool isKeyAlone = !profile.accessKeyId.isEmpty() && !profile.secretAccessKey.isSet();
    if (profile.identityPoolId.isEmpty() && isKeyAlone)
        return lacks(SignIn::tr("The profile has an access key ID, but says nowhere where its "
                                "secret access key is."),
                     SignIn::tr("Add the secret access key to the profile, or take the access key "
                                "ID out."));
    // Signing without the role would be signing as somebody else.
    if (profile.identityPoolId.isEmpty() && !profile.roleArn.isEmpty())
        return lacks(SignIn::tr("The profile names a role, which is for identity pools only."),
                     SignIn::tr("Name the role in a profile of the AWS tools (role_arn and "
                                "source_profile), and that as the AWS profile here."));
    return {};
}

Problem missingForUserPool(const Profile &profile)
{
    const bool isBrowser = profile.signIn == Profile::SignIn::Browser;
    if (isBrowser && profile.domain.isEmpty())
        return lacks(SignIn::tr("The profile signs in with the browser, but the domain of the user "
                                "pool's sign-in page is not set."),
                     SignIn::tr("Set the domain, such as "
                                "example.auth.eu-west-1.amazoncognito.com."));
    if (profile.userPoolId.isEmpty() && profile.domain.isEmpty())
        return lacks(SignIn::tr("There is no user pool to sign in to, and no token."),
                     SignIn::tr("Give the user pool's ID and the client ID, or a token."));
    if (profile.clientId.isEmpty())
        return lacks(SignIn::tr("The client ID of the user pool is not known."),
                     SignIn::tr("Give the ID of one of the user pool's app clients."));
    return {};
}

Problem missingForOidc(const Profile &profile)
{
    if (profile.issuer.isEmpty())
        return lacks(SignIn::tr("There is no OIDC provider to sign in to, and no token."),
                     SignIn::tr("Give the issuer and the client ID, or a token."));
    if (profile.clientId.isEmpty())
        return lacks(SignIn::tr("The client ID at the OIDC provider is not known."),
                     SignIn::tr("Register a public client with the provider and give its ID."));
    return {};
}

AppSync::JwtClaims::Mode claimsMode(AuthMode mode)
{
    using Mode = AppSync::JwtClaims::Mode;
    return mode == AuthMode::Lambda ? Mode::Lambda
        : mode == AuthMode::Oidc    ? Mode::Oidc
                                    : Mode::UserPool;
}

} // namespace

SignIn::SignIn(const Profile &profile, SecretStore *secrets,
               const AppSync::AwsEnvironment &environment, QObject *parent)
    : QObject(parent), m_profile(profile), m_secrets(secrets), m_environment(environment)
{
}

SignIn::~SignIn() = default;

SecretReference SignIn::secretFor(const Profile &profile, AuthMode mode, SecretRole role)
{
    if (mode == AuthMode::ApiKey) {
        const bool isOwn = role == SecretRole::GraphqlApiKey && profile.graphqlApiKey.isSet();
        return isOwn ? profile.graphqlApiKey : profile.apiKey;
    }
    if (!takesToken(mode))
        return {};
    const bool isToken = role == SecretRole::ConnectToken || role == SecretRole::SubscribeToken
        || role == SecretRole::PublishToken;
    return isToken && profile.secret(role).isSet() ? profile.secret(role) : profile.token;
}

Problem SignIn::missing(const Profile &profile, AuthMode mode, SecretRole role)
{
    if (secretFor(profile, mode, role).isSet())
        return {};
    switch (mode) {
    case AuthMode::ApiKey:
        return lacks(tr("There is no API key."), tr("Add the API key to the profile."));
    case AuthMode::UserPool:
        return missingForUserPool(profile);
    case AuthMode::Oidc:
        return missingForOidc(profile);
    case AuthMode::Lambda:
        if (profile.tokenCommand.isEmpty())
            return lacks(tr("There is no token for the Lambda authorizer."),
                         tr("Add a token to the profile, or a command that prints one."));
        return {};
    case AuthMode::Iam:
        return missingForIam(profile);
    case AuthMode::None:
        break;
    }
    return {};
}

SignInSources &SignIn::sources()
{
    if (m_sources)
        return *m_sources;
    m_sources = new SignInSources(m_profile, m_secrets, m_environment, m_allowsProcesses, this);
    connect(m_sources, &SignInSources::interactionRequired, this, &SignIn::interactionRequired);
    connect(m_sources, &SignInSources::sessionChanged, this, &SignIn::store);
    connect(m_sources, &SignInSources::secretKnown, this, &SignIn::secretKnown);
    connect(m_sources, &SignInSources::awsSourceChosen, this, &SignIn::awsSourceChosen);
    connect(m_sources, &SignInSources::failed, this, &SignIn::failed);
    connect(m_sources, &SignInSources::changed, this, &SignIn::changed);
    // Forwarded only if somebody listens here: sources that nobody hears say so at once.
    if (isSignalConnected(QMetaMethod::fromSignal(&SignIn::interactionRequired)))
        m_sources->listen();
    return *m_sources;
}

void SignIn::connectNotify(const QMetaMethod &signal)
{
    if (m_sources && signal == QMetaMethod::fromSignal(&SignIn::interactionRequired))
        m_sources->listen();
}

const SignInWay *SignIn::way(AuthMode mode, SecretRole role, Problem *problem)
{
    const Problem lack = missing(m_profile, mode, role);
    if (problem)
        *problem = lack;
    if (lack.isProblem())
        return nullptr;
    return &sources().way(mode, secretFor(m_profile, mode, role));
}

AppSync::Authorizer *SignIn::authorizer(AuthMode mode, SecretRole role, Problem *problem)
{
    const SignInWay *found = way(mode, role, problem);
    return found ? found->authorizer : nullptr;
}

AppSync::TokenReply *SignIn::token(AuthMode mode, Problem *problem)
{
    const SignInWay *found = takesToken(mode) ? way(mode, SecretRole::Token, problem) : nullptr;
    return found ? found->tokens->token({}) : nullptr;
}

AppSync::CredentialsReply *SignIn::credentials(Problem *problem)
{
    const SignInWay *found = way(AuthMode::Iam, SecretRole::Token, problem);
    return found ? found->credentials->credentials() : nullptr;
}

AppSync::Reply *SignIn::load(AuthMode mode)
{
    auto *task = new Task(this);
    Problem problem;
    const SignInWay *found = way(mode, SecretRole::Token, &problem);
    if (!found)
        task->end(problem.toError());
    else if (!found->reading)
        task->end();
    else
        found->reading->await(task, [task](const AppSync::Error &error) { task->end(error); });
    return task;
}

AppSync::Reply *SignIn::signOut()
{
    auto *task = new Task(this);
    const auto mode = SignInSources::sessionMode(m_profile);
    if (!mode) {
        task->end(AppSync::Error::local(
            AppSync::Error::Kind::InvalidInput,
            tr("There is nothing to sign out of: this profile signs in to no user pool and to no "
               "OIDC provider."),
            tr("Keys and tokens are forgotten by removing them from the profile.")));
        return task;
    }
    const SignInWay &kept = sources().way(*mode, {});
    kept.reading->await(task, [this, task, session = kept.session](const AppSync::Error &error) {
        if (error.isError())
            return task->end(error);
        AppSync::Reply *farewell = session->signOut();
        store({}); // also where nothing was signed in: no stale session may stay behind
        connect(farewell, &AppSync::Reply::finished, task,
                [task, farewell] { task->end(farewell->error()); });
    });
    return task;
}

void SignIn::store(const QByteArray &session)
{
    using Place = SecretReference::Place;
    const SecretReference reference = m_profile.refreshToken;
    // Variables and files are the affair of whoever wrote them.
    if (!m_secrets || reference.place == Place::Environment || reference.place == Place::File)
        return;
    if (session.isEmpty() && !reference.isSet())
        return;
    ++m_writes;
    if (session.isEmpty()) {
        SecretReply *reply = m_secrets->remove(reference.name);
        connect(reply, &AppSync::Reply::finished, this, [this, reply] {
            if (reply->error().isError())
                Q_EMIT sessionNotStored(reply->error());
            else
                setSessionReference({});
            endWrite();
        });
        return;
    }
    Q_EMIT secretKnown(QString::fromUtf8(session));
    if (m_sessionKey.isEmpty())
        m_sessionKey = reference.isSet()
            ? reference.name
            : SecretStore::newKey(m_profile.name, SecretRole::RefreshToken);
    SecretReply *reply = m_secrets->write(m_sessionKey, QString::fromUtf8(session));
    connect(reply, &AppSync::Reply::finished, this, [this, reply] { onStored(reply); });
}

void SignIn::onStored(SecretReply *reply)
{
    if (reply->error().isError())
        Q_EMIT sessionNotStored(reply->error());
    else
        setSessionReference(reply->reference());
    endWrite();
}

void SignIn::setSessionReference(const SecretReference &reference)
{
    if (m_profile.refreshToken == reference)
        return;
    m_profile.refreshToken = reference;
    Q_EMIT sessionStored(reference);
}

void SignIn::endWrite()
{
    if (--m_writes == 0)
        Q_EMIT settled();
}

AppSync::JwtClaims SignIn::claims(AuthMode mode)
{
    const SignInWay *found = takesToken(mode) ? way(mode, SecretRole::Token, nullptr) : nullptr;
    if (!found)
        return {};
    return found->session ? found->session->claims() : found->tokens->claims();
}

QList<AppSync::CredentialsAttempt> SignIn::credentialsReport() const
{
    return m_sources ? m_sources->report() : QList<AppSync::CredentialsAttempt>();
}

SignIn::Description SignIn::describe(AuthMode mode)
{
    Problem problem;
    const SignInWay *found = way(mode, SecretRole::Token, &problem);
    Description description;
    if (!found) {
        description.warnings = QStringList{problem.message};
        return description;
    }
    description.what = found->what;
    description.secretFrom = found->secretFrom;
    description.isSignedIn = true;
    if (found->session) {
        description.isSignedIn = found->session->isSignedIn();
        description.expiresAt = found->session->expiresAt();
    } else if (found->credentials) {
        description.what = found->credentials->displayName();
        description.isSignedIn = !found->credentials->accessKeyId().isEmpty();
        description.expiresAt = found->credentials->expiresAt();
    } else if (const auto *key = qobject_cast<AppSync::ApiKeyAuthorizer *>(found->authorizer)) {
        description.expiresAt = key->expiresAt();
        if (!key->warning().isEmpty())
            description.warnings.append(key->warning());
    } else if (found->tokens) {
        description.expiresAt = found->tokens->expiresAt();
    }
    description.claims = claims(mode);
    if (description.claims.isValid())
        description.warnings +=
            description.claims.warnings(claimsMode(mode), m_environment.clock->wallMs(),
                                        mode == AuthMode::Oidc ? m_profile.issuer : QString());
    return description;
}

} // namespace Syncscope
