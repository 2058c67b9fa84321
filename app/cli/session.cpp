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

bool isLoopback(const QString &host)
{
    return host == u"localhost" || QHostAddress(host).isLoopback();
}

} // namespace

Session::Session(const GlobalOptions &options, const QProcessEnvironment &environment,
                 Console &console, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_environment(environment)
    , m_console(console)
    , m_keychain(console)
{
}

Session::~Session() = default;

bool Session::readProfile(Problem *problem)
{
    if (!m_options.profile.isEmpty()) {
        m_profile = ProfileStore::find(m_options.profile, problem);
        return m_profile.has_value();
    }
    // The default profile is for those who name no endpoint: its secrets are not for another one.
    if (m_options.endpoint.isEmpty())
        m_profile = ProfileStore::findDefault(problem);
    if (m_profile)
        m_console.detail(u"profile %1"_s.arg(m_profile->name));
    return !problem->isProblem();
}

bool Session::findEndpoint(Problem *problem)
{
    if (!readProfile(problem))
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
    m_endpoint = AppSync::Endpoint::fromUserInput(text, region);
    // A profile's realtime URL belongs to the profile's endpoint.
    const QString realtime =
        m_options.realtime.isEmpty() && ofProfile ? m_profile->realtime : m_options.realtime;
    if (m_endpoint.isValid() && !realtime.isEmpty())
        m_endpoint = m_endpoint.withRealtime(realtime);
    if (!m_endpoint.isValid()) {
        *problem = Problem::usage(m_endpoint.problem().message, m_endpoint.problem().nextStep);
        return false;
    }
    if (m_endpoint.service() == AppSync::Endpoint::Service::GraphQl) {
        *problem = Problem::usage(u"This is a GraphQL endpoint; GraphQL is not in this version."_s,
                                  u"The endpoint of an Events API ends in /event."_s);
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
        m_console.hide(credential->secret);
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

bool Session::makeClient(Problem *problem)
{
    AppSync::NetworkSettings settings;
    settings.headers = m_options.headers;
    if (!applyTls(&settings, problem))
        return false;
    applyProxy(&settings);

    m_client = std::make_unique<AppSync::EventsClient>();
    for (const auto &[operation, credential] : m_credentials)
        m_authorizers[operation] = credential.makeAuthorizer();
    m_client->setEndpoint(m_endpoint);
    m_client->setConnectAuthorizer(m_authorizers[Operation::Connect].get());
    m_client->setSubscribeAuthorizer(m_authorizers[Operation::Subscribe].get());
    m_client->setPublishAuthorizer(m_authorizers[Operation::Publish].get());
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
        connect(m_client.get(), &AppSync::EventsClient::frameSeen, this,
                [this](const AppSync::Frame &frame) { m_console.frame(frame); });
    }
    connect(m_client.get(), &AppSync::EventsClient::opened, this, &Session::onOpened);
    connect(m_client.get(), &AppSync::EventsClient::connectionFailed, this,
            [this](const AppSync::Error &error) { m_lastFailure = error; });
    connect(m_client.get(), &AppSync::EventsClient::closed, this, [this] {
        if (m_closing)
            Q_EMIT done();
    });
    connect(m_client.get(), &AppSync::EventsClient::errorOccurred, this,
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
    return exitCodeFor(explained(error), m_acknowledged);
}

ExitCode Session::exitCodeOfConnection(const AppSync::Error &error) const
{
    const ExitCode code = exitCodeFor(error, m_acknowledged);
    const bool said = code == ExitCode::Unauthorized || code == ExitCode::Refused;
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
        QMetaObject::invokeMethod(this, &Session::done, Qt::QueuedConnection);
        return;
    }
    QTimer::singleShot(kFarewell, this, &Session::done);
    m_client->close(AppSync::EventsClient::CloseMode::Flush);
}

} // namespace Syncscope::Cli
