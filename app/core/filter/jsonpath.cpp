// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/jsonpath.h"

#include <cstring>

namespace Syncscope {

namespace {

//! Steps through JSON value by value.
class JsonCursor {
public:
    explicit JsonCursor(QByteArrayView json) : m_at(json.begin()), m_end(json.end()) { }

    //! The next character that is no white space; 0 at the end.
    char peek()
    {
        while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t' || *m_at == '\r'))
            ++m_at;
        return m_at < m_end ? *m_at : '\0';
    }
    void skip()
    {
        if (m_at < m_end)
            ++m_at;
    }

    QByteArrayView string()
    {
        const char *const begin = m_at;
        skip();
        while (m_at < m_end) {
            const auto *quote =
                static_cast<const char *>(std::memchr(m_at, '"', std::size_t(m_end - m_at)));
            if (!quote) {
                m_at = m_end;
                break;
            }
            m_at = quote + 1;
            if (!isEscaped(begin + 1, quote))
                break;
        }
        return {begin, m_at};
    }

    //! One whole value.
    QByteArrayView value()
    {
        const char first = peek();
        const char *const begin = m_at;
        if (first == '"')
            return string();
        if (first != '{' && first != '[') {
            while (m_at < m_end && !std::strchr(",]} \n\t\r", *m_at))
                ++m_at;
            return {begin, m_at};
        }
        qsizetype depth = 0;
        while (m_at < m_end) {
            const char c = *m_at;
            if (c == '"') {
                (void)string();
                continue;
            }
            ++m_at;
            if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']') && --depth == 0)
                break;
        }
        return {begin, m_at};
    }

private:
    //! True if an odd number of backslashes stands in front of \a quote.
    static bool isEscaped(const char *begin, const char *quote)
    {
        const char *at = quote;
        while (at > begin && *(at - 1) == '\\')
            --at;
        return (quote - at) % 2 != 0;
    }

    const char *m_at;
    const char *const m_end;
};

template <typename Visit> void forEach(QByteArrayView json, Visit visit)
{
    JsonCursor cursor(json);
    const char open = cursor.peek();
    if (open != '{' && open != '[')
        return;
    cursor.skip();
    for (char c = cursor.peek(); c != '}' && c != ']' && c != '\0'; c = cursor.peek()) {
        QByteArrayView name;
        if (open == '{') {
            if (c != '"')
                return; // no JSON
            name = cursor.string();
            (void)cursor.peek();
            cursor.skip(); // the colon
        }
        const QByteArrayView value = cursor.value();
        if (value.isEmpty() || !visit(name, value))
            return;
        if (cursor.peek() == ',')
            cursor.skip();
    }
}

bool isNamed(QByteArrayView literal, const QByteArray &name)
{
    const QByteArrayView raw = literal.sliced(1, qMax<qsizetype>(0, literal.size() - 2));
    if (!raw.contains('\\'))
        return raw == name;
    return jsonStringText(literal) == name;
}

bool isArray(QByteArrayView json)
{
    return JsonCursor(json).peek() == '[';
}

template <typename Visit>
bool walk(QByteArrayView json, const JsonPath::Step *step, const JsonPath::Step *end, Visit &&visit)
{
    if (step == end)
        return visit(json);
    QByteArrayView found;
    bool isTrue = false;
    if (step->kind == JsonPath::Step::Kind::Name) {
        if (isArray(json))
            return false;
        forEach(json, [&](QByteArrayView name, QByteArrayView value) {
            if (isNamed(name, step->name))
                found = value; // the last one counts
            return true;
        });
    } else if (isArray(json)) {
        qsizetype index = 0;
        forEach(json, [&](QByteArrayView, QByteArrayView value) {
            if (step->kind == JsonPath::Step::Kind::Every) {
                isTrue = walk(value, step + 1, end, visit);
                return !isTrue;
            }
            if (index++ != step->index)
                return true;
            found = value;
            return false;
        });
    }
    return found.isNull() ? isTrue : walk(found, step + 1, end, visit);
}

