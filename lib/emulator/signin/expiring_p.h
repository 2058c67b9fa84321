// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QHash>

#include <algorithm>

namespace AppSync::Emulation {

//! Things that end: sessions, refresh tokens, temporary keys. Those that have ended stay, so that they can be
//! told from those that never were, until too many are there; then they go first.
template <typename T> class Expiring {
public:
    static constexpr qsizetype kCapacity = 10'000;

    void insert(const QString &key, const T &value, const QDateTime &end, const QDateTime &now)
    {
        if (m_entries.size() >= kCapacity)
            makeRoom(now);
        m_entries.insert(key, {value, end});
    }
    //! Null: never was there, or is long gone.
    [[nodiscard]] T *find(const QString &key)
    {
        const auto entry = m_entries.find(key);
        return entry == m_entries.end() ? nullptr : &entry->value;
    }
    [[nodiscard]] const T *find(const QString &key) const
    {
        const auto entry = m_entries.constFind(key);
        return entry == m_entries.constEnd() ? nullptr : &entry->value;
    }
    [[nodiscard]] bool hasEnded(const QString &key, const QDateTime &now) const
    {
        const auto entry = m_entries.constFind(key);
        return entry == m_entries.constEnd() || entry->end <= now;
    }
    [[nodiscard]] QDateTime endOf(const QString &key) const { return m_entries.value(key).end; }
    void remove(const QString &key) { m_entries.remove(key); }
    [[nodiscard]] QList<T> values() const
    {
        QList<T> values;
        for (const Entry &entry : m_entries)
            values.append(entry.value);
        return values;
    }
    [[nodiscard]] qsizetype size() const { return m_entries.size(); }

private:
    struct Entry {
        T value;
        QDateTime end;
    };

    void makeRoom(const QDateTime &now)
    {
        m_entries.removeIf([&](typename QHash<QString, Entry>::iterator entry) {
            return entry.value().end <= now;
        });
        if (m_entries.size() < kCapacity)
            return;
        m_entries.erase(std::min_element(
            m_entries.cbegin(), m_entries.cend(),
            [](const Entry &one, const Entry &other) { return one.end < other.end; }));
    }

    QHash<QString, Entry> m_entries;
};

} // namespace AppSync::Emulation
