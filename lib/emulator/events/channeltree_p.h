// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QList>
#include <QString>

#include <chrono>
#include <memory>

namespace AppSync::Emulation {

class EventsSession;

//! Who listens to what. A step per channel segment finds everyone, whatever the number of channels.
class ChannelTree {
public:
    struct Subscriber {
        EventsSession *session = nullptr;
        QString id; //!< of the subscription
        std::chrono::steady_clock::time_point since;
    };

    ChannelTree();
    ~ChannelTree();
    Q_DISABLE_COPY_MOVE(ChannelTree)

    //! \a channel may end in `/*`: it then gets everything below, at any depth.
    void add(const QString &channel, const Subscriber &subscriber);
    void remove(const QString &channel, const EventsSession *session, const QString &id);
    //! Everyone whose subscription covers \a channel, once per subscription.
    [[nodiscard]] QList<Subscriber> subscribers(const QString &channel) const;
    [[nodiscard]] qsizetype size() const { return m_size; }

private:
    struct Node;

    static bool removeFrom(Node &node, QStringView rest, const EventsSession *session,
                           const QString &id);

    std::unique_ptr<Node> m_root;
    qsizetype m_size = 0;
};

} // namespace AppSync::Emulation
