// SPDX-License-Identifier: Apache-2.0
#include "accountconfig_p.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::AccountConfig {

namespace {

constexpr qint64 kYearSeconds = qint64(366) * 24 * 3600;
constexpr qint64 kKeySetBytes = 512 * 1024;

using Options = EmulatorOptions;

QList<Options::Grant> grants(ConfigObject &object, const QString &name)
{
    QList<Options::Grant> result;
    object.objects(name, [&](ConfigObject &one) {
        Options::Grant grant;
        if (!one.has(u"actions"_s))
            one.fail(u"actions"_s, u"\"actions\" are needed, as appsync:EventPublish"_s);
        one.read(u"actions"_s, &grant.actions);
        one.read(u"resources"_s, &grant.resources);
        result.append(grant);
    });
    return result;
}

Options::User user(ConfigObject &object)
{
    using Status = Options::User::Status;
    Options::User user;
    object.read(u"username"_s, &user.username, true);
    object.readSecret(u"password"_s, &user.password, true);
    object.read<Status>(u"status"_s,
                        {{u"CONFIRMED"_s, Status::Confirmed},
                         {u"FORCE_CHANGE_PASSWORD"_s, Status::ForceChangePassword},
                         {u"UNCONFIRMED"_s, Status::Unconfirmed},
                         {u"RESET_REQUIRED"_s, Status::ResetRequired},
                         {u"DISABLED"_s, Status::Disabled}},
                        &user.status);
    const QJsonValue attributes = object.value(u"attributes"_s);
    const QJsonObject members = attributes.toObject();
    for (auto it = members.begin(); it != members.end(); ++it)
        user.attributes.insert(it.key(), it.value().toString());
    const bool isText = std::all_of(members.begin(), members.end(),
                                    [](const QJsonValue &value) { return value.isString(); });
    if (!attributes.isUndefined() && (!attributes.isObject() || !isText))
        object.fail(u"attributes"_s, u"\"attributes\" must be an object of strings"_s);
    object.read(u"groups"_s, &user.groups);
    object.readSecret(u"totpSecret"_s, &user.totpSecret);
    object.read(u"smsMfa"_s, &user.hasSmsMfa);
    object.read(u"emailMfa"_s, &user.hasEmailMfa);
    object.read<QString>(u"preferredMfa"_s,
                         {{u"SOFTWARE_TOKEN_MFA"_s, u"SOFTWARE_TOKEN_MFA"_s},
                          {u"SMS_MFA"_s, u"SMS_MFA"_s},
                          {u"EMAIL_OTP"_s, u"EMAIL_OTP"_s}},
                         &user.preferredMfa);
    return user;
}

Options::PoolClient poolClient(ConfigObject &object)
{
    Options::PoolClient client;
    object.read(u"id"_s, &client.id, true);
    object.readSecret(u"secret"_s, &client.secret);
    object.read(u"flows"_s, &client.flows);
    object.read(u"rotatesRefreshTokens"_s, &client.rotatesRefreshTokens);
    object.read(u"rotationGraceSeconds"_s, 0, 60, &client.rotationGrace);
    object.read(u"tokenLifetimeSeconds"_s, 1, kYearSeconds, &client.tokenLifetime);
    object.read(u"refreshLifetimeSeconds"_s, 1, 10 * kYearSeconds, &client.refreshLifetime);
    object.read(u"sessionLifetimeSeconds"_s, 1, 900, &client.sessionLifetime);
    return client;
}

Options::IssuerClient issuerClient(ConfigObject &object)
{
    Options::IssuerClient client;
    object.read(u"id"_s, &client.id, true);
    object.readSecret(u"secret"_s, &client.secret);
    const QJsonValue claims = object.value(u"claims"_s);
    client.claims = claims.toObject();
    if (!claims.isUndefined() && !claims.isObject())
        object.fail(u"claims"_s, u"\"claims\" must be an object"_s);
    object.read(u"lifetimeSeconds"_s, 1, kYearSeconds, &client.lifetime);
    return client;
}

QByteArray keySetOfFile(ConfigObject &object)
{
    QString path;
    object.readPath(u"jwksFile"_s, &path);
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    return file.read(kKeySetBytes);
}

} // namespace

void readIdentities(ConfigObject &emulator, Options *options)
{
    emulator.objects(u"identities"_s, [&](ConfigObject &object) {
        Options::Identity identity;
        object.read(u"name"_s, &identity.name, true);
        object.read(u"accessKeyId"_s, &identity.accessKeyId, true);
        object.readSecret(u"secretAccessKey"_s, &identity.secretAccessKey, true);
        object.readSecret(u"sessionToken"_s, &identity.sessionToken);
        identity.allow = grants(object, u"allow"_s);
        identity.deny = grants(object, u"deny"_s);
        object.read(u"mfaSerial"_s, &identity.mfaSerial);
        object.readSecret(u"mfaSecret"_s, &identity.mfaSecret);
        options->identities.append(identity);
    });
}

