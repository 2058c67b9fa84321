// SPDX-License-Identifier: Apache-2.0
#include "emulator.h"

#include "access/commandauthorizer_p.h"
#include "control/apis_p.h"
#include "control/bearertoken_p.h"
#include "control/controlplane_p.h"
#include "control/localcontrol_p.h"
#include "events/channelname_p.h"
#include "handlers/scriptedauthorizer_p.h"
#include "handlers/scriptunit_p.h"
#include "http/certificate_p.h"
#include "http/frontdoor_p.h"
#include "logging_p.h"
#include "randomtext_p.h"
#include "realm_p.h"
#include "scenario/scenario_p.h"
#include "scenario/scenarioplayer_p.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QTimer>

#include <algorithm>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace AppSync {

using namespace Emulation;

namespace {

constexpr std::chrono::milliseconds kLook{10}; // how often, whether all is answered

} // namespace

class Emulator::Private {
public:
    explicit Private(Emulator *emulator) : q(emulator)
    {
        QObject::connect(&end, &QTimer::timeout, q, [this] { look(); });
        realm.setCodeSink([this](const QString &username, const QString &medium,
                                 const QString &destination, const QString &code) {
            qCInfo(Emulation::log).noquote()
                << "code for" << username << "by" << medium << "to" << destination << ':' << code;
            // Queued for the reason that open() tells.
            QMetaObject::invokeMethod(
                q, [=, this] { Q_EMIT q->codeSent(username, medium, destination, code); },
                Qt::QueuedConnection);
        });
    }

    [[nodiscard]] bool prepare(const Options &wanted);
    [[nodiscard]] LambdaAuthorizer makeAuthorizer() const;
    [[nodiscard]] bool prepareTls();
    [[nodiscard]] bool open();
    void watch(EventsApi *api);
    void openControl();
    void stop();
    [[nodiscard]] QList<EventsApi *> all() const;
    void look();
    [[nodiscard]] QUrl url(const QString &scheme, const QString &path) const;
    void publish(const ScenarioStep &step) const;
    [[nodiscard]] QString missingNamespace(const Scenario &scenario) const;

    Emulator *q;
    // Made once, so that clients still know a server that was closed and opened again.
    Realm realm{u"da2-"_s + RandomText::letters(26, RandomText::kApiKey)};
    std::optional<ServerIdentity> madeIdentity;

    Options options;
    std::optional<ServerIdentity> identity; //!< of the present TLS server
    std::unique_ptr<Apis> apis; //!< set while listening
    std::unique_ptr<FrontDoor> door;
    std::unique_ptr<ScenarioPlayer> player;
    double speed = 1;
    EmulatorMetrics lastMetrics; //!< of the time before it was closed
    QTimer end; //!< runs while it shuts down
    QDeadlineTimer patience; //!< of that
    QString problem;
    bool portTaken = false;
};

bool Emulator::Private::prepare(const Options &wanted)
{
    options = wanted;
    problem.clear();
    portTaken = false;
    identity.reset();
    if (options.namespaces.isEmpty())
        options.namespaces = EmulatorOptions::defaultNamespaces();
    for (const Namespace &nameSpace : std::as_const(options.namespaces)) {
        if (!ChannelName::isNamespace(nameSpace.name)) {
            problem =
                u"\"%1\" cannot be a namespace: 1 to 50 letters, digits and inner dashes"_s.arg(
                    nameSpace.name);
            return false;
        }
    }
    problem = realm.configure(options);
    if (problem.isEmpty() && options.lambda.isSet())
        realm.lambda().setAuthorizer(makeAuthorizer());
    return problem.isEmpty() && (!options.tls || prepareTls());
}

Emulator::LambdaAuthorizer Emulator::Private::makeAuthorizer() const
{
    const EmulatorOptions::Lambda &lambda = options.lambda;
    if (lambda.command.isEmpty())
        return q->scriptedAuthorizer(lambda.code, lambda.codeFile);
    const auto command =
        std::make_shared<CommandAuthorizer>(lambda.command, lambda.deadline, lambda.folder);
    return [command](const LambdaRequest &request,
                     const std::function<void(const LambdaAnswer &)> &answer) {
        command->ask(request, answer);
    };
}

