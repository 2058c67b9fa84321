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
//! Where the first quotation mark, backslash or control character stands, or \a end.
const char *firstSpecial(const char *at, const char *end);
//! Appends \a utf8 as a literal with quotes. Only what JSON demands is escaped.
void append(QByteArray &out, QByteArrayView utf8);

} // namespace AppSync::JsonString
