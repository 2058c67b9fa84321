// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "apis_p.h"

#include <QJsonObject>

#include <variant>

//! `/v1/apis/ID/apikeys` of the control plane.
namespace AppSync::Emulation::KeyCalls {

using Result = std::variant<QJsonObject, ServiceError>;

[[nodiscard]] Result list(const EventsApi &api, const QByteArray &query);
[[nodiscard]] Result create(EventsApi &api, const QJsonObject &body);
[[nodiscard]] Result update(EventsApi &api, const QString &id, const QJsonObject &body);
[[nodiscard]] Result remove(EventsApi &api, const QString &id);

} // namespace AppSync::Emulation::KeyCalls
