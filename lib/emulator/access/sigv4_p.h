// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials_p.h"

#include <QDateTime>

namespace AppSync::Emulation {

//! The parts of an HTTP request that a signature covers.
struct SignedRequest {
    QByteArray method;
    QByteArray path; //!< as sent: percent-encoded
    QByteArray query; //!< as sent, without its question mark
    HeaderList headers;
    QByteArray body;
};

//! AWS Signature Version 4, from the side of the one who checks.
namespace Sigv4 {

inline constexpr char kAlgorithm[] = "AWS4-HMAC-SHA256";

//! What an `Authorization` header claims.
struct Claim {
    QByteArray accessKeyId;
    QByteArray date; //!< `yyyymmdd`
    QByteArray region;
    QByteArray service;
    QByteArray terminator; //!< `aws4_request`
    QByteArray signedHeaders; //!< as sent: names, joined by semicolons
    QByteArray signature; //!< hexadecimal

    [[nodiscard]] QByteArray scope() const;
};

//! Nothing if something is missing; \a missing then says what, in AWS' words.
[[nodiscard]] std::optional<Claim> parse(const QByteArray &authorization, QString *missing);
//! The request in the form that is hashed, with the headers that are signed.
[[nodiscard]] QByteArray canonicalRequest(const SignedRequest &request,
                                          const QByteArray &signedHeaders);
//! \a time: `x-amz-date` as sent.
[[nodiscard]] QByteArray stringToSign(const Claim &claim, const QByteArray &time,
                                      const QByteArray &canonicalRequest);
[[nodiscard]] QByteArray signature(const Claim &claim, const QByteArray &secretAccessKey,
                                   const QByteArray &stringToSign);
//! `yyyymmddThhmmssZ`; invalid if \a text is none.
[[nodiscard]] QDateTime parseTime(const QByteArray &text);
[[nodiscard]] QString timeText(const QDateTime &time);

} // namespace Sigv4

} // namespace AppSync::Emulation
