// SPDX-License-Identifier: Apache-2.0
#include "controlplane_p.h"

#include "../access/sigv4check_p.h"
#include "../events/channelname_p.h"
#include "../realm_p.h"
#include "apimodel_p.h"
#include "keycalls_p.h"
#include "page_p.h"

#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

using ApiModel::badRequest;

constexpr qsizetype kMostApis = 50;
constexpr qsizetype kMostNamespaces = 50;

ServiceError plain(int status, const QString &type, const QString &message)
{
    return ServiceError::http(status, type, message);
}

ServiceError notAllowed()
{
    return plain(405, u"MethodNotAllowedException"_s,
                 u"This address does not understand that method."_s);
}

//! As the SDKs read errors: the type in a header, the message in the body.
HttpResponse answer(int status, const QString &type, const QJsonObject &body)
{
    HttpResponse response{status, QJsonDocument(body).toJson(QJsonDocument::Compact), {}};
    response.contentType = "application/json";
    if (!type.isEmpty())
        response.addHeader("x-amzn-ErrorType", type.toLatin1());
    return response;
}

QJsonObject toObject(const QMap<QString, QString> &tags)
{
    QJsonObject object;
    for (auto it = tags.cbegin(); it != tags.cend(); ++it)
        object.insert(it.key(), *it);
    return object;
}

//! An API key's id is the key itself.
QString loggable(const HttpRequest &request)
{
    static const QRegularExpression key(u"/apikeys/.*$"_s);
    return QString::fromLatin1(request.method + ' ' + request.path).replace(key, u"/apikeys/…"_s);
}

bool isGiven(const QJsonObject &object, QLatin1StringView member)
{
    return !object.value(member).isUndefined() && !object.value(member).isNull();
}

} // namespace

HttpResponse ControlPlane::handle(const HttpRequest &request, const BearerToken &token,
                                  QString *refusal)
{
    Call call{request.method, {}, request.query, request.header("host"), {}};
    for (const QByteArray &part : request.path.split('/')) {
        if (!part.isEmpty())
            call.path.append(QByteArray::fromPercentEncoding(part));
    }
    Result result;
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    call.body = document.object();
    if (const auto problem = authorize(request, token, call))
        result = *problem;
    else if (!request.body.isEmpty() && !document.isObject())
        result = plain(400, u"BadRequestException"_s, u"The body is not a JSON object."_s);
    else
        result = dispatch(call);
    if (const auto *body = std::get_if<QJsonObject>(&result))
        return answer(200, {}, *body);
    const auto error = std::get<ServiceError>(result);
    *refusal = loggable(request) + u": "_s + error.toString();
    return answer(error.httpStatus, error.type, {{u"message"_s, error.message}});
}

ControlPlane::Problem ControlPlane::authorize(const HttpRequest &request, const BearerToken &token,
                                              const Call &call) const
{
    if (BearerToken::isShownAny(request)) {
        if (token.isShownBy(request))
            return std::nullopt;
        return plain(403, u"UnrecognizedClientException"_s, u"The control token is wrong."_s);
    }
    const QByteArray shown = request.header("authorization");
    if (!shown.startsWith(Sigv4::kAlgorithm))
        return plain(403, u"MissingAuthenticationTokenException"_s,
                     u"Missing Authentication Token"_s);
    const Realm &realm = m_apis.realm();
    const Sigv4Check check(realm.identities(), realm.clock());
    const Sigv4Check::Terms terms{
        "appsync", {realm.region().toUtf8()}, m_apis.first().options().signatureWindow};
    const Sigv4Check::Verdict verdict = check.verify(
        {request.method, request.path, request.query, request.headers, request.body}, terms);
    if (!verdict.principal) {
        using Fault = Sigv4Check::Fault;
        const QString type = verdict.fault == Fault::Incomplete ? u"IncompleteSignatureException"_s
            : verdict.fault == Fault::WrongSignature            ? u"InvalidSignatureException"_s
            : verdict.fault == Fault::UnknownKey                ? u"UnrecognizedClientException"_s
                                                                : u"ExpiredTokenException"_s;
        return plain(403, type, verdict.message);
    }
    const QString action = actionOf(call);
    const QString resource = resourceOf(call);
    if (verdict.principal->mayDo(action, resource))
        return std::nullopt;
    return plain(403, u"AccessDeniedException"_s,
                 u"User: %1 is not authorized to perform: %2 on resource: %3"_s.arg(
                     verdict.principal->arn, action, resource));
}

