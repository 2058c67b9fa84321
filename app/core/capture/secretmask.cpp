// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/secretmask.h"

#include "app/core/capture/secrettext.h"
#include "app/core/filter/jsonpath.h"
#include "app/core/jsontext.h"

#include <cstring>
#include <vector>

namespace Syncscope {

using Masking::Change;

namespace {

// JSON in a string of JSON in a string … Deeper it is a text like any other.
constexpr int kDeepestString = 16;

void collect(QByteArrayView text, int depth, SecretNames *names, QList<Change> *changes);

QByteArray escaped(QByteArray text)
{
    return text.replace('\\', "\\\\").replace('"', "\\\"");
}

//! Goes through JSON token by token, so that depth costs nothing.
class JsonSecrets {
public:
    JsonSecrets(QByteArrayView json, int depth, SecretNames *names, QList<Change> *changes)
        : m_json(json), m_depth(depth), m_names(names), m_changes(changes)
    {
    }

    void collect()
    {
        while (m_at < m_json.size()) {
            const char c = m_json[m_at];
            if (c == '{' || c == '[')
                open(c == '{');
            else if (c == '}' || c == ']')
                close();
            else if (c == '"')
                string();
            else if (c == ',' || c == ':' || c == ' ' || c == '\n' || c == '\t' || c == '\r')
                ++m_at;
            else
                word();
        }
    }

private:
    using Kind = SecretNames::Kind;

    //! A part of the JSON.
    struct Span {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    //! An object or array that is open.
    struct Level {
        qsizetype begin = 0;
        bool isObject = false;
        bool expectsName = false;
        Kind kind = Kind::Other; //!< of the member's name
        QByteArrayView name; //!< with its quotes
        // Of `{"key": "password", "value": "x"}`:
        bool namesSecret = false;
        Span value;
    };

    void open(bool isObject)
    {
        Level level;
        level.begin = m_at++;
        level.isObject = level.expectsName = isObject;
        m_levels.push_back(level);
    }

    void close()
    {
        if (m_levels.empty())
            return; // no JSON
        const Level level = m_levels.back();
        m_levels.pop_back();
        if (level.namesSecret && level.value.end > 0)
            mask(level.value, Kind::Secret);
        value({level.begin, ++m_at});
    }

    void string()
    {
        const qsizetype begin = m_at;
        m_at = endOfString(begin);
        if (!m_levels.empty() && m_levels.back().expectsName) {
            Level &level = m_levels.back();
            level.name = m_json.sliced(begin, m_at - begin);
            level.kind = kindOf(level.name);
            level.expectsName = false;
            return;
        }
        value({begin, m_at});
    }

    [[nodiscard]] qsizetype endOfString(qsizetype begin) const
    {
        for (qsizetype at = begin + 1;; ++at) {
            at = m_json.indexOf('"', at);
            if (at < 0)
                return m_json.size();
            qsizetype run = at;
            while (m_json[run - 1] == '\\')
                --run;
            if ((at - run) % 2 == 0)
                return at + 1;
        }
    }

    void word()
    {
        const qsizetype begin = m_at;
        while (m_at < m_json.size() && !std::strchr(",:]}[{\" \n\t\r", m_json[m_at]))
            ++m_at;
        m_at = qMax(m_at, begin + 1);
        value({begin, m_at});
    }

    [[nodiscard]] QByteArrayView textOf(Span span) const
    {
        return m_json.sliced(span.begin, span.end - span.begin);
    }

    [[nodiscard]] Kind kindOf(QByteArrayView literal)
    {
        return m_names->kindOf(literal.contains('\\') ? QByteArrayView(jsonStringText(literal))
                                                      : literal.sliced(1, literal.size() - 2));
    }

    static bool isNamed(QByteArrayView literal, QByteArrayView name)
    {
        return literal.size() == name.size() + 2
            && qstrnicmp(literal.data() + 1, name.data(), std::size_t(name.size())) == 0;
    }

