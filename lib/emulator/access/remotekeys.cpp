// SPDX-License-Identifier: Apache-2.0
#include "remotekeys_p.h"

#include <QJsonDocument>
#include <QNetworkReply>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr std::chrono::seconds kPatience{5};
constexpr qint64 kDocumentBytes = 512 * 1024;
constexpr qint64 kGoodForSeconds = 3'600;
constexpr qint64 kPauseSeconds = 30;
constexpr int kRedirects = 3;

bool isWebAddress(const QUrl &url)
{
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == u"https" || url.scheme() == u"http");
}

QUrl discoveryOf(const QString &issuer)
{
    return QUrl((issuer.endsWith(u'/') ? issuer.chopped(1) : issuer)
                + u"/.well-known/openid-configuration"_s);
}

} // namespace

RemoteKeys::RemoteKeys(const QString &issuer, const QUrl &keysUrl, const Now &now)
    : m_issuer(issuer), m_keysUrl(keysUrl), m_now(now)
{
}

bool RemoteKeys::isNeeded(const QString &keyId) const
{
    const QDateTime now = m_now();
    if (m_triedAt.isValid() && m_triedAt <= now && m_triedAt.secsTo(now) < kPauseSeconds)
        return false;
    const bool isHere = std::any_of(m_keys.begin(), m_keys.end(), [&](const JsonWebKey &key) {
        return keyId.isNull() || key.id() == keyId;
    });
    return !isHere || m_fetchedAt.secsTo(now) >= kGoodForSeconds;
}

void RemoteKeys::prepare(const QString &keyId, const std::function<void()> &then)
{
    if (!m_isFetching && !isNeeded(keyId))
        return then();
    m_waiting.append(then);
    if (m_isFetching)
        return;
    m_isFetching = true;
    m_triedAt = m_now();
    if (m_keysUrl.isEmpty())
        get(discoveryOf(m_issuer), &RemoteKeys::readDiscovery);
    else
        get(m_keysUrl, &RemoteKeys::readKeys);
}

void RemoteKeys::get(const QUrl &url, Reader reader)
{
    const auto wrong = [this, where = url.toString()](const QString &what) {
        finish(u"%1: %2"_s.arg(where, what));
    };
    if (!isWebAddress(url))
        return wrong(u"this is no http(s) address"_s);
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setMaximumRedirectsAllowed(kRedirects);
    request.setRawHeader("Accept", "application/json");
    QNetworkReply *reply = m_network.get(request);
    reply->setParent(this);
    auto *deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply, &QNetworkReply::abort);
    deadline->start(kPatience);
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > kDocumentBytes)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [=, this] {
        reply->deleteLater();
        const bool isCancelled = reply->error() == QNetworkReply::OperationCanceledError;
        const QByteArray document =
            reply->error() == QNetworkReply::NoError ? reply->readAll() : QByteArray();
        // All of it may be here before any progress was told.
        if ((isCancelled && deadline->isActive()) || document.size() > kDocumentBytes)
            return wrong(u"more than %1 bytes"_s.arg(kDocumentBytes));
        if (isCancelled)
            return wrong(u"no answer within %1 s"_s.arg(kPatience.count()));
        if (reply->error() != QNetworkReply::NoError)
            return wrong(reply->errorString());
        (this->*reader)(document);
    });
}

void RemoteKeys::readDiscovery(const QByteArray &body)
{
    const QJsonObject document = QJsonDocument::fromJson(body).object();
    const QString issuer = document.value("issuer"_L1).toString();
    if (issuer != m_issuer)
        return finish(u"%1 is the document of another issuer, \"%2\""_s.arg(
            discoveryOf(m_issuer).toString(), issuer));
    get(QUrl(document.value("jwks_uri"_L1).toString()), &RemoteKeys::readKeys);
}

void RemoteKeys::readKeys(const QByteArray &body)
{
    const QList<JsonWebKey> keys = JsonWebKey::fromSet(body);
    if (keys.isEmpty())
        return finish(u"the issuer's key set has no usable key"_s);
    m_keys = keys;
    m_fetchedAt = m_now();
    finish({});
}

void RemoteKeys::finish(const QString &problem)
{
    m_problem = problem;
    m_isFetching = false;
    for (const auto &then : std::exchange(m_waiting, {}))
        then();
}

} // namespace AppSync::Emulation
