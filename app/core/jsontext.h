// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

//! JSON as text. A payload's bytes must survive, so that these functions move between its tokens and never
//! rewrite one. All but isValid(), quoted() and lineAt() expect valid JSON.
namespace Syncscope::JsonText {

//! True if \a text is one JSON value by RFC 8259, to the letter: what is put into a line of output must
//! not break it for a strict reader.
[[nodiscard]] bool isValid(const QByteArray &text);

//! \a text as a JSON string literal with its quotes, in UTF-8; lone surrogates become \uXXXX.
[[nodiscard]] QByteArray quoted(const QString &text);

//! Each line break becomes one space: valid JSON has them between tokens only.
[[nodiscard]] QByteArray singleLine(QByteArray json);

//! How indented() dresses up tokens on a colour terminal.
struct Palette {
    QByteArray key;
    QByteArray string;
    QByteArray number;
    QByteArray literal;
    QByteArray reset;
};

//! One member or element a line, two spaces a level; short arrays of numbers are not folded. Tokens keep
//! their bytes, white space between them does not.
[[nodiscard]] QByteArray indented(const QByteArray &json, const Palette &palette = {});
//! The same on one line: `{"a": 1, "b": [2, 3]}`.
[[nodiscard]] QByteArray compact(const QByteArray &json, const Palette &palette = {});

//! Where a member or element stands in a text, in bytes.
struct Place {
    qsizetype name = 0; //!< of the member's name; of the value where it has none
    qsizetype begin = 0; //!< of the value
    qsizetype end = 0;
};

//! Follows \a path (member names, or indexes of arrays) from the top. Of duplicate names the last counts.
[[nodiscard]] std::optional<Place> find(const QByteArray &json, const QStringList &path);

//! One member of an object, or one element of an array, as it is written.
struct Member {
    QString name; //!< empty in an array
    QByteArray value;
};

//! The members of the object, or elements of the array, that \a json is; in their order.
[[nodiscard]] QList<Member> members(const QByteArray &json);
//! The object of \a members, without white space between them.
[[nodiscard]] QByteArray object(const QList<Member> &members);
[[nodiscard]] QByteArray array(const QList<Member> &elements);

//! The line of \a offset, counted from 1.
[[nodiscard]] int lineAt(const QByteArray &text, qsizetype offset);

//! The text of a string literal; of any other value its JSON text.
[[nodiscard]] QString plain(const QByteArray &value);

} // namespace Syncscope::JsonText
