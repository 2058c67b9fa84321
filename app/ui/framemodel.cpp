// SPDX-License-Identifier: Apache-2.0
#include "app/ui/framemodel.h"

#include "app/ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

FrameModel::Mark markOf(const FrameRecord &record)
{
    if (!record.note())
        return FrameModel::Frame;
    switch (record.note()->kind) {
    case LinkNote::Kind::Lost:
    case LinkNote::Kind::AttemptFailed:
    case LinkNote::Kind::GaveUp:
        return FrameModel::Lost;
    case LinkNote::Kind::Closed:
        return FrameModel::Closed;
    case LinkNote::Kind::Renewed:
    case LinkNote::Kind::Restored:
        return FrameModel::Restored;
    case LinkNote::Kind::Gap:
        break;
    }
    return FrameModel::Gap;
}

QString accessibleNameOf(const FrameRecord &record)
{
    if (record.note())
        return record.note()->accessibleName();
    const bool outgoing = record.frame.direction == AppSync::Frame::Direction::Out;
    return FrameModel::tr("%1 %2, %3, %4, %5")
        .arg(outgoing ? FrameModel::tr("sent") : FrameModel::tr("received"), record.channel,
             record.frame.at.toLocalTime().toString(u"HH:mm:ss"_s), Wording::bytes(record.bytes()),
             record.preview());
}

double secondsBetween(const FrameRecord &earlier, const FrameRecord &later)
{
    // Notes know the wall clock only.
    if (earlier.note() || later.note())
        return double(earlier.at().msecsTo(later.at())) / 1e3;
    return double(later.frame.monotonicNs - earlier.frame.monotonicNs) / 1e9;
}

} // namespace

FrameModel::FrameModel(FrameLog *log, QObject *parent)
    : QAbstractListModel(parent), m_log(log), m_shownEnd(log->end())
{
    connect(log, &FrameLog::appended, this, &FrameModel::onAppended);
    connect(log, &FrameLog::trimmed, this, &FrameModel::onTrimmed);
    connect(log, &FrameLog::amended, this, &FrameModel::onAmended);
    connect(log, &FrameLog::cleared, this, &FrameModel::onCleared);
}

int FrameModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FrameModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_log)
        return {};
    const qint64 number = m_rows[std::size_t(index.row())];
    if (!m_log->contains(number))
        return {};
    const FrameRecord &record = m_log->record(number);
    switch (Role(role)) {
    case NumberRole:
        return number;
    case TimeRole:
        return Wording::time(record.at());
    case DeltaRole:
        return deltaText(index.row());
    case OutgoingRole:
        return record.frame.direction == AppSync::Frame::Direction::Out;
    case MarkRole:
        return markOf(record);
    case FailedRole:
        return record.kind == FrameRecord::Kind::Failure;
    case RoutineRole:
        return record.isRoutine();
    case SlotRole:
        return record.slot;
    case ChannelRole:
        return record.channel;
    case SizeRole:
        return record.note() ? QString() : Wording::bytes(record.bytes());
    case PreviewRole:
        return record.preview();
    case AccessibleNameRole:
        return accessibleNameOf(record);
    }
    return {};
}

QHash<int, QByteArray> FrameModel::roleNames() const
{
    return {{NumberRole, "number"},   {TimeRole, "time"},
            {DeltaRole, "delta"},     {OutgoingRole, "outgoing"},
            {MarkRole, "mark"},       {FailedRole, "failed"},
            {RoutineRole, "routine"}, {SlotRole, "slot"},
            {ChannelRole, "channel"}, {SizeRole, "size"},
            {PreviewRole, "preview"}, {AccessibleNameRole, "accessibleName"}};
}

void FrameModel::setShowControl(bool show)
{
    if (m_showControl == show)
        return;
    m_showControl = show;
    rebuild();
    Q_EMIT showControlChanged();
}

void FrameModel::hold()
{
    setFollowing(false);
}

void FrameModel::follow()
{
    reveal();
    setFollowing(true);
    Q_EMIT appended();
}

void FrameModel::toggleFollow()
{
    if (m_following)
        hold();
    else
        follow();
}

void FrameModel::select(int row)
{
    if (row < 0 || row >= count())
        return;
    hold();
    setSelected(m_rows[std::size_t(row)]);
}

