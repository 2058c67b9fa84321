// SPDX-License-Identifier: Apache-2.0
#include "serverconfig_p.h"

#include "../http/originpolicy_p.h"

#include <QFile>
#include <QJsonDocument>
#include <QStandardPaths>

#include <limits>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::ServerConfig {

namespace {

constexpr qint64 kDayMs = 24 * 3600 * 1000;
constexpr qint64 kRate = 1'000'000'000;
constexpr qint64 kPublishBytes = 3 * 1024 * 1024; // more would not fit in the greatest message
constexpr qint64 kMegabyte = 1024 * 1024;

using Options = EmulatorOptions;

void readFigures(ConfigObject &object, Options::Limits *limits)
{
    const auto bytes = [&](const QString &name, qint64 *to) {
        object.readNumber(name, 1, kPublishBytes, [to](qint64 value) { *to = value; });
    };
    object.read(u"eventsPerPublish"_s, 1, 1'000, &limits->eventsPerPublish);
    bytes(u"eventBytes"_s, &limits->eventBytes);
    bytes(u"publishBytes"_s, &limits->publishBytes);
    object.read(u"subscriptionsPerConnection"_s, 1, 100'000, &limits->subscriptionsPerConnection);
    object.read(u"publishesPerSecond"_s, 0, kRate, &limits->publishesPerSecond);
    object.read(u"connectsPerSecond"_s, 0, kRate, &limits->connectsPerSecond);
    object.read(u"inboundEventsPerSecond"_s, 0, kRate, &limits->inboundEventsPerSecond);
    object.read(u"outboundMessagesPerSecond"_s, 0, kRate, &limits->outboundMessagesPerSecond);
    object.read(u"graphqlSubscriptionsPerConnection"_s, 1, 100'000,
                &limits->graphQlSubscriptionsPerConnection);
    bytes(u"graphqlPayloadBytes"_s, &limits->graphQlPayloadBytes);
}

} // namespace

void readListening(ConfigObject &emulator, Options *options)
{
    emulator.readNumber(u"port"_s, 0, 65535, [&](qint64 value) { options->port = quint16(value); });
    QString host;
    emulator.read(u"host"_s, &host, emulator.has(u"host"_s));
    if (!host.isEmpty()) {
        const QHostAddress address =
            host == u"localhost" ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
        if (address.isNull())
            emulator.fail(u"host"_s, u"\"host\" must be an IP address or localhost"_s);
        options->host = address;
    }
    emulator.read(u"hostNames"_s, &options->hostNames);
    if (const QString problem = OriginPolicy::problemOf(options->hostNames); !problem.isEmpty())
        emulator.fail(u"hostNames"_s, problem);
    emulator.read(u"tls"_s, &options->tls);
    emulator.readPath(u"tlsCertFile"_s, &options->tlsCertFile);
    emulator.readPath(u"tlsKeyFile"_s, &options->tlsKeyFile);
    if (options->tlsCertFile.isEmpty() != options->tlsKeyFile.isEmpty())
        emulator.fail(emulator.has(u"tlsKeyFile"_s) ? u"tlsKeyFile"_s : u"tlsCertFile"_s,
                      u"\"tlsCertFile\" and \"tlsKeyFile\" belong together"_s);
    options->tls = options->tls || !options->tlsCertFile.isEmpty();
    emulator.read(u"region"_s, &options->region, emulator.has(u"region"_s));
}

void readBehaviour(ConfigObject &emulator, Options *options)
{
    emulator.read(u"keepAliveIntervalMs"_s, 1, kDayMs, &options->keepAliveInterval);
    emulator.read(u"connectionTimeoutMs"_s, 1, kDayMs, &options->connectionTimeout);
    emulator.read(u"maxConnectionAgeMs"_s, 1, kDayMs, &options->maxConnectionAge);
    emulator.read(u"signatureWindowSeconds"_s, 1, 86'400, &options->signatureWindow);
    emulator.readNumber(u"seed"_s, 0, std::numeric_limits<quint32>::max(),
                        [&](qint64 value) { options->seed = quint32(value); });
    QString scenario;
    emulator.read(u"scenario"_s, &scenario, emulator.has(u"scenario"_s));
    const bool isPath = scenario.contains(u'/') || scenario.contains(u'.');
    if (isPath)
        emulator.readPath(u"scenario"_s, &options->scenario);
    else if (!scenario.isEmpty())
        options->scenario = scenario;
    emulator.read(u"handlerDeadlineMs"_s, 1, 600'000, &options->handlerDeadline);
    emulator.readNumber(u"handlerMemoryMb"_s, 16, 16'384,
                        [&](qint64 value) { options->handlerMemory = value * kMegabyte; });
}

void readLimits(ConfigObject &emulator, Options *options)
{
    const QJsonValue given = emulator.value(u"limits"_s);
    if (given == "relaxed"_L1)
        options->limits = Options::Limits::relaxed();
    else if (given == "aws"_L1)
        options->limits = Options::Limits::aws();
    else if (given.isObject())
        emulator.object(u"limits"_s, [&](ConfigObject &figures) {
            options->limits = Options::Limits::relaxed();
            readFigures(figures, &options->limits);
        });
    else if (!given.isUndefined())
        emulator.fail(u"limits"_s,
                      u"\"limits\" must be \"relaxed\", \"aws\" or an object of figures"_s);
}

void readFaults(ConfigObject &emulator, Options *options)
{
    const QJsonValue given = emulator.value(u"faults"_s);
    if (given.isUndefined())
        return;
    QByteArray json = QJsonDocument(given.toObject()).toJson(QJsonDocument::Compact);
    if (given.isString()) {
        QString path;
        emulator.readPath(u"faults"_s, &path);
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly))
            return emulator.fail(u"faults"_s,
                                 u"cannot read %1: %2"_s.arg(path, file.errorString()));
        json = file.readAll();
    } else if (!given.isObject()) {
        return emulator.fail(u"faults"_s, u"\"faults\" must be an object, or the path of a file"_s);
    }
    QString reason;
    const auto plan = FaultPlan::fromJson(json, &reason);
    if (plan)
        options->faults = *plan;
    else
        emulator.fail(u"faults"_s, reason);
}

void readLambdaAuthorizer(ConfigObject &emulator, Options *options)
{
    emulator.object(u"lambdaAuthorizer"_s, [&](ConfigObject &object) {
        Options::Lambda &lambda = options->lambda;
        object.read(u"command"_s, &lambda.command);
        lambda.folder = object.file().resolved({});
        // A program beside the file, as `./authorize`; a bare name is looked up as shells do.
        if (!lambda.command.isEmpty() && lambda.command.first().contains(u'/'))
            lambda.command.first() = object.file().resolved(lambda.command.first());
        if (!lambda.command.isEmpty()
            && QStandardPaths::findExecutable(lambda.command.first()).isEmpty())
            object.fail(
                u"command"_s,
                u"there is no program %1 that may be executed"_s.arg(lambda.command.first()));
        object.read(u"code"_s, &lambda.code, object.has(u"code"_s));
        object.readPath(u"codeFile"_s, &lambda.codeFile);
        object.read(u"deadlineMs"_s, 1, 60'000, &lambda.deadline);
        const int ways = int(object.has(u"command"_s)) + int(object.has(u"code"_s))
            + int(object.has(u"codeFile"_s));
        if (ways != 1)
            object.fail({}, u"one of \"command\", \"code\" and \"codeFile\" is needed"_s);
    });
}

void readDataSources(ConfigObject &emulator, Options *options)
{
    emulator.objects(u"dataSources"_s, [&](ConfigObject &object) {
        Options::DataSource source;
        QString endpoint;
        object.read(u"name"_s, &source.name, true);
        object.read(u"endpoint"_s, &endpoint, object.has(u"endpoint"_s));
        object.read(u"code"_s, &source.code, object.has(u"code"_s));
        object.readPath(u"codeFile"_s, &source.codeFile);
        source.endpoint = QUrl(endpoint);
        source.kind = object.has(u"endpoint"_s) ? Options::DataSource::Kind::Http
            : object.has(u"table"_s)            ? Options::DataSource::Kind::Table
                                                : Options::DataSource::Kind::Function;
        object.object(u"table"_s, [&source](ConfigObject &table) {
            table.read(u"partitionKey"_s, &source.partitionKey, table.has(u"partitionKey"_s));
            table.read(u"sortKey"_s, &source.sortKey, table.has(u"sortKey"_s));
        });
        const int ways = int(object.has(u"endpoint"_s)) + int(object.has(u"code"_s))
            + int(object.has(u"codeFile"_s)) + int(object.has(u"table"_s));
        if (ways != 1)
            object.fail(u"name"_s,
                        u"one of \"endpoint\", \"code\", \"codeFile\" and \"table\" is needed"_s);
        const bool isWeb =
            source.endpoint.scheme() == "http"_L1 || source.endpoint.scheme() == "https"_L1;
        if (object.has(u"endpoint"_s) && (!isWeb || source.endpoint.host().isEmpty()))
            object.fail(u"endpoint"_s, u"\"endpoint\" must be a URL with http or https"_s);
        const auto &before = options->dataSources;
        if (std::any_of(before.begin(), before.end(),
                        [&](const auto &other) { return other.name == source.name; }))
            object.fail(u"name"_s, u"the data source %1 is there twice"_s.arg(source.name));
        options->dataSources.append(source);
    });
}

} // namespace AppSync::Emulation::ServerConfig
