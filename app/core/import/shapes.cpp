// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/shapes.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Syncscope::Shapes {

namespace {

constexpr qsizetype kLongestValue = 8192;
constexpr int kMostDepth = 100;

bool matches(const QString &text, const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1StringView(pattern)))
        .match(text)
        .hasMatch();
}

constexpr char kRegion[] = "[a-z]{2,}(-[a-z]{2,})+-\\d+";
constexpr char kApiKey[] = "da2-[A-Za-z0-9]{10,60}";
constexpr char kUserPool[] = "[a-z]{2,}(-[a-z]{2,})+-\\d+_[A-Za-z0-9]{1,55}";
constexpr char kUserPoolIssuer[] =
    "https://cognito-idp\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?/[\\w-]+/?";
constexpr char kIdentityPool[] = "[a-z]{2,}(-[a-z]{2,})+-\\d+:[0-9a-f-]{36}";
constexpr char kClientId[] = "[a-z0-9]{20,32}";
constexpr char kClientSecret[] = "[a-z0-9]{40,64}";
constexpr char kDomain[] =
    "(https://)?[a-z0-9-]+\\.auth(-fips)?\\.[a-z0-9-]+\\.amazoncognito\\.com/?";
constexpr char kAppSyncHost[] =
    "((https|wss)://)?\\w+\\.appsync(-realtime)?-api\\.[a-z0-9-]+\\.amazonaws\\.com(\\.cn)?(/.*)?";
constexpr char kAppSyncPath[] =
    "(https?|wss?)://[^/?#]+/(.*/)?(event|graphql)(/realtime)?/?([?].*)?";
constexpr char kArn[] = "arn:aws[a-z-]*:appsync:([a-z0-9-]+):.*";

//! Variables whose names mean one thing everywhere.
bool takeByExactName(const QString &name, const QString &value, Draft *draft)
{
    Profile &p = draft->profile;
    static const QHash<QString, SecretRole> secrets{
        {u"AWS_SECRET_ACCESS_KEY"_s, SecretRole::SecretAccessKey},
        {u"AWS_SESSION_TOKEN"_s, SecretRole::SessionToken},
        {u"SYNCSCOPE_API_KEY"_s, SecretRole::ApiKey},
        {u"SYNCSCOPE_TOKEN"_s, SecretRole::Token},
        {u"SYNCSCOPE_CONNECT_TOKEN"_s, SecretRole::ConnectToken},
        {u"SYNCSCOPE_SUBSCRIBE_TOKEN"_s, SecretRole::SubscribeToken},
        {u"SYNCSCOPE_PUBLISH_TOKEN"_s, SecretRole::PublishToken},
        {u"SYNCSCOPE_PASSWORD"_s, SecretRole::Password},
    };
    const auto secret = secrets.find(name);
    if (secret != secrets.end()) {
        draft->setSecret(*secret, value);
        return true;
    }
    if (name == u"SYNCSCOPE_ENDPOINT")
        draft->setAnyUrl(value);
    else if (name == u"AWS_ACCESS_KEY_ID")
        p.accessKeyId = value;
    else if (name == u"AWS_PROFILE")
        p.awsProfile = value;
    else if (name == u"AWS_ROLE_ARN")
        p.roleArn = value;
    else
        return false;
    return true;
}

void takeUrl(const QString &name, const QString &value, Draft *draft)
{
    QString url = value;
    const bool isHost = !url.contains(u'/');
    const bool isGraphql = isHost ? name.contains(u"graphql") : url.contains(u"/graphql");
    if (isHost && isGraphql)
        url += u"/graphql"_s;
    Draft::Api &api = isGraphql ? draft->graphql : draft->events;
    const bool isRealtime = url.startsWith(u"ws") || url.contains(u".appsync-realtime-api.");
    if (isRealtime && api.isThere())
        api.setRealtime(url);
    else
        api.setUrl(url);
}

void takeApiKey(const QString &name, const QString &value, Draft *draft)
{
    if (name.contains(u"graphql") && draft->graphql.apiKey.isEmpty())
        draft->graphql.apiKey = value;
    else if (name.contains(u"event") && draft->events.apiKey.isEmpty())
        draft->events.apiKey = value;
    else
        draft->setSecret(SecretRole::ApiKey, value);
}

//! Values that look like one thing only.
bool takeByShape(const QString &name, const QString &value, Draft *draft)
{
    Profile &p = draft->profile;
    static const QRegularExpression arn(
        QRegularExpression::anchoredPattern(QLatin1StringView(kArn)));
    const QRegularExpressionMatch ofAppSync = arn.match(value);
    if (ofAppSync.hasMatch() && p.region.isEmpty())
        p.region = ofAppSync.captured(1);
    else if (matches(value, kApiKey))
        takeApiKey(name, value, draft);
    else if (matches(value, kUserPool) || matches(value, kUserPoolIssuer))
        draft->setUserPool(value);
    else if (matches(value, kIdentityPool))
        p.identityPoolId = p.identityPoolId.isEmpty() ? value : p.identityPoolId;
    else if (matches(value, kDomain))
        draft->setDomain(value);
    else if (matches(value, kAppSyncHost) || matches(value, kAppSyncPath))
        takeUrl(name, value, draft);
    else
        return false;
    return true;
}

//! Values that could be many things, where the name says which.
void takeByName(const QString &name, const QString &value, Draft *draft)
{
    Profile &p = draft->profile;
    const bool isClientId = name.contains(u"clientid");
    const bool isOidc = name.contains(u"oidc");
    if (isClientId && p.clientId.isEmpty() && (isOidc || matches(value, kClientId)))
        p.clientId = value;
    else if (name.contains(u"clientsecret") && (isOidc || matches(value, kClientSecret)))
        draft->setSecret(SecretRole::ClientSecret, value);
    else if (name.endsWith(u"issuer") && value.startsWith(u"https://") && p.issuer.isEmpty())
        p.issuer = value;
    else if (name.endsWith(u"region") && p.region.isEmpty() && matches(value, kRegion))
        p.region = value;
    else if (const auto mode = authModeOfService(value); mode && name.contains(u"auth"))
        (name.contains(u"graphql")     ? draft->graphql.auth
             : name.contains(u"event") ? draft->events.auth
                                       : p.auth) = mode;
}

void takeAllBelow(const QString &name, const QJsonValue &value, int depth, Draft *draft)
{
    if (value.isString()) {
        take(name, value.toString(), draft);
    } else if (value.isObject() && depth < kMostDepth) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            takeAllBelow(name + it.key(), it.value(), depth + 1, draft);
    } else if (value.isArray() && depth < kMostDepth) {
        for (const QJsonValue &element : value.toArray())
            takeAllBelow(name, element, depth + 1, draft);
    }
}

} // namespace

void take(const QString &name, const QString &text, Draft *draft)
{
    const QString value = text.trimmed();
    if (isNothing(value) || value.size() > kLongestValue || takeByExactName(name, value, draft))
        return;
    // NEXT_PUBLIC_EVENTS_API_KEY, EventsApiKey and events-api-key are one name to us.
    QString plain = name.toLower().right(200);
    plain.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    if (!takeByShape(plain, value, draft))
        takeByName(plain, value, draft);
}

void takeAll(const QString &name, const QJsonValue &value, Draft *draft)
{
    takeAllBelow(name, value, 0, draft);
}

} // namespace Syncscope::Shapes