void readRoles(ConfigObject &emulator, Options *options)
{
    emulator.objects(u"roles"_s, [&](ConfigObject &object) {
        Options::Role role;
        object.read(u"name"_s, &role.name, true);
        role.allow = grants(object, u"allow"_s);
        role.deny = grants(object, u"deny"_s);
        object.read(u"externalId"_s, &role.externalId);
        object.read(u"needsMfa"_s, &role.needsMfa);
        object.read(u"longestSessionSeconds"_s, 900, 43'200, &role.longestSession);
        options->roles.append(role);
    });
}

void readUserPool(ConfigObject &emulator, Options *options)
{
    using Pool = Options::UserPool;
    emulator.object(u"userPool"_s, [&](ConfigObject &object) {
        Pool &pool = options->userPool;
        object.read(u"id"_s, &pool.id);
        object.objects(u"clients"_s,
                       [&](ConfigObject &one) { pool.clients.append(poolClient(one)); });
        object.objects(u"users"_s, [&](ConfigObject &one) { pool.users.append(user(one)); });
        object.read<Pool::Mfa>(u"mfa"_s,
                               {{u"OFF"_s, Pool::Mfa::Off},
                                {u"OPTIONAL"_s, Pool::Mfa::Optional},
                                {u"ON"_s, Pool::Mfa::On}},
                               &pool.mfa);
        object.read<Pool::Devices>(u"devices"_s,
                                   {{u"OFF"_s, Pool::Devices::Off},
                                    {u"OPT_IN"_s, Pool::Devices::OptIn},
                                    {u"ALWAYS"_s, Pool::Devices::Always}},
                                   &pool.devices);
        object.read(u"devicesSkipMfa"_s, &pool.devicesSkipMfa);
        object.read(u"requiredAttributes"_s, &pool.requiredAttributes);
        object.read(u"customQuestion"_s, &pool.customQuestion);
        object.readSecret(u"customAnswer"_s, &pool.customAnswer);
    });
}

void readIdentityPool(ConfigObject &emulator, Options *options)
{
    emulator.object(u"identityPool"_s, [&](ConfigObject &object) {
        Options::IdentityPool &pool = options->identityPool;
        object.read(u"id"_s, &pool.id);
        object.read(u"allowsGuests"_s, &pool.allowsGuests);
        object.read(u"guestRole"_s, &pool.guestRole);
        object.read(u"userRole"_s, &pool.userRole);
    });
}

void readIssuers(ConfigObject &emulator, Options *options)
{
    emulator.objects(u"issuers"_s, [&](ConfigObject &object) {
        Options::Issuer issuer;
        object.read(u"name"_s, &issuer.name, true);
        object.read(u"issuer"_s, &issuer.issuer, true);
        object.objects(u"clients"_s,
                       [&](ConfigObject &one) { issuer.clients.append(issuerClient(one)); });
        options->issuers.append(issuer);
    });
}

QMap<QString, IssuerKeys> readTokenProviders(ConfigObject &emulator)
{
    QMap<QString, IssuerKeys> result;
    emulator.objects(u"tokenProviders"_s, [&](ConfigObject &object) {
        QString issuer;
        IssuerKeys keys;
        QString url;
        object.read(u"issuer"_s, &issuer, true);
        if (result.contains(issuer))
            object.fail(u"issuer"_s, u"the issuer %1 is there twice"_s.arg(issuer));
        const QJsonValue inlined = object.value(u"jwks"_s);
        keys.keys = inlined.isObject()
            ? QJsonDocument(inlined.toObject()).toJson(QJsonDocument::Compact)
            : keySetOfFile(object);
        object.read(u"jwksUrl"_s, &url);
        keys.keysUrl = QUrl(url);
        const int ways = int(object.has(u"jwks"_s)) + int(object.has(u"jwksFile"_s))
            + int(object.has(u"jwksUrl"_s));
        if (ways != 1)
            object.fail(u"issuer"_s, u"one of \"jwks\", \"jwksFile\" and \"jwksUrl\" is needed"_s);
        else if (!url.isEmpty() && !url.startsWith(u"http://") && !url.startsWith(u"https://"))
            object.fail(u"jwksUrl"_s, u"\"jwksUrl\" must begin with http:// or https://"_s);
        else if (url.isEmpty() && !QJsonDocument::fromJson(keys.keys).object().contains(u"keys"_s))
            object.fail(object.has(u"jwks"_s) ? u"jwks"_s : u"jwksFile"_s,
                        u"a JSON Web Key Set is expected: {\"keys\": […]}"_s);
        result.insert(issuer, keys);
    });
    return result;
}

} // namespace AppSync::Emulation::AccountConfig
