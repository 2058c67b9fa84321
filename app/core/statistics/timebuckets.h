// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <deque>

namespace Syncscope {

//! How many numbers, and how they are spread.
class Spread {
public:
    qint64 count = 0;
    double sum = 0;
    double least = 0;
    double most = 0;

    [[nodiscard]] double mean() const { return count > 0 ? sum / double(count) : 0; }

    void add(double value) { merge({1, value, value, value}); }
    void merge(const Spread &other)
    {
        if (other.count == 0)
            return;
        least = count == 0 ? other.least : std::min(least, other.least);
        most = count == 0 ? other.most : std::max(most, other.most);
        count += other.count;
        sum += other.sum;
    }
};

//! Values by time in buckets of equal length. However long the time gets, memory does not: when there are too
//! many buckets, each takes in its neighbour. A \a Value merges others of its kind.
template <typename Value> class TimeBuckets {
public:
    static constexpr std::size_t kMost = 4096;

    //! \a widthMs: of each bucket at first.
    explicit TimeBuckets(qint64 widthMs = 1000) : m_width(widthMs) { }

    [[nodiscard]] bool isEmpty() const { return m_buckets.empty(); }
    [[nodiscard]] std::size_t size() const { return m_buckets.size(); }
    [[nodiscard]] qint64 widthMs() const { return m_width; }
    [[nodiscard]] qint64 beginMs() const { return m_first * m_width; }
    [[nodiscard]] qint64 endMs() const { return beginMs() + qint64(size()) * m_width; }
    [[nodiscard]] const Value &operator[](std::size_t index) const { return m_buckets[index]; }

    //! The bucket of this moment, since 1970; made if there is none.
    Value &at(qint64 ms)
    {
        ms = bounded(ms);
        if (isEmpty())
            m_first = slot(ms);
        while (std::max(slot(ms), last()) - std::min(slot(ms), m_first) >= qint64(kMost))
            widen();
        for (; slot(ms) < m_first; --m_first)
            m_buckets.emplace_front();
        while (slot(ms) > last())
            m_buckets.emplace_back();
        return m_buckets[std::size_t(slot(ms) - m_first)];
    }

    //! Shows each bucket that touches the time from \a fromMs to before \a toMs, with its begin.
    template <typename Visit> void forEach(qint64 fromMs, qint64 toMs, Visit visit) const
    {
        if (isEmpty())
            return;
        const qint64 end = std::min(slot(bounded(toMs) - 1), last());
        for (qint64 i = std::max(slot(bounded(fromMs)), m_first); i <= end; ++i)
            visit(i * m_width, m_buckets[std::size_t(i - m_first)]);
    }

private:
    //! Files may say any time; with these can be reckoned.
    [[nodiscard]] static qint64 bounded(qint64 ms)
    {
        constexpr qint64 kFarthest = qint64(1) << 60;
        return std::clamp(ms, -kFarthest, kFarthest);
    }
    [[nodiscard]] static qint64 floorDivided(qint64 value, qint64 by)
    {
        return value / by - (value % by < 0 ? 1 : 0);
    }
    [[nodiscard]] qint64 slot(qint64 ms) const { return floorDivided(ms, m_width); }
    [[nodiscard]] qint64 last() const { return m_first + qint64(size()) - 1; }

    void widen()
    {
        const qint64 first = floorDivided(m_first, 2);
        std::deque<Value> wider(std::size_t(floorDivided(last(), 2) - first + 1));
        for (std::size_t i = 0; i < m_buckets.size(); ++i)
            wider[std::size_t(floorDivided(m_first + qint64(i), 2) - first)].merge(m_buckets[i]);
        m_buckets = std::move(wider);
        m_first = first;
        m_width *= 2;
    }

    qint64 m_width;
    qint64 m_first = 0; //!< number of the first bucket, counted from 1970
    std::deque<Value> m_buckets;
};

} // namespace Syncscope