bool Emulator::Private::prepareTls()
{
    const bool isGiven = !options.tlsCertFile.isEmpty() || !options.tlsKeyFile.isEmpty();
    if (isGiven) {
        identity = ServerIdentity::load(options.tlsCertFile, options.tlsKeyFile, &problem);
        return identity.has_value();
    }
    if (!madeIdentity)
        madeIdentity = ServerIdentity::make(options.host);
    if (!madeIdentity)
        problem = u"OpenSSL could not make a certificate"_s;
    identity = madeIdentity;
    return identity.has_value();
}

bool Emulator::Private::open()
{
    EmulatorOptions complete = options;
    complete.apiKeys = realm.apiKeys();
    apis = std::make_unique<Apis>(complete, realm, nullptr);
    door = std::make_unique<FrontDoor>(*apis, nullptr);
    if (identity)
        door->setTls(*identity);
    watch(&apis->first());
    QObject::connect(apis.get(), &Apis::added, q, [this](EventsApi *api) { watch(api); });
    // What it still had ended with it.
    QObject::connect(apis.get(), &Apis::removed, q, [this] {
        QMetaObject::invokeMethod(
            q,
            [this] {
                Q_EMIT q->connectionCountChanged();
                Q_EMIT q->subscriptionCountChanged();
                Q_EMIT q->metricsChanged();
            },
            Qt::QueuedConnection);
    });
    if (!options.controlToken.isEmpty())
        openControl();
    door->setListenBacklogSize(1024);
    if (door->listen(options.host, options.port))
        return true;
    portTaken = door->serverError() == QAbstractSocket::AddressInUseError;
    problem = u"Cannot listen on %1, port %2: %3"_s.arg(options.host.toString())
                  .arg(options.port)
                  .arg(door->errorString());
    stop();
    return false;
}

void Emulator::Private::watch(EventsApi *api)
{
    // Queued: whoever listens may close us, which must not happen under the feet of the one who tells.
    const auto forward = [this, api](auto from, auto to) {
        QObject::connect(api, from, q, to, Qt::QueuedConnection);
    };
    forward(&EventsApi::sessionCountChanged, &Emulator::connectionCountChanged);
    forward(&EventsApi::subscriptionCountChanged, &Emulator::subscriptionCountChanged);
    forward(&EventsApi::refused, &Emulator::refused);
    forward(&EventsApi::connectionOpened, &Emulator::connectionOpened);
    forward(&EventsApi::connectionChanged, &Emulator::connectionChanged);
    forward(&EventsApi::connectionClosed, &Emulator::connectionClosed);
    forward(&EventsApi::namespacesChanged, &Emulator::namespacesChanged);
    forward(&EventsApi::handlerProblem, &Emulator::handlerProblem);
    forward(&EventsApi::handlerLogged, &Emulator::handlerLogged);
    QObject::connect(&api->metrics(), &Metrics::changed, q, &Emulator::metricsChanged,
                     Qt::QueuedConnection);
}

void Emulator::Private::openControl()
{
    const auto local = std::make_shared<LocalControl>(*q);
    const auto plane = std::make_shared<ControlPlane>(*apis);
    door->setControl([this, local, plane](const HttpRequest &request, QString *refusal) {
        const BearerToken token(options.controlToken);
        return request.path.startsWith("/_local") ? local->handle(request, token, refusal)
                                                  : plane->handle(request, token, refusal);
    });
}

void Emulator::Private::stop()
{
    door.reset();
    apis.reset();
}

QList<EventsApi *> Emulator::Private::all() const
{
    QList<EventsApi *> list;
    if (apis) {
        for (const Apis::Record *record : apis->all())
            list.append(record->api.get());
    }
    return list;
}

