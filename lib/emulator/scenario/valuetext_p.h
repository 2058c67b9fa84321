// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>
#include <QStringList>

//! Values of a scenario by name, and texts with such names in braces.
namespace AppSync::Emulation::ValueText {

//! What \a path (`order.items.0`) finds in \a values: members by name, elements by number; undefined if
//! there is none.
[[nodiscard]] QJsonValue find(const QJsonObject &values, QStringView path);
//! The paths in braces in \a text. Braces around anything else are text.
[[nodiscard]] QStringList paths(const QString &text);
//! \a text with each path in braces replaced by its value, and with nothing where there is none. Cut where
//! it becomes longer than any sensible text, since answers may quote answers.
[[nodiscard]] QString filled(const QString &text, const QJsonObject &values);
//! A text without its quotes, anything else as JSON.
[[nodiscard]] QString plain(const QJsonValue &value);
//! \a value as JSON text.
[[nodiscard]] QString json(const QJsonValue &value);

} // namespace AppSync::Emulation::ValueText
