// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replaytemplate.h"

#include "app/core/filter/filterparser.h"
#include "app/core/jsontext.h"

#include <AppSync/Validation>

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! Whether the end of \a text is within a JSON string, if its beginning is where \a isInString says.
bool endsInString(const QByteArray &text, bool isInString)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (isInString && text.at(i) == '\\')
            ++i;
        else if (text.at(i) == '"')
            isInString = !isInString;
    }
    return isInString;
}

//! A value of JSON, as it stands within the quotes of a string.
QByteArray quotable(QByteArrayView value)
{
    const QByteArray literal =
        value.startsWith('"') ? value.toByteArray() : JsonText::quoted(QString::fromUtf8(value));
    return literal.mid(1, literal.size() - 2);
}

bool isEventName(const QString &name)
{
    return name == u"event" || name.startsWith(u"event.") || name.startsWith(u"event[");
}

} // namespace

std::optional<ReplayTemplate::Piece> ReplayTemplate::piece(const TextTemplate::Piece &text,
                                                           const TemplateValues &values,
                                                           Problem *problem)
{
    Piece made;
    made.literal = text.literal;
    made.name = text.name;
    if (text.name.isEmpty())
        return made;
    if (text.name == u"channel") {
        made.kind = Kind::Channel;
    } else if (text.name == u"time") {
        made.kind = Kind::Time;
    } else if (isEventName(text.name)) {
        made.kind = Kind::Event;
        // Filters know what a path is.
        Filter::Error error;
        if (const auto path = parseFilterPath(text.name, &error))
            made.path = *path;
        else
            *problem =
                Problem::usage(u"{{%1}} is no path: %2"_s.arg(text.name, error.message),
                               u"Paths are written as in filters: {{event.list[0].name}}."_s);
    } else {
        made.kind = Kind::Value;
        *problem = values.check(text.name);
        if (!TemplateValues::isKnown(text.name))
            problem->nextStep =
                u"Known are {{event}}, {{event.PATH}}, {{channel}}, {{time}}, {{seq}}, {{now}}, "
                "{{uuid}}, {{env.NAME}}, {{sub}} and {{claim.NAME}}."_s;
    }
    return problem->isProblem() ? std::nullopt : std::optional(made);
}

std::optional<ReplayTemplate> ReplayTemplate::parse(const QByteArray &text,
                                                    const TemplateValues &values, Error *error)
{
    ReplayTemplate result;
    result.m_values = values;
    bool isInString = false;
    qsizetype from = 0;
    const TextTemplate places(text);
    for (const TextTemplate::Piece &each : places.pieces()) {
        auto made = piece(each, values, &error->problem);
        const qsizetype at = from + each.literal.size();
        if (!made) {
            error->offset = at;
            return std::nullopt;
        }
        made->offset = from;
        isInString = endsInString(made->literal, isInString);
        made->isInString = isInString;
        result.m_readsEvents = result.m_readsEvents || made->kind == Kind::Event;
        result.m_pieces.append(*made);
        from = text.indexOf("}}", at) + 2;
    }
    if (!result.checkJson(text, error))
        return std::nullopt;
    return result;
}

bool ReplayTemplate::checkJson(const QByteArray &text, Error *error) const
{
    // As it is for an event that is null, whose members are, too.
    QByteArray sample;
    QList<qsizetype> begins; // of the literals in the sample
    for (const Piece &piece : m_pieces) {
        begins.append(sample.size());
        sample += piece.literal;
        sample += piece.kind == Kind::Event ? QByteArray("null") : ownValue(piece, {}, 1);
    }
    const AppSync::Validation::JsonProblem wrong = AppSync::Validation::json(sample);
    if (!wrong.isProblem())
        return true;
    qsizetype at = 0;
    while (at + 1 < begins.size() && begins.at(at + 1) <= wrong.offset)
        ++at;
    const Piece &piece = m_pieces.at(at);
    error->offset =
        qMin(text.size(), piece.offset + qMin(piece.literal.size(), wrong.offset - begins.at(at)));
    error->problem = Problem::usage(
        u"The template makes no JSON: line %1, %2"_s.arg(JsonText::lineAt(text, error->offset))
            .arg(wrong.message),
        u"For example: {\"replayed\": true, \"at\": \"{{now}}\", \"was\": {{event}}}"_s);
    return false;
}

QByteArray ReplayTemplate::ownValue(const Piece &piece, const ReplayEvent &event, qint64 seq) const
{
    switch (piece.kind) {
    case Kind::Channel:
        return quotable(JsonText::quoted(QString::fromUtf8(event.channel)));
    case Kind::Time:
        return QDateTime::fromMSecsSinceEpoch(event.atMs)
            .toUTC()
            .toString(Qt::ISODateWithMs)
            .toLatin1();
    case Kind::Value:
        return m_values.value(piece.name, seq);
    case Kind::None:
    case Kind::Event:
        break;
    }
    return {};
}

std::optional<QByteArray> ReplayTemplate::rewrite(const ReplayEvent &event, qint64 seq,
                                                  Problem *problem) const
{
    if (m_readsEvents && !JsonText::isValid(event.text)) {
        *problem = Problem::refused(
            u"The event of frame %1 is not JSON, so that the template cannot take anything from it."_s
                .arg(event.number),
            u"Leave it out by a filter."_s);
        return std::nullopt;
    }
    QByteArray out;
    for (const Piece &piece : m_pieces) {
        out += piece.literal;
        if (piece.kind != Kind::Event) {
            out += ownValue(piece, event, seq);
            continue;
        }
        const QByteArrayView value = piece.path.first(event.text);
        if (value.isNull()) {
            *problem = Problem::refused(
                u"The event of frame %1 has nothing for {{%2}} of the template."_s.arg(event.number)
                    .arg(piece.name),
                u"Leave such events out with the filter has(%1), or take the place out of the "
                "template."_s.arg(piece.name));
            return std::nullopt;
        }
        out += piece.isInString ? quotable(value) : value.toByteArray();
    }
    return out;
}

} // namespace Syncscope
