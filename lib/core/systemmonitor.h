// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QObject>

#include <chrono>

namespace AppSync {

//! What happens to the computer and matters to a connection: the network goes and comes back, the computer
//! sleeps, its clock is set. A connection asks the server for a sign of life then, or tries again at once;
//! it never drops a connection because of this alone. Tests give a client one of their own.
class APPSYNC_EXPORT SystemMonitor : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    //! The system's: QNetworkInformation where it has a backend, and the clocks compared every ten
    //! seconds. The application owns it.
    static SystemMonitor *system();

Q_SIGNALS:
    void networkChanged(bool isOnline);
    //! The wall clock went \a ahead (or back, if negative) of the monotonic one: the computer slept, or its
    //! clock was set.
    void timeJumped(std::chrono::milliseconds ahead);
};

} // namespace AppSync
