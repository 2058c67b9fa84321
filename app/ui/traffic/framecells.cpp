// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framecells.h"

#include "app/core/capture/capturedframe.h"
#include "app/core/jsontext.h"
#include "app/ui/aside.h"
#include "app/ui/wording.h"

#include <QFutureWatcher>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// What is laid out anew of an object or array: as much as surely fills the text.
constexpr qsizetype kCellContainerBytes = 2'000;

QString cellTextOf(QByteArrayView json)
{
    if (json == QByteArrayView("\"\""))
        return u"\"\""_s; // not the same as nothing
    if (json.startsWith('"'))
        return QString::fromUtf8(jsonStringText(json));
    const bool isContainer = json.startsWith('{') || json.startsWith('[');
    if (!isContainer || json.size() > kCellContainerBytes)
        return QString::fromUtf8(json.first(qMin(json.size(), kCellContainerBytes)));
    return QString::fromUtf8(JsonText::compact(json.toByteArray()));
}

} // namespace

FrameCells::FrameCells(const FrameSource *source, const FrameColumns *columns, QObject *parent)
    : QObject(parent), m_columns(columns)
{
    connect(columns, &FrameColumns::readColumnsChanged, this, &FrameCells::forget);
    connect(source, &FrameSource::amended, this, [this](qint64 number) { m_texts.remove(number); });
}

QStringList FrameCells::texts(const FrameRecord &record)
{
    if (m_readers.isEmpty() || record.note())
        return {};
    if (const QStringList *known = m_texts.object(record.number))
        return *known;
    if (record.frame.text.size() > kLargeFrame) {
        readAside(record);
        return QStringList(m_readers.size(), u"…"_s);
    }
    const QStringList texts = read(record, m_readers);
    m_texts.insert(record.number, new QStringList(texts));
    return texts;
}

QString FrameCells::pathText(const CapturedFrame &frame, const JsonPath &path)
{
    QString text;
    int count = 0;
    frame.forEachRow([&](const FilterRow &row) {
        const QByteArrayView root = row.json();
        if (root.isNull())
            return true;
        (void)path.any(root, [&](QByteArrayView json) {
            if (count++ == 0)
                text = cellTextOf(json.trimmed());
            return false;
        });
        return true;
    });
    text = Wording::inOneLine(Wording::shortened(text, kLongestText));
    return count > 1 ? u"%1 +%2"_s.arg(text, QString::number(count - 1)) : text;
}

QStringList FrameCells::read(const FrameRecord &record, const QList<Reader> &readers)
{
    const CapturedFrame frame = record.captured();
    QStringList texts;
    for (const Reader &reader : readers) {
        switch (reader.kind) {
        case FrameColumn::Kind::FrameKind:
            texts += QString::fromUtf8(frame.origin->kind);
            break;
        case FrameColumn::Kind::FrameType:
            texts += record.frame.type;
            break;
        case FrameColumn::Kind::Result:
            texts += QString::fromUtf8(frame.origin->result);
            break;
        default:
            texts += pathText(frame, reader.path);
            break;
        }
    }
    return texts;
}

void FrameCells::forget()
{
    m_texts.clear();
    m_inWork.clear();
    ++m_generation;
    m_readers.clear();
    for (const FrameColumn *column : m_columns->readColumns())
        m_readers += Reader{column->kind(), column->jsonPath()};
}

void FrameCells::readAside(const FrameRecord &record)
{
    const qint64 number = record.number;
    if (m_inWork.contains(number))
        return;
    m_inWork.insert(number);
    // Not QFuture::then(): that of Qt 6.4 insists on a context that lives until then.
    auto *watcher = new QFutureWatcher<QStringList>(this);
    connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, number, generation = m_generation] {
                watcher->deleteLater();
                if (generation != m_generation)
                    return;
                m_inWork.remove(number);
                m_texts.insert(number, new QStringList(watcher->result()));
                Q_EMIT ready(number);
            });
    watcher->setFuture(aside([record, readers = m_readers] { return read(record, readers); }));
}

} // namespace Syncscope
