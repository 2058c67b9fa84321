// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "requestsignature.h"

#include <QVariant>

#include <chrono>
#include <optional>

namespace AppSync {

//! One line of what was signed beside the line that the server expected.
class APPSYNC_EXPORT SignatureLine {
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString ours MEMBER ours)
    Q_PROPERTY(QString theirs MEMBER theirs)
    Q_PROPERTY(bool differs MEMBER differs)

public:
    QString name; //!< what the line is, for people: "path", the name of a header, …
    QString ours; //!< the whole line; null where there is none
    QString theirs; //!< likewise
    bool differs = false; //!< also where both are masked alike

    friend bool operator==(const SignatureLine &, const SignatureLine &) = default;
};

//! Why a signature may have been refused.
class APPSYNC_EXPORT SignatureCause {
    Q_GADGET
    Q_PROPERTY(AppSync::SignatureCause::Kind kind MEMBER kind)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(QString nextStep MEMBER nextStep)

public:
    //! What is wrong.
    enum class Kind {
        Clock, //!< the date: this computer's clock is off
        Region, //!< the scope names another region than the API's
        Service, //!< the scope names another service
        Host, //!< another host was signed than the one that the server goes by
        Target, //!< method, path or query
        SessionToken, //!< missing, another one, or expired
        AngleBrackets, //!< the service's known fault with `<` and `>` over WebSocket
        Body, //!< the body that arrived is not the one that was signed
        Header, //!< a header was changed, lost or added on the way
        SecretKey, //!< all that was signed agrees, so the key does not
    };
    Q_ENUM(Kind)

    Kind kind = Kind::Header; //!< for programs
    QString text; //!< a sentence for people
    QString nextStep; //!< what to do about it

    friend bool operator==(const SignatureCause &, const SignatureCause &) = default;
};

//! What a server's words about a refused signature mean: the difference between what was signed and what the
//! server expected, line by line, and the likely causes. Session tokens in the server's words are masked.
class APPSYNC_EXPORT SignatureHelp {
    Q_GADGET
    Q_PROPERTY(AppSync::RequestSignature signature MEMBER signature)
    Q_PROPERTY(QList<AppSync::SignatureLine> canonicalRequest MEMBER canonicalRequest)
    Q_PROPERTY(QList<AppSync::SignatureLine> stringToSign MEMBER stringToSign)
    Q_PROPERTY(QList<AppSync::SignatureCause> causes MEMBER causes)
    Q_PROPERTY(QVariant clockOffset READ clockOffsetSeconds)

public:
    RequestSignature
        signature; //!< the one that the server's words fit best; invalid if there was none
    //! Empty if the server did not tell its canonical string.
    QList<SignatureLine> canonicalRequest;
    QList<SignatureLine> stringToSign; //!< likewise
    QList<SignatureCause> causes; //!< the likeliest first; empty if none was found
    //! What IamAuthorizer::clockOffset() should be, where the clock is the cause and the server told its time.
    std::optional<std::chrono::seconds> clockOffset;

    //! clockOffset as a number of seconds, for QML; invalid (`undefined`) where there is none.
    [[nodiscard]] QVariant clockOffsetSeconds() const
    {
        return clockOffset ? QVariant(double(clockOffset->count())) : QVariant();
    }

    //! True if \a serverText is about a signature, so that explain() can help.
    static bool isAboutSignature(const QString &serverText);
    //! Reads \a serverText, the server's words as they came (Error::serverMessage) or a frame that holds them.
    //! \a candidates are signatures of late, newest first; the one that fits best is compared. \a serverTime,
    //! where known, is the `Date` of the answer.
    static SignatureHelp explain(const QString &serverText,
                                 const QList<RequestSignature> &candidates,
                                 const QDateTime &serverTime = {});
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::SignatureLine)
Q_DECLARE_METATYPE(AppSync::SignatureCause)
Q_DECLARE_METATYPE(AppSync::SignatureHelp)
