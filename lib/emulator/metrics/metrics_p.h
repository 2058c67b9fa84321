// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "emulatormetrics.h"

#include <QObject>
#include <QTimer>

namespace AppSync::Emulation {

//! Counts while an API runs. Counting is an addition; who watches is told now and then.
class Metrics : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kPause{250};

    explicit Metrics(QObject *parent = nullptr) : QObject(parent)
    {
        m_pause.setSingleShot(true);
        m_pause.setInterval(kPause);
        connect(&m_pause, &QTimer::timeout, this, &Metrics::changed);
    }

    [[nodiscard]] const EmulatorMetrics &values() const { return m_values; }
    void add(EmulatorMetrics::Counter counter, const QString &nameSpace = {}, qint64 by = 1)
    {
        m_values.add(counter, nameSpace, by);
        touch();
    }
    void add(EmulatorMetrics::Statistic statistic, qint64 value)
    {
        m_values.add(statistic, value);
        touch();
    }

Q_SIGNALS:
    void changed(); //!< some of them, at most once per kPause

private:
    void touch()
    {
        if (!m_pause.isActive())
            m_pause.start();
    }

    EmulatorMetrics m_values;
    QTimer m_pause;
};

} // namespace AppSync::Emulation
