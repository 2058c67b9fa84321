// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/jsonspans.h"

#include "app/core/jsontext.h"
#include "app/ui/jsontokenizer.h"

namespace Syncscope {

namespace {

//! Steps through a part of a text by values.
class SpanReader {
public:
    SpanReader(QStringView text, qsizetype begin, qsizetype end)
        : m_text(text.sliced(begin, end - begin)), m_begin(begin), m_tokens(m_text)
    {
        m_isThere = m_tokens.next(m_token);
    }

    [[nodiscard]] bool isThere() const { return m_isThere; }
    [[nodiscard]] qsizetype begin() const { return m_begin + m_token.begin; }
    [[nodiscard]] qsizetype end() const { return m_begin + m_token.end; }
    [[nodiscard]] QChar sign() const
    {
        return m_isThere && m_token.kind == JsonToken::Kind::Punctuation ? m_text[m_token.begin]
                                                                         : QChar();
    }
    [[nodiscard]] QStringView token() const
    {
        return m_text.sliced(m_token.begin, m_token.end - m_token.begin);
    }
    void skip() { m_isThere = m_tokens.next(m_token); }

    //! Moves behind one whole value, and returns its end.
    qsizetype skipValue()
    {
        int depth = 0;
        qsizetype last = begin();
        do {
            const QChar c = sign();
            depth += c == u'{' || c == u'[' ? 1 : c == u'}' || c == u']' ? -1 : 0;
            last = end();
            skip();
        } while (depth > 0 && m_isThere);
        return last;
    }

private:
    QStringView m_text;
    qsizetype m_begin;
    JsonTokenizer m_tokens;
    JsonToken m_token;
    bool m_isThere = false;
};

} // namespace

void forEachJsonSpan(QStringView text, qsizetype begin, qsizetype end,
                     const std::function<void(const JsonSpan &)> &visit)
{
    SpanReader reader(text, begin, end);
    const bool isObject = reader.sign() == u'{';
    if (!isObject && reader.sign() != u'[')
        return;
    reader.skip();
    while (reader.isThere() && reader.sign() != u'}' && reader.sign() != u']') {
        JsonSpan span;
        span.nameBegin = reader.begin();
        if (isObject) {
            if (!reader.token().startsWith(u'"'))
                return;
            span.name = JsonText::plain(reader.token().toUtf8());
            reader.skip();
            if (reader.sign() != u':')
                return;
            reader.skip();
        }
        if (!reader.isThere() || reader.sign() == u',')
            return;
        span.begin = reader.begin();
        span.end = reader.skipValue();
        visit(span);
        if (reader.sign() == u',')
            reader.skip();
    }
}

} // namespace Syncscope
