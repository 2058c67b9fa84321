// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlformatter.h"

#include "app/ui/graphql/graphqltokenizer.h"

#include <QList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope::GraphQlFormatter {

namespace {

//! Writes tokens one after the other, and knows what has to stand between two of them.
class Writer {
public:
    explicit Writer(const QString &text) : m_text(text)
    {
        GraphQlTokenizer tokens(text);
        GraphQlToken token;
        while (tokens.next(token))
            m_tokens += token;
    }

    QString write()
    {
        while (m_at < m_tokens.size())
            writeNext();
        if (!m_out.isEmpty() && !m_out.endsWith(u'\n'))
            m_out += u'\n';
        return m_out;
    }

private:
    [[nodiscard]] QStringView textOf(qsizetype index) const
    {
        return m_tokens.at(index).in(m_text);
    }
    [[nodiscard]] bool is(qsizetype index, char16_t c) const
    {
        return index >= 0 && index < m_tokens.size() && m_tokens.at(index).is(m_text, c);
    }
    [[nodiscard]] bool isComment(qsizetype index) const
    {
        return index >= 0 && index < m_tokens.size()
            && m_tokens.at(index).kind == GraphQlToken::Kind::Comment;
    }

    //! How many lines apart two tokens are in the text.
    [[nodiscard]] qsizetype linesBefore(qsizetype index) const
    {
        if (index <= 0)
            return 0;
        const qsizetype from = m_tokens.at(index - 1).end;
        return QStringView(m_text).sliced(from, m_tokens.at(index).begin - from).count(u'\n');
    }

    //! Definitions are kept apart; elsewhere one blank line stays where there were some.
    [[nodiscard]] int blankLinesBefore(qsizetype at) const
    {
        if (is(at - 1, u'{'))
            return 0;
        const bool isDefinition = m_depth == 0 && !isComment(at - 1);
        return isDefinition || linesBefore(at) > 1 ? 1 : 0;
    }

    void breakLine(int blankLines = 0)
    {
        if (m_out.isEmpty())
            return;
        while (m_out.endsWith(u' '))
            m_out.chop(1);
        while (m_out.endsWith(u'\n'))
            m_out.chop(1);
        m_out += QString(1 + blankLines, u'\n') + QString(2 * m_depth, u' ');
    }

    void writeNext()
    {
        const qsizetype at = m_at;
        if (isComment(at)) {
            if (at > 0 && linesBefore(at) == 0)
                m_out += u' ';
            else
                breakLine(linesBefore(at) > 1 ? 1 : 0);
            m_out += textOf(at).trimmed();
            m_at = at + 1;
            return;
        }
        if (is(at, u'('))
            return writeGroup();
        if (is(at, u'{'))
            return open();
        if (is(at, u'}'))
            return close();
        if (beginsLine(at))
            breakLine(blankLinesBefore(at));
        else if (needsSpace(at))
            m_out += u' ';
        m_out += textOf(at);
        m_at = at + 1;
    }

    void open()
    {
        if (m_at > 0 && !m_out.endsWith(u'\n') && !isComment(m_at - 1)) {
            if (m_depth == 0 && is(m_at - 1, u'}'))
                breakLine(1);
            else if (is(m_at - 1, u'{'))
                breakLine();
            else
                m_out += u' ';
        } else if (isComment(m_at - 1)) {
            breakLine();
        }
        m_out += u'{';
        ++m_depth;
        ++m_at;
    }

    void close()
    {
        m_depth = std::max(0, m_depth - 1);
        breakLine();
        m_out += u'}';
        ++m_at;
    }

    //! Whether the token is the first of a selection or definition.
    [[nodiscard]] bool beginsLine(qsizetype at) const
    {
        using Kind = GraphQlToken::Kind;
        if (at == 0)
            return false;
        const GraphQlToken &token = m_tokens.at(at);
        const GraphQlToken &before = m_tokens.at(at - 1);
        if (before.kind == Kind::Comment || is(at - 1, u'{'))
            return true;
        if (m_depth == 0)
            return is(at - 1, u'}');
        const bool starts = token.kind == Kind::Name || token.kind == Kind::Spread
            || token.kind == Kind::String || token.kind == Kind::BlockString;
        if (!starts || before.kind == Kind::Spread || is(at - 1, u':') || is(at - 1, u'=')
            || is(at - 1, u'['))
            return false;
        // `... on Type`
        const bool isCondition =
            at >= 2 && before.in(m_text) == u"on" && m_tokens.at(at - 2).kind == Kind::Spread;
        return !isCondition;
    }

