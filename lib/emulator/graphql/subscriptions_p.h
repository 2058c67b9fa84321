// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "execution_p.h"
#include "subscriptionfilter_p.h"

#include <QHash>

namespace AppSync::Emulation {

class EventsApi;
class GraphQlSession;

//! Who subscribed to what, and the way of a mutation's value to them. What is the same for many subscribers is
//! executed once for all of them.
class Subscriptions : public QObject {
    Q_OBJECT

public:
    //! \a host: whose faults, limits and counters apply.
    explicit Subscriptions(EventsApi &host, QObject *parent = nullptr);
    ~Subscriptions() override;

    struct Terms {
        QString field; //!< of the type Subscription
        QString responseName; //!< the field's in the document
        std::shared_ptr<const PreparedOperation> prepared;
        QString document; //!< its text
        QJsonObject arguments = {}; //!< of the field
        std::shared_ptr<const FieldAccess> access = {};
        std::optional<SubscriptionFilter> filter = {}; //!< then the arguments do not filter
        std::optional<SubscriptionFilter> invalidation = {};
    };

    //! Returns what stop() takes.
    quint64 add(GraphQlSession *session, const QString &id, const Terms &terms);
    void stop(quint64 handle);
    //! \a value to those who subscribed to one of \a fields.
    void publish(const QStringList &fields, const QJsonValue &value);
    //! Ends the subscriptions to \a field whose invalidation filter matches \a payload.
    void invalidate(const QString &field, const QJsonValue &payload);

private:
    struct Subscriber {
        quint64 handle = 0;
        GraphQlSession *session = nullptr;
        QString id;
        std::chrono::steady_clock::time_point since;
    };
    struct Group {
        QString key;
        Terms terms;
        QList<Subscriber> subscribers;
    };
    using GroupPointer = std::shared_ptr<Group>;

    void execute(const GroupPointer &group, const QJsonValue &value);
    void deliver(const GroupPointer &group, const QByteArray &payload);
    [[nodiscard]] bool sendFaulty(const Subscriber &subscriber, const QString &field,
                                  const QByteArray &tail);
    void remove(const GroupPointer &group);

    EventsApi &m_host;
    QHash<QString, QList<GroupPointer>> m_groups; //!< by field
    QHash<quint64, GroupPointer> m_byHandle;
    quint64 m_lastHandle = 0;
};

} // namespace AppSync::Emulation
