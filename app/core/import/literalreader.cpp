// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/literalreader.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr int kMostDepth = 64;
constexpr qsizetype kMostSkipped = 100; // nobody reads more notes

bool isWordCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$';
}

bool isQuote(QChar c)
{
    return c == u'"' || c == u'\'';
}

bool isOpening(QChar c)
{
    return c == u'(' || c == u'[' || c == u'{';
}

bool isClosing(QChar c)
{
    return c == u')' || c == u']' || c == u'}';
}

//! Whether a value can follow.
bool precedesValue(QChar c)
{
    return u"=([,:?|&"_s.contains(c);
}

} // namespace

LiteralReader::LiteralReader(const QString &text) : m_text(text)
{
    scan();
}

int LiteralReader::lineAt(qsizetype offset) const
{
    return 1 + int(QStringView(m_text).first(qBound(0, offset, m_text.size())).count(u'\n'));
}

int LiteralReader::columnAt(qsizetype offset) const
{
    const qsizetype end = qBound(0, offset, m_text.size());
    return int(end - (end > 0 ? m_text.lastIndexOf(u'\n', end - 1) : -1));
}

//! Walks over statements, of which nothing is understood but where a value may begin.
void LiteralReader::scan()
{
    bool valueMayFollow = true; // the text itself may be a literal
    for (skipSpace(); !atEnd() && !m_ranOut; skipSpace()) {
        const QChar c = peek();
        if (c == u'{' && valueMayFollow) {
            scanObject();
            valueMayFollow = false;
        } else if (isQuote(c)) {
            skipQuoted(c);
            valueMayFollow = false;
        } else if (c == u'`') {
            if (!scanTemplate())
                return;
            valueMayFollow = false;
        } else if (isWordCharacter(c)) {
            const QString word = readWord();
            valueMayFollow = word == u"default" || word == u"return";
        } else if (isAt(u"=>")) { // the body of a function
            m_at += 2;
            valueMayFollow = false;
        } else {
            valueMayFollow = precedesValue(c);
            ++m_at;
        }
    }
}

bool LiteralReader::scanTemplate()
{
    if (!isPlainTemplate())
        return skipTemplate(0);
    QString text;
    if (!readString(&text))
        return false;
    m_texts.append(text);
    return true;
}

void LiteralReader::scanObject()
{
    QJsonObject object;
    if (readObject(0, &object))
        m_objects.append(object);
    // Else it goes on where that one broke off, so that no text is read twice.
}

bool LiteralReader::readObject(int depth, QJsonObject *object)
{
    if (depth >= kMostDepth) {
        ++m_at;
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "this is nested too deep"));
    }
    ++m_at; // {
    for (;;) {
        skipSpace();
        if (peek() == u'}') {
            ++m_at;
            return true;
        }
        if (!readMember(depth, object))
            return false;
        skipSpace();
        if (peek() == u',')
            ++m_at;
        else if (peek() != u'}')
            return fail(QT_TRANSLATE_NOOP("LiteralReader", "a comma or } is expected here"));
    }
}

bool LiteralReader::readMember(int depth, QJsonObject *object)
{
    const qsizetype begin = m_at;
    qsizetype fallback = -1;
    if (isAt(u"...")) { // members that some other value has
        m_at += 3;
        return readComputed(u"..."_s, begin, nullptr);
    }
    if (peek() == u'[')
        return skipExpression(0, &fallback); // its name is worked out
    QString name;
    if (!readName(&name))
        return false;
    skipSpace();
    if (peek() != u':') { // a method, an accessor, or the name of a variable
        return readComputed(name, begin, nullptr);
    }
    ++m_at;
    QJsonValue value(QJsonValue::Undefined);
    if (!readValue(name, depth + 1, &value))
        return false;
    if (!value.isUndefined())
        object->insert(name, value);
    return true;
}

bool LiteralReader::readName(QString *name)
{
    if (isQuote(peek()))
        return readString(name);
    *name = readWord();
    return !name->isEmpty()
        || fail(QT_TRANSLATE_NOOP("LiteralReader", "the name of a member is expected here"));
}

bool LiteralReader::readArray(int depth, QJsonValue *value)
{
    if (depth >= kMostDepth) {
        ++m_at;
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "this is nested too deep"));
    }
    ++m_at; // [
    QJsonArray array;
    for (;;) {
        skipSpace();
        if (peek() == u']') {
            ++m_at;
            *value = array;
            return true;
        }
        QJsonValue element(QJsonValue::Undefined);
        if (!readValue(u"[%1]"_s.arg(array.size()), depth + 1, &element))
            return false;
        if (!element.isUndefined())
            array.append(element);
        skipSpace();
        if (peek() == u',')
            ++m_at;
        else if (peek() != u']')
            return fail(QT_TRANSLATE_NOOP("LiteralReader", "a comma or ] is expected here"));
    }
}

