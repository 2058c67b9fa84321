// SPDX-License-Identifier: Apache-2.0
#include "eventsclient_p.h"

#include "../core/validation.h"
#include "../wire/eventsprotocol_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

EventsClient::Publishing::Publishing(EventsClient *client, Client::Private &common)
    : http(common.settings, common.tap, client), m_client(client), m_common(common)
{
    common.onDiscard = [this](const Error &cancelled) { http.failAll(cancelled); };
    QObject::connect(&common.multiplexer.publisher, &Publisher::waitingChanged, client,
                     &EventsClient::waitingPublishesChanged);
    QObject::connect(&http, &Publisher::waitingChanged, client,
                     &EventsClient::waitingPublishesChanged);
}

Error EventsClient::Publishing::check(const QString &channel, const QList<QByteArray> &events,
                                      bool fully) const
{
    if (!m_common.settings.endpoint.isValid())
        return m_common.settings.endpoint.problem();
    for (const QByteArray &event : events) {
        if (!QUtf8StringView(event).isValidUtf8())
            return Error::local(
                Error::Kind::Encoding, EventsClient::tr("An event is not valid UTF-8."),
                EventsClient::tr("AppSync carries text; encode binary data, for example as "
                                 "base64 inside a JSON string."));
    }
    if (!fully)
        return {};
    if (const Error problem = Validation::publishChannel(channel); problem.isError())
        return problem;
    return Validation::events(events);
}

//! Whether one more publish, of that id, finds a place.
Error EventsClient::Publishing::checkPlace(const QString &id) const
{
    if (!OperationIds::isValid(id))
        return Error::local(Error::Kind::InvalidInput,
                            EventsClient::tr("“%1” is not an id.").arg(id),
                            EventsClient::tr("Use 1 to 128 letters, digits, - _ or +."));
    if (m_common.multiplexer.publisher.contains(id) || http.contains(id)
        || m_common.multiplexer.subscriptions.contains(id))
        return Error::local(Error::Kind::IdInUse,
                            EventsClient::tr("The id “%1” belongs to an operation under way, which "
                                             "goes on.")
                                .arg(id),
                            EventsClient::tr("Choose another id, or none."));
    if (m_common.multiplexer.publisher.count() + http.count() >= m_common.settings.maxPublishes)
        return Error::local(Error::Kind::LimitExceeded,
                            EventsClient::tr("%1 publishes wait for their answers already; this "
                                             "one was not sent.")
                                .arg(m_common.settings.maxPublishes),
                            EventsClient::tr("Wait for some of them, or raise the limit."));
    return {};
}

PublishReply *EventsClient::Publishing::publish(const QString &channel,
                                                const QList<QByteArray> &events,
                                                const PublishOptions &options)
{
    m_common.callOffClosing();
    const QString to = Validation::normalizedChannel(channel);
    QString id = options.id;
    while (id.isEmpty() || (options.id.isEmpty() && checkPlace(id).kind == Error::Kind::IdInUse))
        id = m_common.multiplexer.ids.next(u"pub-");
    auto *operation =
        new PublishOperation(id, to, EventsWire::publishBody(to, events), options.authorizer,
                             options.timeout.value_or(m_common.settings.operationTimeout),
                             m_common.settings.clock->monotonic(), m_client);
    if (const Error problem = check(channel, events, options.check); problem.isError()) {
        operation->fail(problem, m_common.settings.clock->monotonic());
    } else if (const Error noPlace = checkPlace(id); noPlace.isError()) {
        operation->fail(noPlace, m_common.settings.clock->monotonic());
    } else if (options.via.value_or(via) == PublishVia::Http) {
        http.publish(operation);
    } else {
        m_common.multiplexer.publisher.publish(operation);
        if (m_common.connection.state() == Connection::State::Disconnected)
            m_common.connection.d->open();
    }
    return operation;
}

} // namespace AppSync
