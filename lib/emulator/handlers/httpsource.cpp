// SPDX-License-Identifier: Apache-2.0
#include "httpsource_p.h"

#include <QNetworkReply>
#include <QTimer>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qint64 kResponseBytes = 1024 * 1024; // as the service

QUrl urlOf(const QUrl &endpoint, const QJsonObject &request)
{
    QUrl url = endpoint;
    const QString path = endpoint.path();
    url.setPath((path.endsWith(u'/') ? path.chopped(1) : path)
                + request.value("resourcePath"_L1).toString());
    const QJsonObject parameters =
        request.value("params"_L1).toObject().value("query"_L1).toObject();
    QUrlQuery query(url);
    for (auto it = parameters.begin(); it != parameters.end(); ++it) {
        const QString value = it.value().toVariant().toString();
        query.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(it.key())),
                           QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    if (!query.isEmpty())
        url.setQuery(query);
    return url;
}

QJsonObject responseOf(const QNetworkReply &reply, const QByteArray &body)
{
    QJsonObject headers;
    for (const QByteArray &name : reply.rawHeaderList())
        headers.insert(QString::fromUtf8(name.toLower()), QString::fromUtf8(reply.rawHeader(name)));
    return {{u"statusCode"_s, reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt()},
            {u"headers"_s, headers},
            {u"body"_s, QString::fromUtf8(body)}};
}

QString problemOf(const QJsonObject &request)
{
    static const QStringList methods{u"GET"_s, u"POST"_s, u"PUT"_s, u"DELETE"_s, u"PATCH"_s};
    if (!methods.contains(request.value("method"_L1).toString()))
        return u"The request needs a method of %1"_s.arg(methods.join(u", "));
    if (!request.value("resourcePath"_L1).toString().startsWith(u'/'))
        return u"The request needs a resourcePath that starts with a slash"_s;
    return {};
}

} // namespace

HttpSource::HttpSource(std::chrono::milliseconds deadline, QObject *parent) : QObject(parent)
{
    m_network.setTransferTimeout(int(deadline.count()));
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setAutoDeleteReplies(true);
}

void HttpSource::ask(const QUrl &endpoint, const QJsonObject &request,
                     const std::function<void(const Result &)> &answer)
{
    if (const QString problem = problemOf(request); !problem.isEmpty()) {
        QTimer::singleShot(0, this, [answer, problem] { answer({{}, problem}); });
        return;
    }
    const QJsonObject parameters = request.value("params"_L1).toObject();
    QNetworkRequest wanted(urlOf(endpoint, request));
    const QJsonObject headers = parameters.value("headers"_L1).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        wanted.setRawHeader(it.key().toUtf8(), it.value().toString().toUtf8());
    const QByteArray body = parameters.value("body"_L1).toString().toUtf8();
    if (!body.isEmpty() && !wanted.header(QNetworkRequest::ContentTypeHeader).isValid())
        wanted.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);

    QNetworkReply *reply =
        m_network.sendCustomRequest(wanted, request.value("method"_L1).toString().toLatin1(), body);
    const auto received = std::make_shared<QByteArray>();
    connect(reply, &QIODevice::readyRead, this, [reply, received] {
        received->append(reply->readAll());
        if (received->size() > kResponseBytes)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [reply, received, answer] {
        if (reply->isOpen())
            received->append(reply->readAll());
        const bool hasStatus = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
        if (received->size() > kResponseBytes)
            answer({{}, u"The data source answered more than 1 MB"_s});
        else if (reply->error() == QNetworkReply::OperationCanceledError || !hasStatus)
            answer({{}, u"The data source did not answer: %1"_s.arg(reply->errorString())});
        else
            answer({responseOf(*reply, *received)});
    });
}

} // namespace AppSync::Emulation
