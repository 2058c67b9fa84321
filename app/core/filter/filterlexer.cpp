// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filterlexer.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// Longer ones first.
constexpr QStringView kSigns[] = {u"==", u"!=", u"<=", u">=", u"=~", u"&&", u"||", u"<", u">",
                                  u"~",  u"!",  u"(",  u")",  u"[",  u"]",  u".",  u"*"};

bool beginsName(QChar c)
{
    return c.isLetter() || c == u'_' || c == u'$' || c == u'@' || c.isSurrogate();
}

bool continuesName(QChar c)
{
    return beginsName(c) || c.isDigit() || c == u'-' || c.isMark();
}

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

//! Takes a text apart from left to right.
class Lexer {
public:
    explicit Lexer(const QString &text) : m_text(text) { }

    QList<FilterToken> tokens(Filter::Error *error)
    {
        QList<FilterToken> result;
        while (!m_error.isError()) {
            while (m_at < m_text.size() && m_text.at(m_at).isSpace())
                ++m_at;
            const FilterToken token = next();
            result.append(token);
            if (token.kind == FilterToken::Kind::End)
                break;
        }
        *error = m_error;
        return result;
    }

private:
    [[nodiscard]] QChar at(qsizetype offset) const
    {
        return offset < m_text.size() ? m_text.at(offset) : QChar();
    }

    FilterToken token(FilterToken::Kind kind, qsizetype end)
    {
        const qsizetype begin = std::exchange(m_at, end);
        return {kind, begin, end, m_text.sliced(begin, end - begin)};
    }

    FilterToken fail(qsizetype begin, qsizetype length, const QString &message)
    {
        m_error = {begin, length, message};
        return {FilterToken::Kind::End, m_at, m_at, {}};
    }

    FilterToken next()
    {
        const QChar c = at(m_at);
        if (m_at >= m_text.size())
            return {FilterToken::Kind::End, m_at, m_at, {}};
        if (c == u'"' || c == u'\'')
            return string();
        if (beginsName(c)) {
            qsizetype end = m_at + 1;
            while (end < m_text.size() && continuesName(at(end)))
                ++end;
            return token(FilterToken::Kind::Name, end);
        }
        if (isDigit(c) || (c == u'-' && isDigit(at(m_at + 1))))
            return number();
        for (const QStringView sign : kSigns) {
            if (QStringView(m_text).sliced(m_at).startsWith(sign))
                return token(FilterToken::Kind::Sign, m_at + sign.size());
        }
        return strange(c);
    }

    FilterToken strange(QChar c)
    {
        if (c == u'=')
            return fail(m_at, 1,
                        u"\"=\" is no comparison; write ==, or =~ for a regular expression."_s);
        if (c == u'&' || c == u'|')
            return fail(m_at, 1, u"Write %1%1 instead of a single %1."_s.arg(c));
        return fail(m_at, 1, u"\"%1\" means nothing here."_s.arg(c));
    }

    qsizetype digits(qsizetype from) const
    {
        while (isDigit(at(from)))
            ++from;
        return from;
    }

    //! A number as JSON writes them.
    FilterToken number()
    {
        const qsizetype first = at(m_at) == u'-' ? m_at + 1 : m_at;
        qsizetype end = digits(first);
        const bool isPadded = at(first) == u'0' && end > first + 1;
        if (at(end) == u'.' && isDigit(at(end + 1)))
            end = digits(end + 1);
        if (at(end) == u'e' || at(end) == u'E') {
            const bool isSigned = at(end + 1) == u'+' || at(end + 1) == u'-';
            const qsizetype exponent = end + (isSigned ? 2 : 1);
            if (isDigit(at(exponent)))
                end = digits(exponent);
        }
        if (isPadded || continuesName(at(end))) {
            while (continuesName(at(end)))
                ++end;
            return fail(m_at, end - m_at,
                        u"This is no number; text is written in quotes: \"%1\"."_s.arg(
                            QStringView(m_text).sliced(m_at, end - m_at)));
        }
        return token(FilterToken::Kind::Number, end);
    }

    FilterToken string()
    {
        const QChar quote = at(m_at);
        QString text;
        qsizetype i = m_at + 1;
        for (; i < m_text.size() && at(i) != quote; ++i) {
            if (at(i) == u'\\')
                i = takeEscape(i, quote, &text);
            else
                text += at(i);
        }
        if (i >= m_text.size())
            return fail(m_at, m_text.size() - m_at,
                        u"The quote %1 at the end of this text is missing."_s.arg(quote));
        FilterToken result = token(FilterToken::Kind::String, i + 1);
        result.text = text;
        return result;
    }

    //! What stands at \a i into \a text; returns where it ends. A backslash in front of anything else stays, for
    //! regular expressions are full of them.
    qsizetype takeEscape(qsizetype i, QChar quote, QString *text) const
    {
        const QChar c = at(i + 1);
        if (c == quote || c == u'\\' || c == u'"' || c == u'\'') {
            *text += c;
            return i + 1;
        }
        if (c == u'n' || c == u't' || c == u'r') {
            *text += c == u'n' ? u'\n' : c == u't' ? u'\t' : u'\r';
            return i + 1;
        }
        bool ok = false;
        const ushort unit =
            c == u'u' ? QStringView(m_text).sliced(i + 2).left(4).toUShort(&ok, 16) : ushort(0);
        if (ok && i + 6 <= m_text.size()) {
            *text += QChar(unit);
            return i + 5;
        }
        *text += u'\\';
        return i;
    }

    const QString &m_text;
    qsizetype m_at = 0;
    Filter::Error m_error;
};

} // namespace

QList<FilterToken> filterTokens(const QString &text, Filter::Error *error)
{
    return Lexer(text).tokens(error);
}

QString filterQuoted(const QString &text)
{
    QString out = u"\""_s;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            out += u'\\';
        if (c < u' ')
            out += u"\\u%1"_s.arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out + u'"';
}

QString filterMember(const QString &name)
{
    const bool isPlain = !name.isEmpty() && beginsName(name.front())
        && std::all_of(name.begin(), name.end(), continuesName);
    return u'.' + (isPlain ? name : filterQuoted(name));
}

} // namespace Syncscope