void appendUtf8(QByteArray *out, char32_t c)
{
    if (c < 0x80) {
        *out += char(c);
    } else if (c < 0x800) {
        *out += char(0xc0 | (c >> 6));
        *out += char(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        *out += char(0xe0 | (c >> 12));
        *out += char(0x80 | ((c >> 6) & 0x3f));
        *out += char(0x80 | (c & 0x3f));
    } else {
        *out += char(0xf0 | (c >> 18));
        *out += char(0x80 | ((c >> 12) & 0x3f));
        *out += char(0x80 | ((c >> 6) & 0x3f));
        *out += char(0x80 | (c & 0x3f));
    }
}

//! The unit of a `uXXXX` at \a at; -1 if it is none.
int unitAt(QByteArrayView text, qsizetype at)
{
    if (at + 5 > text.size() || text[at] != 'u')
        return -1;
    bool ok = false;
    const int unit = text.sliced(at + 1, 4).toByteArray().toInt(&ok, 16);
    return ok ? unit : -1;
}

//! What begins at \a at within a string; how long it is there.
qsizetype appendCharacter(QByteArray *out, QByteArrayView raw, qsizetype at)
{
    if (raw[at] != '\\' || at + 1 >= raw.size()) {
        *out += raw[at];
        return 1;
    }
    const int unit = unitAt(raw, at + 1);
    if (unit < 0) {
        static constexpr char kEscapes[] = "b\bf\fn\nr\rt\t";
        const char c = raw[at + 1];
        const char *const escape = std::strchr(kEscapes, c);
        *out += escape && c != '\0' && (escape - kEscapes) % 2 == 0 ? *(escape + 1) : c;
        return 2;
    }
    const bool isHigh = unit >= 0xd800 && unit < 0xdc00;
    const qsizetype next = at + 6;
    const int low = isHigh && next < raw.size() && raw[next] == '\\' ? unitAt(raw, next + 1) : -1;
    if (low >= 0xdc00 && low < 0xe000) {
        appendUtf8(out, char32_t(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)));
        return 12;
    }
    appendUtf8(out, char32_t(unit));
    return 6;
}

} // namespace

QByteArray jsonStringText(QByteArrayView literal, QList<qsizetype> *places)
{
    const QByteArrayView raw =
        literal.sliced(qMin<qsizetype>(1, literal.size()), qMax<qsizetype>(0, literal.size() - 2));
    QByteArray out;
    out.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size();) {
        const qsizetype begin = i;
        i += appendCharacter(&out, raw, i);
        if (places)
            places->resize(out.size(), begin);
    }
    if (places)
        places->append(raw.size());
    return out;
}

QByteArrayView jsonMember(QByteArrayView json, std::initializer_list<const char *> names)
{
    JsonPath path;
    for (const char *name : names)
        path.append(name);
    return path.first(json);
}

QByteArray jsonMemberText(QByteArrayView json, std::initializer_list<const char *> names)
{
    const QByteArrayView value = jsonMember(json, names);
    return value.startsWith('"') ? jsonStringText(value) : QByteArray();
}

qsizetype jsonCount(QByteArrayView container)
{
    qsizetype count = 0;
    forEach(container, [&](QByteArrayView, QByteArrayView) {
        ++count;
        return true;
    });
    return count;
}

void forEachJsonMember(QByteArrayView container,
                       const std::function<bool(QByteArrayView, QByteArrayView)> &visit)
{
    forEach(container, visit);
}

bool JsonPath::any(QByteArrayView json, const std::function<bool(QByteArrayView)> &visit) const
{
    return walk(json, steps.constData(), steps.constData() + steps.size(), visit);
}

QByteArrayView JsonPath::first(QByteArrayView json) const
{
    QByteArrayView found;
    (void)any(json, [&](QByteArrayView value) {
        found = value;
        return true;
    });
    return found;
}

} // namespace Syncscope
