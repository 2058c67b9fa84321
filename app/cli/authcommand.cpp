// SPDX-License-Identifier: Apache-2.0
#include "app/cli/authcommand.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

using Operation = Session::Operation;

std::optional<AuthOptions::Action> actionFromText(const QString &text)
{
    using Action = AuthOptions::Action;
    static const QHash<QString, Action> actions{{u"login"_s, Action::Login},
                                                {u"logout"_s, Action::Logout},
                                                {u"status"_s, Action::Status},
                                                {u"token"_s, Action::Token}};
    const auto found = actions.constFind(text);
    return found == actions.cend() ? std::nullopt : std::optional(*found);
}

bool hasSession(AuthMode mode)
{
    return mode == AuthMode::UserPool || mode == AuthMode::Oidc;
}

} // namespace

std::optional<AuthOptions> AuthOptions::read(const CommandLine &line, const GlobalOptions &globals,
                                             Problem *problem)
{
    const QStringList words = line.positional();
    const auto action = words.size() == 1 ? actionFromText(words.first()) : std::nullopt;
    if (!action) {
        *problem = Problem::usage(u"auth takes one of login, logout, status and token."_s,
                                  u"For example: syncscope-cli auth status"_s);
        return std::nullopt;
    }
    if (globals.format && globals.format->kind == OutputFormat::Kind::Raw) {
        *problem = Problem::usage(u"auth has no payloads, so -o raw cannot apply."_s);
        return std::nullopt;
    }
    AuthOptions options;
    options.action = *action;
    options.mode = globals.credentials.auth;
    options.signIn.username = line.value("username");
    options.signIn.userPoolId = line.value("user-pool-id");
    options.signIn.clientId = line.value("client-id");
    options.signIn.clientSecretVariable = line.value("client-secret-env");
    options.signIn.issuer = line.value("issuer");
    options.signIn.identityPoolId = line.value("identity-pool-id");
    options.signIn.tokenPrefix = line.value("token-prefix");
    const QString &variable = options.signIn.clientSecretVariable;
    if (!variable.isEmpty() && !isVariableName(variable)) {
        // Not repeated: it may be the secret itself.
        *problem = Problem::usage(
            u"What --client-secret-env names is not a variable of the environment."_s,
            u"Export the variable that holds the secret, and give its name."_s);
        return std::nullopt;
    }
    return options;
}

AuthCommand::AuthCommand(const AuthOptions &options, const CredentialFlags &flags,
                         const QProcessEnvironment &environment, Session &session, Output &output,
                         OutputStream &stream, Console &console, QObject *parent)
    : Command(parent)
    , m_options(options)
    , m_flags(flags)
    , m_environment(environment)
    , m_session(session)
    , m_output(output)
    , m_stream(stream)
    , m_console(console)
{
}

AuthCommand::~AuthCommand() = default;

bool AuthCommand::prepare(Problem *problem)
{
    // Status tells what other commands would use: the default profile only where no endpoint is named.
    if (!m_session.findProfile(m_options.action != AuthOptions::Action::Status, problem))
        return false;
    m_session.setSignInFlags(m_options.signIn);
    m_session.setAsking(m_options.action == AuthOptions::Action::Login
                        || m_options.action == AuthOptions::Action::Token);
    m_signIn = m_session.signIn(problem);
    if (!m_signIn)
        return false;
    if (m_options.action == AuthOptions::Action::Status)
        return true;
    if (m_options.action == AuthOptions::Action::Logout) {
        if (!m_session.profile())
            *problem = Problem::usage(u"There is no profile to sign out of."_s,
                                      u"Name one with --profile."_s);
        return m_session.profile().has_value();
    }
    const auto mode = chosenMode(problem);
    m_mode = mode.value_or(AuthMode::None);
    return mode.has_value();
}

