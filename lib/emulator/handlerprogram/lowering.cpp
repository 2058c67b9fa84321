// SPDX-License-Identifier: Apache-2.0
#include "lowering.h"

#include "scanner.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace AppSync::Handlers {

namespace {

//! At one place, what ends something comes before what starts something, the innermost first.
enum class Rank { EndOfLiteral, EndOfAwait, EndOfArrow, Insertion, Replacement };

struct Edit {
    qsizetype at = 0;
    qsizetype size = 0; //!< of what is taken away
    QString text;
    Rank rank = Rank::Insertion;
};

class Rewriter {
public:
    explicit Rewriter(const QString &code) : m_code(code), m_scan(code) { }

    Lowering run();

private:
    [[nodiscard]] bool checkImports(Lowering *result) const;
    [[nodiscard]] bool isModule() const;
    void spread(qsizetype dots);
    void rest(qsizetype dots);
    [[nodiscard]] std::optional<QString> keysOf(qsizetype brace) const;
    [[nodiscard]] bool isPattern(qsizetype brace) const;
    [[nodiscard]] bool isParameterList(qsizetype paren) const;
    void async(qsizetype i);
    void asyncBody(qsizetype brace);
    void asyncArrow(qsizetype arrow);
    void await(qsizetype i);
    [[nodiscard]] qsizetype unaryEnd(qsizetype i) const;
    [[nodiscard]] qsizetype expressionEnd(qsizetype i) const;
    [[nodiscard]] bool endsStatement(qsizetype i) const;

    void insertBefore(qsizetype token, const QString &text)
    {
        m_edits.append({m_scan.at(token).begin, 0, text});
    }
    void insertAfter(qsizetype token, const QString &text, Rank rank = Rank::Insertion)
    {
        m_edits.append({m_scan.at(token).end, 0, text, rank});
    }
    void replace(qsizetype token, const QString &text)
    {
        const Token &t = m_scan.at(token);
        m_edits.append({t.begin, t.end - t.begin, text, Rank::Replacement});
    }
    [[nodiscard]] bool isMember(qsizetype i) const
    {
        return m_scan.is(i - 1, u".") || m_scan.is(i - 1, u"?.");
    }

