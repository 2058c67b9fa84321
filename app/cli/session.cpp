// SPDX-License-Identifier: Apache-2.0
#include "app/cli/session.h"

#include <QFile>
#include <QHostAddress>
#include <QMetaEnum>
#include <QNetworkProxyFactory>
#include <QSslCertificate>
#include <QSslSocket>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope::Cli {

namespace {

constexpr auto kFarewell = 2s;
constexpr auto kLastWrite = 10s; // a keychain may be slow to wake up

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

} // namespace

Session::Session(const GlobalOptions &options, const QProcessEnvironment &environment,
                 Console &console, std::optional<Service> service, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_environment(environment)
    , m_console(console)
    , m_service(service)
    , m_prompter(console, options.opensPages)
    , m_keychain(console)
{
}

Session::~Session() = default;

bool Session::findProfile(bool orDefault, Problem *problem)
{
    const bool isFile = namesAFile(m_options.profile);
    m_profilePath = isFile ? m_options.profile : ProfileStore::defaultPath();
    if (!m_options.profile.isEmpty()) {
        m_profile = ProfileStore::find(m_options.profile, problem);
        return m_profile.has_value();
    }
    // The default profile is for those who name no endpoint: its secrets are not for another one.
    if (orDefault || m_options.endpoint.isEmpty())
        m_profile = ProfileStore::findDefault(problem);
    if (m_profile)
        m_console.detail(u"profile %1"_s.arg(m_profile->name));
    return !problem->isProblem();
}

SignIn *Session::signIn(Problem *problem)
{
    if (m_signIn)
        return m_signIn.get();
    AppSync::AwsEnvironment environment = AppSync::AwsEnvironment::system();
    environment.variables = m_environment;
    if (!networkSettings(&environment.network, problem))
        return nullptr;
    environment.network.headers.clear(); // those are for the endpoint
    m_signIn = std::make_unique<SignIn>(effectiveProfile(m_profile.value_or(Profile()),
                                                         m_options.credentials, m_signInFlags,
                                                         m_environment),
                                        &m_secrets, environment);
    // As the AWS tools do: whoever starts a program in a terminal has set up his own profiles.
    m_signIn->setAllowProcesses(true);
    connect(m_signIn.get(), &SignIn::secretKnown, this,
            [this](const QString &secret) { m_console.hide(secret); });
    if (m_isAsking)
        connect(m_signIn.get(), &SignIn::interactionRequired, &m_prompter, &Prompter::show);
    connect(m_signIn.get(), &SignIn::awsSourceChosen, this, [this](const QString &source) {
        m_console.status(u"AWS credentials: %1"_s.arg(source));
    });
    connect(m_signIn.get(), &SignIn::failed, this,
            [this](const AppSync::Error &error) { m_signInError = error; });
    connect(m_signIn.get(), &SignIn::sessionStored, this, &Session::keepSession);
    connect(m_signIn.get(), &SignIn::sessionNotStored, this, [this](const AppSync::Error &error) {
        m_isSessionKept = false;
        m_console.warning(u"The sign-in is kept for this run only: %1"_s.arg(fullMessage(error)));
    });
    m_isSessionKept = m_profile && m_profile->refreshToken.isSet() && isSignInOfProfile(nullptr);
    return m_signIn.get();
}

bool Session::isSignInOfProfile(QString *why) const
{
    const auto fits = [](const QString &saved, const QString &used) {
        return saved == used || saved.isEmpty();
    };
    const Profile used = m_signIn->profile();
    QString reason;
    if (!m_profile)
        reason = u"there is no profile that it could belong to"_s;
    else if (m_profile->userPoolId != used.userPoolId || m_profile->clientId != used.clientId
             || m_profile->issuer != used.issuer || !fits(m_profile->username, used.username))
        reason = u"the profile \"%1\" says something else than the flags"_s.arg(m_profile->name);
    if (why)
        *why = reason;
    return reason.isEmpty();
}

void Session::keepSession(const SecretReference &reference)
{
    QString why;
    m_isSessionKept = false;
    if (!isSignInOfProfile(&why)) {
        if (reference.place == SecretReference::Place::Keychain)
            m_secrets.remove(reference.name);
    } else if (reference.place == SecretReference::Place::Session) {
        why = m_secrets.stateText();
    } else if (m_profile->refreshToken != reference) {
        Profile changed = *m_profile;
        changed.refreshToken = reference;
        const Problem problem = ProfileStore::replace(m_profilePath, m_profile->name, changed);
        why = problem.message;
        if (!problem.isProblem())
            m_profile = changed;
    }
    m_isSessionKept = why.isEmpty() && reference.isSet();
    if (!why.isEmpty())
        m_console.warning(u"The sign-in is kept for this run only: %1"_s.arg(
            why.endsWith(u'.') ? why : why + u'.'));
}

bool Session::isSignInFailure(const AppSync::Error &error) const
{
    using Kind = AppSync::Error::Kind;
    const bool isNetwork =
        error.kind == Kind::Unreachable || error.kind == Kind::Tls || error.kind == Kind::Timeout;
    return error.isError() && error.message == m_signInError.message && !isNetwork;
}

void Session::findClaims(
    Operation operation,
    const std::function<void(const AppSync::JwtClaims &, const AppSync::Error &)> &then)
{
    const Credential credential = this->credential(operation).value_or(Credential());
    if (!takesToken(credential.mode))
        return then({}, {});
    Problem problem;
    SignIn *ways = credential.isFromSignIn ? signIn(&problem) : nullptr;
    AppSync::TokenReply *reply = ways ? ways->token(credential.mode) : nullptr;
    if (!reply)
        return then(AppSync::JwtClaims::fromToken(credential.secret), {});
    connect(reply, &AppSync::Reply::finished, this,
            [reply, then] { then(AppSync::JwtClaims::fromToken(reply->token()), reply->error()); });
}

void Session::whenSettled(const std::function<void()> &then)
{
    if (!m_signIn || m_signIn->isSettled())
        return then();
    auto *timer = new QTimer(this); // also what both connections end with
    connect(
        m_signIn.get(), &SignIn::settled, timer,
        [timer, then] {
            timer->deleteLater();
            timer->disconnect();
            then();
        },
        Qt::SingleShotConnection);
    connect(timer, &QTimer::timeout, timer, [this, timer, then] {
        m_signIn->disconnect(timer);
        timer->deleteLater();
        then();
    });
    timer->setSingleShot(true);
    timer->start(kLastWrite);
}

bool Session::findEndpoint(Problem *problem)
{
    if (!findProfile(false, problem))
        return false;
    const bool ofProfile = m_options.endpoint.isEmpty() && m_profile;
    const QString text = ofProfile ? m_profile->endpoint : m_options.endpoint;
    if (text.isEmpty()) {
        *problem = Problem::usage(
            u"There is no endpoint to connect to."_s,
            u"Use --endpoint URL or --profile NAME, or set SYNCSCOPE_ENDPOINT. To try things out "
            "without AWS, start `syncscope-cli emulator`."_s);
        return false;
    }
    m_endpointText = text;
    const QString region =
        m_options.region.isEmpty() && m_profile ? m_profile->region : m_options.region;
    m_endpoint =
        AppSync::Endpoint::fromUserInput(text, region, m_service.value_or(Service::Events));
    // A profile's realtime URL belongs to the profile's endpoint.
    const QString realtime =
        m_options.realtime.isEmpty() && ofProfile ? m_profile->realtime : m_options.realtime;
    if (m_endpoint.isValid() && !realtime.isEmpty())
        m_endpoint = m_endpoint.withRealtime(realtime);
    if (!m_endpoint.isValid()) {
        *problem = Problem::usage(m_endpoint.problem().message, m_endpoint.problem().nextStep);
        return false;
    }
    if (m_service && m_endpoint.service() != m_service) {
        *problem = m_service == Service::Events
            ? Problem::usage(u"This is the endpoint of a GraphQL API, not of an Events API."_s,
                             u"For GraphQL there are the commands graphql and schema."_s)
            : Problem::usage(u"This is the endpoint of an Events API, not of a GraphQL API."_s,
                             u"The endpoint of a GraphQL API ends in /graphql."_s);
        return false;
    }
    m_console.detail(u"endpoint %1, realtime %2"_s.arg(m_endpoint.http().toString(),
                                                       m_endpoint.realtime().toString()));
    return true;
}

bool Session::findCredentials(const QList<Operation> &operations, Problem *problem)
{
    if (!m_resolver) {
        m_resolver = std::make_unique<CredentialResolver>(
            m_options.credentials, m_environment, m_profile,
            [this](const SecretReference &reference, Problem *why) {
                return m_keychain.read(reference, why);
            });
    }
    for (const Operation operation : operations) {
        const auto credential = m_resolver->resolve(operation, problem);
        if (!credential)
            return false;
        if (!credential->secret.isEmpty())
            m_console.hide(credential->secret);
        if (credential->isFromSignIn && credential->mode == AuthMode::Iam && !m_toldIam) {
            m_console.status(u"signing with %1"_s.arg(credential->source));
            m_toldIam = true;
        }
        m_console.detail(u"%1: %2 from %3"_s.arg(
            QString::fromLatin1(QMetaEnum::fromType<Operation>().valueToKey(int(operation)))
                .toLower(),
            toText(credential->mode), credential->source));
        m_credentials[operation] = *credential;
    }
    return true;
}

std::optional<Credential> Session::credential(Operation operation) const
{
    const auto found = m_credentials.find(operation);
    return found == m_credentials.end() ? std::nullopt : std::optional(found->second);
}

AppSync::Authorizer *Session::authorizerFor(Operation operation, const Credential &credential,
                                            Problem *problem)
{
    if (!credential.isFromSignIn) {
        m_authorizers[operation] = credential.makeAuthorizer();
        return m_authorizers[operation].get();
    }
    SignIn *ways = signIn(problem);
    return ways ? ways->authorizer(credential.mode, credential.role, problem) : nullptr;
}

bool Session::networkSettings(AppSync::NetworkSettings *settings, Problem *problem) const
{
    settings->headers = m_options.headers;
    if (!applyTls(settings, problem))
        return false;
    applyProxy(settings);
    return true;
}

bool Session::makeClient(Problem *problem)
{
    AppSync::NetworkSettings settings;
    if (!networkSettings(&settings, problem))
        return false;

    if (m_endpoint.service() == Service::Events) {
        m_events = std::make_unique<AppSync::EventsClient>();
        m_client = m_events.get();
    } else {
        m_graphQl = std::make_unique<AppSync::GraphQlClient>();
        m_client = m_graphQl.get();
    }
    std::map<Operation, AppSync::Authorizer *> authorizers;
    for (const auto &[operation, credential] : m_credentials) {
        authorizers[operation] = authorizerFor(operation, credential, problem);
        if (!authorizers[operation])
            return false;
    }
    m_client->setEndpoint(m_endpoint);
    m_client->setConnectAuthorizer(authorizers[Operation::Connect]);
    m_client->setSubscribeAuthorizer(authorizers[Operation::Subscribe]);
    if (m_events)
        m_events->setPublishAuthorizer(authorizers[Operation::Publish]);
    else
        m_graphQl->setExecuteAuthorizer(authorizers[Operation::Execute]);
    m_client->setNetworkSettings(settings);
    AppSync::RetryPolicy policy;
    policy.maxAttempts = m_options.retries;
    m_client->setRetryPolicy(policy);
    if (m_options.timeout)
        m_client->setOperationTimeout(*m_options.timeout);
    watchConnection();
    return true;
}

bool Session::applyTls(AppSync::NetworkSettings *settings, Problem *problem) const
{
    if (!m_options.caCertificate.isEmpty()) {
        QFile file(m_options.caCertificate);
        if (!file.open(QIODevice::ReadOnly)) {
            *problem = Problem::file(u"Cannot read the CA certificate %1: %2."_s.arg(
                file.fileName(), file.errorString()));
            return false;
        }
        const QList<QSslCertificate> certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
        if (certificates.isEmpty()) {
            *problem = Problem::file(u"There is no PEM certificate in %1."_s.arg(file.fileName()));
            return false;
        }
        settings->tls.addCaCertificates(certificates);
    }
    if (m_options.insecure) {
        m_console.alarm(
            u"--insecure: the server's certificate is not checked. Anyone between you and the "
            "service can read and change everything, credentials included."_s);
        settings->tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    }
    return true;
}

void Session::applyProxy(AppSync::NetworkSettings *settings) const
{
    if (m_options.proxy.isEmpty()) {
        // The system's settings and the variables http_proxy and https_proxy; never for ourselves.
        if (!isLoopback(m_endpoint.http().host()))
            QNetworkProxyFactory::setUseSystemConfiguration(true);
        return;
    }
    const bool socks = m_options.proxy.scheme() == u"socks5";
    settings->proxy =
        QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
                      m_options.proxy.host(), quint16(m_options.proxy.port(socks ? 1080 : 8080)));
}

