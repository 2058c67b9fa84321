// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

//! JSON string literals, without a document around them.
namespace AppSync::JsonString {

//! The text that \a literal (without its quotes) stands for. Broken escapes are kept as they are.
QString unescaped(QStringView literal);
//! The same as UTF-8, in one pass where no escape needs more than one byte.
QByteArray unescapedUtf8(QStringView literal);
//! Appends \a utf8 as a literal with quotes. Only what JSON demands is escaped.
void append(QByteArray &out, QByteArrayView utf8);

} // namespace AppSync::JsonString
