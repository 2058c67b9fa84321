// SPDX-License-Identifier: Apache-2.0
#include "cognitoapi_p.h"

#include "cognitoerror_p.h"

#include <QJsonDocument>
#include <QLocale>
#include <QNetworkAccessManager>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

// `Date` tells whole seconds, and it was written somewhere between request and answer.
constexpr qint64 kDateIsWithinMs = 2000;

} // namespace

CognitoApi::CognitoApi(QObject *parent) : QObject(parent)
{
}

void CognitoApi::setNetworkSettings(const NetworkSettings &settings)
{
    m_access.settings = settings;
    if (m_access.manager)
        m_access.manager->setProxy(settings.proxy);
}

void CognitoApi::call(const QString &operation, const QJsonObject &parameters, QObject *context,
                      const Handler &done)
{
    if (!m_access.manager) {
        // One for all, so that a sign-in of many steps has one connection.
        m_access.manager = new QNetworkAccessManager(this);
        m_access.manager->setProxy(m_access.settings.proxy);
    }
    const Headers headers{
        {"Content-Type"_ba, "application/x-amz-json-1.1"_ba},
        {"X-Amz-Target"_ba, "AWSCognitoIdentityProviderService." + operation.toLatin1()},
        {"Cache-Control"_ba, "no-store"_ba},
    };
    const QByteArray body = QJsonDocument(parameters).toJson(QJsonDocument::Compact);
    HttpCall *call = HttpCall::post(m_url, headers, body, m_access, context);
    connect(call, &HttpCall::finished, this,
            [this, done, alive = QPointer<QObject>(context),
             sentAtMs = m_clock->wallMs()](const HttpAnswer &answer, Error error) {
                learnTime(answer.header("Date"), sentAtMs);
                const QJsonObject object = error.isError() ? QJsonObject() : read(answer, &error);
                // Whoever is told of the time may have given up what this is for.
                if (alive)
                    done(object, error);
            });
}

QJsonObject CognitoApi::read(const HttpAnswer &answer, Error *error) const
{
    const QJsonDocument body = QJsonDocument::fromJson(answer.body);
    if (answer.status == 200 && body.isObject())
        return body.object();
    // Signing out is answered with nothing at all.
    if (answer.status == 200 && answer.body.trimmed().isEmpty())
        return {};
    *error = CognitoError::fromAnswer(answer, m_clockOffset);
    return {};
}

void CognitoApi::learnTime(const QByteArray &date, qint64 sentAtMs)
{
    QDateTime server =
        QLocale::c().toDateTime(QString::fromLatin1(date), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!server.isValid())
        return;
    server.setTimeSpec(Qt::UTC);
    const qint64 nowMs = m_clock->wallMs();
    const qint64 halfWayMs = sentAtMs + (nowMs - sentAtMs) / 2;
    const qint64 measured = server.toMSecsSinceEpoch() + 500 - halfWayMs;
    const qint64 tolerance = kDateIsWithinMs + (nowMs - sentAtMs) / 2;
    if (std::abs(measured - m_clockOffset.count()) <= tolerance)
        return;
    m_clockOffset = std::chrono::milliseconds(std::abs(measured) <= tolerance ? 0 : measured);
    Q_EMIT clockOffsetChanged();
}

} // namespace AppSync