void Session::watchConnection()
{
    using AppSync::Connection;
    if (m_options.trace) {
        connect(m_client, &AppSync::Client::frameSeen, this,
                [this](const AppSync::Frame &frame) { m_console.frame(frame); });
    }
    connect(m_client, &AppSync::Client::opened, this, &Session::onOpened);
    connect(m_client, &AppSync::Client::connectionFailed, this,
            [this](const AppSync::Error &error) { m_lastFailure = error; });
    connect(m_client, &AppSync::Client::closed, this, [this] {
        if (m_closing)
            leave();
    });
    connect(m_client, &AppSync::Client::errorOccurred, this,
            [this](const AppSync::Error &error) { m_console.warning(error.toString()); });
    connect(m_client->connection(), &Connection::stateChanged, this,
            [this](Connection::State state) {
                const Connection &connection = *m_client->connection();
                m_console.detail(u"connection: %1"_s.arg(QString::fromLatin1(
                    QMetaEnum::fromType<Connection::State>().valueToKey(int(state)))));
                if (state != Connection::State::Backoff)
                    return;
                const QDateTime next = connection.nextAttemptAt();
                const double wait = double(QDateTime::currentDateTimeUtc().msecsTo(next)) / 1000;
                const AppSync::Error cause = connection.cause();
                // What began the trouble, where the latest failure is a consequence only.
                const QString began = cause.isError() && cause.message != connection.error().message
                    ? u" It began with: %1"_s.arg(fullMessage(cause))
                    : QString();
                m_console.status(u"%1%2 Next attempt in %3 s (retry %4 of %5)."_s
                                     .arg(fullMessage(connection.error()), began)
                                     .arg(qMax(0.0, wait), 0, 'f', 1)
                                     .arg(connection.attempt())
                                     .arg(m_options.retries));
            });
}

