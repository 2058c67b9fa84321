// SPDX-License-Identifier: Apache-2.0
#include "handlercontext_p.h"

#include "../events/channelname_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

using Mode = EmulatorOptions::AuthMode;

//! The first of two claims that is there, or null.
QJsonValue claim(const QJsonObject &claims, QLatin1StringView name, QLatin1StringView other)
{
    if (claims.contains(name))
        return claims.value(name);
    return claims.contains(other) ? claims.value(other) : QJsonValue();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue cognitoAuthType(const CognitoIdentity &identity)
{
    if (identity.poolId.isEmpty())
        return {};
    return identity.provider.isEmpty() ? u"unauthenticated"_s : u"authenticated"_s;
}

//! By name; what came several times is an array, and cookies are hidden.
QJsonObject headersOf(const Credentials &credentials)
{
    QJsonObject headers;
    for (const auto &[rawName, rawValue] : credentials.headers) {
        const QString name = QString::fromUtf8(rawName).toLower();
        const QString value = QString::fromUtf8(rawValue);
        if (name == "cookie"_L1)
            continue;
        const QJsonValue before = headers.value(name);
        if (before.isUndefined()) {
            headers.insert(name, value);
        } else {
            QJsonArray values = before.isArray() ? before.toArray() : QJsonArray{before};
            values.append(value);
            headers.insert(name, values);
        }
    }
    return headers;
}

} // namespace

QString HandlerContext::nameSpace() const
{
    return ChannelName::namespaceOf(channel);
}

QString HandlerContext::authType() const
{
    switch (caller.mode) {
    case Mode::ApiKey:
        return u"API Key Authorization"_s;
    case Mode::Iam:
        return u"IAM Authorization"_s;
    case Mode::UserPool:
        return u"User Pool Authorization"_s;
    case Mode::Oidc:
        return u"Open ID Connect Authorization"_s;
    case Mode::Lambda:
        return u"Lambda Authorization"_s;
    }
    Q_UNREACHABLE();
}

QJsonObject HandlerContext::toJson() const
{
    const QString path = u'/' + channel;
    const QJsonObject name{{u"name"_s, nameSpace()}};
    const QString operation = isPublish ? u"PUBLISH"_s : u"SUBSCRIBE"_s;
    QJsonObject context{
        {u"info"_s,
         QJsonObject{
             {u"channel"_s,
              QJsonObject{{u"path"_s, path},
                          {u"segments"_s, QJsonArray::fromStringList(channel.split(u'/'))}}},
             {u"channelNamespace"_s, name},
             {u"operation"_s, operation}}},
        {u"channel"_s, path},
        {u"channelNamespace"_s, name},
        {u"operation"_s, operation},
        {u"request"_s,
         QJsonObject{{u"headers"_s, headersOf(credentials)}, {u"domainName"_s, QJsonValue()}}}};
    if (const QJsonValue who = identity(); !who.isNull())
        context.insert(u"identity"_s, who);
    return context;
}

QJsonValue HandlerContext::identity() const
{
    const QJsonObject &claims = caller.claims;
    const QJsonArray sourceIp =
        credentials.sourceIp.isEmpty() ? QJsonArray() : QJsonArray{credentials.sourceIp};
    const CognitoIdentity &cognito = caller.cognito;
    switch (caller.mode) {
    case Mode::ApiKey:
        return {};
    case Mode::Lambda:
        return QJsonObject{{u"handlerContext"_s, caller.handlerContext},
                           {u"resolverContext"_s, caller.handlerContext}};
    case Mode::Iam:
        return QJsonObject{{u"accountId"_s, caller.arn.section(u':', 4, 4)},
                           {u"cognitoIdentityPoolId"_s, textOrNull(cognito.poolId)},
                           {u"cognitoIdentityId"_s, textOrNull(cognito.id)},
                           {u"cognitoIdentityAuthType"_s, cognitoAuthType(cognito)},
                           {u"cognitoIdentityAuthProvider"_s, textOrNull(cognito.provider)},
                           {u"sourceIp"_s, sourceIp},
                           {u"username"_s, caller.userId},
                           {u"userArn"_s, caller.arn}};
    case Mode::Oidc:
        return QJsonObject{{u"sub"_s, claims.value("sub"_L1)},
                           {u"issuer"_s, claims.value("iss"_L1)},
                           {u"claims"_s, claims},
                           {u"sourceIp"_s, sourceIp}};
    case Mode::UserPool:
        return QJsonObject{{u"sub"_s, claims.value("sub"_L1)},
                           {u"issuer"_s, claims.value("iss"_L1)},
                           {u"username"_s, claim(claims, "cognito:username"_L1, "username"_L1)},
                           {u"groups"_s, claim(claims, "cognito:groups"_L1, "cognito:groups"_L1)},
                           {u"claims"_s, claims},
                           {u"sourceIp"_s, sourceIp},
                           {u"defaultAuthStrategy"_s, u"ALLOW"_s}};
    }
    Q_UNREACHABLE();
}

} // namespace AppSync::Emulation
