// SPDX-License-Identifier: Apache-2.0
#include "app/core/jsontext.h"

#include <AppSync/Validation>

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Syncscope::JsonText {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

//! Steps through valid JSON token by token; past the end it gives empty tokens.
class Scanner {
public:
    explicit Scanner(const QByteArray &json) : m_json(json) { }

    //! Where the next token begins.
    [[nodiscard]] qsizetype position()
    {
        while (m_at < m_json.size() && isSpace(m_json.at(m_at)))
            ++m_at;
        return m_at;
    }
    //! Behind the last token.
    [[nodiscard]] qsizetype offset() const { return m_at; }
    [[nodiscard]] char peek() { return position() < m_json.size() ? m_json.at(m_at) : '\0'; }

    //! A bracket, a comma, a colon, a whole string or a whole number or word.
    QByteArrayView next()
    {
        const qsizetype begin = position();
        if (begin >= m_json.size())
            return {};
        if (m_json.at(begin) == '"')
            skipString();
        else if (isPunctuation(m_json.at(begin)))
            ++m_at;
        else
            skipWord();
        return QByteArrayView(m_json).sliced(begin, m_at - begin);
    }

    //! Moves behind one whole value.
    void skipValue()
    {
        int depth = 0;
        do {
            const QByteArrayView token = next();
            if (token.isEmpty())
                return;
            if (token.front() == '{' || token.front() == '[')
                ++depth;
            else if (token.front() == '}' || token.front() == ']')
                --depth;
        } while (depth > 0);
    }

private:
    static bool isPunctuation(char c)
    {
        return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
    }
    void skipString()
    {
        for (++m_at; m_at < m_json.size() && m_json.at(m_at) != '"'; ++m_at) {
            if (m_json.at(m_at) == '\\')
                ++m_at;
        }
        m_at = qMin(m_at + 1, m_json.size());
    }
    void skipWord()
    {
        while (m_at < m_json.size() && !isSpace(m_json.at(m_at)) && !isPunctuation(m_json.at(m_at)))
            ++m_at;
    }

    const QByteArray &m_json;
    qsizetype m_at = 0;
};

//! Writes tokens with new white space between them, on one line or indented.
class Formatter {
public:
    Formatter(const Palette &palette, bool lines) : m_palette(palette), m_lines(lines) { }

    QByteArray format(const QByteArray &json)
    {
        Scanner scanner(json);
        m_out.reserve(json.size() + json.size() / 4);
        for (QByteArrayView token = scanner.next(); !token.isEmpty(); token = scanner.next())
            write(token, scanner.peek());
        return m_out;
    }

private:
    void write(QByteArrayView token, char next)
    {
        switch (token.front()) {
        case '{':
        case '[':
            m_out += token.front();
            ++m_level;
            if (next != '}' && next != ']')
                breakLine();
            m_justOpened = true;
            return;
        case '}':
        case ']':
            --m_level;
            if (!m_justOpened)
                breakLine();
            m_out += token.front();
            break;
        case ',':
            m_out += ',';
            m_lines ? breakLine() : void(m_out += ' ');
            break;
        case ':':
            m_out += ": ";
            break;
        default:
            writeScalar(token, next == ':');
        }
        m_justOpened = false;
    }

    void writeScalar(QByteArrayView token, bool isKey)
    {
        const char c = token.front();
        const QByteArray &colour = isKey         ? m_palette.key
            : c == '"'                           ? m_palette.string
            : c == '-' || (c >= '0' && c <= '9') ? m_palette.number
                                                 : m_palette.literal;
        m_out += colour;
        m_out += token;
        if (!colour.isEmpty())
            m_out += m_palette.reset;
    }

    void breakLine()
    {
        if (!m_lines)
            return;
        m_out += '\n';
        m_out.append(m_level * 2, ' ');
    }

    const Palette &m_palette;
    const bool m_lines;
    QByteArray m_out;
    qsizetype m_level = 0;
    bool m_justOpened = false;
};

//! Shows each member or element of the object or array ahead of \a scanner to \a visit, with its name or index.
template <typename Visit> void forEach(Scanner scanner, Visit visit)
{
    const char open = scanner.peek();
    if (open != '{' && open != '[')
        return;
    (void)scanner.next();
    for (int index = 0; scanner.peek() != '}' && scanner.peek() != ']' && scanner.peek() != '\0';
         ++index) {
        Place place;
        place.name = scanner.position();
        QString name = QString::number(index);
        if (open == '{') {
            name = plain(scanner.next().toByteArray());
            (void)scanner.next(); // the colon
        }
        place.begin = scanner.position();
        scanner.skipValue();
        place.end = scanner.offset();
        visit(name, place);
        if (scanner.peek() == ',')
            (void)scanner.next();
    }
}

//! Where \a key stands in the object or array ahead of \a scanner.
std::optional<Place> step(const Scanner &scanner, const QString &key)
{
    std::optional<Place> found;
    forEach(scanner, [&](const QString &name, const Place &place) {
        if (name == key)
            found = place;
    });
    return found;
}

} // namespace

