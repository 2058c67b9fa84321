// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QStringList>

//! Texts as the source of languages, so that each reads the same bytes again. \a text is UTF-8, in which lone
//! surrogates may stand as three bytes. What cannot be seen is escaped.
namespace Syncscope::SnippetLiteral {

//! One word of a POSIX shell. It has no NUL: no argument of a program can.
[[nodiscard]] QByteArray shell(const QByteArray &text);
//! The format for printf of a POSIX shell that writes \a text; it may have NULs.
[[nodiscard]] QByteArray shellFormat(const QByteArray &text);
[[nodiscard]] QByteArray javaScript(const QByteArray &text);
[[nodiscard]] QByteArray python(const QByteArray &text);
[[nodiscard]] QByteArray go(const QByteArray &text);
//! Of chars, with its NULs: for QByteArray's suffix.
[[nodiscard]] QByteArray cpp(const QByteArray &text);

//! What JSON.stringify() changes of a text that it reads back.
struct JavaScriptValue {
    QByteArray
        source; //!< an expression; numbers of which JavaScript loses something are JSON.rawJSON()
    bool hasRawNumbers = false;
    bool losesSpace = false; //!< white space between tokens
    bool changesEscapes = false;
    bool changesKeys = false; //!< duplicates, or an order that JavaScript does not keep
};

//! Valid JSON as an expression of JavaScript.
[[nodiscard]] JavaScriptValue javaScriptValue(const QByteArray &json);

} // namespace Syncscope::SnippetLiteral
