// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

namespace Syncscope::Cli {

//! The time in which events may have been missed: from the last frame of the connection that was lost to
//! the moment when everything is subscribed again.
class GapTracker {
public:
    [[nodiscard]] bool isOpen() const { return m_from.isValid(); }
    //! The first loss counts; failed attempts to come back only prolong it.
    void open(const QDateTime &from, const QString &reason)
    {
        if (isOpen() || !from.isValid())
            return;
        m_from = from;
        m_reason = reason;
    }
    void close() { m_from = {}; }

    [[nodiscard]] QDateTime from() const { return m_from; }
    [[nodiscard]] QString reason() const { return m_reason; }

private:
    QDateTime m_from;
    QString m_reason;
};

} // namespace Syncscope::Cli
