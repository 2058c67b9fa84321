// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/textsearch.h"

#include "app/core/filter/jsonpath.h"
#include "app/ui/aside.h"
#include "app/ui/wording.h"

#include <QStringMatcher>

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Hits = TextSearch::Hits;

bool isFull(const Hits &hits, const std::atomic_bool *isCancelled)
{
    return hits.size() >= TextSearch::kMostHits || (isCancelled && *isCancelled);
}

Hits inText(const QString &text, const QString &query, Qt::CaseSensitivity sensitivity,
            const std::atomic_bool *isCancelled)
{
    Hits hits;
    const QStringMatcher matcher(query, sensitivity);
    for (qsizetype at = matcher.indexIn(text); at >= 0 && !isFull(hits, isCancelled);
         at = matcher.indexIn(text, at + query.size()))
        hits.push_back({0, at, query.size()});
    return hits;
}

//! The bytes that `0x` names; nothing if \a query is something else.
std::optional<QByteArray> namedBytes(const QString &query)
{
    if (!query.startsWith("0x"_L1, Qt::CaseInsensitive))
        return std::nullopt;
    const QByteArray digits = query.mid(2).remove(u' ').toLatin1();
    const QByteArray bytes = QByteArray::fromHex(digits);
    const bool isWhole = !digits.isEmpty() && bytes.toHex() == digits.toLower();
    return isWhole ? bytes : QByteArray();
}

Hits inBytes(const QByteArray &bytes, const QString &query, Qt::CaseSensitivity sensitivity,
             const std::atomic_bool *isCancelled)
{
    const auto named = namedBytes(query);
    const bool folds = !named && sensitivity == Qt::CaseInsensitive;
    const QByteArray needle = named ? *named : folds ? query.toUtf8().toLower() : query.toUtf8();
    Hits hits;
    if (needle.isEmpty())
        return hits;
    const QByteArray hay = folds ? bytes.toLower() : bytes;
    for (qsizetype at = hay.indexOf(needle); at >= 0 && !isFull(hits, isCancelled);
         at = hay.indexOf(needle, at + needle.size()))
        hits.push_back({0, at, needle.size()});
    return hits;
}

//! Walks a JSON text once, however deep it is, and asks of each key and each scalar whether it has the words.
class JsonWalk {
public:
    JsonWalk(const QString &query, Qt::CaseSensitivity sensitivity)
        : m_matcher(query, sensitivity), m_query(query), m_sensitivity(sensitivity)
    {
    }

    void run(QByteArrayView json, int part, Hits *hits, const std::atomic_bool *isCancelled)
    {
        bool hasKey = false; // with the words, whose value comes next
        for (qsizetype at = 0; at < json.size() && !isFull(*hits, isCancelled);) {
            const char c = json[at];
            if (isSpaceOr(c, ",:]}")) {
                ++at;
                continue;
            }
            const qsizetype end = std::max(at + 1, endOf(json, at));
            const QByteArrayView token = json.sliced(at, end - at);
            if (c == '"' && isKey(json, end)) {
                hasKey = matches(token.sliced(1, std::max<qsizetype>(0, token.size() - 2)));
            } else {
                const bool isBranch = c == '{' || c == '[';
                if (hasKey || (!isBranch && matches(token)))
                    hits->push_back({part, at, isBranch ? 1 : token.size()});
                hasKey = false;
            }
            at = end;
        }
    }

private:
    static bool isSpaceOr(char c, QByteArrayView signs)
    {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t' || signs.contains(c);
    }
    static qsizetype endOf(QByteArrayView json, qsizetype at)
    {
        if (json[at] == '{' || json[at] == '[')
            return at + 1;
        if (json[at] != '"') {
            while (at < json.size() && !isSpaceOr(json[at], ",:]}"))
                ++at;
            return at;
        }
        for (++at; at < json.size() && json[at] != '"'; ++at) {
            if (json[at] == '\\')
                ++at;
        }
        return std::min(at + 1, json.size());
    }
    static bool isKey(QByteArrayView json, qsizetype at)
    {
        while (at < json.size() && isSpaceOr(json[at], ""))
            ++at;
        return at < json.size() && json[at] == ':';
    }
    //! As it is written, or as it is meant.
    [[nodiscard]] bool matches(QByteArrayView text) const
    {
        if (m_matcher.indexIn(QString::fromUtf8(text)) >= 0)
            return true;
        if (!text.contains('\\'))
            return false;
        const bool isQuoted = text.startsWith('"');
        const QByteArray literal = isQuoted ? text.toByteArray() : '"' + text.toByteArray() + '"';
        return QString::fromUtf8(jsonStringText(literal)).contains(m_query, m_sensitivity);
    }

