// SPDX-License-Identifier: Apache-2.0
#include "apis_p.h"

#include "../graphql/graphqlapi_p.h"
#include "../http/httprequest_p.h"
#include "../randomtext_p.h"
#include "../realm_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr QByteArrayView kFolder("/apis/");

} // namespace

Apis::Apis(const EmulatorOptions &options, Realm &realm, QObject *parent)
    : QObject(parent), m_options(options), m_realm(realm)
{
    auto record = std::make_unique<Record>();
    record->name = u"Local AppSync"_s;
    record->created = realm.now();
    record->api = std::make_unique<EventsApi>(realm.apiId(), options, realm, nullptr);
    for (const EmulatorOptions::Namespace &nameSpace : options.namespaces)
        record->namespaces.insert(nameSpace.name, {{}, realm.now(), realm.now()});
    m_records.push_back(std::move(record));
}

Apis::~Apis()
{
    m_records.erase(std::next(m_records.begin()), m_records.end());
    first().endSessions(); // those of GraphQL need what is about to go
}

void Apis::setGraphQl(std::unique_ptr<GraphQlApi> api)
{
    m_graphQl = std::move(api);
}

QList<Apis::Record *> Apis::all() const
{
    QList<Record *> list;
    for (const auto &record : m_records)
        list.append(record.get());
    return list;
}

Apis::Record *Apis::find(const QString &apiId) const
{
    for (const auto &record : m_records) {
        if (record->api->apiId() == apiId)
            return record.get();
    }
    return nullptr;
}

Apis::Record &Apis::add(const QString &name)
{
    EmulatorOptions options = m_options;
    options.namespaces.clear();
    options.apiKeys.clear();
    options.faults = first().faults();
    auto record = std::make_unique<Record>();
    record->name = name;
    record->created = m_realm.now();
    record->api = std::make_unique<EventsApi>(RandomText::letters(26, RandomText::kApiKey), options,
                                              m_realm, nullptr);
    m_records.push_back(std::move(record));
    Q_EMIT added(m_records.back()->api.get());
    return *m_records.back();
}

void Apis::remove(const QString &apiId)
{
    const auto found = std::find_if(std::next(m_records.begin()), m_records.end(),
                                    [&](const auto &r) { return r->api->apiId() == apiId; });
    if (found == m_records.end())
        return;
    const std::unique_ptr<Record> record = std::move(*found);
    m_records.erase(found);
    record->api->closeSessions();
    Q_EMIT removed(apiId);
}

EventsApi *Apis::resolve(HttpRequest &request) const
{
    if (request.path.startsWith(kFolder)) {
        const qsizetype end = request.path.indexOf('/', kFolder.size());
        const QByteArray id = request.path.sliced(
            kFolder.size(), (end < 0 ? request.path.size() : end) - kFolder.size());
        const Record *record = find(QString::fromLatin1(id));
        if (!record)
            return nullptr;
        request.folder = request.path.first(kFolder.size() + id.size());
        request.path = end < 0 ? QByteArray("/") : request.path.sliced(end);
        return record->api.get();
    }
    const QByteArray host = request.header("host").toLower();
    const qsizetype colon = host.indexOf(':');
    const QList<QByteArray> labels = (colon < 0 ? host : host.first(colon)).split('.');
    if (labels.size() != 3 || labels[2] != "localhost"
        || (labels[1] != "appsync-api" && labels[1] != "appsync-realtime-api"))
        return &first(); // whatever name a client has for us
    const Record *record = find(QString::fromLatin1(labels[0]));
    return record ? record->api.get() : nullptr;
}

QString Apis::domain(const QString &apiId, bool isRealtime, const QByteArray &host)
{
    const qsizetype colon = host.lastIndexOf(':');
    const QByteArray port = colon > host.lastIndexOf(']') ? host.sliced(colon) : QByteArray();
    return apiId + (isRealtime ? u".appsync-realtime-api.localhost"_s : u".appsync-api.localhost"_s)
        + QString::fromLatin1(port);
}

} // namespace AppSync::Emulation
