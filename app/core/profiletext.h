// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/profile.h"

//! A profile as it stands in a file.
namespace Syncscope::ProfileText {

//! Something that is wrong with a file's content.
struct Fault {
    QStringList path; //!< of the member, from the profile's object on
    QString what; //!< what is expected there, without a full stop
};

//! The profile that \a json, a JSON object, describes; members that are not known mean nothing. The first
//! thing that is wrong is told in \a fault.
[[nodiscard]] Profile read(const QByteArray &json, std::optional<Fault> *fault);

//! The object \a json with the members of \a profile instead of those that it had; what is not known stays
//! as it is, byte for byte.
[[nodiscard]] QByteArray written(const QByteArray &json, const Profile &profile);

} // namespace Syncscope::ProfileText
