// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../now_p.h"
#include "identities_p.h"
#include "sigv4_p.h"

namespace AppSync::Emulation {

//! Finds out who signed a request, whatever set of headers he signed.
class Sigv4Check {
public:
    //! Each service calls these by names of its own.
    enum class Fault {
        Incomplete, //!< the header lacks a part
        WrongSignature, //!< or a wrong scope, or a clock that differs too much
        UnknownKey, //!< or a session token that is not the key's
        ExpiredToken,
    };

    struct Verdict {
        const Principal *principal = nullptr; //!< null: refused
        Fault fault = Fault::Incomplete;
        QString message; //!< in AWS' words
    };

    //! What must hold of a signature beside its value.
    struct Terms {
        QByteArray service;
        QByteArrayList regions; //!< any of these
        std::chrono::seconds window{300};
    };

    Sigv4Check(const Identities &identities, const Now &now) : m_identities(identities), m_now(now)
    {
    }

    //! \a request has an `authorization` header that starts with Sigv4::kAlgorithm. \a otherBodies are as
    //! good as its own.
    [[nodiscard]] Verdict verify(const SignedRequest &request, const Terms &terms,
                                 const QByteArrayList &otherBodies = {}) const;

private:
    struct Problem {
        Fault fault = Fault::Incomplete;
        QString message;
    };

    [[nodiscard]] std::optional<Problem> keyProblem(const Principal *principal,
                                                    const SignedRequest &request) const;
    [[nodiscard]] static std::optional<Problem>
    scopeProblem(const Sigv4::Claim &claim, const QByteArray &time, const Terms &terms);
    [[nodiscard]] std::optional<Problem> timeProblem(const QDateTime &time,
                                                     std::chrono::seconds window) const;

    const Identities &m_identities;
    const Now &m_now;
};

} // namespace AppSync::Emulation