//! A plain value, if nothing is done with it.
bool LiteralReader::readValue(const QString &name, int depth, QJsonValue *value)
{
    skipSpace();
    const qsizetype begin = m_at;
    if (!readPlain(depth, value))
        return false;
    skipSpace();
    if (m_at > begin && (peek() == u',' || isClosing(peek())))
        return true;
    // TypeScript's `as const` and `!` change nothing.
    if (m_at > begin && (isAt(u"as ") || isAt(u"satisfies ") || isAt(u"!"))) {
        qsizetype fallback = -1;
        return skipExpression(0, &fallback);
    }
    if (m_at > begin && (isWordCharacter(peek()) || isQuote(peek())))
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "a comma is expected here"));
    *value = QJsonValue(QJsonValue::Undefined);
    return readComputed(name, begin, value);
}

//! Leaves what it does not know to readComputed().
bool LiteralReader::readPlain(int depth, QJsonValue *value)
{
    const QChar c = peek();
    if (atEnd() || c == u',' || isClosing(c))
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "a value is expected here"));
    if (c == u'{') {
        QJsonObject object;
        const bool good = readObject(depth, &object);
        *value = object;
        return good;
    }
    if (c == u'[')
        return readArray(depth, value);
    if (isQuote(c) || (c == u'`' && isPlainTemplate())) {
        QString text;
        const bool good = readString(&text);
        *value = text;
        return good;
    }
    if (c.isDigit() || c == u'-' || (c == u'.' && peek(1).isDigit()))
        return readNumber(value);
    const qsizetype begin = m_at;
    const QString word = readWord();
    if (word == u"true" || word == u"false")
        *value = word == u"true";
    else if (word == u"null")
        *value = QJsonValue(QJsonValue::Null);
    else if (word != u"undefined")
        m_at = begin;
    return true;
}

bool LiteralReader::readString(QString *text)
{
    const QChar quote = peek();
    ++m_at;
    while (!atEnd() && peek() != quote) {
        const QChar c = peek();
        if ((c == u'\n' || c == u'\r') && quote != u'`')
            return fail(QT_TRANSLATE_NOOP("LiteralReader", "the text does not end on its line"));
        ++m_at;
        if (c != u'\\')
            text->append(c);
        else if (!readEscape(text))
            return false;
    }
    if (atEnd())
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "the text does not end"));
    ++m_at;
    return true;
}

bool LiteralReader::isPlainTemplate() const
{
    for (qsizetype i = m_at + 1; i < m_text.size() && m_text.at(i) != u'`'; ++i) {
        if (m_text.at(i) == u'\\')
            ++i;
        else if (QStringView(m_text).sliced(i).startsWith(u"${"))
            return false;
    }
    return true;
}

//! Behind the backslash.
bool LiteralReader::readEscape(QString *text)
{
    if (atEnd())
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "the text does not end"));
    const QChar c = peek();
    ++m_at;
    switch (c.unicode()) {
    case u'n':
        text->append(u'\n');
        return true;
    case u't':
        text->append(u'\t');
        return true;
    case u'r':
        text->append(u'\r');
        return true;
    case u'b':
        text->append(u'\b');
        return true;
    case u'f':
        text->append(u'\f');
        return true;
    case u'v':
        text->append(u'\v');
        return true;
    case u'0':
        text->append(QChar::Null);
        return true;
    case u'x':
        return readCodePoint(2, text);
    case u'u':
        return readCodePoint(4, text);
    case u'\r': // the line goes on
        if (peek() == u'\n')
            ++m_at;
        return true;
    case u'\n':
        return true;
    default:
        text->append(c);
        return true;
    }
}

bool LiteralReader::readCodePoint(int digits, QString *text)
{
    qsizetype begin = m_at;
    qsizetype end = m_at + digits;
    const bool braced = digits == 4 && peek() == u'{';
    if (braced) {
        end = m_text.indexOf(u'}', ++begin);
        if (end < 0 || end - begin > 6)
            end = begin; // an error below
    }
    bool ok = false;
    const uint code =
        end <= m_text.size() ? QStringView(m_text).sliced(begin, end - begin).toUInt(&ok, 16) : 0;
    if (!ok || code > QChar::LastValidCodePoint)
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "this is no escape of a character"));
    text->append(QChar::fromUcs4(char32_t(code)));
    m_at = braced ? end + 1 : end;
    return true;
}

