// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/jsontext.h"
#include "app/core/profile.h"

namespace Syncscope {

//! The text of a file of profiles, taken apart into what its members were written as.
class ProfileFile {
public:
    //! Reads \a path, which need not exist. Nothing: \a problem tells file and line.
    static std::optional<ProfileFile> read(const QString &path, Problem *problem);
    //! Replaces the file at \a path as a whole, readable for its owner alone.
    [[nodiscard]] Problem write(const QString &path) const;

    [[nodiscard]] const QList<Profile> &profiles() const { return m_profiles; }
    [[nodiscard]] QString defaultName() const { return m_defaultName; }

    void append(const Profile &profile);
    void replace(qsizetype index, const Profile &profile);
    void remove(qsizetype index);
    void setDefault(const QString &name);

private:
    class Reader;

    [[nodiscard]] QByteArray text() const;

    QList<JsonText::Member> m_members{
        {QStringLiteral("version"), "1"}}; //!< but for "default" and "profiles"
    QList<JsonText::Member> m_elements; //!< of "profiles", as they are written
    QList<Profile> m_profiles; //!< what m_elements say
    QString m_defaultName;
};

} // namespace Syncscope
