// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cognitoquestion_p.h"
#include "cognitosession_p.h"
#include "cognitotokensource.h"
#include "srp_p.h"

#include <functional>
#include <optional>

namespace AppSync {

class CognitoApi;

//! What a sign-in or a renewal brings.
struct CognitoGrant {
    QString accessToken;
    QString idToken;
    QString refreshToken; //!< empty: the old one remains
    std::chrono::seconds lifetime{0};
    QString loginName; //!< of a sign-in
    QString userName; //!< the pool's own name; empty where it is not known
    CognitoDevice newDevice; //!< that the pool wants to be told about; without a password

    //! Nothing if \a answer has no tokens.
    static std::optional<CognitoGrant> fromAnswer(const QJsonObject &answer);
};

//! One sign-in from its start to its tokens: answers every challenge, or asks a person, until there are no more.
//! It ends with exactly one finished(), unless it is deleted before, which takes its question off the screen.
class CognitoSignIn : public QObject {
    Q_OBJECT

public:
    struct Options {
        QString clientId;
        QString clientSecret;
        QString userPoolId;
        QString loginName; //!< empty: ask
        bool isLoginNameFixed = false; //!< a person may not choose another one
        QString password; //!< empty: ask, if the flow needs one
        QString problem; //!< why a person is asked again
        CognitoTokenSource::Flow flow = CognitoTokenSource::Flow::Srp;
        CognitoDevice device; //!< of loginName
        //! Nothing if a person can be asked, else the error that tells what for.
        std::function<std::optional<Error>(const QString &what)> nobodyToAsk;
        //! A fresh conversation; tests have ones that are known.
        std::function<Srp::Conversation()> converse = [] { return Srp::Conversation(); };
    };

    CognitoSignIn(CognitoApi *api, Options options, QObject *parent);
    ~CognitoSignIn() override;
    void start();

Q_SIGNALS:
    void asked(AppSync::Interaction *interaction); //!< to be shown
    void isWaitingForPersonChanged(bool isWaiting);
    void passwordChosen(const QString &password); //!< it is in force from now on
    void deviceForgotten(); //!< the pool does not know it any more
    void finished(const AppSync::CognitoGrant &grant, const AppSync::Error &error);

private:
    using Answers = QVariantMap;
    using Responses = QMap<QString, QString>;

    void askForCredentials();
    [[nodiscard]] bool needsPasswordFirst() const;
    void initiate();
    void onAnswer(const QJsonObject &answer);
    void handle(const QString &problem = {});
    void proveUserPassword();
    void proveDevice();
    void proveDevicePassword();
    void sendPassword(const QString &challenge);
    void chooseChallenge();
    void chooseSecondFactor();
    void askForNewPassword(const QString &problem);
    void setUpSecondFactor();
    void askForTotp(const QString &secret, const QString &problem);
    void askForCode(const QString &problem);
    void askTheUnknown();
    [[nodiscard]] std::optional<Responses> proof(const Srp::Conversation &conversation,
                                                 const Srp::Identity &who);

    //! Goes on with \a then once there is a password.
    void withPassword(const std::function<void()> &then);
    void respond(const QString &challenge, Responses responses);
    void onRefused(const Error &error);
    bool startAgainWithoutDevice(const Error &error);
    void addClient(Responses &parameters, const QString &userName) const;

    void ask(const CognitoForm &form, const QString &what,
             const std::function<void(const Answers &)> &then);
    void fail(const Error &error);
    void finish(const CognitoGrant &grant, const Error &error);

    CognitoApi *const m_api;
    Options m_options;
    QString m_userName; //!< as challenges call the user
    CognitoChallenge m_challenge;
    std::optional<Srp::Conversation> m_conversation;
    std::optional<Srp::Conversation> m_deviceConversation;
    QString m_newPassword; //!< sent, but not in force yet
    CognitoQuestion m_question;
    int m_steps = 0;
    bool m_hasStartedAgain = false;
};

} // namespace AppSync
