// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

//! JSON as text. QJsonDocument is no judge of an event: it refuses a bare value, accepts raw control
//! characters in strings and would sort and round what it reads.
namespace AppSync::Emulation::JsonText {

//! Whether \a text is exactly one JSON value of any kind (RFC 8259).
[[nodiscard]] bool isValue(QStringView text);
//! The length of \a text in UTF-8.
[[nodiscard]] qsizetype utf8Size(QStringView text);
//! Appends \a text as a JSON string with quotes. A lone surrogate is written as an escape, since UTF-8
//! has no room for it.
void appendString(QString &out, QStringView text);

} // namespace AppSync::Emulation::JsonText
