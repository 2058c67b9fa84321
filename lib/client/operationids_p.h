// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace AppSync {

//! Gives each operation of a client an id, and knows which ids were given: an answer that names one of
//! them after its operation has ended is late, not odd.
class OperationIds {
public:
    [[nodiscard]] QString next(QStringView prefix);
    //! The number in an id that next() gave, else 0.
    [[nodiscard]] quint64 numberOf(QStringView id) const;
    //! Remembers an id that the caller chose, when its operation ends.
    void noteEnded(const QString &id);
    [[nodiscard]] bool wasOurs(QStringView id) const;

    //! What the service takes as an id.
    [[nodiscard]] static bool isValid(QStringView id);

private:
    quint64 m_last = 0;
    QStringList m_endedChosen; //!< the latest ones only
};

} // namespace AppSync