//! Such as `appsync:CreateChannelNamespace`: an IAM action is called as the operation is.
QString ControlPlane::actionOf(const Call &call)
{
    const bool isOne = call.path.size() % 2 == 1; // v2/apis/ID, v2/apis/ID/channelNamespaces/NAME
    const QString kind = call.path.size() <= 3      ? u"Api"_s
        : call.path.value(3) == "apikeys"           ? u"ApiKey"_s
        : call.path.value(3) == "channelNamespaces" ? u"ChannelNamespace"_s
                                                    : u"Unknown"_s;
    if (call.method == "DELETE")
        return u"appsync:Delete"_s + kind;
    if (call.method == "POST")
        return (isOne ? u"appsync:Update"_s : u"appsync:Create"_s) + kind;
    return isOne ? u"appsync:Get"_s + kind : u"appsync:List"_s + kind + u's';
}

QString ControlPlane::resourceOf(const Call &call) const
{
    if (call.path.size() < 3)
        return m_apis.realm().apiArn(u"*"_s);
    const QString arn = m_apis.realm().apiArn(QString::fromUtf8(call.path[2]));
    if (call.path.value(3) == "channelNamespaces" && call.path.size() > 4)
        return arn + u"/channelNamespace/"_s + QString::fromUtf8(call.path[4]);
    return arn;
}

ControlPlane::Result ControlPlane::dispatch(const Call &call)
{
    const auto nothing = plain(404, u"NotFoundException"_s,
                               u"The local AppSync has no such part of the control plane."_s);
    const bool isV2 = call.path.value(0) == "v2";
    const QByteArray part = call.path.value(3);
    const bool isKnown = call.path.size() <= 5 && call.path.value(1) == "apis"
        && (isV2 ? part.isEmpty() || part == "channelNamespaces" : part == "apikeys");
    if (!isKnown)
        return nothing;
    if (call.path.size() == 2)
        return apis(call);
    const QString apiId = QString::fromUtf8(call.path[2]);
    Apis::Record *record = m_apis.find(apiId);
    if (!record)
        return plain(404, u"NotFoundException"_s, u"API %1 not found."_s.arg(apiId.left(100)));
    if (call.path.size() == 3)
        return oneApi(call, *record);
    if (isV2)
        return call.path.size() == 4 ? namespaces(call, *record) : oneNamespace(call, *record);

    EventsApi &api = *record->api;
    const QString key = QString::fromUtf8(call.path.value(4));
    if (call.path.size() == 4 && call.method == "GET")
        return KeyCalls::list(api, call.query);
    if (call.path.size() == 4 && call.method == "POST")
        return KeyCalls::create(api, call.body);
    if (call.path.size() == 5 && call.method == "POST")
        return KeyCalls::update(api, key, call.body);
    if (call.path.size() == 5 && call.method == "DELETE")
        return KeyCalls::remove(api, key);
    return notAllowed();
}

ControlPlane::Result ControlPlane::apis(const Call &call)
{
    if (call.method == "GET") {
        QJsonArray list;
        for (const Apis::Record *record : m_apis.all())
            list.append(toJson(*record, call.host));
        return pageOf(list, u"apis"_s, call.query);
    }
    if (call.method != "POST")
        return notAllowed();
    if (m_apis.all().size() >= kMostApis)
        return plain(402, u"ServiceQuotaExceededException"_s,
                     u"A region has %1 Event APIs at most."_s.arg(kMostApis));
    // Checked with a record that nobody sees, so that a wrong one is never there.
    Apis::Record candidate;
    if (const auto problem = setApi(candidate, call.body))
        return *problem;
    Apis::Record &record = m_apis.add(candidate.name);
    if (const auto problem = setApi(record, call.body))
        return *problem;
    applyDefaults(record);
    return QJsonObject{{u"api"_s, toJson(record, call.host)}};
}

ControlPlane::Result ControlPlane::oneApi(const Call &call, Apis::Record &record)
{
    if (call.method == "POST") {
        if (const auto problem = setApi(record, call.body))
            return *problem;
        applyDefaults(record);
    } else if (call.method == "DELETE") {
        if (&*record.api == &m_apis.first())
            return badRequest(u"This API is the local AppSync's own; it ends with it."_s);
        m_apis.remove(record.api->apiId());
        return QJsonObject();
    } else if (call.method != "GET") {
        return notAllowed();
    }
    return QJsonObject{{u"api"_s, toJson(record, call.host)}};
}

