// SPDX-License-Identifier: Apache-2.0
#include "valuetext_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::ValueText {

namespace {

constexpr qsizetype kLongestText = 10'000;

const QRegularExpression &braces()
{
    static const QRegularExpression expression(u"\\{([A-Za-z][A-Za-z0-9_.]*)\\}"_s);
    return expression;
}

QJsonValue step(const QJsonValue &value, const QString &name)
{
    if (!value.isArray())
        return value.toObject().value(name);
    bool isNumber = false;
    const int index = name.toInt(&isNumber);
    // Not at(), which begins anew from behind for negative ones.
    return isNumber && index >= 0 ? value.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
}

} // namespace

QJsonValue find(const QJsonObject &values, QStringView path)
{
    QJsonValue found = values;
    for (const QStringView name : path.split(u'.'))
        found = step(found, name.toString());
    return found;
}

QStringList paths(const QString &text)
{
    QStringList found;
    for (const QRegularExpressionMatch &match : braces().globalMatch(text))
        found.append(match.captured(1));
    return found;
}

QString filled(const QString &text, const QJsonObject &values)
{
    QString out;
    qsizetype plainFrom = 0;
    for (const QRegularExpressionMatch &match : braces().globalMatch(text)) {
        out += QStringView(text).sliced(plainFrom, match.capturedStart() - plainFrom);
        out += plain(find(values, match.capturedView(1)));
        plainFrom = match.capturedEnd();
        if (out.size() > kLongestText)
            break;
    }
    out += QStringView(text).sliced(plainFrom);
    if (out.size() > kLongestText) // not between the halves of a pair
        out.truncate(out[kLongestText - 1].isHighSurrogate() ? kLongestText - 1 : kLongestText);
    return out;
}

QString plain(const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    return value.isString() ? value.toString() : json(value);
}

QString json(const QJsonValue &value)
{
    // QJsonDocument writes no bare values: take the brackets of an array off again.
    return QString::fromUtf8(
        QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1));
}

} // namespace AppSync::Emulation::ValueText
