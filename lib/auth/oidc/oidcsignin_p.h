// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/interaction.h"
#include "oidcapi_p.h"

#include <QPointer>

namespace AppSync {

//! One sign-in by a person, from the page that is opened to the tokens. It ends with exactly one finished(),
//! unless it is abandoned before. Delete it later, not in a slot.
class OidcSignIn : public QObject {
    Q_OBJECT

public:
    struct Options {
        QString scope; //!< separated by spaces; empty: whatever the provider grants by itself
        QStringList redirectUris; //!< of the flow with a browser
        OidcApi::Form parameters; //!< that are added to the request
        QString provider; //!< for people
        QString problem; //!< why they are asked again; empty: they are not
    };

    //! \a owner gets the interactions, which outlive this until whoever shows them has seen them closed.
    OidcSignIn(OidcApi *api, Options options, QObject *owner, QObject *parent);
    virtual void start() = 0;
    //! Ends it without finished(): nothing is listening, shown or sent any more.
    void abandon();

Q_SIGNALS:
    void asked(AppSync::Interaction *interaction); //!< to be shown
    void isWaitingForPersonChanged(bool isWaiting);
    void finished(const AppSync::OidcGrant &grant, const AppSync::Error &error);

protected:
    [[nodiscard]] OidcApi *api() const { return m_api; }
    [[nodiscard]] const Options &options() const { return m_options; }
    [[nodiscard]] bool hasEnded() const { return m_hasEnded; }
    //! Has a person open \a url, and gives them \a patience; \a hint is what to do if they were not able to.
    void ask(const QUrl &url, const QString &message, const QString &userCode,
             std::chrono::milliseconds patience, const QString &hint);
    //! The person has done their part.
    void endWaiting();
    //! Ends it with the tokens, if their ID token is for us and says \a nonce.
    void succeed(const OidcGrant &grant, const QString &nonce);
    void fail(const Error &error);
    //! Called once, at the end.
    virtual void cleanUp() { }

private:
    void end(const OidcGrant &grant, const Error &error);

    OidcApi *const m_api;
    const Options m_options;
    QObject *const m_owner;
    ClockTimer *const m_patience;
    QString m_hint;
    QPointer<Interaction> m_interaction;
    bool m_hasEnded = false;
};

//! Authorization code with PKCE: the browser of this computer comes back to a port of this computer (RFC 8252).
class OidcBrowserSignIn final : public OidcSignIn {
    Q_OBJECT

public:
    using OidcSignIn::OidcSignIn;
    void start() override;

private:
    void cleanUp() override;
    [[nodiscard]] QUrl authorizeUrl();
    void onRedirect(const struct Redirect &redirect, const Error &error);

    class LoopbackRedirect *m_redirect = nullptr;
    QString m_state;
    QString m_nonce;
    QString m_verifier;
};

//! A code that is confirmed in any browser, also on another device (RFC 8628).
class OidcDeviceSignIn final : public OidcSignIn {
    Q_OBJECT

public:
    using OidcSignIn::OidcSignIn;
    void start() override;

private:
    void onCode(const QJsonObject &answer);
    void poll();
    void onPolled(const OidcGrant &grant, const Error &error);
    void cleanUp() override;

    QString m_deviceCode;
    std::chrono::seconds m_interval{5};
    ClockTimer *m_nextPoll = nullptr;
};

} // namespace AppSync
