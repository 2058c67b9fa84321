// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/import/importresult.h"

#include <AppSync/Endpoint>

namespace Syncscope {

//! One profile while it is being gathered from a file.
class Draft {
public:
    explicit Draft(const QString &name) { profile.name = name; }

    //! One of the services of the profile.
    class Api {
    public:
        //! Takes the first \a url; what is no endpoint, or another one, is told of in the end.
        void setUrl(const QString &url, const QString &region = {});
        void setRealtime(const QString &url) { m_realtime = url; }
        [[nodiscard]] bool isThere() const { return m_isGiven; }
        [[nodiscard]] bool isValid() const { return endpoint.isValid(); }
        //! Where it differs from what the endpoint implies.
        [[nodiscard]] QString ownRealtime() const;

        AppSync::Endpoint endpoint;
        std::optional<AuthMode> auth;
        QString apiKey;
        QStringList others; //!< endpoints of the same service that were not taken

    private:
        bool m_isGiven = false;
        QString m_realtime;
    };

    //! The URL or host of either service, as its path or host tells.
    void setAnyUrl(const QString &url, const QString &region = {});
    void setSecret(SecretRole role, const QString &value);
    //! \a id of a user pool, or the issuer URL that has one in it.
    void setUserPool(const QString &id);
    void setDomain(const QString &domain);
    void note(const QString &sentence) { m_notes.append(sentence); }
    //! What is said where an API key is missing.
    void setKeyHint(const QString &sentence) { m_keyHint = sentence; }

    //! True if there is anything that a profile is made of.
    [[nodiscard]] bool isWorthIt() const;
    [[nodiscard]] bool hasEndpoint() const { return events.isThere() || graphql.isThere(); }
    //! Takes from \a other what is not known here.
    void complete(const Draft &other);
    //! The profile, with what it lacks. No secret is in any of its texts.
    [[nodiscard]] ImportedProfile finished() const;

    Profile profile; //!< everything but endpoints, their modes and keys
    Api events;
    Api graphql;

private:
    void putEndpoints(ImportedProfile *result) const;
    void guessMode(ImportedProfile *result) const;
    void listMissing(ImportedProfile *result) const;
    void listMissingFor(AuthMode mode, ImportedProfile *result) const;

    QHash<SecretRole, QString> m_secrets;
    QStringList m_notes;
    QString m_keyHint;
};

//! `API_KEY`, `AWS_IAM`, … of the service, or `apiKey`, `userPool`, … of Amplify.
[[nodiscard]] std::optional<AuthMode> authModeOfService(const QString &text);

//! Programs write out what is not there as "null" or "undefined".
[[nodiscard]] bool isNothing(const QString &value);

} // namespace Syncscope
