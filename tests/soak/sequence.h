// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

//! Judges numbered events in the order in which a subscriber sees them: a number may be missing only where
//! a gap was reported, and none may come twice or late. The first is 0.
class Sequence {
public:
    //! \a number came. False if it breaks the rule.
    bool note(qint64 number)
    {
        const qint64 missing = number - m_last - 1;
        const bool isRight = missing == 0 || (missing > 0 && m_gapOpen);
        if (isRight && missing > 0) {
            m_missing += missing;
            ++m_gapsWithLoss;
        }
        if (!isRight)
            ++m_violations;
        ++m_received;
        m_last = number;
        m_gapOpen = false;
        return isRight;
    }
    void noteGap()
    {
        m_gapOpen = true;
        ++m_gaps;
    }

    [[nodiscard]] qint64 last() const { return m_last; }
    [[nodiscard]] qint64 received() const { return m_received; }
    [[nodiscard]] qint64 missing() const { return m_missing; } //!< all of them inside reported gaps
    [[nodiscard]] qint64 violations() const { return m_violations; }
    [[nodiscard]] int gaps() const { return m_gaps; }
    [[nodiscard]] int gapsWithLoss() const { return m_gapsWithLoss; }

private:
    qint64 m_last = -1; //!< the one before the first
    qint64 m_received = 0;
    qint64 m_missing = 0;
    qint64 m_violations = 0;
    int m_gaps = 0;
    int m_gapsWithLoss = 0;
    bool m_gapOpen = false;
};
