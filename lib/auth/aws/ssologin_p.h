// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/interaction.h"
#include "ssosettings_p.h"

#include <functional>

namespace AppSync {

//! One sign-in to IAM Identity Center: registers, asks for a code, has a person confirm it in a browser, and
//! waits for that. It ends with exactly one finished(); deleting it before that ends it without a word.
class SsoLogin : public QObject {
    Q_OBJECT

public:
    SsoLogin(const AwsContext &context, const SsoSettings &settings, QObject *parent);
    void start();

Q_SIGNALS:
    void interactionRequired(AppSync::Interaction *interaction); //!< owned by this
    void finished(const AppSync::SsoToken &token, const AppSync::Error &error);

private:
    void registerClient();
    void askForCode();
    void showCode(const QJsonObject &answer);
    void poll();
    void onPolled(const HttpAnswer &answer, const Error &noAnswer);
    void end(const SsoToken &token, const Error &error);
    void fail(const Error &error) { end({}, error); }
    //! \a goOn gets the body of an answer 200; anything else ends the sign-in as \a what.
    void post(const QString &path, const QJsonObject &body, const QString &what,
              const std::function<void(const QJsonObject &)> &goOn);
    HttpCall *call(const QString &path, const QJsonObject &body);

    AwsContext m_context;
    SsoSettings m_settings;
    SsoToken m_token;
    QString m_deviceCode;
    std::chrono::seconds m_interval{5};
    ClockTimer *m_nextPoll;
    ClockTimer *m_deadline;
    QPointer<Interaction> m_interaction;
    bool m_hasEnded = false;
};

} // namespace AppSync
