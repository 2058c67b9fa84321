// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetliteral.h"

#include "app/core/filter/jsonpath.h"

#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace Syncscope::SnippetLiteral {

namespace {

//! One character, or a byte that is part of none.
struct Unit {
    char32_t code = 0;
    qsizetype length = 1; //!< bytes
    bool isText = true; //!< false: \a code is a stray byte
};

//! Also reads surrogates, as three bytes, which strict decoders refuse.
Unit unitAt(const QByteArray &text, qsizetype at)
{
    const auto byte = [&](qsizetype i) {
        return at + i < text.size() ? uchar(text[at + i]) : uchar(0);
    };
    const auto isTail = [&](qsizetype i) { return (byte(i) & 0xc0) == 0x80; };
    const uchar first = byte(0);
    if (first < 0x80)
        return {first, 1, true};
    if (first >= 0xc2 && first < 0xe0 && isTail(1))
        return {char32_t((first & 0x1f) << 6 | (byte(1) & 0x3f)), 2, true};
    if ((first & 0xf0) == 0xe0 && isTail(1) && isTail(2)) {
        const auto code = char32_t((first & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f));
        if (code >= 0x800)
            return {code, 3, true};
    }
    if ((first & 0xf8) == 0xf0 && isTail(1) && isTail(2) && isTail(3)) {
        const auto code = char32_t((first & 0x07) << 18 | (byte(1) & 0x3f) << 12
                                   | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f));
        if (code >= 0x10000 && code <= 0x10ffff)
            return {code, 4, true};
    }
    return {first, 1, false};
}

//! It looks like what it is, wherever it is pasted.
bool isPlain(const Unit &unit)
{
    if (!unit.isText)
        return false;
    if (unit.code < 0x80)
        return unit.code >= 0x20 && unit.code != 0x7f;
    switch (QChar::category(unit.code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space:
        return false;
    default:
        return true;
    }
}

QByteArray hex(char32_t code, int digits)
{
    return QByteArray::number(quint32(code), 16).rightJustified(digits, '0');
}

QByteArray octal(const QByteArray &bytes)
{
    QByteArray out;
    for (const char byte : bytes)
        out += '\\' + QByteArray::number(uchar(byte), 8).rightJustified(3, '0');
    return out;
}

//! Escapes that all these languages have in common; empty: none.
QByteArray shortEscape(char32_t code)
{
    switch (code) {
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return {};
    }
}

using Escape = std::function<QByteArray(const Unit &unit, const QByteArray &bytes)>;

//! \a text in \a quote; \a escape says what stands for characters that cannot stand for themselves.
QByteArray quoted(const QByteArray &text, char quote, const Escape &escape)
{
    QByteArray out(1, quote);
    out.reserve(text.size() + text.size() / 8 + 2);
    for (qsizetype at = 0; at < text.size();) {
        const Unit unit = unitAt(text, at);
        const QByteArray bytes = text.mid(at, unit.length);
        const QByteArray known = unit.isText ? shortEscape(unit.code) : QByteArray();
        if (!known.isEmpty())
            out += known;
        else if (unit.isText && unit.code == char32_t(quote))
            out += '\\' + bytes;
        else
            out += isPlain(unit) ? bytes : escape(unit, bytes);
        at += unit.length;
    }
    return out + quote;
}

//! What a language of Unicode strings makes of a stray byte.
char32_t codeOf(const Unit &unit)
{
    return unit.isText ? unit.code : char32_t(0xfffd);
}

char usualQuote(const QByteArray &text)
{
    return text.contains('"') && !text.contains('\'') ? '\'' : '"';
}

//! JavaScript writes the same digits again.
bool keepsDigits(const QByteArray &number)
{
    static const QRegularExpression plain(uR"(^-?(0|[1-9]\d*)(?:\.(\d*[1-9]))?$)"_s);
    const auto match = plain.match(QString::fromLatin1(number));
    if (!match.hasMatch() || number == "-0")
        return false;
    const QString fraction = match.captured(2);
    QString digits = match.captured(1) + fraction;
    digits.remove(QRegularExpression(u"^0+"_s));
    const bool isTiny = match.captured(1) == u"0" && fraction.startsWith(u"00000"_s);
    return digits.size() <= 15 && !isTiny;
}

//! As JSON.stringify() writes it.
QByteArray usualString(const QByteArray &text)
{
    return quoted(text, '"', [](const Unit &unit, const QByteArray &bytes) -> QByteArray {
        const bool isSurrogate = unit.code >= 0xd800 && unit.code < 0xe000;
        if (unit.code == '\b')
            return "\\b";
        if (unit.code == '\f')
            return "\\f";
        return unit.code < 0x20 || isSurrogate ? "\\u" + hex(unit.code, 4) : bytes;
    });
}

//! JavaScript puts such members first.
bool isIndex(const QByteArray &name)
{
    static const QRegularExpression index(u"^(0|[1-9]\\d{0,9})$"_s);
    return index.match(QString::fromUtf8(name)).hasMatch();
}

class ValueWriter {
public:
    explicit ValueWriter(JavaScriptValue *value) : m_value(value) { }

    void write(QByteArrayView json)
    {
        if (json.startsWith('{') || json.startsWith('['))
            writeContainer(json);
        else if (json.startsWith('"'))
            m_value->source += string(json.toByteArray());
        else if (json == "true" || json == "false" || json == "null"
                 || keepsDigits(json.toByteArray()))
            m_value->source += json;
        else
            writeRaw(json);
    }

private:
    void writeContainer(QByteArrayView json)
    {
        const bool isObject = json.startsWith('{');
        QSet<QByteArray> names;
        QByteArray separator;
        m_value->source += json.front();
        forEachJsonMember(json, [&](QByteArrayView literal, QByteArrayView element) {
            m_value->source += separator;
            separator = ", ";
            if (isObject)
                writeName(literal, &names);
            write(element);
            return true;
        });
        m_value->source += isObject ? '}' : ']';
    }

    void writeName(QByteArrayView literal, QSet<QByteArray> *names)
    {
        const QByteArray name = jsonStringText(literal);
        const bool isOutOfOrder = isIndex(name);
        m_value->changesKeys = m_value->changesKeys || names->contains(name) || isOutOfOrder;
        names->insert(name);
        const QByteArray source = string(literal.toByteArray());
        // Otherwise it would set the prototype.
        m_value->source += (name == "__proto__" ? '[' + source + ']' : source) + ": ";
    }

    void writeRaw(QByteArrayView json)
    {
        m_value->hasRawNumbers = true;
        m_value->source += "JSON.rawJSON(\"" + json.toByteArray() + "\")";
    }

    QByteArray string(const QByteArray &token)
    {
        m_value->changesEscapes =
            m_value->changesEscapes || usualString(jsonStringText(token)) != token;
        return javaScript(jsonStringText(token));
    }

    JavaScriptValue *const m_value;
};

} // namespace

