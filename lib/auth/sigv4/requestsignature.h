// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/authorizer.h"
#include "signingregion.h"

#include <QDateTime>
#include <QStringList>

namespace AppSync {

//! How a request was signed, for people who look for the reason of a refusal. It holds nothing secret: neither
//! keys nor the signature, and of a session token its length.
class APPSYNC_EXPORT RequestSignature {
    Q_GADGET
    Q_PROPERTY(AppSync::SignableRequest::Operation operation MEMBER operation)
    Q_PROPERTY(bool overHttp MEMBER overHttp)
    Q_PROPERTY(QString channel MEMBER channel)
    Q_PROPERTY(QString canonicalRequest MEMBER canonicalRequest)
    Q_PROPERTY(QString stringToSign MEMBER stringToSign)
    Q_PROPERTY(QStringList signedHeaders MEMBER signedHeaders)
    Q_PROPERTY(AppSync::SigningRegion region MEMBER region)
    Q_PROPERTY(QString service MEMBER service)
    Q_PROPERTY(QDateTime date MEMBER date)
    Q_PROPERTY(QString accessKeyId MEMBER accessKeyId)
    Q_PROPERTY(bool hasSessionToken MEMBER hasSessionToken)
    Q_PROPERTY(QString source MEMBER source)
    Q_PROPERTY(bool isValid READ isValid)

public:
    SignableRequest::Operation operation = SignableRequest::Operation::Connect; //!< what it was for
    bool overHttp = false; //!< for HTTP headers, not for a frame
    QString channel; //!< empty on connect
    //! Lines as they were signed, with one exception: of `x-amz-security-token` it tells the length only, so
    //! that its SHA-256 is not the one in stringToSign where hasSessionToken is true.
    QString canonicalRequest;
    QString stringToSign; //!< the four lines that the signature covers
    QStringList signedHeaders; //!< in lower case and in order
    SigningRegion region; //!< and where it comes from
    QString service; //!< `appsync`
    QDateTime date; //!< UTC: what `x-amz-date` says
    QString accessKeyId; //!< whose signature it is; not secret
    bool hasSessionToken = false; //!< temporary credentials: the token was signed and is sent
    QString source; //!< where the credentials come from, for people
    QByteArray tokenHash; //!< SHA-256 of the session token in hex; empty without one
    //! SHA-256 in hex of the body with `<`, `>` and `&` written as JSON escapes, as the service is thought to
    //! write them over WebSocket before it checks; empty unless the body has `<` or `>`.
    QByteArray escapedBodyHash;

    [[nodiscard]] bool isValid() const
    {
        return !canonicalRequest.isEmpty();
    } //!< something was signed

    friend bool operator==(const RequestSignature &, const RequestSignature &) = default;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::RequestSignature)
