// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filtercompletion.h"

#include "app/core/filter/filterlexer.h"
#include "app/core/filter/filterparser.h"
#include "app/core/filter/jsonpath.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr int kDeepestPath = 6;
constexpr qsizetype kLongestMember = 100;
constexpr qsizetype kLongestPayload = 100'000;
constexpr int kElementsOfAnArray = 3; // speak for all
constexpr qint64 kPayloadsOfAChannel = 20;

void remember(QStringList *list, const QString &text)
{
    if (list->size() < FilterVocabulary::kMost && !text.isEmpty() && !list->contains(text))
        list->append(text);
}

//! The field in front of a comparison that ends with the tokens; empty: there is none.
QString comparedField(const QList<FilterToken> &tokens)
{
    const qsizetype last = tokens.size() - 1;
    static const QStringList signs{u"=="_s, u"!="_s, u"~"_s, u"=~"_s};
    if (last < 1 || tokens.at(last).kind != FilterToken::Kind::Sign
        || !signs.contains(tokens.at(last).text))
        return {};
    return tokens.at(last - 1).text;
}

QStringList valuesOf(const QString &field, const FilterVocabulary &vocabulary)
{
    if (field == u"dir")
        return FilterRow::directions();
    if (field == u"kind")
        return FilterRow::kinds();
    if (field == u"result")
        return FilterRow::results();
    if (field == u"type")
        return vocabulary.types();
    if (field == u"sub" || field == u"channel")
        return vocabulary.channels();
    return {};
}

QStringList operatorsAfter(const QString &field)
{
    if (field == u"bytes" || field == u"time")
        return {u">"_s, u"<"_s, u">="_s, u"<="_s, u"=="_s, u"!="_s};
    if (field == u"dir" || field == u"kind" || field == u"result")
        return {u"=="_s, u"!="_s};
    if (field == u"sub" || field == u"channel" || field == u"type" || field == u"text")
        return {u"=="_s, u"~"_s, u"=~"_s, u"!="_s};
    return {u"=="_s, u"!="_s, u">"_s, u"<"_s, u">="_s, u"<="_s, u"~"_s, u"=~"_s};
}

bool endsATest(const QList<FilterToken> &tokens)
{
    return !tokens.isEmpty()
        && (tokens.last().kind == FilterToken::Kind::String
            || tokens.last().kind == FilterToken::Kind::Number || tokens.last().is(u")"));
}

//! Where the path or word begins that reaches up to \a cursor.
qsizetype wordBegin(const QString &text, qsizetype cursor)
{
    qsizetype begin = cursor;
    while (begin > 0) {
        const QChar c = text.at(begin - 1);
        if (!c.isLetterOrNumber() && !u"_$@-.[]*"_s.contains(c))
            break;
        --begin;
    }
    return begin;
}

//! The tokens of \a text, without the End; nothing if it is no text of a filter.
QList<FilterToken> tokensOf(const QString &text)
{
    Filter::Error error;
    QList<FilterToken> tokens = filterTokens(text, &error);
    if (!tokens.isEmpty())
        tokens.removeLast();
    return error.isError() ? QList<FilterToken>() : tokens;
}

QStringList fields(const FilterVocabulary &vocabulary)
{
    QStringList result = filterFieldNames();
    result += {u"has("_s, u"len("_s};
    for (const QString &path : vocabulary.paths())
        result.append(u"event"_s + path);
    return result;
}

//! Where an unfinished text in quotes begins in front of \a cursor; -1: nowhere.
qsizetype openQuote(const QString &text, qsizetype cursor)
{
    QChar quote;
    qsizetype begin = -1;
    for (qsizetype i = 0; i < cursor; ++i) {
        const QChar c = text.at(i);
        if (begin >= 0 && c == u'\\') {
            ++i;
        } else if (begin >= 0 && c == quote) {
            begin = -1;
        } else if (begin < 0 && (c == u'"' || c == u'\'')) {
            quote = c;
            begin = i;
        }
    }
    return begin;
}

} // namespace

void FilterVocabulary::note(const FilterRow &row)
{
    const QString channel = QString::fromUtf8(row.channel);
    const QString sub = QString::fromUtf8(row.sub);
    remember(&m_channels, channel);
    remember(&m_channels, sub);
    remember(&m_types, QString::fromUtf8(row.type));
    if (row.payload == FilterRow::Payload::None || !row.isJson || row.text.size() > kLongestPayload)
        return;
    const QString &key = channel.isEmpty() ? sub : channel;
    if ((m_seen.size() >= kMost && !m_seen.contains(key)) || ++m_seen[key] > kPayloadsOfAChannel)
        return;
    JsonPath data;
    if (row.payload == FilterRow::Payload::Result)
        data.append("data");
    notePaths(data.first(row.text), {}, 0);
}

void FilterVocabulary::notePaths(QByteArrayView json, const QString &prefix, int depth)
{
    if (depth >= kDeepestPath || m_paths.size() >= kMost)
        return;
    int elements = 0;
    forEachJsonMember(json, [&](QByteArrayView name, QByteArrayView value) {
        QString path = prefix + u"[*]"_s;
        if (!name.isNull()) {
            const QString member = QString::fromUtf8(jsonStringText(name));
            if (member.size() > kLongestMember)
                return true;
            path = prefix + filterMember(member);
            remember(&m_paths, path);
        }
        notePaths(value, path, depth + 1);
        const bool isEnough = name.isNull() && ++elements >= kElementsOfAnArray;
        return !isEnough && m_paths.size() < kMost;
    });
}

QList<FilterCompletion> filterCompletions(const QString &text, qsizetype cursor,
                                          const FilterVocabulary &vocabulary)
{
    cursor = qBound<qsizetype>(0, cursor, text.size());
    const qsizetype quote = openQuote(text, cursor);
    const qsizetype begin = quote >= 0 ? quote : wordBegin(text, cursor);
    const QString typed = text.sliced(begin, cursor - begin);
    const QList<FilterToken> before = tokensOf(text.first(begin));
    const QString field = comparedField(before);
    QStringList candidates;
    if (!field.isEmpty()) {
        for (const QString &value : valuesOf(field, vocabulary))
            candidates.append(filterQuoted(value));
    } else if (endsATest(before)) {
        candidates = {u"&&"_s, u"||"_s};
    } else if (!before.isEmpty() && before.last().kind == FilterToken::Kind::Name) {
        candidates = operatorsAfter(before.size() > 1 && before.at(before.size() - 2).is(u".")
                                        ? u"event"_s
                                        : before.last().text);
    } else if (quote < 0) {
        candidates = fields(vocabulary);
    }
    QList<FilterCompletion> result;
    for (const QString &candidate : std::as_const(candidates)) {
        if (candidate.startsWith(typed, Qt::CaseInsensitive) && candidate != typed)
            result.append({begin, cursor, candidate});
    }
    return result;
}

} // namespace Syncscope
