// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace Syncscope {

//! Where the large objects and arrays of a JSON text end, and how much is in them: what is large is walked through once,
//! and not again for each level that is unfolded.
class JsonIndex {
public:
    struct Branch {
        qsizetype begin = 0;
        qsizetype end = 0;
        qsizetype count = 0; //!< members or elements
    };

    JsonIndex() = default;
    //! \a json must be valid. It takes a time that depends on the length only, however deep it is.
    static JsonIndex of(QByteArrayView json);

    //! The one that begins there; nothing where it is small.
    [[nodiscard]] std::optional<Branch> at(qsizetype begin) const;

    static constexpr qsizetype kLarge = 32'768; //!< bytes from which on a branch is worth it
    static constexpr std::size_t kMost = 100'000;

private:
    std::vector<Branch> m_branches; //!< by their beginning
};

//! Goes from member to member of an object or array that is part of \a json, from any of them on. Stays within it
//! whatever it is.
class JsonMembers {
public:
    //! From \a at on, which is behind the opening bracket or a comma.
    JsonMembers(QByteArrayView json, const JsonIndex &index, qsizetype at, bool isObject)
        : m_json(json), m_index(index), m_at(at), m_isObject(isObject)
    {
    }

    bool next(); //!< false: there is none
    [[nodiscard]] QByteArrayView name() const
    {
        return m_name;
    } //!< with its quotes; null in arrays
    [[nodiscard]] QByteArrayView value() const { return m_value; }
    [[nodiscard]] qsizetype at() const { return m_at; } //!< where the next one is looked for

private:
    void skipSpace();

    QByteArrayView m_json;
    const JsonIndex &m_index;
    qsizetype m_at;
    const bool m_isObject;
    QByteArrayView m_name;
    QByteArrayView m_value;
};

} // namespace Syncscope
