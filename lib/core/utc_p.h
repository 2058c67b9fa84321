// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

namespace AppSync {

//! \a ms since 1970-01-01 UTC; invalid for 0, which stands for "not yet".
inline QDateTime utc(qint64 ms)
{
    return ms > 0 ? QDateTime::fromMSecsSinceEpoch(ms).toUTC() : QDateTime();
}

} // namespace AppSync