void Session::onOpened()
{
    m_acknowledged = true;
    m_lastFailure = {};
    m_console.detail(u"connected"_s);
    if (!m_options.reconnect)
        m_client->setRetryPolicy(AppSync::RetryPolicy::never());
}

bool Session::isLostForGood() const
{
    const AppSync::Connection &connection = *m_client->connection();
    return connection.state() == AppSync::Connection::State::Disconnected
        && connection.error().isError();
}

AppSync::Error Session::explained(const AppSync::Error &error) const
{
    using Kind = AppSync::Error::Kind;
    const bool unreachable =
        m_lastFailure.kind == Kind::Unreachable || m_lastFailure.kind == Kind::Tls;
    return error.kind == Kind::Timeout && unreachable ? m_lastFailure : error;
}

ExitCode Session::exitCodeOf(const AppSync::Error &error) const
{
    if (isSignInFailure(error))
        return ExitCode::Unauthorized;
    return exitCodeFor(explained(error), m_acknowledged);
}

ExitCode Session::exitCodeOfConnection(const AppSync::Error &error) const
{
    if (isSignInFailure(error))
        return ExitCode::Unauthorized;
    const ExitCode code = exitCodeFor(error, m_acknowledged);
    const bool said =
        code == ExitCode::Unauthorized || code == ExitCode::Refused || code == ExitCode::Usage;
    if (said)
        return code;
    return m_acknowledged ? ExitCode::ConnectionLost : ExitCode::Unreachable;
}

void Session::close()
{
    if (m_closing)
        return;
    m_closing = true;
    if (!m_client || m_client->connection()->state() == AppSync::Connection::State::Disconnected) {
        QMetaObject::invokeMethod(this, &Session::leave, Qt::QueuedConnection);
        return;
    }
    QTimer::singleShot(kFarewell, this, &Session::leave);
    m_client->close(AppSync::Client::CloseMode::Flush);
}

void Session::leave()
{
    // A refresh token that was just renewed must not be lost: the one before may be worth nothing now.
    whenSettled([this] { Q_EMIT done(); });
}

} // namespace Syncscope::Cli
