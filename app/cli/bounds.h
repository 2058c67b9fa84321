// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace Syncscope::Cli {

//! When to stop: after so many events, so much time, or so much silence, whichever comes first.
class Bounds : public QObject {
    Q_OBJECT

public:
    struct Limits {
        std::optional<qint64> count;
        std::optional<std::chrono::milliseconds> duration;
        std::optional<std::chrono::milliseconds> idle;
    };

    explicit Bounds(const Limits &limits, QObject *parent = nullptr);

    //! The time runs from the first call, which is when something can arrive.
    void start();
    //! Counts one event.
    void note();
    [[nodiscard]] bool isReached() const { return m_reached; }

Q_SIGNALS:
    //! Once.
    void reached();

private:
    void reach();
    void checkIdle();

    const Limits m_limits;
    qint64 m_count = 0;
    QTimer m_duration;
    QTimer m_idle;
    QElapsedTimer m_sinceLast;
    bool m_started = false;
    bool m_reached = false;
};

} // namespace Syncscope::Cli
