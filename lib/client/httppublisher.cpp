// SPDX-License-Identifier: Apache-2.0
#include "httppublisher_p.h"

#include "../wire/eventsprotocol_p.h"
#include "../wire/networkerror_p.h"
#include "../wire/servererror_p.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace AppSync {

HttpPublisher::HttpPublisher(const ClientSettings &settings, FrameTap &tap, QObject *parent)
    : Publisher(settings, parent), m_tap(tap), m_transport(settings, this)
{
}

void HttpPublisher::adapt(SignableRequest &request) const
{
    request = m_transport.overHttp(request);
}

void HttpPublisher::send(PublishOperation *operation, const Headers &headers)
{
    const QString id = operation->operationId();
    QNetworkReply *answer =
        m_transport.post(operation->body, headers, m_settings.network.maxIncomingBytes);
    m_answers.insert(id, answer);
    connect(answer, &QNetworkReply::finished, operation,
            [this, operation, answer] { onAnswer(operation, answer); });
    const QPointer<PublishOperation> alive(operation);
    m_tap.seen(Frame::Direction::Out, Frame::Transport::Http, u"POST", id,
               m_tap.isEnabled() ? QString::fromUtf8(operation->body) : QString());
    if (alive)
        markSent(operation);
}

void HttpPublisher::drop(const QString &id)
{
    if (const QPointer<QNetworkReply> answer = m_answers.take(id))
        answer->abort();
}

void HttpPublisher::onAnswer(PublishOperation *operation, QNetworkReply *answer)
{
    const QString id = operation->operationId();
    if (m_answers.value(id) != answer)
        return;
    m_answers.remove(id);
    const int status = answer->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = answer->readAll();
    const QPointer<PublishOperation> alive(operation);
    if (status != 0)
        m_tap.seen(Frame::Direction::In, Frame::Transport::Http, QString(u"HTTP %1"_s.arg(status)),
                   id, m_tap.isEnabled() ? QString::fromUtf8(body) : QString());
    if (!alive)
        return;
    if (status == 0)
        return end(id, NetworkError::httpError(*answer));
    if (status < 200 || status > 299)
        return refuse(id,
                      ServerError::fromHttp(status, body, answer->rawHeader("x-amzn-ErrorType")));
    const EventsWire::PublishResult result =
        EventsWire::publishResult(QJsonDocument::fromJson(body).object());
    if (!result.isValid)
        return refuse(id, notOfAppSync(*operation, status, body));
    succeed(id, result.successful, result.failed);
}

Error HttpPublisher::notOfAppSync(const PublishOperation &operation, int status,
                                  const QByteArray &body)
{
    Error odd = Error::local(Error::Kind::Receiving,
                             tr("The answer to the publish to %1 (HTTP %2) is not one of AppSync.")
                                 .arg(operation.channel())
                                 .arg(status),
                             tr("Check that the endpoint is the HTTP URL of an Events API."));
    odd.httpStatus = status;
    odd.serverMessage = QString::fromUtf8(body.left(200));
    return odd;
}

} // namespace AppSync
