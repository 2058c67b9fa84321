// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Error>

#include <QString>

namespace Syncscope {

//! Why something that the user gave cannot be used, and what to do about it.
class Problem {
public:
    enum class Kind {
        None,
        Usage, //!< a flag, a variable or a combination of them
        File, //!< a file that cannot be read or has the wrong content
        Denied, //!< a credential that is there and cannot be had: a locked keychain
        Refused, //!< something that the service would refuse: channel, event, size, count
    };

    Kind kind = Kind::None;
    QString message; //!< one sentence
    QString nextStep; //!< what to do now, may be empty

    [[nodiscard]] bool isProblem() const { return kind != Kind::None; }
    //! For those who take errors: Error::Kind::InvalidInput, or none where there is no problem.
    [[nodiscard]] AppSync::Error toError() const
    {
        return isProblem()
            ? AppSync::Error::local(AppSync::Error::Kind::InvalidInput, message, nextStep)
            : AppSync::Error();
    }

    static Problem usage(const QString &message, const QString &nextStep = {})
    {
        return {Kind::Usage, message, nextStep};
    }
    static Problem file(const QString &message, const QString &nextStep = {})
    {
        return {Kind::File, message, nextStep};
    }
    static Problem denied(const QString &message, const QString &nextStep = {})
    {
        return {Kind::Denied, message, nextStep};
    }
    static Problem refused(const QString &message, const QString &nextStep = {})
    {
        return {Kind::Refused, message, nextStep};
    }
};

} // namespace Syncscope
