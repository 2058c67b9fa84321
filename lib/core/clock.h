// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QDateTime>
#include <QObject>

#include <chrono>

namespace AppSync {

//! One single-shot timer of a Clock. Owned by its parent.
class APPSYNC_EXPORT ClockTimer : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    //! (Re)starts it; timedOut() follows once after \a delay unless stop() or start() comes first.
    virtual void start(std::chrono::milliseconds delay) = 0;
    //! timedOut() does not come until the next start().
    virtual void stop() = 0;
    //! Started, and neither stopped nor timed out since.
    [[nodiscard]] virtual bool isActive() const = 0;

Q_SIGNALS:
    void timedOut(); //!< the delay is over
};

//! Time as the library sees it, so that tests can let 24 hours pass in no time. The default is the
//! system's clock. A Clock is used from the thread of the objects that it is given to.
class APPSYNC_EXPORT Clock {
public:
    virtual ~Clock();
    //! Nanoseconds that never go back; the origin means nothing.
    [[nodiscard]] virtual std::chrono::nanoseconds monotonic() const = 0;
    //! Milliseconds since 1970-01-01 UTC.
    [[nodiscard]] virtual qint64 wallMs() const = 0;
    //! A stopped timer, owned by \a parent.
    virtual ClockTimer *createTimer(QObject *parent) = 0;

    //! The system's clock; lives as long as the program.
    static Clock *system();
};

} // namespace AppSync
