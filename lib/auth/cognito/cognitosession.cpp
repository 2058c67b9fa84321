// SPDX-License-Identifier: Apache-2.0
#include "cognitosession_p.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr int kVersion = 1;

} // namespace

QByteArray CognitoSession::toJson() const
{
    QJsonObject json{{u"version"_s, kVersion},
                     {u"userPoolId"_s, userPoolId},
                     {u"clientId"_s, clientId},
                     {u"loginName"_s, loginName},
                     {u"userName"_s, userName},
                     {u"accessToken"_s, accessToken},
                     {u"idToken"_s, idToken},
                     {u"refreshToken"_s, refreshToken},
                     {u"lifetime"_s, qint64(lifetime.count())}};
    if (expiresAt.isValid())
        json.insert(u"expiresAt"_s, expiresAt.toString(Qt::ISODateWithMs));
    if (!device.key.isEmpty()) {
        json.insert(u"device"_s,
                    QJsonObject{{u"key"_s, device.key},
                                {u"groupKey"_s, device.groupKey},
                                {u"password"_s, device.password}});
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

std::optional<CognitoSession> CognitoSession::fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value(u"version").toInt() != kVersion)
        return {};
    const auto text = [&object](QStringView name) { return object.value(name).toString(); };
    CognitoSession session;
    session.userPoolId = text(u"userPoolId");
    session.clientId = text(u"clientId");
    session.loginName = text(u"loginName");
    session.userName = text(u"userName");
    session.accessToken = text(u"accessToken");
    session.idToken = text(u"idToken");
    session.refreshToken = text(u"refreshToken");
    session.expiresAt = QDateTime::fromString(text(u"expiresAt"), Qt::ISODateWithMs).toUTC();
    session.lifetime = lifetimeOf(object.value(u"lifetime").toInteger());
    const QJsonObject device = object.value(u"device").toObject();
    session.device = {device.value(u"key").toString(), device.value(u"groupKey").toString(),
                      device.value(u"password").toString()};
    return session;
}

void CognitoSession::forgetTokens()
{
    accessToken.clear();
    idToken.clear();
    refreshToken.clear();
    expiresAt = {};
    lifetime = {};
}

} // namespace AppSync