ControlPlane::Problem ControlPlane::setApi(Apis::Record &record, const QJsonObject &body)
{
    static const QRegularExpression kName(u"^[A-Za-z0-9_\\- ]{1,50}$"_s);
    const QString name = body.value("name"_L1).toString();
    if (!kName.match(name).hasMatch())
        return badRequest(u"name must have 1 to 50 of A-Z a-z 0-9 _ - and space."_s);
    const QJsonObject config = body.value("eventConfig"_L1).toObject();
    if (isGiven(body, "eventConfig"_L1)) {
        if (const auto problem = ApiModel::problemOf(config))
            return problem;
    } else if (!record.api) {
        return badRequest(u"eventConfig is missing."_s);
    }
    Problem problem;
    const auto tags = ApiModel::readTags(body.value("tags"_L1), &problem);
    if (!tags)
        return problem;
    record.name = name;
    record.ownerContact = body.value("ownerContact"_L1).toString(record.ownerContact).left(256);
    if (isGiven(body, "tags"_L1))
        record.tags = *tags;
    if (isGiven(body, "eventConfig"_L1))
        record.eventConfig = config;
    return std::nullopt;
}

//! To connections, and to namespaces that have no modes of their own.
void ControlPlane::applyDefaults(Apis::Record &record)
{
    if (record.eventConfig.isEmpty())
        return;
    Problem none;
    const auto modesOf = [&](const QString &member) {
        return ApiModel::readModes(record.eventConfig, member, &none).value_or(ApiModel::Modes());
    };
    record.api->setConnectModes(modesOf(u"connectionAuthModes"_s));
    QList<EmulatorOptions::Namespace> namespaces = record.api->options().namespaces;
    for (EmulatorOptions::Namespace &nameSpace : namespaces) {
        const Apis::NamespaceRecord known = record.namespaces.value(nameSpace.name);
        if (known.usesDefaultPublish)
            nameSpace.publish = modesOf(u"defaultPublishAuthModes"_s);
        if (known.usesDefaultSubscribe)
            nameSpace.subscribe = modesOf(u"defaultSubscribeAuthModes"_s);
    }
    record.api->setNamespaces(namespaces);
}

ControlPlane::Result ControlPlane::namespaces(const Call &call, Apis::Record &record)
{
    if (call.method == "GET") {
        QJsonArray list;
        for (const EmulatorOptions::Namespace &nameSpace : record.api->options().namespaces)
            list.append(toJson(record, nameSpace.name));
        return pageOf(list, u"channelNamespaces"_s, call.query);
    }
    if (call.method != "POST")
        return notAllowed();
    const QString name = call.body.value("name"_L1).toString();
    if (!ChannelName::isNamespace(name))
        return badRequest(u"name must have 1 to 50 letters, digits and inner dashes."_s);
    if (record.api->auth().hasNamespace(name))
        return plain(409, u"ConflictException"_s,
                     u"There is a channel namespace \"%1\" already."_s.arg(name));
    if (record.api->options().namespaces.size() >= kMostNamespaces)
        return plain(402, u"ServiceQuotaExceededException"_s,
                     u"An API has %1 channel namespaces at most."_s.arg(kMostNamespaces));
    if (const auto problem = setNamespace(record, name, call.body))
        return *problem;
    return QJsonObject{{u"channelNamespace"_s, toJson(record, name)}};
}

ControlPlane::Result ControlPlane::oneNamespace(const Call &call, Apis::Record &record)
{
    const QString name = QString::fromUtf8(call.path[4]);
    if (!record.api->auth().hasNamespace(name))
        return plain(404, u"NotFoundException"_s,
                     u"Channel namespace %1 not found."_s.arg(name.left(100)));
    if (call.method == "POST") {
        if (const auto problem = setNamespace(record, name, call.body))
            return *problem;
    } else if (call.method == "DELETE") {
        QList<EmulatorOptions::Namespace> namespaces = record.api->options().namespaces;
        namespaces.removeIf([&](const auto &one) { return one.name == name; });
        record.api->setNamespaces(namespaces);
        record.namespaces.remove(name);
        return QJsonObject();
    } else if (call.method != "GET") {
        return notAllowed();
    }
    return QJsonObject{{u"channelNamespace"_s, toJson(record, name)}};
}