QUrl Emulator::Private::url(const QString &scheme, const QString &path) const
{
    if (!door)
        return {};
    QHostAddress host = options.host;
    if (host == QHostAddress(QHostAddress::Any) || host == QHostAddress(QHostAddress::AnyIPv4))
        host = QHostAddress(QHostAddress::LocalHost);
    else if (host == QHostAddress(QHostAddress::AnyIPv6))
        host = QHostAddress(QHostAddress::LocalHostIPv6);
    QUrl url;
    url.setScheme(options.tls ? scheme + u's' : scheme);
    url.setHost(host.toString());
    url.setPort(door->serverPort());
    url.setPath(path);
    return url;
}

void Emulator::Private::publish(const ScenarioStep &step) const
{
    const PublishPath::Request request{step.channel, QJsonArray::fromStringList(step.events),
                                       Credentials::own()};
    apis->first().publishPath().publish(request, [=, this](const PublishPath::Result &result) {
        if (result.error)
            apis->first().report(u"publish to "_s + step.channel, u"scenario actor "_s + step.actor,
                                 result.error->toString());
    });
}

Emulator::Emulator(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this))
{
}

Emulator::~Emulator()
{
    blockSignals(true); // whoever listened to us is being told by the destructor itself
    close();
}

bool Emulator::listen()
{
    return listen({});
}

bool Emulator::listen(const Options &options)
{
    close();
    if (!d->prepare(options) || !d->open())
        return false;
    if (options.scenario.isEmpty() || playScenario(options.scenario))
        return true;
    const QString problem = d->problem;
    close();
    d->problem = problem;
    return false;
}

void Emulator::close()
{
    d->end.stop();
    stopScenario();
    if (!d->apis)
        return;
    const bool hadConnections = connectionCount() > 0;
    const bool hadSubscriptions = subscriptionCount() > 0;
    const QList<EmulatorConnection> open = connections();
    d->options.faults = d->apis->first().faults();
    d->lastMetrics = metrics();
    for (EventsApi *api : d->all()) {
        api->disconnect(this);
        api->closeSessions();
    }
    d->stop();
    for (const EmulatorConnection &connection : open)
        Q_EMIT connectionClosed(connection.id);
    if (hadConnections)
        Q_EMIT connectionCountChanged();
    if (hadSubscriptions)
        Q_EMIT subscriptionCountChanged();
}

void Emulator::shutDown(std::chrono::milliseconds patience)
{
    stopScenario();
    if (d->door)
        d->door->close();
    d->patience.setRemainingTime(patience);
    d->end.start(kLook);
}

void Emulator::Private::look()
{
    const QList<EventsApi *> apis = all();
    const bool isBusy = (door && door->isBusy())
        || std::any_of(apis.begin(), apis.end(), [](EventsApi *api) { return api->isBusy(); });
    if (isBusy && !patience.hasExpired())
        return;
    q->close();
    Q_EMIT q->closed();
}

bool Emulator::isListening() const
{
    return d->door != nullptr;
}

bool Emulator::isPortTaken() const
{
    return d->portTaken;
}

QString Emulator::problem() const
{
    return d->problem;
}

quint16 Emulator::port() const
{
    return d->door ? d->door->serverPort() : 0;
}

QUrl Emulator::httpUrl() const
{
    return d->url(u"http"_s, u"/event"_s);
}

QUrl Emulator::realtimeUrl() const
{
    return d->url(u"ws"_s, u"/event/realtime"_s);
}

QString Emulator::apiKey() const
{
    return d->realm.apiKey();
}

QString Emulator::token() const
{
    return tokenFor(u"sample-user"_s, std::chrono::hours(24));
}

QString Emulator::tokenFor(const QString &subject, std::chrono::seconds lifetime) const
{
    return d->realm.issuer().issue(subject, lifetime, d->realm.now());
}

QString Emulator::accessKeyId() const
{
    return d->realm.identities().owner().accessKeyId;
}