    //! A value is over.
    void value(Span span)
    {
        Level *const level =
            m_levels.empty() || !m_levels.back().isObject ? nullptr : &m_levels.back();
        const bool isString = m_json[span.begin] == '"';
        if (level && level->kind != Kind::Other)
            mask(span, level->kind);
        else if (isString)
            lookInto({span.begin + 1, span.end - 1});
        if (!level)
            return;
        if (isNamed(level->name, "value"))
            level->value = span;
        else if (isString && (isNamed(level->name, "key") || isNamed(level->name, "name")))
            level->namesSecret = kindOf(textOf(span)) != Kind::Other;
        level->expectsName = true;
        level->kind = Kind::Other;
    }

    void mask(Span span, Kind kind)
    {
        const QByteArrayView text = textOf(span);
        const char first = text.front();
        if (first == '"') {
            if (text.size() > 2 && !Masking::isMask(text.sliced(1).chopped(1)))
                m_changes->append({span.begin + 1, span.end - 1, Masking::mask(text.size() - 2)});
            return;
        }
        const bool isContainer = first == '{' || first == '[';
        const bool isNumber = first == '-' || (first >= '0' && first <= '9');
        if (isContainer ? isMasked(text) : !isNumber || kind == Kind::Counter)
            return; // true, false and null are no secrets
        m_changes->append({span.begin, span.end, '"' + Masking::mask(text.size()) + '"'});
    }

    //! True for an `authorization` whose secrets were masked when it was recorded, and for what is empty.
    static bool isMasked(QByteArrayView container)
    {
        bool isMasked = true;
        forEachJsonMember(container, [&](QByteArrayView name, QByteArrayView value) {
            isMasked = !name.isNull() && value.startsWith('"')
                && (Masking::isMask(value.sliced(1).chopped(1))
                    || Masking::isPublicHeader(QString::fromUtf8(jsonStringText(name))));
            return isMasked;
        });
        return isMasked;
    }

    //! What stands in a string.
    void lookInto(Span span)
    {
        const QByteArrayView raw = textOf(span);
        const bool hasEscapes = raw.contains('\\');
        if (!hasEscapes && !raw.contains(':') && !raw.contains('='))
            return;
        QList<Change> inner;
        const QByteArrayView literal(raw.data() - 1, raw.size() + 2);
        if (!hasEscapes)
            Syncscope::collect(raw, m_depth - 1, m_names, &inner);
        else
            Syncscope::collect(jsonStringText(literal), m_depth - 1, m_names, &inner);
        if (inner.isEmpty())
            return;
        QList<qsizetype> places; // of the text; only now, since few texts have secrets
        if (hasEscapes)
            (void)jsonStringText(literal, &places);
        const auto place = [&](qsizetype at) {
            return span.begin + (hasEscapes ? places.at(at) : at);
        };
        for (const Change &change : std::as_const(inner))
            m_changes->append({place(change.begin), place(change.end), escaped(change.text)});
    }

    const QByteArrayView m_json;
    const int m_depth;
    SecretNames *const m_names;
    QList<Change> *const m_changes;
    qsizetype m_at = 0;
    std::vector<Level> m_levels;
};

bool isJson(QByteArrayView text)
{
    const QByteArrayView trimmed = text.trimmed();
    return (trimmed.startsWith('{') || trimmed.startsWith('[') || trimmed.startsWith('"'))
        && JsonText::isValid(QByteArray::fromRawData(text.data(), text.size()));
}

void collect(QByteArrayView text, int depth, SecretNames *names, QList<Change> *changes)
{
    if (depth > 0 && isJson(text))
        JsonSecrets(text, depth, names, changes).collect();
    else
        collectAssigned(text, names, changes);
    collectTokens(text, changes);
}

} // namespace

QByteArray SecretMask::masked(const QByteArray &text)
{
    QList<Change> changes;
    collect(text, kDeepestString, &m_names, &changes);
    return Masking::changed(text, changes, &m_count);
}

} // namespace Syncscope
