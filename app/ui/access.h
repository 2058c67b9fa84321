// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/signin.h"
#include "app/ui/profiledraft.h"

#include <AppSync/Client>

#include <memory>

namespace Syncscope {

//! What signs the operations of one session, and the sign-in behind it. Secrets that were typed and not saved
//! are in memory for as long as this lives.
class Access : public QObject {
    Q_OBJECT

public:
    //! One mode and the operations that it is for.
    class Way {
    public:
        AuthMode mode = AuthMode::None;
        SecretRole role = SecretRole::Token;
        QString operations; //!< for people: "connect, subscribe"
        AppSync::Authorizer *authorizer = nullptr;
    };

    //! Null: \a problem says what \a draft lacks. \a secrets is not owned.
    static std::unique_ptr<Access> make(const ProfileDraft &draft, SecretStore *secrets,
                                        Problem *problem);
    ~Access() override;

    [[nodiscard]] SignIn *signIn() const { return m_signIn.get(); }
    [[nodiscard]] const QList<Way> &ways() const { return m_ways; }
    [[nodiscard]] AppSync::Authorizer *authorizer(ProfileDraft::Operation operation) const;
    [[nodiscard]] AuthMode mode(ProfileDraft::Operation operation) const;
    //! Of the token that \a operation shows; not valid: it shows none, or nobody has signed in yet.
    [[nodiscard]] AppSync::JwtClaims claims(ProfileDraft::Operation operation) const;
    //! A client of the service of \a endpoint, which must end before this does. Queries and mutations go as publishes
    //! do.
    [[nodiscard]] std::unique_ptr<AppSync::Client>
    newClient(const AppSync::Endpoint &endpoint) const;

private:
    Access(const ProfileDraft &draft, SecretStore *secrets);
    Problem findWays(const ProfileDraft &draft);

    const QPointer<SecretStore> m_secrets;
    QStringList m_keys; //!< of what is remembered for this session
    std::unique_ptr<SignIn> m_signIn;
    QList<Way> m_ways;
    QHash<int, int> m_wayOf; //!< of each operation
};

} // namespace Syncscope
