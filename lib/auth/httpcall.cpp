// SPDX-License-Identifier: Apache-2.0
#include "httpcall_p.h"

#include "../wire/httprequest_p.h"
#include "../wire/networkerror_p.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

namespace AppSync {

namespace {

constexpr qsizetype kLargestAnswer = 1024 * 1024;

} // namespace

HttpCall *HttpCall::get(const QUrl &url, const Headers &headers, const HttpAccess &access,
                        QObject *parent)
{
    return send("GET", url, headers, {}, access, parent);
}

HttpCall *HttpCall::post(const QUrl &url, const Headers &headers, const QByteArray &body,
                         const HttpAccess &access, QObject *parent)
{
    return send("POST", url, headers, body, access, parent);
}

HttpCall *HttpCall::send(const QByteArray &verb, const QUrl &url, const Headers &headers,
                         const QByteArray &body, const HttpAccess &access, QObject *parent)
{
    auto *call = new HttpCall(parent);
    QNetworkAccessManager *manager = access.manager;
    if (!manager) {
        manager = new QNetworkAccessManager(call);
        manager->setProxy(access.settings.proxy);
    }
    QNetworkRequest request = httpRequest(url, access.settings);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    for (const auto &[name, value] : access.settings.allHeaders())
        request.setRawHeader(name, value);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    call->m_reply = manager->sendCustomRequest(request, verb, body);
    connect(call->m_reply, &QNetworkReply::readyRead, call, [call] {
        call->m_body += call->m_reply->readAll();
        if (call->m_body.size() > kLargestAnswer) {
            call->m_isTooLarge = true;
            call->m_reply->abort();
        }
    });
    connect(call->m_reply, &QNetworkReply::finished, call, &HttpCall::onFinished);
    // Not Qt's transfer timeout, which starts again with every byte.
    QTimer::singleShot(access.timeout, call->m_reply, &QNetworkReply::abort);
    return call;
}

HttpCall::~HttpCall()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void HttpCall::onFinished()
{
    QNetworkReply *reply = m_reply;
    m_reply.clear();
    reply->deleteLater();
    HttpAnswer answer;
    Error error;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString host = reply->url().host();
    if (m_isTooLarge) {
        error = Error::local(Error::Kind::Receiving,
                             tr("The answer of %1 is larger than a sign-in server's.").arg(host),
                             tr("Check the address."));
    } else if (reply->error() == QNetworkReply::OperationCanceledError) {
        error = Error::local(Error::Kind::Timeout, tr("%1 did not answer in time.").arg(host),
                             tr("Check the network, a proxy or a firewall in between."));
    } else if (answer.status == 0) {
        error = NetworkError::httpError(*reply);
    } else {
        answer.reason = reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
        answer.headers = reply->rawHeaderPairs();
        answer.body = m_body + reply->readAll();
    }
    if (error.isError())
        answer = {};
    deleteLater();
    Q_EMIT finished(answer, error);
}

} // namespace AppSync
