// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framemarks.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

FrameMarks::FrameMarks(const FrameSource *source, FrameModel *model, Absent absent, QObject *parent)
    : QAbstractListModel(parent), m_source(source), m_model(model), m_absent(absent)
{
    const auto refreshPlaces = [this] { refresh(PlaceRole); };
    connect(source, &FrameSource::trimmed, this, refreshPlaces);
    connect(source, &FrameSource::cleared, this, &FrameMarks::clear);
    connect(model->filter(), &FrameFilter::appliedChanged, this, refreshPlaces);
    connect(model, &FrameModel::showControlChanged, this, refreshPlaces);
    connect(model, &FrameModel::searchingChanged, this, refreshPlaces);
    connect(model, &FrameModel::selectionChanged, this, [this] {
        refresh(SelectedRole);
        Q_EMIT selectedChanged();
    });
}

int FrameMarks::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FrameMarks::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_source || !m_model)
        return {};
    const Entry &entry = m_marks[std::size_t(index.row())];
    const CaptureMark &mark = entry.mark;
    switch (Role(role)) {
    case NumberRole:
        return mark.number;
    case TitleRole:
        return mark.title;
    case NoteRole:
        return mark.note;
    case PreviewRole:
        return previewOf(entry);
    case PlaceRole:
        return placeOf(mark.number);
    case SelectedRole:
        return mark.number == selected();
    case AccessibleNameRole:
        return QStringList{tr("bookmark #%1").arg(mark.number), mark.title, mark.note,
                           previewOf(entry), placeOf(mark.number)}
            .filter(QRegularExpression(u"."_s))
            .join(u", "_s);
    }
    return {};
}

QHash<int, QByteArray> FrameMarks::roleNames() const
{
    return {{NumberRole, "number"},
            {TitleRole, "title"},
            {NoteRole, "note"},
            {PreviewRole, "preview"},
            {PlaceRole, "place"},
            {SelectedRole, "selected"},
            {AccessibleNameRole, "accessibleName"}};
}

bool FrameMarks::canMark() const
{
    return m_model && m_source && recordOf(selected());
}

QString FrameMarks::selectedTitle() const
{
    const int row = find(selected());
    return row < 0 ? QString() : m_marks[std::size_t(row)].mark.title;
}

QString FrameMarks::selectedNote() const
{
    const int row = find(selected());
    return row < 0 ? QString() : m_marks[std::size_t(row)].mark.note;
}

QList<CaptureMark> FrameMarks::marks() const
{
    QList<CaptureMark> marks;
    marks.reserve(count());
    for (const Entry &entry : m_marks)
        marks.append(entry.mark);
    return marks;
}

void FrameMarks::setMarks(const QList<CaptureMark> &marks)
{
    beginResetModel();
    m_marks.clear();
    for (const CaptureMark &mark : marks)
        m_marks.push_back({mark, {}});
    std::sort(m_marks.begin(), m_marks.end(),
              [](const Entry &a, const Entry &b) { return a.mark.number < b.mark.number; });
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT selectedChanged();
}

void FrameMarks::setNotice(const Notice &notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

void FrameMarks::toggle()
{
    const qint64 number = selected();
    if (has(double(number)))
        return remove(double(number));
    if (!canMark())
        return Q_EMIT told(tr("No row is selected that could be bookmarked."));
    const bool isBack = m_removed && m_removed->number == number;
    set(isBack ? *m_removed : CaptureMark{number, {}, {}});
    Q_EMIT told(tr("Bookmarked #%1").arg(number));
}

void FrameMarks::write(double number, const QString &title, const QString &note)
{
    if (has(number) || recordOf(qint64(number)))
        set({qint64(number), title.trimmed(), note.trimmed()});
}

void FrameMarks::remove(double number)
{
    const int row = find(qint64(number));
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_removed = m_marks[std::size_t(row)].mark;
    m_marks.erase(m_marks.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    Q_EMIT selectedChanged();
    Q_EMIT changed({qint64(number), std::nullopt});
    Q_EMIT told(tr("#%1 is bookmarked no more").arg(qint64(number)));
}

void FrameMarks::set(const CaptureMark &mark)
{
    const int known = find(mark.number);
    if (known >= 0) {
        Entry &entry = m_marks[std::size_t(known)];
        if (entry.mark == mark)
            return;
        entry.mark = mark;
        Q_EMIT dataChanged(index(known), index(known));
    } else {
        const int row = placeFor(mark.number);
        Entry entry{mark, {}};
        entry.preview = previewOf(entry); // now: it may leave memory before anybody looks
        beginInsertRows({}, row, row);
        m_marks.insert(m_marks.begin() + row, std::move(entry));
        endInsertRows();
        Q_EMIT countChanged();
    }
    Q_EMIT selectedChanged();
    Q_EMIT changed({mark.number, mark});
}

void FrameMarks::go(int row)
{
    if (row < 0 || row >= count())
        return;
    const qint64 number = m_marks[std::size_t(row)].mark.number;
    const QString place = placeOf(number);
    if (recordOf(number))
        m_model->selectRecord(double(number));
    if (!place.isEmpty())
        Q_EMIT told(u"#%1: %2"_s.arg(QString::number(number), place));
}

void FrameMarks::goNext()
{
    const int row = placeFor(selected() + 1);
    if (count() == 0)
        return Q_EMIT told(tr("There are no bookmarks yet."));
    go(row == count() ? 0 : row);
}

void FrameMarks::goPrevious()
{
    const int row = placeFor(selected()) - 1;
    if (count() == 0)
        return Q_EMIT told(tr("There are no bookmarks yet."));
    go(row < 0 ? count() - 1 : row);
}

int FrameMarks::placeFor(qint64 number) const
{
    const auto found = std::lower_bound(
        m_marks.begin(), m_marks.end(), number,
        [](const Entry &entry, qint64 wanted) { return entry.mark.number < wanted; });
    return int(found - m_marks.begin());
}

int FrameMarks::find(qint64 number) const
{
    const int row = placeFor(number);
    return row < count() && m_marks[std::size_t(row)].mark.number == number ? row : -1;
}

const FrameRecord *FrameMarks::recordOf(qint64 number) const
{
    if (!m_source->contains(number))
        return nullptr;
    const FrameRecord &record = m_source->record(number);
    return record.number == number ? &record : nullptr; // a capture may have holes
}

QString FrameMarks::previewOf(const Entry &entry) const
{
    if (const FrameRecord *record = recordOf(entry.mark.number))
        entry.preview = record->preview();
    return entry.preview;
}

QString FrameMarks::placeOf(qint64 number) const
{
    if (!recordOf(number))
        return m_absent == Absent::LeftMemory
            ? tr("left memory; it is in the recording only, which a saved capture shows")
            : tr("not in this capture");
    if (m_model->rowOf(number) >= 0)
        return {};
    if (m_model->isSearching())
        return tr("not found yet: rows are still being looked for");
    return m_model->filter()->isActive()
        ? tr("hidden by the filter; the inspector shows it")
        : tr("hidden with the control frames; the inspector shows it");
}

void FrameMarks::clear()
{
    m_removed.reset();
    setMarks({});
}

void FrameMarks::refresh(int role)
{
    if (!m_marks.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {role});
}

} // namespace Syncscope
