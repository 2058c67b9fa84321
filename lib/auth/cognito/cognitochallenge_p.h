// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/interaction.h"

#include <QJsonObject>
#include <QMap>

namespace AppSync {

//! What a user pool wants to know next.
struct CognitoChallenge {
    QString name; //!< `SMS_MFA`, …
    QString session; //!< to be sent back
    QMap<QString, QString> parameters; //!< `ChallengeParameters`
    QStringList available; //!< `AvailableChallenges` of SELECT_CHALLENGE

    static CognitoChallenge fromAnswer(const QJsonObject &answer);
    //! A parameter that is a JSON list of texts.
    [[nodiscard]] QStringList list(const QString &parameter) const;
};

//! What a person is shown, before it becomes an Interaction.
struct CognitoForm {
    Interaction::Kind kind = Interaction::Kind::Form;
    QString title;
    QString message;
    QString problem; //!< with the answer before
    QList<InteractionField> fields;
    QUrl url;
    QString userCode;
};

//! The forms of all challenges. The names of their fields are those of the answers that the API wants, or these.
namespace CognitoForms {

inline constexpr QLatin1StringView kUserName{"username"};
inline constexpr QLatin1StringView kPassword{"password"};
inline constexpr QLatin1StringView kCode{"code"};
inline constexpr QLatin1StringView kDeviceName{"deviceName"};
inline constexpr QLatin1StringView kAnswer{"ANSWER"};
inline constexpr QLatin1StringView kResponseName{"responseName"};
inline constexpr QLatin1StringView kResponseValue{"responseValue"};

//! \a pool as people see it. The name is offered, or just told if \a asksForName is false.
CognitoForm credentials(const QString &pool, const QString &loginName, bool asksForName,
                        bool asksForPassword);
//! For SMS_MFA, EMAIL_OTP, SMS_OTP and SOFTWARE_TOKEN_MFA.
CognitoForm code(const CognitoChallenge &challenge);
CognitoForm newPassword(const CognitoChallenge &challenge);
//! One of \a choices, names of challenges, goes into kAnswer.
CognitoForm choice(const QStringList &choices, bool isSecondFactor);
//! To enter \a secret into an authenticator app, by hand or as the QR code of \a url.
CognitoForm totpSetup(const QString &secret, const QUrl &url);
CognitoForm custom(const CognitoChallenge &challenge);
CognitoForm unknown(const CognitoChallenge &challenge);
CognitoForm rememberDevice(const QString &deviceName);

//! The key of the answer to a challenge that wants a code; empty if it wants none.
QString responseKey(const QString &challengeName);
QUrl totpUrl(const QString &secret, const QString &issuer, const QString &userName);

} // namespace CognitoForms

} // namespace AppSync
