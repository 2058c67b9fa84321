// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"

#include <QHash>

namespace Syncscope {

//! Follows the operations of a recording: what each subscribed to, and which frame an answer answers. What it
//! remembers is bounded.
class OperationMemory {
public:
    //! \a frame as it is stored under \a number.
    CapturedFrame captured(const AppSync::Frame &frame, qint64 connection, qint64 number);
    void noteSubscription(qint64 connection, const QByteArray &operation, const QByteArray &name);
    //! The numbers of frames begin anew; what is subscribed stays.
    void beginFile() { m_unanswered.clear(); }

private:
    QHash<QByteArray, QByteArray> m_names; //!< of subscriptions, by operation
    QHash<QByteArray, qint64> m_unanswered; //!< numbers of frames, by operation
};

} // namespace Syncscope
