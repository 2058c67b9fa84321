// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/emulator/access/sigv4_p.h"

#include <QJsonObject>

//! Signs requests for the tests of the emulator. What it signs with is proven by the vectors of tst_sigv4.
struct Signer {
    QString accessKeyId;
    QString secretAccessKey;
    QString sessionToken = {};
    QByteArray region = "us-east-1";
    QByteArray service = "appsync";
    QDateTime now = QDateTime::currentDateTimeUtc();

    //! \a headers and what belongs to a signature over all of them.
    [[nodiscard]] AppSync::Emulation::HeaderList sign(const QByteArray &path,
                                                      const QByteArray &body,
                                                      AppSync::Emulation::HeaderList headers) const
    {
        using namespace AppSync::Emulation;
        const QByteArray time = Sigv4::timeText(now).toLatin1();
        headers.emplaceBack("x-amz-date", time);
        if (!sessionToken.isEmpty())
            headers.emplaceBack("x-amz-security-token", sessionToken.toUtf8());
        QByteArrayList names;
        for (const auto &[name, value] : std::as_const(headers))
            names.append(name);
        std::sort(names.begin(), names.end());
        const Sigv4::Claim claim{accessKeyId.toUtf8(), time.first(8),   region, service,
                                 "aws4_request",       names.join(';'), {}};
        const QByteArray text = Sigv4::stringToSign(
            claim, time,
            Sigv4::canonicalRequest({"POST", path, {}, headers, body}, claim.signedHeaders));
        headers.emplaceBack("Authorization",
                            "AWS4-HMAC-SHA256 Credential=" + claim.accessKeyId + '/' + claim.scope()
                                + ", SignedHeaders=" + claim.signedHeaders + ", Signature="
                                + Sigv4::signature(claim, secretAccessKey.toUtf8(), text));
        return headers;
    }

    //! The `authorization` of a frame, or what goes into `header-…`.
    [[nodiscard]] QJsonObject authorization(const QByteArray &body) const
    {
        QJsonObject object;
        for (const auto &[name, value] : sign("/event", body,
                                              {{"accept", "application/json, text/javascript"},
                                               {"content-encoding", "amz-1.0"},
                                               {"content-type", "application/json; charset=UTF-8"},
                                               {"host", "localhost"}}))
            object.insert(QString::fromLatin1(name), QString::fromUtf8(value));
        return object;
    }

    //! As lines of an HTTP request to `localhost` with the content type of RawClient::post().
    [[nodiscard]] QByteArray headerLines(const QByteArray &body,
                                         const QByteArray &path = "/event") const
    {
        QByteArray lines;
        for (const auto &[name, value] :
             sign(path, body, {{"host", "localhost"}, {"content-type", "application/json"}})) {
            if (name != "host" && name != "content-type")
                lines += name + ": " + value + "\r\n";
        }
        return lines;
    }
};
