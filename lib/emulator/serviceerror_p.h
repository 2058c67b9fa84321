// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace AppSync::Emulation {

//! An error as the service tells it. A null message is left out of the answer, as the service does for an
//! unknown namespace.
struct ServiceError {
    QString type;
    QString message;
    int code = 0; //!< `errorCode`; 0: left out
    int httpStatus = 400; //!< over HTTP
    QString reason; //!< for the emulator's own log, which may say more than the service would
    QString httpType = {}; //!< over HTTP, where the service has another word for `type`

    static ServiceError badRequest(const QString &message, const QString &reason = {});
    //! Credentials that are missing or wrong.
    static ServiceError notAuthorized(const QString &reason);
    //! Credentials that are right but not for this namespace, or there is no such namespace.
    static ServiceError forbidden(const QString &reason);
    static ServiceError rateLimited(const QString &reason);
    //! A mistake of HTTP itself.
    static ServiceError http(int status, const QString &type, const QString &message);

    [[nodiscard]] QString typeOverHttp() const { return httpType.isEmpty() ? type : httpType; }
    //! Type, message and reason in one line: of the message only the first, since what the service says
    //! below it about a wrong signature holds the client's session token.
    [[nodiscard]] QString toString() const;
};

} // namespace AppSync::Emulation
