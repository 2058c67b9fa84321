// SPDX-License-Identifier: Apache-2.0
#include "httppublisher_p.h"

#include "../core/logging_p.h"
#include "../wire/eventsprotocol_p.h"
#include "../wire/servererror_p.h"
#include "authorization_p.h"
#include "transporterror_p.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace AppSync {

using Operation = SignableRequest::Operation;

HttpPublisher::HttpPublisher(const ClientSettings &settings, FrameTap &tap, QObject *parent)
    : QObject(parent), m_settings(settings), m_tap(tap)
{
    connect(&m_deadlines, &OperationDeadlines::expired, this, &HttpPublisher::onExpired);
}

void HttpPublisher::publish(PublishOperation *operation)
{
    const QString id = operation->id;
    m_flights.insert(id, {operation, nullptr});
    m_deadlines.add(id, m_settings.operationTimeout);
    connect(operation, &QObject::destroyed, this, [this, id] {
        m_deadlines.remove(id);
        if (const Flight flight = m_flights.take(id); flight.answer)
            flight.answer->abort();
    });
    authorize(operation);
}

void HttpPublisher::authorize(PublishOperation *operation)
{
    operation->phase = PublishOperation::Phase::Authorizing;
    Authorizer *authorizer = operation->authorizer ? operation->authorizer.data()
                                                   : m_settings.authorizerFor(Operation::Publish);
    SignableRequest signable =
        m_settings.request(Operation::Publish, operation->channel(), operation->body);
    signable.overHttp = true;
    requestAuthorization(authorizer, signable, operation,
                         [this, operation](const Error &error, const Headers &headers) {
                             if (!m_flights.contains(operation->id))
                                 return;
                             if (error.isError())
                                 refuse(operation, error);
                             else
                                 post(operation, headers);
                         });
}

QNetworkRequest HttpPublisher::request(const Headers &headers) const
{
    QNetworkRequest request(m_settings.endpoint.http());
    // Qt's HTTP/2 has stalled on real servers, and one small POST gains nothing from it. A redirect would
    // carry the credentials elsewhere.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setSslConfiguration(m_settings.network.tls);
    for (const auto &[name, value] : m_settings.network.headers)
        request.setRawHeader(name, value);
    for (const auto &[name, value] : headers) {
        if (name.compare("host", Qt::CaseInsensitive) != 0)
            request.setRawHeader(name, value);
    }
    return request;
}

void HttpPublisher::post(PublishOperation *operation, const Headers &headers)
{
    if (!m_network)
        m_network = new QNetworkAccessManager(this);
    m_network->setProxy(m_settings.network.proxy);
    operation->phase = PublishOperation::Phase::Sent;
    QNetworkReply *answer = m_network->post(request(headers), operation->body);
    m_flights[operation->id].answer = answer;
    connect(answer, &QNetworkReply::downloadProgress, answer, [this, answer](qint64 received) {
        if (received > m_settings.network.maxIncomingBytes)
            answer->abort();
    });
    connect(answer, &QNetworkReply::finished, operation,
            [this, operation, answer] { onAnswer(operation, answer); });
    connect(answer, &QNetworkReply::finished, answer, &QObject::deleteLater);
    m_tap.seen(Frame::Direction::Out, Frame::Transport::Http, u"POST", operation->id,
               m_tap.isEnabled() ? QString::fromUtf8(operation->body) : QString());
}

void HttpPublisher::onAnswer(PublishOperation *operation, QNetworkReply *answer)
{
    if (!m_flights.contains(operation->id))
        return;
    const int status = answer->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = answer->readAll();
    const QPointer<PublishOperation> alive(operation);
    if (status != 0)
        m_tap.seen(Frame::Direction::In, Frame::Transport::Http, QString(u"HTTP %1"_s.arg(status)),
                   operation->id, m_tap.isEnabled() ? QString::fromUtf8(body) : QString());
    if (!alive)
        return;
    if (status == 0)
        return refuse(operation, httpError(*answer));
    if (status < 200 || status > 299)
        return refuse(operation,
                      ServerError::fromHttp(status, body, answer->rawHeader("x-amzn-ErrorType")));
    const EventsWire::PublishResult result =
        EventsWire::publishResult(QJsonDocument::fromJson(body).object());
    if (!result.isValid) {
        Error odd =
            Error::local(Error::Kind::Protocol,
                         tr("The answer to the publish to %1 (HTTP %2) is not one of AppSync.")
                             .arg(operation->channel())
                             .arg(status),
                         tr("Check that the endpoint is the HTTP URL of an Events API."));
        odd.httpStatus = status;
        odd.serverMessage = QString::fromUtf8(body.left(200));
        return refuse(operation, odd);
    }
    m_flights.remove(operation->id);
    m_deadlines.remove(operation->id);
    operation->succeed(result.successful, result.failed, m_settings.clock->monotonic());
}

void HttpPublisher::refuse(PublishOperation *operation, const Error &error)
{
    if (error.needsNewCredentials() && !operation->credentialsRenewed) {
        Authorizer *authorizer = operation->authorizer
            ? operation->authorizer.data()
            : m_settings.authorizerFor(Operation::Publish);
        if (authorizer && authorizer->invalidate()) {
            operation->credentialsRenewed = true;
            authorize(operation);
            return;
        }
    }
    end(operation->id,
        error.message.isEmpty() ? ServerError::described(error, operation->description()) : error);
}

void HttpPublisher::end(const QString &id, const Error &error)
{
    m_deadlines.remove(id);
    const Flight flight = m_flights.take(id);
    if (flight.operation)
        flight.operation->fail(error, m_settings.clock->monotonic());
    if (flight.answer)
        flight.answer->abort();
}

void HttpPublisher::failPublishes(const Error &error)
{
    const QList<QString> ids = m_flights.keys();
    for (const QString &id : ids)
        end(id, error);
}

void HttpPublisher::onExpired(const QString &id)
{
    const QPointer<PublishOperation> operation = m_flights.value(id).operation;
    if (!operation)
        return;
    const QString sentence = operation->phase == PublishOperation::Phase::Sent
        ? tr("No answer to the HTTP publish to %1 within %2 s; whether it was carried out is "
             "unknown.")
        : tr("The authorizer gave no credentials for the publish to %1 within %2 s.");
    const auto seconds =
        std::chrono::round<std::chrono::seconds>(m_settings.operationTimeout).count();
    end(id, Error::local(Error::Kind::Timeout, sentence.arg(operation->channel()).arg(seconds)));
}

} // namespace AppSync
