// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/profile.h"

#include <QHash>

namespace Syncscope {

//! A profile made from a file of configuration.
class ImportedProfile {
public:
    Profile profile; //!< with a name that the file suggests; refers to no secret
    //! What the file had of them, for the keychain: they are in no member of the profile.
    QHash<SecretRole, QString> secrets;
    QStringList missing; //!< what is needed besides, a sentence each
    QStringList notes; //!< what else is worth knowing, likewise
};

//! What a file of configuration gave.
class ImportResult {
public:
    QString kind; //!< what the file was taken for, for people; empty: nothing that is known
    QList<ImportedProfile> profiles;
    Problem problem; //!< then there are no profiles
};

} // namespace Syncscope
