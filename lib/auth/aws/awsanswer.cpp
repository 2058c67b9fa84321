// SPDX-License-Identifier: Apache-2.0
#include "awsanswer_p.h"

#include "../../wire/servererror_p.h"
#include "awscontext_p.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::AwsAnswer {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::AwsAnswer", text);
}

//! The first of \a names that \a object has a text for.
QString textOf(const QJsonObject &object, std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        if (const QString text = object[name].toString(); !text.isEmpty())
            return text;
    }
    return {};
}

bool containsOne(const QString &text, std::initializer_list<QStringView> parts)
{
    return std::any_of(parts.begin(), parts.end(), [&text](QStringView part) {
        return text.contains(part, Qt::CaseInsensitive);
    });
}

Error::Kind kindOf(int status, const QString &type)
{
    if (containsOne(type, {u"Throttl", u"TooManyRequests", u"LimitExceeded", u"slow_down"}))
        return Error::Kind::LimitExceeded;
    if (status == 429)
        return Error::Kind::LimitExceeded;
    if (status >= 500)
        return Error::Kind::Server;
    if (status == 401 || status == 403
        || containsOne(type,
                       {u"Unauthorized", u"NotAuthorized", u"AccessDenied", u"access_denied",
                        u"Expired", u"InvalidClientTokenId", u"InvalidIdentityToken",
                        u"invalid_grant", u"InvalidGrant"}))
        return Error::Kind::Unauthorized;
    return Error::Kind::Refused;
}

} // namespace

QJsonObject json(const HttpAnswer &answer)
{
    return QJsonDocument::fromJson(answer.body).object();
}

Error error(const HttpAnswer &answer, const QString &what)
{
    const QJsonObject object = json(answer);
    QString type = QString::fromLatin1(answer.header("x-amzn-ErrorType"));
    if (type.isEmpty())
        type = textOf(object, {"__type"_L1, "error"_L1, "code"_L1, "Code"_L1});
    return error(answer.status, type,
                 textOf(object, {"message"_L1, "Message"_L1, "error_description"_L1}), what);
}

Error error(int status, const QString &type, const QString &words, const QString &what)
{
    Error error = Error::local(kindOf(status, type), what);
    error.httpStatus = status;
    error.type = ServerError::plainType(type);
    error.serverMessage = words.simplified();
    if (error.type.isEmpty() && error.serverMessage.isEmpty())
        error.serverMessage = tr("HTTP status %1").arg(status);
    return error;
}

Error unusable(const QString &whom)
{
    return Error::local(Error::Kind::Receiving,
                        tr("The answer of %1 holds no credentials.").arg(whom),
                        tr("Check that its address is right and no proxy answers in its place."));
}

AwsCredentials metadataCredentials(const QJsonObject &object)
{
    AwsCredentials credentials;
    credentials.accessKeyId = object["AccessKeyId"_L1].toString();
    credentials.secretAccessKey = object["SecretAccessKey"_L1].toString();
    credentials.sessionToken = object["Token"_L1].toString();
    credentials.expiresAt = awsTime(object["Expiration"_L1].toString());
    return credentials;
}

} // namespace AppSync::AwsAnswer
