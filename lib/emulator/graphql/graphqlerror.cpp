// SPDX-License-Identifier: Apache-2.0
#include "graphqlerror_p.h"

#include "../jsontext_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

void appendLocations(QByteArray &out, const QList<GraphQl::Position> &locations)
{
    if (locations.isEmpty()) {
        out += "null";
        return;
    }
    out += '[';
    for (const GraphQl::Position &place : locations) {
        out += "{\"line\":" + QByteArray::number(place.line)
            + ",\"column\":" + QByteArray::number(place.column) + ",\"sourceName\":null},";
    }
    out.back() = ']';
}

} // namespace

void appendJson(QByteArray &out, const QJsonValue &value)
{
    if (value.isString()) {
        QString text;
        JsonText::appendString(text, value.toString());
        out += text.toUtf8();
    } else if (value.isBool()) {
        out += value.toBool() ? "true" : "false";
    } else if (value.isNull() || value.isUndefined()) {
        out += "null";
    } else {
        const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
        out += QByteArrayView(list).sliced(1, list.size() - 2);
    }
}

void GraphQlError::appendTo(QByteArray &out) const
{
    out += "{\"path\":";
    appendJson(out, kind == Kind::Request ? QJsonValue() : QJsonValue(path));
    if (kind == Kind::Field) {
        out += ",\"data\":";
        appendJson(out, data);
        out += ",\"errorType\":";
        appendJson(out, type.isNull() ? QJsonValue() : QJsonValue(type));
        out += ",\"errorInfo\":";
        appendJson(out, info);
    }
    out += ",\"locations\":";
    appendLocations(out, kind == Kind::Value ? QList<GraphQl::Position>() : locations);
    out += ",\"message\":";
    appendJson(out, message);
    out += '}';
}

QString GraphQlError::pathText(const QJsonArray &path)
{
    QString text;
    for (const QJsonValue step : path)
        text += step.isString() ? u'/' + step.toString() : u"[%1]"_s.arg(step.toInt());
    return text;
}

QByteArray graphQlAnswer(const QByteArray &data, const QList<GraphQlError> &errors)
{
    QByteArray out = "{\"data\":" + data;
    if (!errors.isEmpty()) {
        out += ",\"errors\":[";
        for (const GraphQlError &error : errors) {
            error.appendTo(out);
            out += ',';
        }
        out.back() = ']';
    }
    return out + '}';
}

} // namespace AppSync::Emulation
