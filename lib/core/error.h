// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QMetaType>
#include <QObject>
#include <QString>

namespace AppSync {

//! What went wrong, for programs (kind, type, code, httpStatus) and for people (message, serverMessage,
//! nextStep). A default-constructed Error means "no error". Thread-safe as any value.
class APPSYNC_EXPORT Error {
    Q_GADGET
    Q_PROPERTY(AppSync::Error::Kind kind MEMBER kind)
    Q_PROPERTY(QString type MEMBER type)
    Q_PROPERTY(QString code MEMBER code)
    Q_PROPERTY(int httpStatus MEMBER httpStatus)
    Q_PROPERTY(QString message MEMBER message)
    Q_PROPERTY(QString serverMessage MEMBER serverMessage)
    Q_PROPERTY(QString nextStep MEMBER nextStep)
    Q_PROPERTY(bool isError READ isError)

public:
    //! What kind of failure, for programs to act on.
    enum class Kind {
        None, //!< no error
        InvalidInput, //!< refused here, nothing was sent: endpoint, channel, count, size
        Unreachable, //!< DNS, TCP or proxy: no conversation took place
        Tls, //!< certificate or TLS version
        UpgradeRefused, //!< the WebSocket upgrade was answered with something else than 101
        Unauthorized, //!< the service refused the credentials or the operation
        Refused, //!< the service refused the request for another reason (channel, size, count, …)
        LimitExceeded, //!< a quota or a rate of the service
        Timeout, //!< a deadline of ours ran out
        ConnectionLost, //!< dropped; the outcome of what was in flight is unknown
        Receiving, //!< a message that cannot be read: not JSON, binary, or not of AppSync at all
        UnsupportedMessage, //!< a well-formed message of a type that this library does not know
        WrongType, //!< a message in which a member is missing or has the wrong JSON type
        UnknownId, //!< the server, or we for it, named an operation that does not exist
        IdInUse, //!< the id belongs to another operation, which goes on undisturbed
        NotSubscribed, //!< unsubscribe of what is not subscribed
        AlreadyCalled, //!< subscribe or unsubscribe while the same is under way or done
        Encoding, //!< what should be sent cannot be written as JSON text: not UTF-8, not JSON
        Cancelled, //!< ended by the caller
        Unattended, //!< a sign-in asked somebody, and nobody answered in time; asking again needs a person too
        Server, //!< a failure inside the service (5xx, processing errors)
    };
    Q_ENUM(Kind)

    Kind kind = Kind::None; //!< for programs to act on
    QString type; //!< the service's errorType, without a Java package prefix
    QString code; //!< the service's errorCode or code, number or string, as text
    int httpStatus = 0; //!< 0 where no HTTP status was involved
    QString message; //!< one sentence of ours: what failed and, where known, why
    QString serverMessage; //!< the service's own words, empty if it gave none
    QString nextStep; //!< what the user can do now, may be empty

    //! An error found here, without a server.
    static Error local(Kind kind, const QString &message, const QString &nextStep = {});

    [[nodiscard]] bool isError() const { return kind != Kind::None; } //!< false: all is well
    //! True where trying the same again later can succeed.
    [[nodiscard]] bool isRetryable() const;
    //! True where only other credentials can help.
    [[nodiscard]] bool needsNewCredentials() const
    {
        return kind == Kind::Unauthorized
            || (kind == Kind::UpgradeRefused && (httpStatus == 401 || httpStatus == 403));
    }
    //! message, the server's words and the next step as one text for a log or a terminal.
    [[nodiscard]] QString toString() const;

    friend bool operator==(const Error &, const Error &) = default;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::Error)
