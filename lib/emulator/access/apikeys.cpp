// SPDX-License-Identifier: Apache-2.0
#include "apikeys_p.h"

#include "../randomtext_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::ApiKeys {

namespace {

constexpr qint64 kHour = 3600;
constexpr qint64 kDay = 24 * kHour;

} // namespace

EmulatorOptions::ApiKey make()
{
    return {u"da2-"_s + RandomText::letters(26, RandomText::kApiKey)};
}

std::optional<ServiceError> change(EmulatorOptions::ApiKey *key, const QJsonObject &body,
                                   const QDateTime &now)
{
    const QJsonValue expires = body.value("expires"_L1);
    const QJsonValue description = body.value("description"_L1);
    if (!description.isUndefined() && !description.isNull() && !description.isString())
        return ServiceError::http(400, u"BadRequestException"_s, u"description must be a text."_s);
    qint64 end = now.toSecsSinceEpoch() + 7 * kDay;
    if (!expires.isUndefined() && !expires.isNull()) {
        end = expires.toInteger(0);
        const qint64 left = end - now.toSecsSinceEpoch();
        if (left < kDay - kHour || left > 365 * kDay + kHour) // the hour is what is rounded off
            return ServiceError::http(400, u"ApiKeyValidityOutOfBoundsException"_s,
                                      u"API key must be valid for 1 to 365 days."_s);
    } else if (key->expires.isValid()) {
        end = key->expires.toSecsSinceEpoch();
    }
    key->expires = QDateTime::fromSecsSinceEpoch(end - end % kHour, Qt::UTC);
    if (description.isString())
        key->description = description.toString();
    return std::nullopt;
}

QJsonObject toJson(const EmulatorOptions::ApiKey &key, const QDateTime &now)
{
    const qint64 end = key.expires.isValid() ? key.expires.toSecsSinceEpoch()
                                             : now.toSecsSinceEpoch() + 365 * kDay;
    QJsonObject object{{u"id"_s, key.id}, {u"expires"_s, end}, {u"deletes"_s, end + 60 * kDay}};
    if (!key.description.isEmpty())
        object.insert(u"description"_s, key.description);
    return object;
}

} // namespace AppSync::Emulation::ApiKeys
