// SPDX-License-Identifier: Apache-2.0
#include "app/core/texttemplate.h"

#include "app/core/jsontext.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Syncscope {

TextTemplate::TextTemplate(const QByteArray &text)
{
    static const QRegularExpression place(u"\\{\\{\\s*([A-Za-z_][\\w.-]*)\\s*\\}\\}"_s);
    // Latin-1 maps each byte to one character: positions are bytes and no byte is lost.
    const QString latin = QString::fromLatin1(text);
    qsizetype from = 0;
    for (auto it = place.globalMatch(latin); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        m_pieces.append({text.mid(from, match.capturedStart() - from), match.captured(1)});
        from = match.capturedEnd();
    }
    m_pieces.append({text.mid(from), {}});
}

QByteArray TextTemplate::fill(const std::function<QByteArray(const QString &)> &value) const
{
    QByteArray out;
    for (const Piece &piece : m_pieces) {
        out += piece.literal;
        if (!piece.name.isEmpty())
            out += value(piece.name);
    }
    return out;
}

std::optional<EventTemplate> EventTemplate::parse(const QByteArray &text,
                                                  const QProcessEnvironment &environment,
                                                  Problem *problem)
{
    EventTemplate result;
    result.m_template = TextTemplate(text);
    result.m_environment = environment;
    for (const TextTemplate::Piece &piece : result.m_template.pieces()) {
        const QString &name = piece.name;
        if (name.isEmpty() || name == u"seq" || name == u"now" || name == u"uuid")
            continue;
        if (!name.startsWith(u"env.")) {
            *problem =
                Problem::usage(u"The template has {{%1}}, which means nothing here."_s.arg(name),
                               u"Known are {{seq}}, {{now}}, {{uuid}} and {{env.NAME}}."_s);
            return std::nullopt;
        }
        if (!environment.contains(name.mid(4))) {
            *problem = Problem::usage(
                u"The template has {{%1}}, but the environment has no %2."_s.arg(name, name.mid(4)),
                u"Set the variable, or take it out of the template."_s);
            return std::nullopt;
        }
    }
    return result;
}

QByteArray EventTemplate::event(qint64 seq) const
{
    return m_template.fill([&](const QString &name) -> QByteArray {
        if (name == u"seq")
            return QByteArray::number(seq);
        if (name == u"now")
            return QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
        if (name == u"uuid")
            return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
        const QByteArray literal = JsonText::quoted(m_environment.value(name.mid(4)));
        return literal.mid(1, literal.size() - 2);
    });
}

} // namespace Syncscope
