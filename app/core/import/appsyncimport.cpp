// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/appsyncimport.h"

#include <QDateTime>
#include <QJsonArray>

#include <array>

using namespace Qt::StringLiterals;

namespace Syncscope::AppSyncImport {

namespace {

constexpr qint64 kYear10000 = 253'402'300'800; // in seconds since 1970

QString text(const QJsonObject &object, QLatin1StringView key)
{
    return object.value(key).toString();
}

//! The region of `arn:aws:appsync:REGION:…`.
QString regionOf(const QString &arn)
{
    return arn.startsWith(u"arn:") ? arn.section(u':', 3, 3) : QString();
}

QString keyHint(const QJsonObject &api)
{
    return u"The API key, which this output does not have: `aws appsync list-api-keys --api-id %1` does."_s
        .arg(text(api, "apiId"_L1).left(60));
}

QList<AuthMode> modes(const QJsonValue &value)
{
    QList<AuthMode> result;
    for (const QJsonValue &each : value.toArray()) {
        if (const auto mode = authModeOfService(text(each.toObject(), "authType"_L1)))
            result.append(*mode);
    }
    return result;
}

QString names(const QList<AuthMode> &modes)
{
    QStringList result;
    for (const AuthMode mode : modes)
        result.append(toText(mode));
    return result.join(u", ");
}

//! The configurations of user pool and OIDC, however the service calls them.
void readProvider(const QJsonObject &provider, QLatin1StringView userPool, Draft *draft)
{
    Profile &p = draft->profile;
    const QJsonObject pool = provider.value(userPool).toObject();
    draft->setUserPool(text(pool, "userPoolId"_L1));
    const QJsonObject oidc = provider.value("openIDConnectConfig"_L1).toObject();
    if (p.issuer.isEmpty())
        p.issuer = text(oidc, "issuer"_L1);
    // Of the OIDC client, which may be a regular expression over several.
    const QString client = text(oidc, "clientId"_L1);
    if (p.clientId.isEmpty() && !client.contains(u'|') && !client.contains(u'*'))
        p.clientId = client;
}

//! One mode for all three operations if there is such, else the first of each.
void chooseModes(const std::array<QList<AuthMode>, 3> &allowed, Draft *draft)
{
    Profile &p = draft->profile;
    for (const AuthMode mode : allowed[0]) {
        if (allowed[1].contains(mode) && allowed[2].contains(mode)) {
            p.auth = mode;
            return;
        }
    }
    const auto first = [](const QList<AuthMode> &list) {
        return list.isEmpty() ? std::nullopt : std::optional(list.first());
    };
    p.connectAuth = first(allowed[0]);
    p.publishAuth = first(allowed[1]);
    p.subscribeAuth = first(allowed[2]);
}

Draft readEventApi(const QJsonObject &api)
{
    Draft draft(text(api, "name"_L1));
    const QJsonObject dns = api.value("dns"_L1).toObject();
    const QString region = regionOf(text(api, "apiArn"_L1));
    draft.profile.region = region;
    draft.events.setUrl(text(dns, "HTTP"_L1), region);
    draft.events.setRealtime(text(dns, "REALTIME"_L1));
    const QJsonObject config = api.value("eventConfig"_L1).toObject();
    const std::array<QList<AuthMode>, 3> allowed{
        modes(config.value("connectionAuthModes"_L1)),
        modes(config.value("defaultPublishAuthModes"_L1)),
        modes(config.value("defaultSubscribeAuthModes"_L1)),
    };
    chooseModes(allowed, &draft);
    const char *const operations[] = {"connect", "publish", "subscribe"};
    for (size_t i = 0; i < allowed.size(); ++i) {
        if (allowed.at(i).size() > 1) {
            draft.note(u"The API takes to %1: %2."_s.arg(QLatin1StringView(operations[i]),
                                                         names(allowed.at(i))));
        }
    }
    for (const QJsonValue &each : config.value("authProviders"_L1).toArray())
        readProvider(each.toObject(), "cognitoConfig"_L1, &draft);
    draft.setKeyHint(keyHint(api));
    return draft;
}

Draft readGraphqlApi(const QJsonObject &api)
{
    Draft draft(text(api, "name"_L1));
    const QJsonObject uris = api.value("uris"_L1).toObject();
    const QString region = regionOf(text(api, "arn"_L1));
    draft.profile.region = region;
    draft.graphql.setUrl(text(uris, "GRAPHQL"_L1), region);
    draft.graphql.setRealtime(text(uris, "REALTIME"_L1));
    draft.graphql.auth = authModeOfService(text(api, "authenticationType"_L1));
    readProvider(api, "userPoolConfig"_L1, &draft);
    QList<AuthMode> more;
    for (const QJsonValue &each : api.value("additionalAuthenticationProviders"_L1).toArray()) {
        const QJsonObject provider = each.toObject();
        readProvider(provider, "userPoolConfig"_L1, &draft);
        const auto mode = authModeOfService(text(provider, "authenticationType"_L1));
        if (mode && !more.contains(*mode))
            more.append(*mode);
    }
    if (!more.isEmpty())
        draft.note(u"The API also takes: %1."_s.arg(names(more)));
    if (text(api, "visibility"_L1) == u"PRIVATE")
        draft.note(u"The API is private: it is reached from within its VPC only."_s);
    draft.setKeyHint(keyHint(api));
    return draft;
}

//! The key that lives longest.
Draft readKeys(const QJsonArray &keys)
{
    Draft draft(u"appsync"_s);
    QJsonObject best;
    for (const QJsonValue &each : keys) {
        const QJsonObject key = each.toObject();
        if (best.isEmpty()
            || key.value("expires"_L1).toDouble() > best.value("expires"_L1).toDouble())
            best = key;
    }
    draft.setSecret(SecretRole::ApiKey, text(best, "id"_L1));
    const qint64 expires = best.value("expires"_L1).toInteger();
    if (expires > 0 && expires < kYear10000)
        draft.profile.apiKeyExpiresAt = QDateTime::fromSecsSinceEpoch(expires).toUTC();
    if (keys.size() > 1)
        draft.note(u"Of %1 API keys, the one that is valid longest was taken."_s.arg(keys.size()));
    return draft;
}

} // namespace

QList<Draft> read(const QJsonObject &object)
{
    QList<Draft> drafts;
    const auto isEventApi = [](const QJsonObject &api) {
        return api.contains("dns"_L1)
            && (api.contains("apiArn"_L1) || api.contains("eventConfig"_L1));
    };
    QJsonArray apis = object.value("apis"_L1).toArray();
    apis.append(object.value("api"_L1));
    for (const QJsonValue &each : std::as_const(apis)) {
        if (isEventApi(each.toObject()))
            drafts.append(readEventApi(each.toObject()));
    }
    QJsonArray graphqlApis = object.value("graphqlApis"_L1).toArray();
    graphqlApis.append(object.value("graphqlApi"_L1));
    for (const QJsonValue &each : std::as_const(graphqlApis)) {
        if (each.toObject().contains("uris"_L1))
            drafts.append(readGraphqlApi(each.toObject()));
    }
    QJsonArray keys = object.value("apiKeys"_L1).toArray();
    if (object.value("apiKey"_L1).isObject())
        keys.append(object.value("apiKey"_L1));
    if (drafts.isEmpty() && !keys.isEmpty())
        drafts.append(readKeys(keys));
    return drafts;
}

} // namespace Syncscope::AppSyncImport
