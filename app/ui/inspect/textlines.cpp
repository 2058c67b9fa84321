// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/textlines.h"

#include "app/ui/aside.h"
#include "app/ui/jsonhighlighter.h"
#include "app/ui/jsontokenizer.h"

#include <algorithm>
#include <utility>

namespace Syncscope {

namespace {

// How far around a row is looked to tell a key from a string, and where a number begins.
constexpr qsizetype kUnitsAhead = 2'000;
constexpr qsizetype kUnitsBack = 40;

bool isWordUnit(QChar c)
{
    return c.isLetterOrNumber() || c == u'-' || c == u'+' || c == u'.';
}

//! Behind the string that \a text begins within.
qsizetype endOfOpenString(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'\\')
            ++i;
        else if (text[i] == u'"')
            return i + 1;
    }
    return text.size();
}

} // namespace

TextLines::TextLines(QObject *parent) : QAbstractListModel(parent)
{
    connect(&m_laying, &QFutureWatcherBase::finished, this, [this] {
        if (const auto layout = m_laying.result(); layout && m_isBusy)
            take(std::move(*layout));
    });
}

TextLines::~TextLines()
{
    giveUp();
}

void TextLines::setText(const QString &text, bool isJson)
{
    const bool isSame = m_text.constData() == text.constData() && m_text.size() == text.size();
    if (isSame && m_isJson == isJson)
        return;
    giveUp();
    beginResetModel();
    m_text = text;
    ++m_serial;
    m_layout = {};
    m_isJson = isJson;
    const bool isSmall = m_text.size() <= kAtOnce;
    if (isSmall)
        m_layout = TextLayout::of(m_text, m_columns > 0 ? m_columns : kLongestRow);
    endResetModel();
    if (!isSmall)
        layOut();
    Q_EMIT laidOut();
}

void TextLines::setColumns(int columns)
{
    if (m_columns == columns)
        return;
    m_columns = columns;
    Q_EMIT columnsChanged();
    if (!m_text.isEmpty())
        layOut();
}

void TextLines::layOut()
{
    giveUp();
    const int columns = m_columns > 0 ? m_columns : kLongestRow;
    if (m_text.size() <= kAtOnce) {
        take(TextLayout::of(m_text, columns));
        return;
    }
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    setBusy(true);
    m_laying.setFuture(aside([text = m_text, columns, isCancelled = m_isCancelled] {
        auto layout =
            std::make_shared<TextLayout>(TextLayout::of(text, columns, isCancelled.get()));
        return *isCancelled ? std::shared_ptr<TextLayout>() : layout;
    }));
}

void TextLines::take(TextLayout &&layout)
{
    beginResetModel();
    m_layout = std::move(layout);
    endResetModel();
    setBusy(false);
    Q_EMIT laidOut();
}

void TextLines::giveUp()
{
    if (m_isCancelled)
        *m_isCancelled = true;
    m_isCancelled.reset();
    setBusy(false);
}

void TextLines::setBusy(bool busy)
{
    if (std::exchange(m_isBusy, busy) != busy)
        Q_EMIT busyChanged();
}

int TextLines::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant TextLines::data(const QModelIndex &index, int role) const
{
    if (role != TextRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return TextLayout::shown(row(index.row()));
}

QHash<int, QByteArray> TextLines::roleNames() const
{
    return {{TextRole, "line"}};
}

QStringView TextLines::row(int row) const
{
    const qsizetype begin = m_layout.begin(row);
    return QStringView(m_text).sliced(begin, m_layout.end(row, m_text) - begin);
}

QList<QTextLayout::FormatRange> TextLines::colors(int row) const
{
    QList<QTextLayout::FormatRange> ranges;
    if (!m_isJson)
        return ranges;
    const qsizetype begin = m_layout.begin(row);
    const qsizetype size = m_layout.end(row, m_text) - begin;
    qsizetype from = begin;
    if (!m_layout.isInString(row)) {
        while (from > 0 && from > begin - kUnitsBack && isWordUnit(m_text[from - 1]))
            --from;
    }
    const QStringView window = QStringView(m_text).sliced(
        from, std::min(begin - from + size + kUnitsAhead, m_text.size() - from));
    const auto add = [&](const JsonToken &token) {
        const qsizetype start = std::max<qsizetype>(0, from + token.begin - begin);
        const qsizetype end = std::min(size, from + token.end - begin);
        QTextLayout::FormatRange range;
        range.start = int(start);
        range.length = int(end - start);
        range.format.setForeground(JsonHighlighter::colorOf(token, window));
        if (range.length > 0)
            ranges += range;
    };
    JsonToken token;
    qsizetype skipped = 0;
    if (m_layout.isInString(row)) {
        skipped = endOfOpenString(window);
        token = {JsonToken::Kind::String, 0, skipped};
        add(token);
    }
    JsonTokenizer tokens(window.sliced(skipped));
    while (tokens.next(token) && from + skipped + token.begin < begin + size) {
        token.begin += skipped;
        token.end += skipped;
        add(token);
    }
    return ranges;
}

} // namespace Syncscope