QString Emulator::secretAccessKey() const
{
    return d->realm.identities().owner().secretAccessKey;
}

QUrl Emulator::serviceUrl() const
{
    return d->url(u"http"_s, u"/"_s);
}

QString Emulator::userPoolId() const
{
    return d->realm.userPoolSettings().id;
}

QString Emulator::userPoolClientId() const
{
    return d->realm.userPoolSettings().clients.first().id;
}

QString Emulator::username() const
{
    return d->realm.userPoolSettings().users.first().username;
}

QString Emulator::password() const
{
    return d->realm.userPoolSettings().users.first().password;
}

QString Emulator::identityPoolId() const
{
    return d->realm.identityPool().settings().id;
}

QString Emulator::roleArn(const QString &name)
{
    return Identities::roleArn(name);
}

QString Emulator::lastCode(const QString &username) const
{
    const PoolUser *user = d->realm.userPool().pool().user(username);
    return user ? user->lastCode : QString();
}

QString Emulator::apiArn() const
{
    return d->realm.apiArn();
}

void Emulator::setLambdaAuthorizer(const LambdaAuthorizer &authorizer)
{
    d->realm.lambda().setAuthorizer(authorizer);
}

void Emulator::setHandlerCode(const QString &nameSpace, const QString &code)
{
    if (d->apis)
        d->apis->first().handlers().setCode(nameSpace, code);
}

Emulator::LambdaAuthorizer Emulator::scriptedAuthorizer(const QString &code, const QString &file)
{
    const auto watcher = std::make_shared<CodeWatcher>();
    const std::shared_ptr<ScriptUnit> unit(new ScriptUnit({u"authorizer"_s, code, file},
                                                          NamespaceHandlers::settings(d->options),
                                                          *watcher),
                                           [watcher](ScriptUnit *gone) { delete gone; });
    connect(unit.get(), &ScriptUnit::problem, this, &Emulator::handlerProblem,
            Qt::QueuedConnection);
    connect(unit.get(), &ScriptUnit::logged, this, &Emulator::handlerLogged, Qt::QueuedConnection);
    return Emulation::scriptedAuthorizer(unit);
}

QString Emulator::region() const
{
    return d->options.region;
}

QByteArray Emulator::caCertificate() const
{
    return d->door && d->identity ? d->identity->trustAnchor() : QByteArray();
}

FaultPlan Emulator::faults() const
{
    return d->apis ? d->apis->first().faults() : d->options.faults;
}

void Emulator::setFaults(const FaultPlan &faults)
{
    for (EventsApi *api : d->all())
        api->setFaults(faults);
}

void Emulator::dropConnections()
{
    if (!d->apis)
        return;
    for (EventsApi *api : d->all())
        api->dropSessions();
    d->door->dropConnections();
}

void Emulator::sendKeepAlives()
{
    for (EventsApi *api : d->all())
        api->sendKeepAlives();
}

int Emulator::connectionCount() const
{
    int count = 0;
    for (const EventsApi *api : d->all())
        count += api->sessionCount();
    return count;
}

int Emulator::subscriptionCount() const
{
    int count = 0;
    for (const EventsApi *api : d->all())
        count += api->subscriptionCount();
    return count;
}

int Emulator::droppedReaders() const
{
    qint64 count = 0;
    for (EventsApi *api : d->all())
        count += api->metrics().values().value(EmulatorMetrics::SlowReadersDropped);
    return int(count);
}

EmulatorMetrics Emulator::metrics() const
{
    return d->apis ? d->apis->first().metrics().values() : d->lastMetrics;
}

EmulatorMetrics Emulator::metrics(const QString &apiId) const
{
    const Apis::Record *record = d->apis ? d->apis->find(apiId) : nullptr;
    return record ? record->api->metrics().values() : EmulatorMetrics();
}

QStringList Emulator::apiIds() const
{
    QStringList ids;
    for (const EventsApi *api : d->all())
        ids.append(api->apiId());
    return ids;
}

