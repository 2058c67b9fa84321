// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/networksettings.h"
#include "../aws/awscredentials.h"

#include <QDateTime>
#include <QUrl>

//! AWS Signature Version 4 in HTTP headers, for every service but S3: the path is normalised, and encoded once
//! more than it is on the wire. Functions of values, without state.
namespace AppSync::SigV4 {

//! What is to be signed.
struct Request {
    QByteArray method = "POST";
    QUrl url; //!< as it is sent
    //! All of them are signed, but for what sign() makes itself: x-amz-date, x-amz-security-token,
    //! authorization. `host` is that of url unless it is among them.
    Headers headers;
    QByteArray body;
    QByteArray region;
    QByteArray service;
    QDateTime date;
};

//! A signed request, with every value on the way.
struct Signature {
    QByteArray payloadHash; //!< SHA-256 of the body in hex
    QByteArray canonicalRequest; //!< with the session token in clear
    QByteArray signedHeaders; //!< names, separated by semicolons
    QByteArray scope; //!< date/region/service/aws4_request
    QByteArray stringToSign;
    QByteArray signature; //!< in hex
    QByteArray authorization; //!< the header's value
    Headers
        headers; //!< what has to be sent: those of the request, in their order, and the new ones
};

//! The keys that lead from the secret to the signature.
struct Keys {
    QByteArray date;
    QByteArray region;
    QByteArray service;
    QByteArray signing;
};

[[nodiscard]] Signature sign(const Request &request, const AwsCredentials &credentials);

//! \a day is the first part of the scope, yyyyMMdd.
[[nodiscard]] Keys keys(const QByteArray &secret, const QByteArray &day, const QByteArray &region,
                        const QByteArray &service);
//! \a path as it is on the wire, normalised and encoded.
[[nodiscard]] QByteArray canonicalPath(const QByteArray &path);
//! \a query as it is on the wire, without its question mark: encoded and sorted.
[[nodiscard]] QByteArray canonicalQuery(const QByteArray &query);
//! One line for each name, in the order of the names; the values of one name joined by commas.
[[nodiscard]] QByteArray canonicalHeaders(const Headers &headers);
//! What an HTTP client writes into `Host` for \a url.
[[nodiscard]] QByteArray hostOf(const QUrl &url);
//! SHA-256 in hex.
[[nodiscard]] QByteArray hash(const QByteArray &data);

} // namespace AppSync::SigV4
