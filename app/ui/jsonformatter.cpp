// SPDX-License-Identifier: Apache-2.0
#include "app/ui/jsonformatter.h"

#include "app/ui/jsontokenizer.h"

#include <algorithm>

namespace Syncscope::JsonFormatter {

namespace {

// Hostile nesting must not turn one kilobyte into megabytes of indent.
constexpr qsizetype kMaxIndentDepth = 64;

bool opens(QChar c)
{
    return c == u'{' || c == u'[';
}

bool closes(QChar c)
{
    return c == u'}' || c == u']';
}

class Writer {
public:
    Writer(QStringView json, qsizetype limit) : m_json(json), m_limit(limit)
    {
        m_out.reserve(json.size() + json.size() / 2);
    }

    QString run()
    {
        JsonTokenizer tokens(m_json);
        JsonToken token;
        while (tokens.next(token)) {
            write(token);
            if (m_out.size() > m_limit)
                return {};
        }
        return m_out;
    }

private:
    void write(const JsonToken &token)
    {
        const QStringView text = m_json.sliced(token.begin, token.end - token.begin);
        const QChar c = token.kind == JsonToken::Kind::Punctuation ? text.front() : QChar();
        if (closes(c)) {
            m_depth = std::max<qsizetype>(0, m_depth - 1);
            if (!opens(m_previous))
                newLine();
        } else if (m_depth > 0 && (opens(m_previous) || m_previous == u',')) {
            newLine();
        }
        m_out += text;
        if (c == u':')
            m_out += u' ';
        if (opens(c))
            ++m_depth;
        m_previous = c;
    }

    void newLine()
    {
        m_out += u'\n';
        m_out += QString(2 * std::min(m_depth, kMaxIndentDepth), u' ');
    }

    QStringView m_json;
    const qsizetype m_limit;
    QString m_out;
    QChar m_previous;
    qsizetype m_depth = 0;
};

} // namespace

QString indented(QStringView json, qsizetype limit)
{
    return Writer(json, limit).run();
}

bool isArray(QStringView json)
{
    JsonTokenizer tokens(json);
    JsonToken token;
    return tokens.next(token) && json[token.begin] == u'[';
}

QList<QStringView> elements(QStringView json)
{
    QList<QStringView> result;
    if (!isArray(json))
        return result;
    JsonTokenizer tokens(json);
    JsonToken token;
    qsizetype depth = 0;
    qsizetype begin = -1;
    qsizetype end = -1;
    while (tokens.next(token)) {
        const QChar c = token.kind == JsonToken::Kind::Punctuation ? json[token.begin] : QChar();
        const bool separates = depth == 1 && (c == u',' || c == u']');
        if (separates && begin >= 0) {
            result += json.sliced(begin, end - begin);
            begin = -1;
        } else if (depth >= 1 && !separates) {
            begin = begin < 0 ? token.begin : begin;
            end = token.end;
        }
        depth += opens(c) ? 1 : closes(c) ? -1 : 0;
    }
    return result;
}

} // namespace Syncscope::JsonFormatter
