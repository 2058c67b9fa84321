// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Frame>

#include <QRandomGenerator>
#include <QStringList>

//! Frames and filters by chance, of a small vocabulary, so that they meet.
class FilterCases {
public:
    explicit FilterCases(quint32 seed) : m_random(seed) { }

    //! The next frame of a conversation: subscribes, events, publishes and their answers, errors, keep-alives.
    AppSync::Frame frame();
    //! A filter that is valid.
    QString filter(int depth = 3);

private:
    template <typename List> auto any(const List &list) { return list.at(below(int(list.size()))); }
    int below(int count) { return m_random.bounded(count); }
    QString event(int depth = 2);
    QString value();
    QString test();
    QString path();

    QRandomGenerator m_random;
    qint64 m_seq = 0;
    QStringList m_subscriptions; //!< identifiers
};
