// SPDX-License-Identifier: Apache-2.0
#include "emulator_p.h"

#include "handlers/scriptedauthorizer_p.h"
#include "handlers/scriptunit_p.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace AppSync {

using namespace Emulation;

namespace {

constexpr std::chrono::milliseconds kLook{10}; // how often, whether all is answered

} // namespace

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

QUrl Emulator::graphQlUrl() const
{
    return d->url(u"http"_s, u"/graphql"_s);
}

QUrl Emulator::graphQlRealtimeUrl() const
{
    return d->url(u"ws"_s, u"/graphql/realtime"_s);
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