void FrameModel::clearSelection()
{
    setSelected(0);
}

void FrameModel::moveSelection(int steps)
{
    if (m_rows.empty())
        return;
    const int current = selectedRow();
    const int wanted = current < 0 ? count() - 1 : current + steps;
    if (wanted >= count() && m_waiting > 0)
        reveal();
    const int row = std::clamp(wanted, 0, count() - 1);
    select(row);
    Q_EMIT rowWanted(row);
}

int FrameModel::selectedRow() const
{
    return rowOf(m_selected);
}

int FrameModel::rowOf(qint64 number) const
{
    const auto it = std::lower_bound(m_rows.begin(), m_rows.end(), number);
    return it != m_rows.end() && *it == number ? int(it - m_rows.begin()) : -1;
}

void FrameModel::onAppended(qint64 first, qint64 count)
{
    if (m_following) {
        reveal();
        Q_EMIT appended();
        return;
    }
    int arrived = 0;
    for (qint64 number = first; number < first + count; ++number)
        arrived += isShown(m_log->record(number)) ? 1 : 0;
    setWaiting(m_waiting + arrived);
}

void FrameModel::onTrimmed(qint64 begin)
{
    const auto firstKept = std::lower_bound(m_rows.begin(), m_rows.end(), begin);
    const auto gone = int(firstKept - m_rows.begin());
    if (gone > 0) {
        beginRemoveRows({}, 0, gone - 1);
        m_rows.erase(m_rows.begin(), firstKept);
        endRemoveRows();
        Q_EMIT countChanged();
    }
    if (begin > m_shownEnd) { // waiting records went, too
        m_shownEnd = begin;
        int waiting = 0;
        for (qint64 number = begin; number < m_log->end(); ++number)
            waiting += isShown(m_log->record(number)) ? 1 : 0;
        setWaiting(waiting);
    }
}

void FrameModel::onCleared()
{
    beginResetModel();
    m_rows.clear();
    m_shownEnd = m_log->end();
    endResetModel();
    setWaiting(0);
    setSelected(0);
    setFollowing(true);
    Q_EMIT countChanged();
}

void FrameModel::onAmended(qint64 number)
{
    const int row = rowOf(number);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

void FrameModel::reveal()
{
    std::vector<qint64> fresh;
    for (qint64 number = std::max(m_shownEnd, m_log->begin()); number < m_log->end(); ++number) {
        if (isShown(m_log->record(number)))
            fresh.push_back(number);
    }
    m_shownEnd = m_log->end();
    if (!fresh.empty()) {
        beginInsertRows({}, count(), count() + int(fresh.size()) - 1);
        m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
        endInsertRows();
        Q_EMIT countChanged();
    }
    setWaiting(0);
}

void FrameModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    int waiting = 0;
    for (qint64 number = m_log->begin(); number < m_log->end(); ++number) {
        if (!isShown(m_log->record(number)))
            continue;
        if (number < m_shownEnd)
            m_rows.push_back(number);
        else
            ++waiting;
    }
    endResetModel();
    setWaiting(waiting);
    Q_EMIT countChanged();
    if (m_following)
        Q_EMIT appended();
    else if (selectedRow() >= 0)
        Q_EMIT rowWanted(selectedRow());
}

void FrameModel::setWaiting(int waiting)
{
    if (m_waiting == waiting)
        return;
    m_waiting = waiting;
    Q_EMIT waitingChanged();
}

void FrameModel::setFollowing(bool following)
{
    if (m_following == following)
        return;
    m_following = following;
    Q_EMIT followingChanged();
}

void FrameModel::setSelected(qint64 number)
{
    if (m_selected == number)
        return;
    m_selected = number;
    Q_EMIT selectionChanged();
}

bool FrameModel::isShown(const FrameRecord &record) const
{
    return m_showControl || !record.isRoutine();
}

QString FrameModel::deltaText(int row) const
{
    if (row == 0)
        return {};
    const qint64 previous = m_rows[std::size_t(row - 1)];
    if (!m_log->contains(previous))
        return {};
    const double seconds =
        secondsBetween(m_log->record(previous), m_log->record(m_rows[std::size_t(row)]));
    return (seconds < 0 ? QString() : u"+"_s) + QString::number(seconds, 'f', 3);
}

} // namespace Syncscope
