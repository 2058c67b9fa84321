// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/authcheck_p.h"

namespace AppSync::Emulation {

//! What a namespace's handler is told of an operation, beside its events.
struct HandlerContext {
    QString channel; //!< without slashes at its ends
    bool isPublish = false;
    Caller caller;
    Credentials credentials;

    [[nodiscard]] QString nameSpace() const;
    //! The members of `ctx`. Where documents disagree, in both places.
    [[nodiscard]] QJsonObject toJson() const;
    //! As the service spells the mode: `API Key Authorization`, ….
    [[nodiscard]] QString authType() const;

private:
    [[nodiscard]] QJsonValue identity() const;
};

} // namespace AppSync::Emulation
