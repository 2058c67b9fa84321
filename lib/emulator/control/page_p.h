// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../serviceerror_p.h"

#include <QJsonArray>
#include <QJsonObject>

#include <variant>

namespace AppSync::Emulation {

//! One page of \a items under \a member, as `maxResults` (25 at most) and `nextToken` of \a query ask for it.
[[nodiscard]] std::variant<QJsonObject, ServiceError>
pageOf(const QJsonArray &items, const QString &member, const QByteArray &query);

} // namespace AppSync::Emulation