std::optional<AuthMode> AuthCommand::chosenMode(Problem *problem) const
{
    const Profile profile = m_signIn->profile();
    std::optional<AuthMode> mode = m_options.mode;
    if (!mode && !m_options.signIn.userPoolId.isEmpty())
        mode = AuthMode::UserPool;
    else if (!mode && !m_options.signIn.issuer.isEmpty())
        mode = AuthMode::Oidc;
    else if (!mode && !(m_options.signIn.identityPoolId + m_flags.awsProfile).isEmpty())
        mode = AuthMode::Iam;
    else if (!mode)
        mode = profile.auth;
    const bool isToken = m_options.action == AuthOptions::Action::Token;
    if (!mode)
        *problem = Problem::usage(
            u"It is not known where to sign in."_s,
            u"Name a profile with --profile, or give --user-pool-id and --client-id, --issuer "
            "and --client-id, --identity-pool-id or --aws-profile."_s);
    else if (isToken && !takesToken(*mode))
        *problem = Problem::usage(u"There are no tokens in the mode %1."_s.arg(toText(*mode)),
                                  u"Tokens are for user-pool, oidc and lambda; see --auth."_s);
    else if (*mode == AuthMode::ApiKey || *mode == AuthMode::None)
        *problem = Problem::usage(u"Nobody signs in in the mode %1."_s.arg(toText(*mode)),
                                  u"Modes to sign in are user-pool, oidc, lambda and iam."_s);
    else
        *problem = SignIn::missing(profile, *mode);
    return problem->isProblem() ? std::nullopt : mode;
}

void AuthCommand::start()
{
    switch (m_options.action) {
    case AuthOptions::Action::Login:
        return login();
    case AuthOptions::Action::Logout:
        return logout();
    case AuthOptions::Action::Status:
        return status();
    case AuthOptions::Action::Token:
        return printToken();
    }
}

void AuthCommand::interrupt(ExitCode exitCode)
{
    finish(exitCode);
}

void AuthCommand::login()
{
    AppSync::Reply *reply = nullptr;
    if (m_mode == AuthMode::Iam)
        reply = m_signIn->credentials();
    else
        reply = m_signIn->token(m_mode);
    connect(reply, &AppSync::Reply::finished, this, [this, reply] { onLoggedIn(reply->error()); });
}

void AuthCommand::onLoggedIn(const AppSync::Error &error)
{
    if (error.isError())
        return fail(error);
    m_session.whenSettled([this] {
        if (m_finishing)
            return;
        SignInFinding finding = described(m_mode);
        finding.isUsable = true;
        tell(finding);
        if (m_mode == AuthMode::Iam) {
            for (const AppSync::CredentialsAttempt &attempt : m_signIn->credentialsReport())
                m_output.finding(toFinding(attempt));
        }
        m_console.status(u"Signed in."_s);
        finish(ExitCode::Done);
    });
}

void AuthCommand::logout()
{
    AppSync::Reply *reply = m_signIn->signOut();
    connect(reply, &AppSync::Reply::finished, this, [this, reply] {
        const AppSync::Error error = reply->error();
        if (error.isError())
            return fail(error);
        m_console.status(u"Signed out."_s);
        finish(ExitCode::Done);
    });
}

void AuthCommand::printToken()
{
    AppSync::TokenReply *reply = m_signIn->token(m_mode);
    connect(reply, &AppSync::Reply::finished, this, [this, reply] {
        if (reply->error().isError())
            return fail(reply->error());
        m_stream.write(reply->token().toUtf8() + '\n');
        finish(ExitCode::Done);
    });
}

void AuthCommand::status()
{
    findWays();
    nextWay();
}

void AuthCommand::findWays()
{
    const auto profile = m_session.profile() || !m_options.signIn.isEmpty()
        ? std::optional(m_signIn->profile())
        : std::nullopt;
    CredentialResolver resolver(m_flags, m_environment, profile);
    const QList<QPair<Operation, QString>> operations{{Operation::Connect, u"connect"_s},
                                                      {Operation::Subscribe, u"subscribe"_s},
                                                      {Operation::Publish, u"publish"_s}};
    for (const auto &[operation, name] : operations) {
        Problem problem;
        const auto credential = resolver.resolve(operation, &problem);
        SignInFinding finding;
        if (credential) {
            finding.mode = credential->mode;
            finding.source = credential->source;
        } else {
            finding.error = problem.toError();
            finding.mode = m_options.mode.value_or(profile ? profile->auth.value_or(AuthMode::Iam)
                                                           : AuthMode::Iam);
        }
        const auto same = std::find_if(m_ways.begin(), m_ways.end(), [&](const auto &known) {
            return known.second.mode == finding.mode && known.second.source == finding.source
                && known.second.error.message == finding.error.message;
        });
        if (same != m_ways.end()) {
            same->second.operations.append(name);
            continue;
        }
        finding.operations = QStringList{name};
        m_ways.append({credential.value_or(Credential()), finding});
    }
}

void AuthCommand::nextWay()
{
    if (m_finishing)
        return;
    if (m_ways.isEmpty())
        return tellKeychain();
    const auto [credential, finding] = m_ways.takeFirst();
    if (finding.error.isError()) {
        tell(finding);
        nextWay();
    } else {
        examine(credential, finding);
    }
}