    [[nodiscard]] bool needsSpace(qsizetype at) const
    {
        if (at == 0 || m_out.endsWith(u' ') || m_out.endsWith(u'\n'))
            return false;
        const GraphQlToken::Kind before = m_tokens.at(at - 1).kind;
        if (is(at, u':') || is(at, u')') || is(at, u']') || is(at, u'!') || is(at - 1, u'(')
            || is(at - 1, u'['))
            return false;
        // `...Fragment`, but `... on Type`
        if (before == GraphQlToken::Kind::Spread)
            return textOf(at) == u"on" || m_tokens.at(at).kind == GraphQlToken::Kind::Directive;
        return true;
    }

    //! What is in parentheses: on one line if it fits, else an argument a line.
    void writeGroup()
    {
        const qsizetype end = endOfGroup();
        const bool hasComment = std::any_of(
            m_tokens.cbegin() + m_at, m_tokens.cbegin() + end,
            [](const GraphQlToken &token) { return token.kind == GraphQlToken::Kind::Comment; });
        const QString line = hasComment ? QString() : inOneLine(m_at, end);
        const qsizetype column = m_out.size() - (m_out.lastIndexOf(u'\n') + 1);
        if (!hasComment && column + line.size() <= kWidth && !line.contains(u'\n')) {
            m_out += line;
        } else {
            writeBroken(end);
        }
        m_at = end;
    }

    [[nodiscard]] qsizetype endOfGroup() const
    {
        int depth = 0;
        for (qsizetype i = m_at; i < m_tokens.size(); ++i) {
            if (is(i, u'('))
                ++depth;
            else if (is(i, u')') && --depth == 0)
                return i + 1;
        }
        return m_tokens.size();
    }

    [[nodiscard]] QString inOneLine(qsizetype from, qsizetype to) const
    {
        QString line;
        for (qsizetype i = from; i < to; ++i) {
            const bool tight = i == from || is(i, u'(') || is(i, u')') || is(i, u']') || is(i, u':')
                || is(i, u'!') || is(i - 1, u'(') || is(i - 1, u'[') || is(i, u'}')
                || is(i - 1, u'{');
            if (!tight)
                line += beginsArgument(i) ? u", "_s : u" "_s;
            line += textOf(i);
        }
        return line;
    }

    //! Whether something ended before the token, so that a comma belongs there.
    [[nodiscard]] bool beginsArgument(qsizetype i) const
    {
        using Kind = GraphQlToken::Kind;
        const Kind kind = m_tokens.at(i).kind;
        if (kind == Kind::Directive || is(i, u'='))
            return false;
        return !is(i - 1, u':') && !is(i - 1, u'=') && !is(i, u'&') && !is(i, u'|');
    }

    void writeBroken(qsizetype end)
    {
        m_out += u'(';
        ++m_depth;
        qsizetype from = m_at + 1;
        int depth = 0;
        for (qsizetype i = from; i < end; ++i) {
            const bool isLast = i == end - 1;
            const bool begins = depth == 0 && i > from && !isLast
                && (isComment(i) || isComment(i - 1) || isLabel(i));
            if (begins || isLast) {
                if (i > from) {
                    breakLine();
                    m_out += inOneLine(from, i);
                }
                from = i;
            }
            if (is(i, u'{') || is(i, u'[') || is(i, u'('))
                ++depth;
            else if (is(i, u'}') || is(i, u']') || is(i, u')'))
                --depth;
        }
        --m_depth;
        breakLine();
        m_out += u')';
    }

    [[nodiscard]] bool isLabel(qsizetype i) const
    {
        const auto kind = m_tokens.at(i).kind;
        const bool isName =
            kind == GraphQlToken::Kind::Name || kind == GraphQlToken::Kind::Variable;
        return isName && is(i + 1, u':') && !is(i - 1, u':');
    }

    const QString m_text;
    QList<GraphQlToken> m_tokens;
    QString m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
};

} // namespace

QString indented(const QString &text)
{
    return Writer(text).write();
}

} // namespace Syncscope::GraphQlFormatter