    const QString m_code;
    const Scanner m_scan;
    QList<Edit> m_edits;
    QList<qsizetype> m_literals; //!< braces that were opened anew
};

Lowering Rewriter::run()
{
    Lowering result{m_code, {}, 0};
    if (!m_scan.isGood() || !checkImports(&result))
        return result;
    for (qsizetype i = 0; i < m_scan.size(); ++i) {
        const qsizetype parent = m_scan.parent(i);
        if (m_scan.is(i, u"...") && m_scan.is(parent, u"{")) {
            if (isPattern(parent))
                rest(i);
            else
                spread(i);
        } else if (m_scan.at(i).kind == Token::Kind::Number && m_scan.text(i).contains(u'_')) {
            replace(i, m_scan.text(i).toString().remove(u'_'));
        } else if (m_scan.is(i, u"*") && m_scan.is(i - 1, u"import") && m_scan.is(i + 1, u"as")) {
            // A module that the engine was given has no namespace, but itself for its default.
            replace(i, {});
            replace(i + 1, {});
        } else if (isMember(i) || !m_scan.isWord(i)) {
            continue;
        } else if (m_scan.is(i, u"catch") && m_scan.is(i + 1, u"{")) {
            insertAfter(i, u" ($e)"_s);
        } else if (m_scan.is(i, u"async")) {
            async(i);
        } else if (m_scan.is(i, u"await") && !m_scan.is(i - 1, u"for")) {
            await(i);
        }
    }
    std::stable_sort(m_edits.begin(), m_edits.end(), [](const Edit &a, const Edit &b) {
        return a.at != b.at ? a.at < b.at : a.rank < b.rank;
    });
    std::for_each(m_edits.crbegin(), m_edits.crend(), [&result](const Edit &edit) {
        result.text.replace(edit.at, edit.size, edit.text);
    });
    if (!isModule()) {
        result.text = u"const module = {exports: {}}; let exports = module.exports; "_s
            + result.text + u"\nexport default module.exports;"_s;
    }
    return result;
}

bool Rewriter::isModule() const
{
    for (qsizetype i = 0; i < m_scan.size(); ++i) {
        if (m_scan.parent(i) < 0 && !isMember(i)
            && (m_scan.is(i, u"export") || m_scan.is(i, u"import")))
            return true;
    }
    return false;
}

bool Rewriter::checkImports(Lowering *result) const
{
    for (qsizetype i = 0; i < m_scan.size(); ++i) {
        if (m_scan.parent(i) >= 0 || m_scan.at(i).kind != Token::Kind::String
            || !(m_scan.is(i - 1, u"from") || m_scan.is(i - 1, u"import")))
            continue;
        const QString name = m_scan.text(i).sliced(1, m_scan.text(i).size() - 2).toString();
        if (name == u"@aws-appsync/utils"_s || name == u"@aws-appsync/utils/dynamodb"_s)
            continue;
        result->problem =
            u"Cannot import \"%1\": only @aws-appsync/utils and its dynamodb can be imported here. Bundle the code into one file."_s
                .arg(name);
        result->line = m_scan.lineOf(i);
        return false;
    }
    return true;
}

//! `{a, ...b, c}` becomes `$spread({a, },b,{ c})`.
void Rewriter::spread(qsizetype dots)
{
    const qsizetype brace = m_scan.parent(dots);
    const qsizetype end = m_scan.partner(brace);
    if (!m_literals.contains(brace)) {
        m_literals.append(brace);
        insertBefore(brace, u"$spread("_s);
        insertAfter(end, u")"_s, Rank::EndOfLiteral);
    }
    replace(dots, u"},"_s);
    qsizetype comma = dots + 1;
    while (comma < end && !(m_scan.parent(comma) == brace && m_scan.is(comma, u",")))
        ++comma;
    if (comma < end)
        replace(comma, u",{"_s);
    else
        insertBefore(end, u",{"_s);
}

//! `{a, ...b}` of a pattern becomes `{a, [$rest(["a"])]: b}`: all objects have a property of that name, whose
//! value is what is left of them.
void Rewriter::rest(qsizetype dots)
{
    if (const auto keys = keysOf(m_scan.parent(dots)))
        replace(dots, u"[$rest(["_s + *keys + u"])]: "_s);
}

std::optional<QString> Rewriter::keysOf(qsizetype brace) const
{
    QStringList keys;
    for (qsizetype i = brace; i < m_scan.partner(brace); ++i) {
        const bool startsProperty = i == brace || (m_scan.parent(i) == brace && m_scan.is(i, u","));
        if (!startsProperty || m_scan.is(i + 1, u"...") || m_scan.is(i + 1, u"}"))
            continue;
        if (m_scan.is(i + 1, u"["))
            return std::nullopt; // a computed name
        const bool isString = m_scan.at(i + 1).kind == Token::Kind::String;
        keys.append(isString ? m_scan.text(i + 1).toString()
                             : u'"' + m_scan.text(i + 1).toString() + u'"');
    }
    return keys.join(u',');
}

bool Rewriter::isPattern(qsizetype brace) const
{
    const qsizetype after = m_scan.partner(brace) + 1;
    if (m_scan.is(after, u"="))
        return true;
    static const QList<QStringView> declarations{u"const", u"let", u"var"};
    if (declarations.contains(m_scan.text(brace - 1)))
        return true; // of a for loop
    const qsizetype outer = m_scan.parent(brace);
    const QStringView before = m_scan.text(brace - 1);
    if (outer < 0 || before == u"=")
        return false;
    if (m_scan.is(outer, u"("))
        return isParameterList(outer);
    const bool isPart = before == u":" || before == u"," || before == u"[";
    return isPart && (m_scan.is(outer, u"{") || m_scan.is(outer, u"[")) && isPattern(outer);
}

bool Rewriter::isParameterList(qsizetype paren) const
{
    const qsizetype after = m_scan.partner(paren) + 1;
    if (m_scan.is(after, u"=>"))
        return true;
    static const QList<QStringView> statements{u"if", u"for", u"while", u"switch", u"with"};
    return m_scan.is(after, u"{") && m_scan.isWord(paren - 1)
        && !statements.contains(m_scan.text(paren - 1));
}

void Rewriter::async(qsizetype i)
{
    const qsizetype next = i + 1;
    if (next >= m_scan.size() || m_scan.at(next).startsLine)
        return;
    const auto paramsAt = [&](qsizetype paren) { return m_scan.is(paren, u"(") ? paren : -1; };
    if (m_scan.is(next, u"(")) { // async (a) => …; else it calls something of that name
        const qsizetype arrow = m_scan.partner(next) + 1;
        if (m_scan.is(arrow, u"=>")) {
            replace(i, {});
            asyncArrow(arrow);
        }
        return;
    }
    if (m_scan.isWord(next) && m_scan.is(next + 1, u"=>")) { // async a => …
        replace(i, {});
        return asyncArrow(next + 1);
    }
    const bool isFunction = m_scan.is(next, u"function");
    qsizetype params = paramsAt(next + 1);
    if (params < 0 && isFunction)
        params = paramsAt(next + 2);
    if (params < 0 || !m_scan.is(m_scan.partner(params) + 1, u"{"))
        return;
    replace(i, {});
    asyncBody(m_scan.partner(params) + 1);
}

void Rewriter::asyncBody(qsizetype brace)
{
    insertAfter(brace, u" return $async(function*(){"_s);
    insertBefore(m_scan.partner(brace), u"}, this);"_s);
}

void Rewriter::asyncArrow(qsizetype arrow)
{
    if (m_scan.is(arrow + 1, u"{"))
        return asyncBody(arrow + 1);
    insertAfter(arrow, u" $async(function*(){return ("_s);
    insertAfter(expressionEnd(arrow + 1), u")}, this)"_s, Rank::EndOfArrow);
}

//! `await` binds closer than `yield`, hence the brackets.
void Rewriter::await(qsizetype i)
{
    if (m_scan.is(i + 1, u":") || i + 1 >= m_scan.size())
        return;
    replace(i, u"(yield"_s);
    insertAfter(unaryEnd(i + 1), u")"_s, Rank::EndOfAwait);
}

//! The last token of the operand that starts at \a i.
qsizetype Rewriter::unaryEnd(qsizetype i) const
{
    static const QList<QStringView> prefixes{u"!",      u"-",   u"+",     u"~",  u"typeof", u"void",
                                             u"delete", u"new", u"await", u"++", u"--"};
    while (prefixes.contains(m_scan.text(i)) && i + 1 < m_scan.size())
        ++i;
    if (m_scan.is(i, u"async"))
        return expressionEnd(i);
    qsizetype end = m_scan.partner(i) > i ? m_scan.partner(i) : i;
    if (m_scan.is(i, u"function") || m_scan.is(i, u"class")) {
        while (end + 1 < m_scan.size() && !m_scan.is(end, u"{"))
            ++end;
        end = qMax(end, m_scan.partner(end));
    }
    while (m_scan.at(end).kind == Token::Kind::TemplateMiddle)
        end = m_scan.partner(end);
    for (;;) {
        const qsizetype next = end + 1;
        if (m_scan.is(next, u".") || m_scan.is(next, u"?.")) {
            const qsizetype name = next + 1;
            end = m_scan.isWord(name) || name >= m_scan.size() ? qMin(name, m_scan.size() - 1)
                                                               : m_scan.partner(name);
        } else if (m_scan.is(next, u"(") || m_scan.is(next, u"[")) {
            end = m_scan.partner(next);
        } else {
            return end;
        }
    }
}

//! The last token of the expression that starts at \a i, as far as a comma or a statement goes.
qsizetype Rewriter::expressionEnd(qsizetype i) const
{
    int conditions = 0;
    for (;; ++i) {
        while (m_scan.partner(i) > i)
            i = m_scan.partner(i);
        if (m_scan.is(i, u"?"))
            ++conditions;
        if (i + 1 >= m_scan.size())
            return i;
        if (m_scan.is(i + 1, u":") && conditions > 0)
            --conditions;
        else if (endsStatement(i))
            return i;
    }
}

//! Whether an expression that goes up to the token \a i cannot go on behind it.
bool Rewriter::endsStatement(qsizetype i) const
{
    const qsizetype next = i + 1;
    static const QList<QStringView> ends{u",", u";", u")", u"]", u"}", u":"};
    if (ends.contains(m_scan.text(next)) || m_scan.at(next).kind == Token::Kind::TemplateMiddle
        || m_scan.at(next).kind == Token::Kind::TemplateTail)
        return true;
    if (!m_scan.at(next).startsLine)
        return false;
    static const QList<QStringView> brackets{u")", u"]", u"}"};
    const bool goesOnBefore =
        m_scan.at(i).kind == Token::Kind::Punctuator && !brackets.contains(m_scan.text(i));
    const bool goesOnBehind = m_scan.at(next).kind == Token::Kind::Punctuator
        && !m_scan.is(next, u"{") && !m_scan.is(next, u"++") && !m_scan.is(next, u"--");
    return !goesOnBefore && !goesOnBehind;
}

} // namespace

Lowering Lowering::of(const QString &code)
{
    return Rewriter(code).run();
}

} // namespace AppSync::Handlers
