// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <optional>

//! The service's rules for channel names. Names are kept without slashes at either end.
namespace AppSync::Emulation::ChannelName {

//! One to five segments of 1–50 letters, digits and inner dashes; nothing if \a text is none.
[[nodiscard]] std::optional<QString> forPublish(QStringView text);
//! The same; the last segment, but not the first, may be `*`.
[[nodiscard]] std::optional<QString> forSubscribe(QStringView text);
//! A single segment.
[[nodiscard]] bool isNamespace(QStringView text);
//! The first segment of a \a channel, with or without a slash before it.
[[nodiscard]] QString namespaceOf(const QString &channel);

} // namespace AppSync::Emulation::ChannelName
