// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlhighlighter.h"

#include "app/ui/graphql/graphqltokenizer.h"
#include "app/ui/theme.h"

#include <QTextDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr std::array kGraphQlKeywords{
    "directive"_L1, "enum"_L1,         "extend"_L1, "fragment"_L1, "implements"_L1, "input"_L1,
    "interface"_L1, "mutation"_L1,     "on"_L1,     "query"_L1,    "repeatable"_L1, "scalar"_L1,
    "schema"_L1,    "subscription"_L1, "type"_L1,   "union"_L1};

//! What a line begins in, as the state of the block before it.
class LineState {
public:
    explicit LineState(int state)
        : inString(state > 0 && (state & 1))
        , inArguments(state > 0 && (state & 2))
        , depth(state > 0 ? state >> 2 : 0)
    {
    }
    [[nodiscard]] int toInt() const
    {
        return (inString ? 1 : 0) | (inArguments ? 2 : 0) | depth << 2;
    }

    bool inString;
    bool inArguments;
    int depth;
};

bool isGraphQlKeyword(QStringView word, const LineState &state, bool afterSpread)
{
    if (word == u"on" && afterSpread)
        return true;
    return state.depth == 0 && !state.inArguments
        && std::find(kGraphQlKeywords.begin(), kGraphQlKeywords.end(), word)
        != kGraphQlKeywords.end();
}

//! `name:`, an argument or an alias.
bool isLabel(QStringView text, qsizetype end)
{
    while (end < text.size() && text[end].isSpace())
        ++end;
    return end < text.size() && text[end] == u':';
}

QColor colorOfName(QStringView text, const GraphQlToken &token, const LineState &state,
                   bool afterSpread)
{
    const Theme::Palette &palette = Theme::instance()->palette();
    const QStringView word = token.in(text);
    if (isGraphQlKeyword(word, state, afterSpread))
        return palette.jsonKey;
    if (isLabel(text, token.end))
        return palette.secondary;
    if (word == u"true" || word == u"false" || word == u"null")
        return palette.jsonLiteral;
    return palette.text;
}

QColor colorOfToken(QStringView text, const GraphQlToken &token, const LineState &state,
                    bool afterSpread)
{
    using Kind = GraphQlToken::Kind;
    const Theme::Palette &palette = Theme::instance()->palette();
    switch (token.kind) {
    case Kind::Name:
        return colorOfName(text, token, state, afterSpread);
    case Kind::Variable:
        return palette.jsonLiteral;
    case Kind::Directive:
    case Kind::Number:
        return palette.jsonNumber;
    case Kind::String:
    case Kind::BlockString:
        return palette.jsonString;
    case Kind::Comment:
        return palette.secondary;
    case Kind::Spread:
    case Kind::Punctuation:
        return palette.jsonPunctuation;
    case Kind::Invalid:
        break;
    }
    return Theme::instance()->danger();
}

} // namespace

void GraphQlHighlighter::setProblems(GraphQlProblemModel *problems)
{
    if (m_problems == problems)
        return;
    if (m_problems)
        m_problems->disconnect(this);
    m_problems = problems;
    if (problems)
        connect(problems, &GraphQlProblemModel::modelReset, this, &GraphQlHighlighter::onReset);
    onReset();
    Q_EMIT problemsChanged();
}

void GraphQlHighlighter::highlightBlock(const QString &text)
{
    colorTokens(text);
    markProblems(text);
}

void GraphQlHighlighter::colorTokens(const QString &text)
{
    LineState state(previousBlockState());
    GraphQlTokenizer tokens(text, state.inString);
    GraphQlToken token;
    bool afterSpread = false;
    while (tokens.next(token)) {
        setFormat(int(token.begin), int(token.end - token.begin),
                  colorOfToken(text, token, state, afterSpread));
        if (token.is(text, u'{'))
            ++state.depth;
        else if (token.is(text, u'}'))
            state.depth = std::max(0, state.depth - 1);
        else if (token.is(text, u'(') || token.is(text, u')'))
            state.inArguments = token.is(text, u'(');
        afterSpread = token.kind == GraphQlToken::Kind::Spread;
    }
    state.inString = tokens.isInBlockString();
    setCurrentBlockState(state.toInt());
}

void GraphQlHighlighter::markProblems(const QString &text)
{
    if (!m_problems || text.isEmpty())
        return;
    const int start = currentBlock().position();
    for (const GraphQlProblem &problem : m_problems->problems()) {
        if (problem.offset < start || problem.offset > start + text.size())
            continue;
        // At the end of a line there is nothing to underline but the character before.
        const int at = std::min(problem.offset - start, int(text.size()) - 1);
        const int length = std::clamp(problem.length, 1, int(text.size()) - at);
        for (int i = at; i < at + length; ++i) {
            QTextCharFormat format = this->format(i);
            format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
            format.setUnderlineColor(Theme::instance()->danger());
            format.setForeground(Theme::instance()->danger()); // not every Qt Quick draws waves
            setFormat(i, 1, format);
        }
    }
}

void GraphQlHighlighter::onReset()
{
    QList<int> positions;
    if (m_problems) {
        for (const GraphQlProblem &problem : m_problems->problems())
            positions += problem.offset;
    }
    refreshSoon(m_marked + positions);
    m_marked = positions;
}

void GraphQlHighlighter::refreshSoon(const QList<int> &positions)
{
    // Colouring counts as a change of the text for those who watch it: not in the midst of theirs.
    QMetaObject::invokeMethod(
        this,
        [this, positions] {
            QList<int> blocks;
            for (const int position : positions) {
                const QTextBlock block =
                    document() ? document()->findBlock(position) : QTextBlock();
                if (block.isValid() && !blocks.contains(block.blockNumber())) {
                    blocks += block.blockNumber();
                    rehighlightBlock(block);
                }
            }
        },
        Qt::QueuedConnection);
}

} // namespace Syncscope
