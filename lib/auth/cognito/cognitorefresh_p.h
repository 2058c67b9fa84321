// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cognitosignin_p.h"

namespace AppSync {

class CognitoApi;

//! Gets new tokens for a refresh token, without anybody being asked. Ends with exactly one finished(), unless it
//! is deleted before.
class CognitoRefresh : public QObject {
    Q_OBJECT

public:
    CognitoRefresh(CognitoApi *api, const CognitoSession &session, const QString &clientSecret,
                   QObject *parent);
    void start();

Q_SIGNALS:
    void finished(const AppSync::CognitoGrant &grant, const AppSync::Error &error);

private:
    void startTheOldWay();
    void onAnswer(const QJsonObject &answer, const Error &error);

    CognitoApi *const m_api;
    const CognitoSession m_session;
    const QString m_clientSecret;
};

} // namespace AppSync
