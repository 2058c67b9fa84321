// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <functional>
#include <initializer_list>

namespace Syncscope {

//! A way into a JSON value: names of members, indexes of arrays, and `[*]` for every element. Everything here
//! expects valid JSON, reads it where it is, and stays within it whatever it is.
class JsonPath {
public:
    struct Step {
        enum class Kind { Name, Index, Every };

        Kind kind = Kind::Name;
        QByteArray name; //!< UTF-8
        qsizetype index = 0;

        friend bool operator==(const Step &, const Step &) = default;
    };

    QList<Step> steps;

    void append(const QByteArray &name) { steps.append({Step::Kind::Name, name, 0}); }

    //! Shows what is there to \a visit until that is true for one. Of members with the same name the last
    //! counts.
    bool any(QByteArrayView json, const std::function<bool(QByteArrayView)> &visit) const;
    //! What is there first; null if nothing is.
    [[nodiscard]] QByteArrayView first(QByteArrayView json) const;
};

//! The text of a string literal in UTF-8; lone surrogates become the three bytes that UTF-8's scheme gives them.
//! \a places, if there are some, gets for each byte of the text where it begins between the quotes, and the end.
[[nodiscard]] QByteArray jsonStringText(QByteArrayView literal, QList<qsizetype> *places = nullptr);

//! What is at the end of the members \a names, each of the object before; null if nothing is.
[[nodiscard]] QByteArrayView jsonMember(QByteArrayView json,
                                        std::initializer_list<const char *> names);
//! The text of the string there; empty for anything else.
[[nodiscard]] QByteArray jsonMemberText(QByteArrayView json,
                                        std::initializer_list<const char *> names);

//! How many members an object or elements an array has.
[[nodiscard]] qsizetype jsonCount(QByteArrayView container);

//! Shows each member (or element, whose name is null) to \a visit until that is false.
void forEachJsonMember(QByteArrayView container,
                       const std::function<bool(QByteArrayView name, QByteArrayView value)> &visit);

} // namespace Syncscope
