// SPDX-License-Identifier: Apache-2.0
#include "handshakeprobe_p.h"

#include "../wire/httprequest_p.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qsizetype kBodyLimit = 65'536;

QUrl httpUrl(QUrl url)
{
    url.setScheme(url.scheme() == "ws"_L1 ? u"http"_s : u"https"_s);
    return url;
}

QByteArray randomKey()
{
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    return QByteArray(reinterpret_cast<const char *>(words), sizeof words).toBase64();
}

QNetworkRequest upgrade(const UpgradeRequest &request, const NetworkSettings &settings)
{
    QNetworkRequest http = httpRequest(httpUrl(request.url), settings);
    http.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    for (const auto &[name, value] : request.headers)
        http.setRawHeader(name, value);
    http.setRawHeader("Connection", "Upgrade");
    http.setRawHeader("Upgrade", "websocket");
    http.setRawHeader("Sec-WebSocket-Version", "13");
    http.setRawHeader("Sec-WebSocket-Key", randomKey());
    http.setRawHeader("Sec-WebSocket-Protocol", request.subprotocols.join(u", "_s).toLatin1());
    return http;
}

} // namespace

HandshakeProbe::HandshakeProbe(QNetworkAccessManager *network, const UpgradeRequest &request,
                               const NetworkSettings &settings, QObject *parent)
    : QObject(parent)
{
    if (!network) {
        network = new QNetworkAccessManager(this);
        network->setProxy(settings.proxy);
    }
    m_reply = network->get(upgrade(request, settings));
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        m_body += m_reply->read(kBodyLimit - m_body.size());
        if (m_body.size() >= kBodyLimit)
            end();
    });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, [this] {
        // Behind a 101 there is no end to wait for.
        if (m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 101)
            end();
    });
    connect(m_reply, &QNetworkReply::finished, this, &HandshakeProbe::end);
}

HandshakeProbe::~HandshakeProbe()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
}

void HandshakeProbe::end()
{
    QNetworkReply *reply = std::exchange(m_reply, nullptr);
    if (!reply)
        return;
    reply->disconnect(this);
    HttpAnswer answer;
    answer.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    answer.reason = reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    answer.headers = reply->rawHeaderPairs();
    answer.body = (m_body + reply->readAll()).left(kBodyLimit);
    reply->abort();
    reply->deleteLater();
    Q_EMIT finished(answer);
}

} // namespace AppSync
