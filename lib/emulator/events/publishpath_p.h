// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/credentials_p.h"
#include "../emulatoroptions.h"
#include "../metrics/metrics_p.h"
#include "channeltree_p.h"
#include "faultrules_p.h"
#include "frames_p.h"
#include "ratelimit_p.h"

#include <QJsonValue>
#include <QStringList>

#include <functional>

namespace AppSync::Emulation {

class AuthCheck;
struct Caller;
class NamespaceHandlers;
struct HandlerOutcome;

//! The one way of an event to its subscribers, for WebSocket, HTTP and the actors of a scenario: checks
//! credentials, form and limits, answers the publisher, then delivers.
class PublishPath {
public:
    enum class Transport { WebSocket, Http };

    struct Request {
        QJsonValue channel; //!< as received: any type
        QJsonValue events;
        Credentials credentials;
        Transport transport = Transport::WebSocket; //!< the service words some errors differently
        QByteArray body = {}; //!< of an HTTP request: what its signature covers
        QByteArray query = {}; //!< of an HTTP request
        FaultTarget client = {}; //!< who publishes
    };

    struct Result {
        std::optional<ServiceError> error; //!< of the whole publish
        QList<EventVerdict> verdicts;
    };

    //! What is referred to outlives this.
    PublishPath(const AuthCheck &auth, const ChannelTree &tree, const EmulatorOptions &options,
                FaultRules &faults, Metrics &metrics);

    //! The code of the namespaces; it outlives this.
    void setHandlers(NamespaceHandlers *handlers) { m_handlers = handlers; }
    //! \a listener is told what clients publish, once it was delivered.
    void
    setListener(std::function<void(const QString &channel, const QStringList &events)> listener)
    {
        m_listener = std::move(listener);
    }
    using Answer = std::function<void(const Result &)>;
    //! Calls \a answer once, before anything is delivered: now, or once the authorizer has answered.
    void publish(const Request &request, const Answer &answer);
    //! \a told hears of events that a publisher was told were accepted and nobody gets.
    using Dropped = std::function<void(const QString &channel, const QString &why)>;
    void onDropped(const Dropped &told) { m_dropped = told; }

private:
    void publishAllowed(const Request &request, const QString &channel, const Caller &caller,
                        const Answer &answer);
    void publishHandled(const QString &channel, const Caller &caller,
                        const QStringList &identifiers, const HandlerOutcome &outcome,
                        const Answer &answer);
    [[nodiscard]] std::optional<ServiceError> checkEvents(const Request &request,
                                                          QStringList *texts) const;
    void countPublished(const QString &channel, const Result &result,
                        const HandlerOutcome &outcome);
    void deliver(const QString &channel, QStringList events);
    void deliverFaulty(const QString &channel, const QString &event,
                       const ChannelTree::Subscriber &subscriber);
    //! Of an event of \a bytes in UTF-8.
    void countDeliveries(const QString &channel, qsizetype bytes, qsizetype delivered);

    const AuthCheck &m_auth;
    const ChannelTree &m_tree;
    FaultRules &m_faults;
    Metrics &m_metrics;
    const EmulatorOptions::Limits &m_limits;
    NamespaceHandlers *m_handlers = nullptr;
    RateLimit m_inbound;
    RateLimit m_outbound;
    Dropped m_dropped;
    std::function<void(const QString &, const QStringList &)> m_listener;
};

} // namespace AppSync::Emulation