//! Makes the namespace, or changes it: what \a body does not have becomes the default.
ControlPlane::Problem ControlPlane::setNamespace(Apis::Record &record, const QString &name,
                                                 const QJsonObject &body)
{
    Problem problem;
    EmulatorOptions::Namespace wanted{name};
    Apis::NamespaceRecord known = record.namespaces.value(name);
    const auto read = [&](QLatin1StringView member, QList<EmulatorOptions::AuthMode> *modes,
                          bool *usesDefault) {
        *usesDefault = !isGiven(body, member) || body.value(member).toArray().isEmpty();
        if (const auto given = *usesDefault ? *modes : ApiModel::readModes(body, member, &problem))
            *modes = *given;
    };
    read("publishAuthModes"_L1, &wanted.publish, &known.usesDefaultPublish);
    read("subscribeAuthModes"_L1, &wanted.subscribe, &known.usesDefaultSubscribe);
    if (!problem)
        problem = ApiModel::readHandlers(body, record.api->options(), &wanted);
    const auto tags = ApiModel::readTags(body.value("tags"_L1), &problem);
    if (problem)
        return problem;
    if (isGiven(body, "tags"_L1))
        known.tags = *tags;
    known.modified = m_apis.realm().now();
    if (!known.created.isValid())
        known.created = known.modified;
    record.namespaces.insert(name, known);

    QList<EmulatorOptions::Namespace> namespaces = record.api->options().namespaces;
    const auto old = std::find_if(namespaces.begin(), namespaces.end(),
                                  [&](const auto &one) { return one.name == name; });
    if (old == namespaces.end())
        namespaces.append(wanted);
    else
        *old = wanted;
    record.api->setNamespaces(namespaces);
    applyDefaults(record);
    return std::nullopt;
}

QJsonObject ControlPlane::eventConfigOf(const Apis::Record &record) const
{
    if (!record.eventConfig.isEmpty())
        return record.eventConfig;
    Realm &realm = m_apis.realm();
    return ApiModel::eventConfigOf(
        record.api->options(), realm.userPoolSettings().id, realm.issuer().issuer(),
        u"arn:aws:lambda:%1:%2:function:local"_s.arg(realm.region(), kAccountId));
}

QJsonObject ControlPlane::toJson(const Apis::Record &record, const QByteArray &host) const
{
    const QString id = record.api->apiId();
    QJsonObject object{{u"apiId"_s, id},
                       {u"name"_s, record.name},
                       {u"dns"_s,
                        QJsonObject{{u"HTTP"_s, Apis::domain(id, false, host)},
                                    {u"REALTIME"_s, Apis::domain(id, true, host)}}},
                       {u"apiArn"_s, m_apis.realm().apiArn(id)},
                       {u"created"_s, record.created.toSecsSinceEpoch()},
                       {u"xrayEnabled"_s, false},
                       {u"tags"_s, toObject(record.tags)},
                       {u"eventConfig"_s, eventConfigOf(record)}};
    if (!record.ownerContact.isEmpty())
        object.insert(u"ownerContact"_s, record.ownerContact);
    return object;
}

QJsonObject ControlPlane::toJson(const Apis::Record &record, const QString &nameSpace) const
{
    const QString id = record.api->apiId();
    const Apis::NamespaceRecord known = record.namespaces.value(nameSpace);
    const QList<EmulatorOptions::Namespace> &all = record.api->options().namespaces;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const auto &one) { return one.name == nameSpace; });
    QJsonObject object = ApiModel::handlersToJson(*found);
    object.insert(u"apiId"_s, id);
    object.insert(u"name"_s, nameSpace);
    object.insert(u"channelNamespaceArn"_s,
                  m_apis.realm().apiArn(id) + u"/channelNamespace/"_s + nameSpace);
    object.insert(u"created"_s, known.created.toSecsSinceEpoch());
    object.insert(u"lastModified"_s, known.modified.toSecsSinceEpoch());
    object.insert(u"tags"_s, toObject(known.tags));
    if (!known.usesDefaultPublish)
        object.insert(u"publishAuthModes"_s, ApiModel::toJson(found->publish));
    if (!known.usesDefaultSubscribe)
        object.insert(u"subscribeAuthModes"_s, ApiModel::toJson(found->subscribe));
    return object;
}

} // namespace AppSync::Emulation
