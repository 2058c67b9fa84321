// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/error.h"
#include "cognitoquestion_p.h"
#include "cognitosession_p.h"

#include <QJsonObject>

namespace AppSync {

class CognitoApi;

//! Makes a device known that a user pool has given a key to, so that it can prove itself at the next sign-in.
class CognitoDeviceEnrolment : public QObject {
    Q_OBJECT

public:
    //! \a device has keys and no password. Without \a canAsk the pool's question whether to remember the device
    //! stays unanswered, which means no.
    CognitoDeviceEnrolment(CognitoApi *api, const QString &accessToken, const CognitoDevice &device,
                           bool canAsk, QObject *parent);
    void start();

Q_SIGNALS:
    void asked(AppSync::Interaction *interaction); //!< to be shown
    void confirmed(const AppSync::CognitoDevice &device); //!< it has a password now
    void finished(const AppSync::Error &error); //!< once; the sign-in is not touched by an error

private:
    void onConfirmed(bool asksUser);
    void answer(bool isRemembered);

    CognitoApi *const m_api;
    const QString m_accessToken;
    CognitoDevice m_device;
    const bool m_canAsk;
    CognitoQuestion m_question;
};

} // namespace AppSync
