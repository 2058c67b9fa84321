// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/profiledraft.h"

namespace Syncscope {

//! One line of the editor of a profile.
class FormField {
public:
    enum class Key {
        Way, //!< of one mode
        ApiKey,
        ApiKeyExpiry,
        UserPoolId,
        ClientId,
        ClientSecret,
        Username,
        Password,
        Domain,
        TokenUse,
        Issuer,
        Scopes,
        RedirectUris,
        Token,
        TokenPrefix,
        TokenCommand,
        AwsProfile,
        AccessKeyId,
        SecretAccessKey,
        SessionToken,
        IdentityPoolId,
        Nothing, //!< a remark
    };
    enum class Kind { Text, Secret, Choice, Remark };

    Key key = Key::Nothing;
    AuthMode mode = AuthMode::None; //!< whose line it is
    Kind kind = Kind::Text;
    QString label;
    QString hint; //!< what stands in the empty field
    QString help; //!< under it, may be empty
    QString warning; //!< likewise, what is wrong or will be
    QString text;
    QStringList choices; //!< labels
    int choice = -1;
    bool isMono = true;
    bool isKept = false; //!< a secret that is kept somewhere, so that nothing need be typed

    //! True if \a other is the same line, whatever stands in it.
    [[nodiscard]] bool isSameLineAs(const FormField &other) const
    {
        return key == other.key && mode == other.mode && kind == other.kind;
    }
    friend bool operator==(const FormField &, const FormField &) = default;
};

//! The lines that the modes and ways of a draft need, and what happens when one changes. All wording of the
//! editor's fields is here.
namespace FormFields {

//! \a nowMs decides what has expired (milliseconds since 1970-01-01 UTC).
[[nodiscard]] QList<FormField> of(const ProfileDraft &draft, qint64 nowMs);
//! Puts what was typed into \a draft.
void setText(ProfileDraft *draft, const FormField &field, const QString &text);
void setChoice(ProfileDraft *draft, const FormField &field, int choice);
//! Forgets a secret that is kept.
void forget(ProfileDraft *draft, const FormField &field);
//! Where the text of a secret field belongs.
[[nodiscard]] SecretRole roleOf(const ProfileDraft &draft, const FormField &field);
//! "API key", "User pool", …
[[nodiscard]] QString nameOf(AuthMode mode);
//! Reads "2026-12-31" or "2026-12-31 18:00" as UTC; invalid: it is no date.
[[nodiscard]] QDateTime readDate(const QString &text);

} // namespace FormFields
} // namespace Syncscope