bool LiteralReader::readNumber(QJsonValue *value)
{
    const bool negative = peek() == u'-';
    if (negative && !peek(1).isDigit() && peek(1) != u'.')
        return true; // minus something else
    if (negative)
        ++m_at;
    QString digits;
    while (isWordCharacter(peek()) || peek() == u'.'
           || ((peek() == u'-' || peek() == u'+') && digits.endsWith(u'e', Qt::CaseInsensitive)
               && !digits.startsWith(u"0x"))) {
        if (peek() != u'_')
            digits.append(peek());
        ++m_at;
    }
    if (digits.endsWith(u'n')) // a BigInt
        digits.chop(1);
    const QString prefix = digits.left(2).toLower();
    const int base = prefix == u"0x" ? 16 : prefix == u"0o" ? 8 : prefix == u"0b" ? 2 : 10;
    if (base != 10)
        digits.remove(0, 2);
    if (negative)
        digits.prepend(u'-');
    bool ok = false;
    const qint64 integer = digits.toLongLong(&ok, base);
    if (ok && !(negative && integer == 0)) {
        *value = integer;
        return true;
    }
    const double number = base == 10 ? digits.toDouble(&ok) : 0;
    *value = number;
    return (ok && std::isfinite(number))
        || fail(QT_TRANSLATE_NOOP("LiteralReader", "this is not a number"));
}

QString LiteralReader::readWord()
{
    const qsizetype begin = m_at;
    while (isWordCharacter(peek()))
        ++m_at;
    return m_text.mid(begin, m_at - begin);
}

//! Leaves the expression that began at \a from out, or takes its fallback.
bool LiteralReader::readComputed(const QString &name, qsizetype from, QJsonValue *value)
{
    m_at = qMax(m_at, from);
    qsizetype fallback = -1;
    if (!skipExpression(0, &fallback))
        return false;
    const bool hasFallback = fallback >= 0 && value && readFallback(fallback, m_at, value);
    if (m_skipped.size() < kMostSkipped)
        m_skipped.append({name.left(80), lineAt(from), hasFallback});
    return true;
}

bool LiteralReader::readFallback(qsizetype from, qsizetype to, QJsonValue *value)
{
    m_at = from;
    skipSpace();
    QString text;
    const bool isText = isQuote(peek());
    // A text that is broken has been told of already, if it matters.
    const QString error = std::exchange(m_error, u"-"_s);
    const bool good = isText && readString(&text);
    m_error = error;
    m_ranOut = false;
    skipSpace();
    const bool isAll = good && m_at == to;
    m_at = to;
    if (isAll)
        *value = text;
    return isAll;
}

void LiteralReader::skipSpace()
{
    while (!atEnd()) {
        if (peek().isSpace() || peek() == QChar::ByteOrderMark) {
            ++m_at;
        } else if (isAt(u"//")) {
            const qsizetype end = m_text.indexOf(u'\n', m_at);
            m_at = end < 0 ? m_text.size() : end;
        } else if (isAt(u"/*")) {
            const qsizetype end = m_text.indexOf(u"*/"_s, m_at + 2);
            m_at = end < 0 ? m_text.size() : end + 2;
        } else {
            return;
        }
    }
}

//! Outside of literals, where an apostrophe may be one of a regular expression: at most to the line's end.
void LiteralReader::skipQuoted(QChar quote)
{
    for (++m_at; !atEnd() && peek() != quote && peek() != u'\n'; ++m_at) {
        if (peek() == u'\\')
            ++m_at;
    }
    ++m_at;
}

bool LiteralReader::skipTemplate(int depth)
{
    for (++m_at; !atEnd(); ++m_at) {
        if (peek() == u'`') {
            ++m_at;
            return true;
        }
        if (peek() == u'\\') {
            ++m_at;
        } else if (isAt(u"${")) {
            m_at += 2;
            qsizetype fallback = -1;
            while (peek() != u'}') { // commas are operators here
                if (!skipExpression(depth + 1, &fallback))
                    return false;
                if (peek() != u'}')
                    ++m_at;
            }
        }
    }
    return fail(QT_TRANSLATE_NOOP("LiteralReader", "the text does not end"));
}

bool LiteralReader::skipExpression(int depth, qsizetype *fallback)
{
    if (depth >= kMostDepth)
        return fail(QT_TRANSLATE_NOOP("LiteralReader", "this is nested too deep"));
    qsizetype open = 0;
    for (skipSpace(); !atEnd(); skipSpace()) {
        const QChar c = peek();
        if (open == 0 && (c == u',' || isClosing(c)))
            return true;
        if (open == 0 && (isAt(u"||") || isAt(u"??"))) {
            m_at += 2;
            *fallback = m_at;
            continue;
        }
        if (isQuote(c)) {
            skipQuoted(c);
        } else if (c == u'`') {
            if (!skipTemplate(depth))
                return false;
        } else {
            open += isOpening(c) ? 1 : isClosing(c) ? -1 : 0;
            ++m_at;
        }
    }
    return fail(QT_TRANSLATE_NOOP("LiteralReader", "the text ends inside of a value"));
}

bool LiteralReader::fail(const char *why)
{
    m_at = qMin(m_at, m_text.size());
    m_ranOut = m_ranOut || atEnd();
    if (m_error.isEmpty()) {
        m_error = QCoreApplication::translate("LiteralReader", why);
        m_errorOffset = m_at;
    }
    return false;
}

} // namespace Syncscope
