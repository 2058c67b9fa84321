// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"

#include <QDateTime>

namespace AppSync {

//! A time in which events may have been missed: AppSync keeps none for later. The signal that carries it
//! comes before any event that was received after the gap.
class APPSYNC_EXPORT Gap {
    Q_GADGET
    Q_PROPERTY(QDateTime from MEMBER from)
    Q_PROPERTY(QDateTime to MEMBER to)
    Q_PROPERTY(AppSync::Error reason MEMBER reason)
    Q_PROPERTY(QString channel MEMBER channel)

public:
    //! UTC. When the last frame before the loss arrived: what was on its way then may be missing as well.
    QDateTime from;
    QDateTime to; //!< UTC. When the server acknowledged the subscription again.
    Error reason; //!< what ended the connection
    QString channel; //!< of the subscription, with a leading slash; of GraphQL the operation's name

    friend bool operator==(const Gap &, const Gap &) = default;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::Gap)