void AuthCommand::examine(const Credential &credential, SignInFinding finding)
{
    if (!credential.secret.isEmpty())
        m_console.hide(credential.secret);
    if (credential.isFromSignIn && credential.mode == AuthMode::Iam)
        return examineAws(finding);
    if (credential.isFromSignIn)
        return examineProfile(credential, finding);
    finding.isUsable = true;
    if (credential.mode == AuthMode::ApiKey) {
        finding.what = u"API key"_s;
        if (credential.source != u"SYNCSCOPE_API_KEY")
            finding.expiresAt = m_signIn->profile().apiKeyExpiresAt;
    } else if (takesToken(credential.mode)) {
        finding.what = u"a given token"_s;
        finding.claims = AppSync::JwtClaims::fromToken(credential.secret);
        finding.expiresAt = finding.claims.expiresAt();
    } else {
        finding.what = u"no credentials"_s;
    }
    if (finding.expiresAt.isValid() && finding.expiresAt < QDateTime::currentDateTimeUtc())
        finding.warnings.append(u"It has expired."_s);
    tell(finding);
    nextWay();
}

void AuthCommand::examineProfile(const Credential &credential, const SignInFinding &finding)
{
    AppSync::Reply *reply = m_signIn->load(credential.mode);
    connect(reply, &AppSync::Reply::finished, this, [this, reply, finding] {
        SignInFinding found = described(finding.mode);
        found.operations = finding.operations;
        found.error = reply->error();
        tell(found);
        nextWay();
    });
}

void AuthCommand::examineAws(const SignInFinding &finding)
{
    AppSync::CredentialsReply *reply = m_signIn->credentials();
    if (!reply) // the resolver saw to it that this is not so
        return nextWay();
    connect(reply, &AppSync::Reply::finished, this, [this, reply, finding] {
        SignInFinding found = described(AuthMode::Iam);
        found.operations = finding.operations;
        found.source = finding.source;
        found.error = reply->error();
        tell(found);
        for (const AppSync::CredentialsAttempt &attempt : m_signIn->credentialsReport())
            m_output.finding(toFinding(attempt));
        nextWay();
    });
}

SignInFinding AuthCommand::described(AuthMode mode) const
{
    const SignIn::Description description = m_signIn->describe(mode);
    SignInFinding finding;
    finding.mode = mode;
    finding.what = description.what;
    finding.source = description.secretFrom;
    finding.isUsable = description.isSignedIn;
    finding.expiresAt = description.expiresAt;
    finding.claims = description.claims;
    finding.warnings = description.warnings;
    if (hasSession(mode) && description.isSignedIn
        && !SignIn::secretFor(m_signIn->profile(), mode, SecretRole::Token).isSet()) {
        finding.isKept = m_session.isSessionKept();
        finding.source = m_signIn->profile().refreshToken.toText();
    }
    return finding;
}

void AuthCommand::tell(const SignInFinding &finding)
{
    m_allUsable = m_allUsable && finding.isUsable && !finding.error.isError();
    m_output.finding(finding.toFinding());
}

void AuthCommand::tellKeychain()
{
    SecretReply *reply = m_session.secrets().check();
    connect(reply, &AppSync::Reply::finished, this, [this] {
        const SecretStore &secrets = m_session.secrets();
        m_output.finding(keychainFinding(secrets.state() == SecretStore::State::Available,
                                         secrets.stateText(), secrets.nextStep()));
        finish(m_allUsable ? ExitCode::Done : ExitCode::Unauthorized);
    });
}

void AuthCommand::fail(const AppSync::Error &error)
{
    if (m_finishing)
        return;
    const ExitCode code = exitCodeOf(error);
    if (m_options.action == AuthOptions::Action::Token)
        m_console.error(error);
    else
        m_output.error(u"auth"_s, {}, error);
    finish(code);
}

ExitCode AuthCommand::exitCodeOf(const AppSync::Error &error) const
{
    return m_session.isSignInRefused(error) ? ExitCode::Unauthorized : exitCodeFor(error, false);
}

void AuthCommand::finish(ExitCode exitCode)
{
    if (m_finishing)
        return;
    m_finishing = true;
    m_session.whenSettled([this, exitCode] {
        if (m_options.action == AuthOptions::Action::Token)
            m_stream.flush();
        else
            m_output.end(exitCode);
        Q_EMIT finished(exitCode);
    });
}

} // namespace Syncscope::Cli
