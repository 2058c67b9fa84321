// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"
#include "ssosettings_p.h"

namespace AppSync {

//! The role of a profile that signs in with IAM Identity Center ("AWS SSO"). The sign-in is the one that the
//! AWS tools keep; it is renewed where it can be, and where it has ended and somebody listens, made anew.
class SsoCredentials : public FetchedCredentials {
    Q_OBJECT

public:
    SsoCredentials(const AwsContext &context, const SsoSettings &settings, QObject *parent);
    [[nodiscard]] QString displayName() const override;

protected:
    void fetch() override;

private:
    void refresh(const SsoToken &token);
    void onRefreshed(SsoToken token, const HttpAnswer &answer);
    void signIn(const QString &reason);
    void keep(const SsoToken &token);
    void askForRole(const SsoToken &token);
    void onRole(const HttpAnswer &answer);
    [[nodiscard]] std::optional<SsoToken> newestToken() const;

    SsoSettings m_settings;
    std::optional<SsoToken> m_token; //!< for the case that the file cannot be written
    bool m_hasSignedIn = false; //!< during this fetch
};

} // namespace AppSync
