// SPDX-License-Identifier: Apache-2.0
#include "emulator_p.h"

#include "access/commandauthorizer_p.h"
#include "control/bearertoken_p.h"
#include "control/controlplane_p.h"
#include "control/localcontrol_p.h"
#include "events/channelname_p.h"
#include "graphql/graphqlapi_p.h"
#include "graphql/scriptedresolvers_p.h"
#include "http/originpolicy_p.h"
#include "logging_p.h"

#include <QFile>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

using namespace Emulation;

Emulator::Private::Private(Emulator *emulator) : q(emulator)
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
    problem = OriginPolicy::problemOf(options.hostNames);
    if (!problem.isEmpty())
        return false;
    problem = realm.configure(options);
    if (problem.isEmpty() && options.lambda.isSet())
        realm.lambda().setAuthorizer(makeAuthorizer());
    return problem.isEmpty() && prepareSchema() && (!options.tls || prepareTls());
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

bool Emulator::Private::prepareSchema()
{
    const EmulatorOptions::GraphQl &settings = options.graphQl;
    QString sdl = settings.schema;
    if (!settings.schemaFile.isEmpty()) {
        QFile file(settings.schemaFile);
        if (!file.open(QIODevice::ReadOnly)) {
            problem =
                u"Cannot read the schema %1: %2"_s.arg(settings.schemaFile, file.errorString());
            return false;
        }
        sdl = QString::fromUtf8(file.readAll());
    }
    schema = ExecutableSchema::load(sdl.isEmpty() ? ExecutableSchema::sampleSdl() : sdl, &problem);
    if (schema)
        problem = ScriptedResolvers::problemOf(options, *schema);
    else
        problem =
            (settings.schemaFile.isEmpty() ? u"schema"_s : settings.schemaFile) + u':' + problem;
    return problem.isEmpty();
}

bool Emulator::Private::prepareTls()
{
    const bool isGiven = !options.tlsCertFile.isEmpty() || !options.tlsKeyFile.isEmpty();
    if (isGiven) {
        identity = ServerIdentity::load(options.tlsCertFile, options.tlsKeyFile, &problem);
        return identity.has_value();
    }
    if (!madeIdentity)
        madeIdentity = ServerIdentity::make(options.host, options.hostNames);
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
    apis->setGraphQl(std::make_unique<GraphQlApi>(apis->first(), schema));
    QObject::connect(&apis->graphQl(), &GraphQlApi::resolverProblem, q, &Emulator::handlerProblem,
                     Qt::QueuedConnection);
    QObject::connect(&apis->graphQl(), &GraphQlApi::resolverLogged, q, &Emulator::handlerLogged,
                     Qt::QueuedConnection);
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

} // namespace AppSync
