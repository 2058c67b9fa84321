// SPDX-License-Identifier: Apache-2.0
#include "signedbody_p.h"

#include "../jsontext_p.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::SignedBody {

namespace {

QString text(const QJsonValue &value)
{
    QString out;
    if (value.isString()) {
        JsonText::appendString(out, value.toString());
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue element : array)
            out += (out.isEmpty() ? u"["_s : u","_s) + text(element);
        out += array.isEmpty() ? u"[]"_s : u"]"_s;
    } else { // never signed by a client that works, and refused later in any case
        const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        out = QString::fromUtf8(list.sliced(1, list.size() - 2));
    }
    return out;
}

} // namespace

QByteArray connect()
{
    return "{}";
}

QByteArray subscribe(const QString &channel)
{
    return QString(u"{\"channel\":"_s + text(channel) + u'}').toUtf8();
}

QByteArray publish(const QJsonValue &channel, const QJsonValue &events)
{
    return QString(u"{\"channel\":"_s + text(channel) + u",\"events\":"_s + text(events) + u'}')
        .toUtf8();
}

QByteArray htmlEscaped(QByteArray json)
{
    return json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
}

} // namespace AppSync::Emulation::SignedBody