QByteArray shell(const QByteArray &text)
{
    static const QRegularExpression safe(u"^[A-Za-z0-9_./:%+,][A-Za-z0-9_./:@%+,=-]*$"_s);
    if (text.isValidUtf8() && safe.match(QString::fromUtf8(text)).hasMatch()
        && !text.endsWith('\n'))
        return text;
    QByteArray inside = text;
    inside.replace('\'', "'\\''");
    return '\'' + inside + '\'';
}

QByteArray shellFormat(const QByteArray &text)
{
    QByteArray format;
    for (const char c : text) {
        const bool looksLikeFlag = format.isEmpty() && c == '-';
        if (uchar(c) < 0x20 || c == 0x7f || looksLikeFlag)
            format += octal(QByteArray(1, c));
        else if (c == '\\' || c == '%')
            format += QByteArray(2, c);
        else
            format += c;
    }
    return shell(format);
}

QByteArray javaScript(const QByteArray &text)
{
    return quoted(text, usualQuote(text), [](const Unit &unit, const QByteArray &) {
        const char32_t code = codeOf(unit);
        return code < 0x10000 ? "\\u" + hex(code, 4) : "\\u{" + hex(code, 1) + '}';
    });
}

QByteArray python(const QByteArray &text)
{
    return quoted(text, usualQuote(text), [](const Unit &unit, const QByteArray &) {
        const char32_t code = codeOf(unit);
        return code < 0x10000 ? "\\u" + hex(code, 4) : "\\U" + hex(code, 8);
    });
}

QByteArray go(const QByteArray &text)
{
    const auto isRaw = [&] {
        for (qsizetype at = 0; at < text.size();) {
            const Unit unit = unitAt(text, at);
            if (!isPlain(unit) || unit.code == U'`')
                return false;
            at += unit.length;
        }
        return text.contains('"') || text.contains('\\');
    };
    if (isRaw())
        return '`' + text + '`';
    return quoted(text, '"', [](const Unit &unit, const QByteArray &bytes) -> QByteArray {
        if (unit.isText && unit.code >= 0x80
            && QChar::category(unit.code) != QChar::Other_Surrogate)
            return unit.code < 0x10000 ? "\\u" + hex(unit.code, 4) : "\\U" + hex(unit.code, 8);
        QByteArray out;
        for (const char byte : bytes)
            out += "\\x" + hex(uchar(byte), 2);
        return out;
    });
}

QByteArray cpp(const QByteArray &text)
{
    // Compilers bear literals of some length; they join those that follow each other.
    constexpr qsizetype kLongest = 8'000;
    QByteArray out;
    for (qsizetype at = 0; at == 0 || at < text.size();) {
        qsizetype end = at;
        while (end < text.size() && end - at < kLongest)
            end += unitAt(text, end).length;
        QByteArray piece =
            quoted(text.mid(at, end - at), '"',
                   [](const Unit &, const QByteArray &bytes) { return octal(bytes); });
        while (piece.contains("??")) // trigraphs
            piece.replace("??", "?\\?");
        out += (at == 0 ? "" : "\n        ") + piece;
        at = end;
        if (text.isEmpty())
            break;
    }
    return out;
}

JavaScriptValue javaScriptValue(const QByteArray &json)
{
    JavaScriptValue value;
    ValueWriter(&value).write(QByteArrayView(json).trimmed());
    bool isInString = false;
    for (qsizetype i = 0; i < json.size() && !value.losesSpace; ++i) {
        const char c = json[i];
        if (isInString && c == '\\')
            ++i;
        else if (c == '"')
            isInString = !isInString;
        else
            value.losesSpace = !isInString && (c == ' ' || c == '\t' || c == '\n' || c == '\r');
    }
    return value;
}

} // namespace Syncscope::SnippetLiteral
