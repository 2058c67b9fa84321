// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/profile.h"

#include <QHash>

#include <optional>

namespace Syncscope {

//! A profile while somebody edits it: what was typed, secrets apart from the rest. Secrets stay in memory.
class ProfileDraft {
public:
    //! How one gets what a mode needs.
    enum class Way {
        Only, //!< modes that have but one
        Srp, //!< user name and password, which is proved and not sent
        Password, //!< user name and password, sent to the user pool
        Browser, //!< on a page of the user pool or provider
        Given, //!< a pasted token
        Command, //!< a program prints the token
        AwsChain, //!< wherever the tools of AWS find credentials
        AwsProfile, //!< a profile of the tools of AWS
        AwsKeys, //!< access keys
        IdentityPool, //!< of Cognito
    };
    //! The operations in the order of the editor's rows.
    enum class Operation { Connect, Subscribe, Publish };

    ProfileDraft();
    //! What \a saved says, its secrets still being where they are.
    explicit ProfileDraft(const Profile &saved);

    [[nodiscard]] AuthMode mode(Operation operation) const;
    //! Unset: as the operation before.
    [[nodiscard]] std::optional<AuthMode> ownMode(Operation operation) const;
    void setMode(Operation operation, std::optional<AuthMode> mode);
    //! Each mode once, in the order of the operations.
    [[nodiscard]] QList<AuthMode> modes() const;

    [[nodiscard]] static QList<Way> ways(AuthMode mode);
    [[nodiscard]] Way way(AuthMode mode) const;
    void setWay(AuthMode mode, Way way);

    //! Where the token or key of \a mode stands in a profile: an operation that has a mode of its own and a
    //! given token has a token of its own as well.
    [[nodiscard]] SecretRole givenRole(AuthMode mode) const;
    //! The same, for SignIn::authorizer().
    [[nodiscard]] SecretRole role(Operation operation) const;
    //! Those that the present modes and ways make use of.
    [[nodiscard]] QList<SecretRole> rolesInUse() const;

    //! What was typed, without the blanks and line breaks that copied secrets come with.
    [[nodiscard]] QString typed(SecretRole role) const;
    //! Typed now, or kept somewhere already.
    [[nodiscard]] bool has(SecretRole role) const;

    //! The profile as it is to be saved, but for the secrets that were typed: what contradicts the chosen
    //! ways is left out, so that a profile never signs in another way than the editor shows.
    [[nodiscard]] Profile toProfile() const;
    //! The same with a reference for every typed secret, as if it were saved; to be judged, not to be used.
    [[nodiscard]] Profile asIfSaved() const;

    //! The same sign-in for the GraphQL API that the profile names besides its Events API, if it does.
    [[nodiscard]] std::optional<ProfileDraft> otherService() const;

    Profile profile; //!< what was typed, whether it is in use or not
    QHash<SecretRole, QString> secrets; //!< that were typed
    QHash<int, QString> texts; //!< by FormField::Key, as typed, of what the profile has taken apart

private:
    void putWays(Profile *result) const;
    void putIamWay(Profile *result) const;
    void putModes(Profile *result) const;

    AuthMode m_main = AuthMode::ApiKey;
    std::optional<AuthMode> m_subscribe;
    std::optional<AuthMode> m_publish;
    QHash<AuthMode, Way> m_ways;
};

} // namespace Syncscope
