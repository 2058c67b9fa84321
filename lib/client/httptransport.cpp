// SPDX-License-Identifier: Apache-2.0
#include "httptransport_p.h"

#include "../wire/httprequest_p.h"

#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr auto kTooLong = "appsync.tooLong";

} // namespace

HttpTransport::HttpTransport(const ClientSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings)
{
}

QNetworkAccessManager &HttpTransport::network()
{
    if (m_settings.networkAccess)
        return *m_settings.networkAccess;
    if (!m_own)
        m_own = new QNetworkAccessManager(this);
    m_own->setProxy(m_settings.network.proxy);
    return *m_own;
}

SignableRequest HttpTransport::overHttp(SignableRequest request) const
{
    request.overHttp = true;
    request.url = m_settings.network.withQuery(m_settings.endpoint.http());
    return request;
}

QNetworkReply *HttpTransport::post(const QByteArray &body, const Headers &headers, qint64 maximum)
{
    QNetworkRequest request =
        httpRequest(m_settings.network.withQuery(m_settings.endpoint.http()), m_settings.network);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setDecompressedSafetyCheckThreshold(maximum);
    for (const auto &[name, value] : m_settings.network.allHeaders())
        request.setRawHeader(name, value);
    for (const auto &[name, value] : headers) {
        if (name.compare("host", Qt::CaseInsensitive) != 0)
            request.setRawHeader(name, value);
    }
    QNetworkReply *answer = network().post(request, body);
    connect(answer, &QNetworkReply::downloadProgress, answer, [answer, maximum](qint64 received) {
        // What came compressed is longer once it is read.
        if (std::max(received, answer->bytesAvailable()) <= maximum)
            return;
        answer->setProperty(kTooLong, true);
        answer->abort();
    });
    connect(answer, &QNetworkReply::finished, answer, &QObject::deleteLater);
    return answer;
}

bool HttpTransport::wasTooLong(const QNetworkReply &answer)
{
    return answer.property(kTooLong).toBool();
}

} // namespace AppSync
