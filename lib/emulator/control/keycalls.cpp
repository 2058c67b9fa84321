// SPDX-License-Identifier: Apache-2.0
#include "keycalls_p.h"

#include "../access/apikeys_p.h"
#include "../realm_p.h"
#include "page_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::KeyCalls {

namespace {

constexpr qsizetype kMostKeys = 50;

using Keys = QList<EmulatorOptions::ApiKey>;

Keys::iterator find(Keys &keys, const QString &id)
{
    return std::find_if(keys.begin(), keys.end(), [&](const auto &key) { return key.id == id; });
}

ServiceError notFound()
{
    return ServiceError::http(404, u"NotFoundException"_s, u"API key not found."_s);
}

QJsonObject answer(const EmulatorOptions::ApiKey &key, const EventsApi &api)
{
    return {{u"apiKey"_s, ApiKeys::toJson(key, api.realm().now())}};
}

} // namespace

Result list(const EventsApi &api, const QByteArray &query)
{
    QJsonArray keys;
    for (const EmulatorOptions::ApiKey &key : api.options().apiKeys)
        keys.append(ApiKeys::toJson(key, api.realm().now()));
    return pageOf(keys, u"apiKeys"_s, query);
}

Result create(EventsApi &api, const QJsonObject &body)
{
    Keys keys = api.options().apiKeys;
    if (keys.size() >= kMostKeys)
        return ServiceError::http(400, u"ApiKeyLimitExceededException"_s,
                                  u"An API has %1 API keys at most."_s.arg(kMostKeys));
    EmulatorOptions::ApiKey key = ApiKeys::make();
    if (const auto problem = ApiKeys::change(&key, body, api.realm().now()))
        return *problem;
    keys.append(key);
    api.setApiKeys(keys);
    return answer(key, api);
}

Result update(EventsApi &api, const QString &id, const QJsonObject &body)
{
    Keys keys = api.options().apiKeys;
    const auto key = find(keys, id);
    if (key == keys.end())
        return notFound();
    if (const auto problem = ApiKeys::change(&*key, body, api.realm().now()))
        return *problem;
    api.setApiKeys(keys);
    return answer(*key, api);
}

Result remove(EventsApi &api, const QString &id)
{
    Keys keys = api.options().apiKeys;
    const auto key = find(keys, id);
    if (key == keys.end())
        return notFound();
    keys.erase(key);
    api.setApiKeys(keys);
    return QJsonObject();
}

} // namespace AppSync::Emulation::KeyCalls
