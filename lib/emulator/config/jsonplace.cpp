// SPDX-License-Identifier: Apache-2.0
#include "jsonplace_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <optional>

namespace AppSync::Emulation::JsonPlace {

namespace {

//! Steps over valid JSON, token by token.
class Walker {
public:
    explicit Walker(const QByteArray &json) : m_json(json) { }

    [[nodiscard]] qsizetype position()
    {
        while (m_at < m_json.size() && QByteArrayView(" \t\r\n").contains(m_json[m_at]))
            ++m_at;
        return m_at;
    }
    [[nodiscard]] char peek() { return position() < m_json.size() ? m_json[m_at] : '\0'; }

    //! A string with its quotes, a bracket, comma or colon, or a number or word; empty at the end.
    QByteArray next()
    {
        const qsizetype begin = position();
        if (begin == m_json.size())
            return {};
        if (m_json[m_at] == '"')
            skipString();
        else if (isPunctuation(m_json[m_at]))
            ++m_at;
        else
            while (m_at < m_json.size() && !isPunctuation(m_json[m_at]) && m_json[m_at] > ' ')
                ++m_at;
        return m_json.mid(begin, m_at - begin);
    }

    void skipValue()
    {
        int depth = 0;
        do {
            const QByteArray token = next();
            if (token.isEmpty())
                return;
            depth += token == "{" || token == "[" ? 1 : token == "}" || token == "]" ? -1 : 0;
        } while (depth > 0);
    }

private:
    static bool isPunctuation(char c) { return QByteArrayView("{}[],:").contains(c); }

    void skipString()
    {
        for (++m_at; m_at < m_json.size() && m_json[m_at] != '"'; ++m_at) {
            if (m_json[m_at] == '\\')
                ++m_at;
        }
        m_at = std::min(m_at + 1, m_json.size());
    }

    const QByteArray &m_json;
    qsizetype m_at = 0;
};

QString unquoted(const QByteArray &literal)
{
    return QJsonDocument::fromJson('[' + literal + ']').array().at(0).toString();
}

//! Moves \a walker from before a container to before the value of its member \a key; where that begins, with
//! its name, or nothing.
std::optional<qsizetype> enter(Walker *walker, const QString &key)
{
    const bool isObject = walker->peek() == '{';
    if (!isObject && walker->peek() != '[')
        return std::nullopt;
    (void)walker->next();
    for (int index = 0; !QByteArrayView("}]").contains(walker->peek()) && walker->peek() != '\0';
         ++index) {
        const qsizetype place = walker->position();
        QString name = QString::number(index);
        if (isObject) {
            name = unquoted(walker->next());
            (void)walker->next(); // the colon
        }
        if (name == key)
            return place;
        walker->skipValue();
        if (walker->peek() == ',')
            (void)walker->next();
    }
    return std::nullopt;
}

} // namespace

qsizetype find(const QByteArray &json, const QStringList &path)
{
    Walker walker(json);
    qsizetype place = walker.position();
    for (const QString &key : path) {
        const auto found = enter(&walker, key);
        if (!found)
            break;
        place = *found;
    }
    return place;
}

int lineOf(const QByteArray &json, qsizetype offset)
{
    return 1 + int(json.first(std::clamp(offset, qsizetype(0), json.size())).count('\n'));
}

} // namespace AppSync::Emulation::JsonPlace