QList<EmulatorConnection> Emulator::connections() const
{
    QList<EmulatorConnection> list;
    for (const EventsApi *api : d->all())
        list += api->connections();
    return list;
}

bool Emulator::closeConnection(const QString &id, int code)
{
    const QList<EventsApi *> all = d->all();
    return std::any_of(all.begin(), all.end(), [&](EventsApi *api) {
        return api->closeConnection(id, QWebSocketProtocol::CloseCode(code));
    });
}

bool Emulator::dropConnection(const QString &id)
{
    const QList<EventsApi *> all = d->all();
    return std::any_of(all.begin(), all.end(),
                       [&](EventsApi *api) { return api->dropConnection(id); });
}

QString Emulator::makeControlToken()
{
    return QString::fromLatin1(RandomText::bytes(24).toBase64(QByteArray::Base64UrlEncoding
                                                              | QByteArray::OmitTrailingEquals));
}

QString Emulator::controlToken() const
{
    return d->options.controlToken;
}

QUrl Emulator::controlUrl() const
{
    return d->options.controlToken.isEmpty() ? QUrl() : d->url(u"http"_s, u"/_local"_s);
}

QStringList Emulator::namespaces() const
{
    QStringList names;
    const QList<Namespace> namespaces =
        d->apis ? d->apis->first().options().namespaces : d->options.namespaces;
    for (const Namespace &nameSpace : namespaces)
        names.append(nameSpace.name);
    return names;
}

QList<Emulator::ScenarioInfo> Emulator::scenarios()
{
    QList<ScenarioInfo> found;
    for (const QString &name : Scenario::included()) {
        QString problem;
        found.append({name, Scenario::load(name, &problem).value_or(Scenario()).description});
    }
    return found;
}

//! What is wrong if an actor speaks where nothing is; empty: all is well.
QString Emulator::Private::missingNamespace(const Scenario &scenario) const
{
    const auto problemOf = [this](const QString &actor, const QString &channel) {
        const QString nameSpace = ChannelName::namespaceOf(channel);
        return apis->first().auth().hasNamespace(nameSpace)
            ? QString()
            : u"Actor \"%1\" publishes to namespace \"%2\", which this emulator does not have"_s
                  .arg(actor, nameSpace);
    };
    for (const ScenarioActor &actor : scenario.actors) {
        QString found = problemOf(actor.name, actor.channel);
        for (const ScenarioReply &reply : actor.replies) {
            if (found.isEmpty())
                found = problemOf(actor.name, reply.channel);
        }
        if (!found.isEmpty())
            return found;
    }
    return {};
}

bool Emulator::playScenario(const QString &nameOrFile)
{
    stopScenario();
    d->problem.clear();
    if (!d->apis) {
        d->problem = u"A scenario plays only while the emulator listens"_s;
        return false;
    }
    const auto scenario = Scenario::load(nameOrFile, &d->problem);
    if (!scenario)
        return false;
    d->problem = d->missingNamespace(*scenario);
    if (!d->problem.isEmpty())
        return false;
    d->player =
        std::make_unique<ScenarioPlayer>(ScenarioRun(*scenario, d->options.seed), d->speed,
                                         [this](const ScenarioStep &step) { d->publish(step); });
    d->apis->first().publishPath().setListener(
        [this](const QString &channel, const QStringList &events) {
            if (d->player)
                d->player->hear(channel, events);
        });
    return true;
}

void Emulator::stopScenario()
{
    d->player.reset();
}

bool Emulator::isPlaying() const
{
    return d->player && d->player->isPlaying();
}

void Emulator::setScenarioSpeed(double factor)
{
    if (std::isnan(factor))
        return;
    d->speed = std::clamp(factor, 0.1, 100.0);
    if (d->player)
        d->player->setSpeed(d->speed);
}

double Emulator::scenarioSpeed() const
{
    return d->speed;
}

} // namespace AppSync
