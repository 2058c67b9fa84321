// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "awscontext_p.h"

#include <QJsonObject>

namespace AppSync {

//! What a profile says about IAM Identity Center ("AWS SSO").
struct SsoSettings {
    QString profile; //!< its name
    QString session; //!< of the form with an sso-session; empty: of the old form
    QString startUrl;
    QString region;
    QString accountId;
    QString roleName;
    QStringList scopes;

    //! Whether \a profile speaks of it at all.
    static bool isIn(const AwsProfile &profile);
    //! What the profile of \a context says; \a error where something is missing or does not agree.
    static SsoSettings of(const AwsContext &context, Error *error);

    //! Where the AWS tools keep the token of this sign-in.
    [[nodiscard]] QString tokenFile(const AwsEnvironment &environment) const;
    //! How people sign in with the AWS tools.
    [[nodiscard]] QString loginAdvice() const;
};

//! The sign-in as the AWS tools keep it in a file.
struct SsoToken {
    QString accessToken;
    QDateTime expiresAt; //!< UTC
    QString refreshToken; //!< empty: it cannot be renewed
    QString clientId; //!< of the registration that refreshes
    QString clientSecret; //!< likewise
    QDateTime registrationExpiresAt; //!< UTC
    QJsonObject file; //!< whatever else the file says

    //! Of the file at \a path; nothing if it holds no sign-in.
    static std::optional<SsoToken> load(const QString &path);
    //! Writes the file at \a path, all of it or nothing, for its owner alone. False if that fails.
    [[nodiscard]] bool save(const QString &path, const SsoSettings &settings) const;

    //! At \a now.
    [[nodiscard]] bool canRefresh(const QDateTime &now) const;
};

} // namespace AppSync
