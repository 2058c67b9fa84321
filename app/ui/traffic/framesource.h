// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filter.h"
#include "app/ui/traffic/framerecord.h"

#include <QObject>

#include <memory>

namespace Syncscope {

//! Which records a table shows.
class FrameTest {
public:
    Filter filter;
    bool withControl = false; //!< routine ones, too

    //! Notes about the connection always do: what is missing concerns every filter.
    [[nodiscard]] bool passes(const FrameRecord &record) const;
};

//! Looks for records that pass a test, without keeping the window waiting.
class FrameSearch : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    //! Begins anew, with the records that there are now. It may tell the first before it returns.
    virtual void start(const FrameTest &test) = 0;
    virtual void cancel() = 0;
    [[nodiscard]] virtual bool isRunning() const = 0;

Q_SIGNALS:
    //! Numbers of records, ascending; none that was told before lies between two of them.
    void found(const QList<qint64> &numbers);
    //! Started, ended or given up.
    void runningChanged();
};

//! Numbered records that a table shows: those of a session, or those of a capture.
class FrameSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    [[nodiscard]] virtual qint64 begin() const = 0; //!< number of the oldest record kept
    [[nodiscard]] virtual qint64 end() const = 0;
    [[nodiscard]] bool contains(qint64 number) const { return number >= begin() && number < end(); }
    //! A record that it contains. The next few calls leave it valid, a return to the event loop may not.
    [[nodiscard]] virtual const FrameRecord &record(qint64 number) const = 0;
    //! Number of the last event before \a event, from \a first on, that came on the same channel; 0: none.
    [[nodiscard]] virtual qint64 eventBefore(const FrameRecord &event, qint64 first) const;
    //! One that must not outlive the source.
    [[nodiscard]] virtual std::unique_ptr<FrameSearch> makeSearch() = 0;

Q_SIGNALS:
    //! Records in front of \a begin are gone.
    void trimmed(qint64 begin);
    void appended(qint64 first, qint64 count);
    void cleared();
    //! A record that was handed on says something else now.
    void amended(qint64 number);
};

} // namespace Syncscope
