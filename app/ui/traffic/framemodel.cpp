// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framemodel.h"

#include "app/ui/wording.h"

#include <algorithm>
#include <utility>

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

} // namespace

FrameModel::FrameModel(FrameSource *source, QObject *parent)
    : QAbstractListModel(parent)
    , m_source(source)
    , m_filter(source)
    , m_cells(source, &m_columns)
    , m_times(source, &m_columns, &m_rows)
    , m_search(source->makeSearch())
    , m_shownEnd(source->end())
{
    connect(&m_filter, &FrameFilter::appliedChanged, this, &FrameModel::rebuild);
    connect(m_search.get(), &FrameSearch::found, this, &FrameModel::onFound);
    connect(m_search.get(), &FrameSearch::runningChanged, this, &FrameModel::searchingChanged);
    connect(m_search.get(), &FrameSearch::runningChanged, this, &FrameModel::restorePlace);
    connect(source, &FrameSource::appended, this, &FrameModel::onAppended);
    connect(source, &FrameSource::trimmed, this, &FrameModel::onTrimmed);
    connect(source, &FrameSource::amended, this, &FrameModel::onAmended);
    connect(source, &FrameSource::cleared, this, &FrameModel::onCleared);
    connect(&m_columns, &FrameColumns::timesChanged, this, [this] { changeAll(TimeRole); });
    connect(&m_columns, &FrameColumns::deltasChanged, this, [this] { changeAll(DeltaRole); });
    connect(&m_columns, &FrameColumns::readColumnsChanged, this,
            [this] { changeAll(ReadTextsRole); });
    connect(&m_cells, &FrameCells::ready, this, &FrameModel::onRead);
    if (source->begin() < source->end())
        m_times.startWith(source->record(source->begin()));
    connect(source, &FrameSource::appended, this, &FrameModel::totalChanged);
    connect(source, &FrameSource::trimmed, this, &FrameModel::totalChanged);
    connect(source, &FrameSource::cleared, this, &FrameModel::totalChanged);
}

int FrameModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FrameModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || !m_source)
        return {};
    const qint64 number = m_rows[std::size_t(index.row())];
    if (!m_source->contains(number))
        return {};
    const FrameRecord &record = m_source->record(number);
    switch (Role(role)) {
    case NumberRole:
        return number;
    case TimeRole:
        return m_times.time(record);
    case DeltaRole:
        return m_times.delta(index.row());
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
    case ReadTextsRole:
        return m_cells.texts(record);
    case AccessibleNameRole:
        return accessibleNameOf(record);
    }
    return {};
}

QHash<int, QByteArray> FrameModel::roleNames() const
{
    return {{NumberRole, "number"},
            {TimeRole, "time"},
            {DeltaRole, "delta"},
            {OutgoingRole, "outgoing"},
            {MarkRole, "mark"},
            {FailedRole, "failed"},
            {RoutineRole, "routine"},
            {SlotRole, "slot"},
            {ChannelRole, "channel"},
            {SizeRole, "size"},
            {PreviewRole, "preview"},
            {ReadTextsRole, "readTexts"},
            {AccessibleNameRole, "accessibleName"}};
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

void FrameModel::selectRecord(double number)
{
    if (!m_source || !m_source->contains(qint64(number)))
        return;
    hold();
    setSelected(qint64(number));
    const int row = selectedRow();
    if (row >= 0)
        Q_EMIT rowWanted(row);
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
    if (wanted >= count() && !m_waiting.empty())
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
    m_times.startWith(m_source->record(first));
    const std::size_t before = m_waiting.size();
    const FrameTest test = this->test();
    for (qint64 number = first; number < first + count; ++number) {
        if (test.passes(m_source->record(number)))
            m_waiting.push_back(number);
    }
    if (m_following) {
        reveal();
        Q_EMIT appended();
    } else if (m_waiting.size() != before) {
        Q_EMIT waitingChanged();
    }
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
        m_waiting.erase(m_waiting.begin(),
                        std::lower_bound(m_waiting.begin(), m_waiting.end(), begin));
        Q_EMIT waitingChanged();
    }
}

void FrameModel::onCleared()
{
    m_search->cancel();
    beginResetModel();
    m_rows.clear();
    m_shownEnd = m_source->end();
    endResetModel();
    dropWaiting();
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
    m_shownEnd = m_source->end();
    if (m_waiting.empty())
        return;
    beginInsertRows({}, count(), count() + waiting() - 1);
    m_rows.insert(m_rows.end(), m_waiting.begin(), m_waiting.end());
    endInsertRows();
    dropWaiting();
    Q_EMIT countChanged();
}

void FrameModel::showAll()
{
    m_shownEnd = m_source->end();
    setFollowing(false);
    rebuild();
}

void FrameModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
    dropWaiting();
    m_search->start(test());
    restorePlace();
    Q_EMIT countChanged();
    if (m_following)
        Q_EMIT appended();
}

void FrameModel::onFound(const QList<qint64> &numbers)
{
    const auto firstWaiting = std::lower_bound(numbers.begin(), numbers.end(), m_shownEnd);
    m_waiting.insert(m_waiting.begin(), firstWaiting, numbers.end());
    if (firstWaiting != numbers.end())
        Q_EMIT waitingChanged();
    const auto fresh = int(firstWaiting - numbers.begin());
    if (fresh == 0)
        return;
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), numbers.first());
    const auto row = int(place - m_rows.begin());
    beginInsertRows({}, row, row + fresh - 1);
    m_rows.insert(place, numbers.begin(), firstWaiting);
    endInsertRows();
    if (row + fresh < count()) // which has another row above it now
        Q_EMIT dataChanged(index(row + fresh), index(row + fresh), {DeltaRole});
    Q_EMIT countChanged();
    const int selected = selectedRow();
    if (m_following)
        Q_EMIT appended();
    else if (selected >= row && selected < row + fresh)
        Q_EMIT rowWanted(selected);
}

void FrameModel::notePlace(int row)
{
    const bool isHeld = !m_following && m_selected == 0 && row >= 0 && row < count();
    m_place = isHeld ? m_rows[std::size_t(row)] : 0;
}

void FrameModel::restorePlace()
{
    if (m_search->isRunning() || m_place == 0)
        return;
    const auto found = std::lower_bound(m_rows.begin(), m_rows.end(), std::exchange(m_place, 0));
    if (!m_following && !m_rows.empty())
        Q_EMIT placeWanted(std::min(int(found - m_rows.begin()), count() - 1));
}

void FrameModel::dropWaiting()
{
    if (m_waiting.empty())
        return;
    m_waiting.clear();
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

void FrameModel::onRead(qint64 number)
{
    const int row = rowOf(number);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row), {ReadTextsRole});
}

void FrameModel::changeAll(Role role)
{
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), {role});
}

QString FrameModel::longestText(const FrameColumn *column, int first, int last) const
{
    QString longest;
    for (int row = qMax(0, first); column && row <= qMin(last, count() - 1); ++row) {
        const QString text = textOf(*column, row);
        if (text.size() > longest.size())
            longest = text;
    }
    return longest;
}

QString FrameModel::textOf(const FrameColumn &column, int row) const
{
    // In the order of FrameColumn::Kind.
    static constexpr Role kRoles[] = {NumberRole,  TimeRole, DeltaRole,  OutgoingRole,
                                      ChannelRole, SizeRole, PreviewRole};
    if (!column.isRead())
        return index(row).data(kRoles[std::size_t(column.kind())]).toString();
    const auto place = m_columns.readColumns().indexOf(&column);
    return index(row).data(ReadTextsRole).toStringList().value(place);
}

} // namespace Syncscope