bool isValid(const QByteArray &text)
{
    return !AppSync::Validation::json(text).isProblem();
}

QByteArray quoted(const QString &text)
{
    QString out;
    out.reserve(text.size() + 2);
    out += u'"';
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        const bool pair =
            c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (pair)
            out.append(c).append(text.at(++i));
        else if (c == u'"' || c == u'\\')
            out.append(u'\\').append(c);
        else if (c == u'\n')
            out += "\\n"_L1;
        else if (c == u'\r')
            out += "\\r"_L1;
        else if (c == u'\t')
            out += "\\t"_L1;
        else if (c < u' ' || c.isSurrogate())
            out += u"\\u%1"_s.arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    out += u'"';
    return out.toUtf8();
}

QByteArray singleLine(QByteArray json)
{
    if (!json.contains('\n') && !json.contains('\r'))
        return json;
    json.replace("\r\n", " ");
    json.replace('\n', ' ');
    json.replace('\r', ' ');
    return json;
}

QByteArray indented(const QByteArray &json, const Palette &palette)
{
    return Formatter(palette, true).format(json);
}

QByteArray compact(const QByteArray &json, const Palette &palette)
{
    return Formatter(palette, false).format(json);
}

std::optional<Place> find(const QByteArray &json, const QStringList &path)
{
    Scanner top(json);
    Place place;
    place.begin = place.name = top.position();
    top.skipValue();
    place.end = top.offset();
    for (const QString &key : path) {
        const QByteArray value = json.mid(place.begin, place.end - place.begin);
        const auto found = step(Scanner(value), key);
        if (!found)
            return std::nullopt;
        place = {place.begin + found->name, place.begin + found->begin, place.begin + found->end};
    }
    return place;
}

QList<Member> members(const QByteArray &json)
{
    QList<Member> result;
    const bool named = Scanner(json).peek() == '{';
    forEach(Scanner(json), [&](const QString &name, const Place &place) {
        result.append({named ? name : QString(), json.mid(place.begin, place.end - place.begin)});
    });
    return result;
}

QByteArray object(const QList<Member> &members)
{
    QByteArray out;
    for (const Member &member : members)
        out += (out.isEmpty() ? "" : ",") + quoted(member.name) + ':' + member.value;
    return '{' + out + '}';
}

QByteArray array(const QList<Member> &elements)
{
    QByteArray out;
    for (const Member &element : elements)
        out += (out.isEmpty() ? "" : ",") + element.value;
    return '[' + out + ']';
}

int lineAt(const QByteArray &text, qsizetype offset)
{
    return 1 + int(text.first(qBound(qsizetype(0), offset, text.size())).count('\n'));
}

QString plain(const QByteArray &value)
{
    if (!value.startsWith('"'))
        return QString::fromUtf8(value);
    return QJsonDocument::fromJson('[' + value + ']').array().at(0).toString();
}

} // namespace Syncscope::JsonText
