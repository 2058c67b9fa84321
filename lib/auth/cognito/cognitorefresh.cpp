// SPDX-License-Identifier: Apache-2.0
#include "cognitorefresh_p.h"

#include "cognitoapi_p.h"
#include "cognitoerror_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

CognitoRefresh::CognitoRefresh(CognitoApi *api, const CognitoSession &session,
                               const QString &clientSecret, QObject *parent)
    : QObject(parent), m_api(api), m_session(session), m_clientSecret(clientSecret)
{
}

//! The newer operation first: where refresh tokens rotate it is the only one.
void CognitoRefresh::start()
{
    QJsonObject parameters{{u"RefreshToken"_s, m_session.refreshToken},
                           {u"ClientId"_s, m_session.clientId}};
    if (!m_clientSecret.isEmpty())
        parameters.insert(u"ClientSecret"_s, m_clientSecret);
    if (!m_session.device.key.isEmpty())
        parameters.insert(u"DeviceKey"_s, m_session.device.key);
    m_api->call(u"GetTokensFromRefreshToken"_s, parameters, this,
                [this](const QJsonObject &answer, const Error &error) {
                    const bool isVerdict =
                        !error.isError() || CognitoError::isRefreshRefused(error);
                    if (!isVerdict && error.kind == Error::Kind::Refused)
                        startTheOldWay();
                    else
                        onAnswer(answer, error);
                });
}

void CognitoRefresh::startTheOldWay()
{
    QJsonObject parameters{{u"REFRESH_TOKEN"_s, m_session.refreshToken}};
    if (!m_clientSecret.isEmpty()) {
        // Of the pool's own name: the one that the user signed in with may be an alias.
        const QByteArray hash =
            Srp::secretHash(m_session.userName, m_session.clientId, m_clientSecret);
        parameters.insert(u"SECRET_HASH"_s, QString::fromLatin1(hash));
    }
    if (!m_session.device.key.isEmpty())
        parameters.insert(u"DEVICE_KEY"_s, m_session.device.key);
    m_api->call(u"InitiateAuth"_s,
                {{u"AuthFlow"_s, u"REFRESH_TOKEN_AUTH"_s},
                 {u"ClientId"_s, m_session.clientId},
                 {u"AuthParameters"_s, parameters}},
                this,
                [this](const QJsonObject &answer, const Error &error) { onAnswer(answer, error); });
}

void CognitoRefresh::onAnswer(const QJsonObject &answer, const Error &error)
{
    const std::optional<CognitoGrant> grant = CognitoGrant::fromAnswer(answer);
    if (error.isError())
        Q_EMIT finished({}, error);
    else if (!grant)
        Q_EMIT finished({}, CognitoError::unexpected(tr("the tokens")));
    else
        Q_EMIT finished(*grant, {});
}

} // namespace AppSync
