// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "awshome.h"

#include "lib/auth/sigv4/sigv4_p.h"
#include "tests/shared/httpserver.h"

#include <QUrlQuery>

//! The security token service. It checks signatures, and the clock if it has one of its own.
class StsServer {
public:
    explicit StsServer(AwsHome &home) : m_home(home)
    {
        home.set(QStringLiteral("AWS_ENDPOINT_URL_STS"), server.url().toString());
        server.setAnswer([this](const HttpServer::Request &request) { return answer(request); });
    }

    static HttpServer::Answer error(int status, const QByteArray &code, const QByteArray &message)
    {
        return {
            status,
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender"
            "</Type><Code>"
                + code + "</Code><Message>" + message
                + "</Message></Error><RequestId>r</RequestId></ErrorResponse>",
            "text/xml"};
    }
    //! The field \a name of the form that was sent as number \a n.
    [[nodiscard]] QString sent(const QString &name, qsizetype n = 0) const
    {
        return server.requests.value(n).form().queryItemValue(name, QUrl::FullyDecoded);
    }

    HttpServer server;
    QHash<QByteArray, QString> secrets; //!< of those who may ask, by key id
    QSet<QString> revoked; //!< key ids that are not valid any more
    QString acceptedCode; //!< of an MFA device; empty: none is wanted
    std::chrono::seconds ahead{0}; //!< of the server's clock
    std::chrono::seconds lifetime{3600};
    QList<HttpServer::Answer> next; //!< instead of the usual one

private:
    HttpServer::Answer answer(const HttpServer::Request &request)
    {
        HttpServer::Answer given = next.isEmpty() ? checked(request) : next.takeFirst();
        if (ahead.count() != 0)
            given.headers.append(dateHeader(m_home, ahead));
        return given;
    }

    HttpServer::Answer checked(const HttpServer::Request &request)
    {
        if (request.form().queryItemValue(QStringLiteral("Action"))
            == QStringLiteral("AssumeRoleWithWebIdentity"))
            return request.headers.contains("authorization") ? error(400, "Signed", "not wanted")
                                                             : role("WEBKEY");
        const QByteArray authorization = request.headers.value("authorization");
        const QByteArray key = authorization.split('=').value(1).split('/').value(0);
        if (!secrets.contains(key))
            return error(403, "InvalidClientTokenId", "The security token included is invalid.");
        if (revoked.contains(QString::fromLatin1(key)))
            return error(403, "ExpiredToken", "The security token included is expired");
        const QDateTime signedAt = dateOf(request);
        if (qAbs(signedAt.secsTo(m_home.in(ahead))) > 300)
            return error(403, "SignatureDoesNotMatch",
                         "Signature expired: x is now earlier than y (z - 5 min.)");
        if (signatureOf(request, key) != authorization)
            return error(403, "SignatureDoesNotMatch",
                         "The request signature we calculated does not match the signature you "
                         "provided.");
        if (!acceptedCode.isEmpty()
            && request.form().queryItemValue(QStringLiteral("TokenCode")) != acceptedCode)
            return error(403, "AccessDenied",
                         "MultiFactorAuthentication failed with invalid MFA one time pass code. ");
        return role("ROLEKEY" + key);
    }

    [[nodiscard]] HttpServer::Answer role(const QByteArray &key) const
    {
        const QByteArray end = m_home.in(ahead + lifetime).toString(Qt::ISODate).toLatin1();
        return {200,
                "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n"
                "  <AssumeRoleResult>\n    <AssumedRoleUser><AssumedRoleId>id</AssumedRoleId>"
                "<Arn>arn</Arn></AssumedRoleUser>\n    <Credentials>\n      <AccessKeyId>"
                    + key
                    + "</AccessKeyId>\n      <SecretAccessKey>ROLE&amp;SECRET</SecretAccessKey>"
                    + "\n      <SessionToken>ROLETOKEN</SessionToken>\n      <Expiration>" + end
                    + "</Expiration>\n    </Credentials>\n  </AssumeRoleResult>\n"
                      "</AssumeRoleResponse>\n",
                "text/xml"};
    }

    static QDateTime dateOf(const HttpServer::Request &request)
    {
        QDateTime date =
            QDateTime::fromString(QString::fromLatin1(request.headers.value("x-amz-date")),
                                  QStringLiteral("yyyyMMdd'T'hhmmss'Z'"));
        date.setTimeSpec(Qt::UTC);
        return date;
    }

    //! What the header should be, worked out from what came.
    [[nodiscard]] QByteArray signatureOf(const HttpServer::Request &request,
                                         const QByteArray &key) const
    {
        const QByteArray authorization = request.headers.value("authorization");
        const QList<QByteArray> scope =
            authorization.split('=').value(1).split(',').value(0).split('/');
        AppSync::SigV4::Request expected;
        expected.method = request.verb;
        expected.url = QUrl(QStringLiteral("http://")
                            + QString::fromLatin1(request.headers.value("host")) + request.path());
        const QByteArray names = authorization.split('=').value(2).split(',').value(0);
        for (const QByteArray &name : names.split(';')) {
            if (name != "x-amz-date" && name != "x-amz-security-token")
                expected.headers.append({name, request.headers.value(name)});
        }
        expected.body = request.body;
        expected.region = scope.value(2);
        expected.service = "sts";
        expected.date = dateOf(request);
        AppSync::AwsCredentials credentials;
        credentials.accessKeyId = QString::fromLatin1(key);
        credentials.secretAccessKey = secrets.value(key);
        credentials.sessionToken =
            QString::fromLatin1(request.headers.value("x-amz-security-token"));
        return AppSync::SigV4::sign(expected, credentials).authorization;
    }

    AwsHome &m_home;
};
