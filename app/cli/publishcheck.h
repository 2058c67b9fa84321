// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/messages.h"
#include "app/core/credentials.h"

#include <AppSync/Endpoint>

#include <QStringList>

//! What can be said of a publish before it is sent.
namespace Syncscope::Cli {

//! Sizes between the two readings of AWS's "KB", which the service may or may not refuse.
[[nodiscard]] QStringList sizeWarnings(const QList<QByteArray> &events);

//! The request of a publish with its credentials masked.
[[nodiscard]] Messages::Request describeRequest(const AppSync::Endpoint &endpoint,
                                                const std::optional<Credential> &credential,
                                                bool http, const QString &channel,
                                                const QList<QByteArray> &events);

} // namespace Syncscope::Cli
