// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"

#include <QHash>
#include <QObject>

#include <map>

namespace AppSync {

//! The deadlines of many operations on one timer.
class OperationDeadlines : public QObject {
    Q_OBJECT

public:
    explicit OperationDeadlines(QObject *parent);

    //! Once; before the first add().
    void setClock(Clock *clock);
    //! Replaces an earlier deadline of \a id. Zero or less: none.
    void add(const QString &id, std::chrono::milliseconds delay);
    void remove(const QString &id);

Q_SIGNALS:
    void expired(const QString &id);

private:
    void onTimer();
    void arm();

    using Due = std::multimap<std::chrono::nanoseconds, QString>;
    Clock *m_clock = nullptr;
    ClockTimer *m_timer = nullptr;
    Due m_due;
    QHash<QString, Due::iterator> m_byId;
};

} // namespace AppSync
