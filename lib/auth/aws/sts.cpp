// SPDX-License-Identifier: Apache-2.0
#include "sts_p.h"

#include "awsanswer_p.h"
#include "awscontext_p.h"

#include <QCoreApplication>
#include <QHash>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace AppSync::Sts {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::Sts", text);
}

QByteArray encoded(const QString &text)
{
    return QUrl::toPercentEncoding(text);
}

//! The texts of the elements that have no others inside, by name; empty where it is not XML to the end.
QHash<QString, QString> textsOf(const QByteArray &xml)
{
    QHash<QString, QString> texts;
    QXmlStreamReader reader(xml);
    QString name;
    while (!reader.atEnd()) {
        switch (reader.readNext()) {
        case QXmlStreamReader::StartElement:
            name = reader.name().toString();
            break;
        case QXmlStreamReader::Characters:
            if (!name.isEmpty())
                texts[name] += reader.text();
            break;
        case QXmlStreamReader::EndElement:
            name.clear();
            break;
        default:
            break;
        }
    }
    return reader.hasError() ? QHash<QString, QString>() : texts;
}

} // namespace

QByteArray form(const QString &action, const Parameters &parameters)
{
    QByteArray body = "Action=" + encoded(action) + "&Version=2011-06-15";
    for (const auto &[name, value] : parameters) {
        if (!value.isEmpty())
            body += '&' + encoded(name) + '=' + encoded(value);
    }
    return body;
}

Headers headers()
{
    return {{"Content-Type"_ba, "application/x-www-form-urlencoded; charset=utf-8"_ba}};
}

QString sessionName(const QDateTime &now)
{
    return u"AppSyncQt-%1"_s.arg(now.toSecsSinceEpoch());
}

Answer Answer::of(const HttpAnswer &answer, const QString &what)
{
    const QHash<QString, QString> texts = textsOf(answer.body);
    Answer result;
    if (answer.status != 200) {
        result.error = AwsAnswer::error(answer.status, texts.value(u"Code"_s),
                                        texts.value(u"Message"_s), what);
        return result;
    }
    AwsCredentials &credentials = result.credentials;
    credentials.accessKeyId = texts.value(u"AccessKeyId"_s).trimmed();
    credentials.secretAccessKey = texts.value(u"SecretAccessKey"_s).trimmed();
    credentials.sessionToken = texts.value(u"SessionToken"_s).trimmed();
    credentials.expiresAt = awsTime(texts.value(u"Expiration"_s));
    if (!credentials.isValid())
        result.error = AwsAnswer::unusable(tr("the security token service"));
    return result;
}

} // namespace AppSync::Sts
