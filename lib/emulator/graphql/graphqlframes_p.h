// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../serviceerror_p.h"

#include <QList>

#include <chrono>

namespace AppSync {
class FaultPlan;
}

//! The words of GraphQL's WebSocket. Every server frame is made here.
namespace AppSync::Emulation::GraphQlFrames {

[[nodiscard]] QString connectionAck(std::chrono::milliseconds timeout);
//! `start_ack` and `complete`.
[[nodiscard]] QString answer(QStringView type, const QString &id);
//! `connection_error` and `error`; an \a id of null is left out, and so is what an error does not have.
[[nodiscard]] QString failure(QStringView type, const QString &id,
                              const QList<ServiceError> &errors, const FaultPlan &forms);
//! A `data` frame up to and after the id of the subscription.
[[nodiscard]] QByteArray dataHead(const QString &id);
[[nodiscard]] QByteArray dataTail(const QByteArray &payload);

} // namespace AppSync::Emulation::GraphQlFrames