    const QStringMatcher m_matcher;
    const QString m_query;
    const Qt::CaseSensitivity m_sensitivity;
};

} // namespace

qsizetype SearchSubject::size() const
{
    qsizetype all = text.size() + bytes.size();
    for (const QByteArray &one : json)
        all += one.size();
    return all;
}

TextSearch::TextSearch(QObject *parent) : QObject(parent)
{
    connect(&m_looking, &QFutureWatcherBase::finished, this, [this] {
        if (const auto hits = m_looking.result(); hits && m_isRunning)
            take(std::move(*hits));
    });
}

TextSearch::~TextSearch()
{
    giveUp();
}

void TextSearch::setSubject(const SearchSubject &subject)
{
    m_subject = subject;
    look();
}

void TextSearch::setQuery(const QString &query)
{
    if (m_query == query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
    look();
}

void TextSearch::setCaseSensitive(bool sensitive)
{
    if (isCaseSensitive() == sensitive)
        return;
    m_case = sensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
    Q_EMIT queryChanged();
    look();
}

QString TextSearch::stateText() const
{
    if (m_query.isEmpty())
        return {};
    if (m_isRunning)
        return tr("searching…");
    if (!m_hits.empty()) {
        const bool isMore = m_hits.size() >= kMostHits;
        return tr("%1 of %2")
            .arg(Wording::count(m_current + 1),
                 Wording::count(count()) + (isMore ? u"+"_s : QString()));
    }
    const auto named = m_subject.kind == SearchSubject::Kind::Bytes ? namedBytes(m_query)
                                                                    : std::optional<QByteArray>();
    return named && named->isEmpty() ? tr("0x wants pairs of digits") : tr("not found");
}

void TextSearch::goOn(bool forward)
{
    if (m_hits.empty())
        return;
    m_current = (m_current + (forward ? 1 : count() - 1)) % count();
    Q_EMIT changed();
    Q_EMIT moved();
}

Hits TextSearch::find(const SearchSubject &subject, const QString &query,
                      Qt::CaseSensitivity sensitivity, const std::atomic_bool *isCancelled)
{
    Hits hits;
    if (query.isEmpty())
        return hits;
    switch (subject.kind) {
    case SearchSubject::Kind::None:
        break;
    case SearchSubject::Kind::Text:
        return inText(subject.text, query, sensitivity, isCancelled);
    case SearchSubject::Kind::Bytes:
        return inBytes(subject.bytes, query, sensitivity, isCancelled);
    case SearchSubject::Kind::Json:
        JsonWalk walk(query, sensitivity);
        for (int part = 0; part < subject.json.size(); ++part)
            walk.run(subject.json.at(part), part, &hits, isCancelled);
        break;
    }
    return hits;
}

void TextSearch::look()
{
    giveUp();
    if (m_query.isEmpty() || m_subject.size() <= kAtOnce) {
        take(find(m_subject, m_query, m_case));
        return;
    }
    m_hits.clear();
    m_current = -1;
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    m_isRunning = true;
    m_looking.setFuture(aside([subject = m_subject, query = m_query, sensitivity = m_case,
                               isCancelled = m_isCancelled] {
        auto hits = std::make_shared<Hits>(find(subject, query, sensitivity, isCancelled.get()));
        return *isCancelled ? std::shared_ptr<Hits>() : hits;
    }));
    Q_EMIT changed();
}

void TextSearch::giveUp()
{
    if (m_isCancelled)
        *m_isCancelled = true;
    m_isCancelled.reset();
    m_isRunning = false;
}

void TextSearch::take(Hits &&hits)
{
    const bool isStill = hits.empty() && m_hits.empty() && !m_isRunning && m_query.isEmpty();
    m_hits = std::move(hits);
    m_current = m_hits.empty() ? -1 : 0;
    m_isRunning = false;
    if (isStill)
        return;
    Q_EMIT changed();
    if (m_current >= 0)
        Q_EMIT moved();
}

} // namespace Syncscope
