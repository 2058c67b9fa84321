// SPDX-License-Identifier: Apache-2.0
#include "awsscalars_p.h"

#include "../jsontext_p.h"

#include <QDate>
#include <QHash>
#include <QHostAddress>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTime>
#include <QUrl>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::AwsScalars {

namespace {

constexpr auto kOffset = "(?:Z|[+-](?:[01]\\d):[0-5]\\d(?::[0-5]\\d)?)";

bool matches(const QString &text, const QString &pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch();
}

//! `YYYY-MM-DD`, a day that there is, and with an offset if one follows.
bool isDate(const QString &text)
{
    static const QString offset = QString::fromLatin1(kOffset);
    return QDate::fromString(text.left(10), Qt::ISODate).isValid()
        && (text.size() == 10 || matches(text.sliced(10), offset));
}

//! `hh:mm`, with seconds and their fraction if they follow.
bool isClock(const QString &text)
{
    return matches(text, u"(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?"_s);
}

bool isTime(const QString &text)
{
    static const QRegularExpression offset(QString::fromLatin1(kOffset) + u'$');
    const auto match = offset.match(text);
    return isClock(match.hasMatch() ? text.first(match.capturedStart()) : text);
}

//! A date, a `T`, a time with seconds, and an offset, which must not be left out.
bool isDateTime(const QString &text)
{
    static const QRegularExpression offset(QString::fromLatin1(kOffset) + u'$');
    const auto match = offset.match(text);
    return match.hasMatch() && text.size() > 11 && text[10] == u'T' && isDate(text.first(10))
        && isClock(text.sliced(11, match.capturedStart() - 11));
}

bool isEmail(const QString &text)
{
    return matches(text, u"[^\\s@]+@[^\\s@.]+(?:\\.[^\\s@.]+)+"_s);
}

bool isUrl(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.scheme().isEmpty() && !text.contains(u' ');
}

bool isPhone(const QString &text)
{
    return matches(text, u"\\+?[0-9][0-9 ().-]{2,24}"_s);
}

bool isIpAddress(const QString &text)
{
    const QString address = text.section(u'/', 0, 0);
    const QHostAddress parsed(address);
    if (parsed.isNull() || !matches(address, u"[0-9a-fA-F:.]+"_s))
        return false;
    if (!text.contains(u'/'))
        return true;
    bool isNumber = false;
    const int bits = text.section(u'/', 1).toInt(&isNumber);
    return isNumber && bits >= 0
        && bits <= (parsed.protocol() == QAbstractSocket::IPv6Protocol ? 128 : 32);
}

using Check = bool (*)(const QString &);

const QHash<QString, Check> &textChecks()
{
    static const QHash<QString, Check> checks{
        {u"AWSDate"_s, isDate},
        {u"AWSTime"_s, isTime},
        {u"AWSDateTime"_s, isDateTime},
        {u"AWSEmail"_s, isEmail},
        {u"AWSURL"_s, isUrl},
        {u"AWSPhone"_s, isPhone},
        {u"AWSIPAddress"_s, isIpAddress},
        {u"AWSJSON"_s, [](const QString &text) { return JsonText::isValue(text); }}};
    return checks;
}

QJsonValue none()
{
    return QJsonValue(QJsonValue::Undefined);
}

bool isWhole(const QJsonValue &value)
{
    return value.isDouble() && std::isfinite(value.toDouble())
        && std::trunc(value.toDouble()) == value.toDouble();
}

QJsonValue whole(const QJsonValue &value, qint64 least, qint64 most)
{
    if (!isWhole(value) || value.toDouble() < double(least) || value.toDouble() > double(most))
        return none();
    return value.toInteger(qint64(value.toDouble()));
}

QString numberText(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(list.sliced(1, list.size() - 2));
}

} // namespace

bool isKnown(const QString &name)
{
    static const QStringList others{u"Int"_s,     u"Float"_s, u"String"_s,
                                    u"Boolean"_s, u"ID"_s,    u"AWSTimestamp"_s};
    return others.contains(name) || textChecks().contains(name);
}

QJsonValue parsed(const QString &name, const QJsonValue &value)
{
    if (name == "Int"_L1)
        return whole(value, std::numeric_limits<qint32>::min(), std::numeric_limits<qint32>::max());
    if (name == "AWSTimestamp"_L1)
        return whole(value, -(qint64(1) << 53), qint64(1) << 53);
    if (name == "Float"_L1)
        return value.isDouble() ? value : none();
    if (name == "Boolean"_L1)
        return value.isBool() ? value : none();
    if (name == "ID"_L1 && isWhole(value))
        return numberText(value);
    if (name == "String"_L1 || name == "ID"_L1)
        return value.isString() ? value : none();
    if (const Check check = textChecks().value(name))
        return value.isString() && check(value.toString()) ? value : none();
    return value;
}

QJsonValue serialized(const QString &name, const QJsonValue &value)
{
    if ((name == "Int"_L1 || name == "Float"_L1 || name == "AWSTimestamp"_L1) && value.isString()) {
        bool isNumber = false;
        const double number = value.toString().toDouble(&isNumber);
        return isNumber ? parsed(name, number) : none();
    }
    if (name == "String"_L1 || name == "ID"_L1) {
        if (value.isBool())
            return value.toBool() ? u"true"_s : u"false"_s;
        if (value.isDouble())
            return numberText(value);
    }
    if (name == "Boolean"_L1 && value.isString()) {
        const QString text = value.toString().toLower();
        return text == "true"_L1 ? QJsonValue(true)
            : text == "false"_L1 ? QJsonValue(false)
                                 : none();
    }
    if (name == "AWSJSON"_L1 && !value.isString()) {
        const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        return QString::fromUtf8(list.sliced(1, list.size() - 2));
    }
    return parsed(name, value);
}

} // namespace AppSync::Emulation::AwsScalars
