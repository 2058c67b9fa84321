// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

//! Where something stands in a JSON text, for messages about it.
namespace AppSync::Emulation::JsonPlace {

//! The offset of the name of the member that \a path leads to, from the top of valid \a json: names, and
//! indexes of arrays. An element has no name: that of its value. As far as the path exists.
[[nodiscard]] qsizetype find(const QByteArray &json, const QStringList &path);
//! The line of \a offset, from 1.
[[nodiscard]] int lineOf(const QByteArray &json, qsizetype offset);

} // namespace AppSync::Emulation::JsonPlace
