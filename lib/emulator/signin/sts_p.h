// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/identities_p.h"
#include "../access/jwt_p.h"
#include "../http/httprequest_p.h"
#include "../http/httpresponse_p.h"

namespace AppSync::Emulation {

//! The Security Token Service: who somebody is, and credentials of roles.
class Sts {
public:
    Sts(Identities &identities, const TokenCheck &tokens, const Now &now)
        : m_identities(identities), m_tokens(tokens), m_now(now)
    {
    }

    //! What signatures must hold to.
    void setTerms(const QString &region, std::chrono::seconds signatureWindow);

    //! Whether \a request is one for this service.
    [[nodiscard]] static bool isMeant(const HttpRequest &request);
    //! \a refusal: told if it is one, for the log.
    [[nodiscard]] HttpResponse handle(const HttpRequest &request, QString *refusal);

private:
    using Parameters = QHash<QString, QString>;

    struct Answer {
        QString code = {}; //!< of an error; empty: none
        QString message = {};
        int status = 200;
        QList<QPair<QString, QString>> result = {}; //!< `Element/Element` → text
    };

    [[nodiscard]] Answer dispatch(const HttpRequest &request, const Parameters &parameters);
    [[nodiscard]] Answer assumeRole(const HttpRequest &request, const Parameters &parameters);
    [[nodiscard]] Answer assumeRoleWithWebIdentity(const Parameters &parameters);
    [[nodiscard]] Answer getCallerIdentity(const HttpRequest &request) const;
    //! The signer; null: \a refusal says why.
    [[nodiscard]] const Principal *signerOf(const HttpRequest &request, Answer *refusal) const;
    //! What is wrong with the session that is asked for, if anything.
    [[nodiscard]] static std::optional<Answer> sessionProblem(const Parameters &parameters,
                                                              const EmulatorOptions::Role &role);
    [[nodiscard]] Answer issue(const Parameters &parameters, const EmulatorOptions::Role &role);

    Identities &m_identities;
    const TokenCheck &m_tokens;
    const Now &m_now;
    QByteArrayList m_regions;
    std::chrono::seconds m_window{300};
};

} // namespace AppSync::Emulation
