// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framecolumns.h"

#include "app/core/filter/filterparser.h"
#include "app/ui/windowmemory.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSettings>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

using ColumnKind = FrameColumn::Kind;

// An edge that is dragged changes a width many times.
constexpr auto kColumnsSettled = 300ms;
constexpr double kColumnsMargin = 12; // behind the preview
constexpr double kHeaderButtons = 64; // behind another column, which they would cover
constexpr double kScrolledPreview = 240; // where the table is wider than its view in any case
constexpr double kGlyphRoom = 22; // of a direction that has the sign of the subscription, too

constexpr auto kColumnsKey = "table/%1/columns"_L1;
// In what is kept, each in the order of its enum.
constexpr QLatin1StringView kTableNames[] = {"events"_L1, "graphql"_L1, "captures"_L1};
constexpr QLatin1StringView kTimeNames[] = {"local"_L1, "utc"_L1, "start"_L1};
constexpr QLatin1StringView kDeltaNames[] = {"row"_L1, "channel"_L1};

//! Those that are open: what changes in one changes in all of its kind.
QList<FrameColumns *> &openTables()
{
    static QList<FrameColumns *> tables;
    return tables;
}

//! The value that \a name stands for; of names that nobody knows the first.
template <typename Enum, std::size_t Size>
Enum enumNamed(const QLatin1StringView (&names)[Size], const QString &name)
{
    const auto *const found = std::find(std::begin(names), std::end(names), name);
    return found == std::end(names) ? Enum() : Enum(found - std::begin(names));
}

//! The one of \a columns that shows what stands at \a path; null: there is none.
FrameColumn *columnOfPath(const QList<FrameColumn *> &columns, const JsonPath &path)
{
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const FrameColumn *column) {
        return column->kind() == ColumnKind::Path && column->jsonPath().steps == path.steps;
    });
    return found == columns.end() ? nullptr : *found;
}

QString columnsKey(FrameColumns::Table table)
{
    return QString(kColumnsKey).arg(kTableNames[std::size_t(table)]);
}

} // namespace

FrameColumns::FrameColumns(QObject *parent) : QAbstractListModel(parent)
{
    for (int kind = 0; kind < int(ColumnKind::Path); ++kind)
        m_fixed += new FrameColumn(ColumnKind(kind), this);
    m_settled.setSingleShot(true);
    m_settled.setInterval(kColumnsSettled);
    connect(&m_settled, &QTimer::timeout, this, &FrameColumns::keep);
    setState({});
}

FrameColumns::~FrameColumns()
{
    openTables().removeAll(this);
    if (m_settled.isActive())
        keep();
}

void FrameColumns::remember(Table table)
{
    m_table = table;
    openTables().append(this);
    if (WindowMemory::instance()->isEnabled())
        setState(QSettings().value(columnsKey(table)).toByteArray());
    updateHeadings();
}

int FrameColumns::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FrameColumns::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    FrameColumn *column = m_columns.at(index.row());
    if (role == Qt::DisplayRole)
        return column->title();
    return role == ColumnRole ? QVariant::fromValue(column) : QVariant();
}

QHash<int, QByteArray> FrameColumns::roleNames() const
{
    return {{ColumnRole, "column"}};
}

FrameColumn *FrameColumns::at(int row) const
{
    return row >= 0 && row < count() ? m_columns.at(row) : nullptr;
}

FrameColumn *FrameColumns::fixed(FrameColumn::Kind kind) const
{
    return m_fixed.at(int(kind));
}

QVariantList FrameColumns::readList() const
{
    QVariantList list;
    for (FrameColumn *column : m_read)
        list += QVariant::fromValue(column);
    return list;
}

void FrameColumns::setViewWidth(double width)
{
    if (m_viewWidth == width)
        return;
    m_viewWidth = width;
    arrange();
    Q_EMIT viewWidthChanged();
}

void FrameColumns::setTimeForm(TimeForm form)
{
    if (std::exchange(m_timeForm, form) == form)
        return;
    updateHeadings();
    arrange();
    changed();
    Q_EMIT timesChanged();
}

void FrameColumns::setWithDate(bool withDate)
{
    if (std::exchange(m_withDate, withDate) == withDate)
        return;
    arrange();
    changed();
    Q_EMIT timesChanged();
}

void FrameColumns::setDeltaForm(DeltaForm form)
{
    if (std::exchange(m_deltaForm, form) == form)
        return;
    updateHeadings();
    changed();
    Q_EMIT deltasChanged();
}

QString FrameColumns::problemOf(const QString &text) const
{
    Filter::Error error;
    (void)parseFilterPath(text, &error);
    return error.isError() ? tr("At character %1: %2").arg(error.character(text)).arg(error.message)
                           : QString();
}

bool FrameColumns::addPath(const QString &text)
{
    Filter::Error error;
    const auto path = parseFilterPath(text, &error);
    if (!path)
        return false;
    if (const FrameColumn *known = columnOfPath(m_columns, *path)) {
        setShown(rowOf(known), true);
        return true;
    }
    const int last = count() - 1;
    const bool isInFront = m_columns.at(last) == preview();
    const int row = isInFront ? last : last + 1;
    beginInsertRows({}, row, row);
    FrameColumn *column = pathColumn(text, *path);
    column->m_wish = column->defaultWidth();
    column->m_shown = true;
    m_columns.insert(row, column);
    endInsertRows();
    arrange();
    changed();
    return true;
}

void FrameColumns::remove(int row)
{
    FrameColumn *column = at(row);
    if (!column || column->kind() != ColumnKind::Path)
        return;
    beginRemoveRows({}, row, row);
    m_columns.removeAt(row);
    endRemoveRows();
    arrange();
    changed();
}

void FrameColumns::setShown(int row, bool shown)
{
    FrameColumn *column = at(row);
    if (!column || column->m_shown == shown)
        return;
    column->m_shown = shown;
    arrange();
    changed();
    Q_EMIT column->shownChanged();
}

void FrameColumns::move(int from, int row)
{
    if (!at(from) || !at(row) || from == row)
        return;
    beginMoveRows({}, from, from, {}, row > from ? row + 1 : row);
    m_columns.move(from, row);
    endMoveRows();
    arrange();
    changed();
}

void FrameColumns::resize(FrameColumn *column, double width)
{
    if (!column || !column->isResizable())
        return;
    const bool isAutomatic = width <= FrameColumn::kAutomatic;
    column->m_wish = isAutomatic
        ? column->defaultWidth()
        : std::clamp(width - dateRoom(column), column->minimumWidth(), FrameColumn::kWidest);
    arrange();
    changed();
}

int FrameColumns::rowAt(double x) const
{
    int nearest = -1;
    for (int row = 0; row < count(); ++row) {
        const FrameColumn *column = m_columns.at(row);
        if (!column->isShown())
            continue;
        nearest = row;
        if (x < column->x() + column->width() + kGap / 2)
            break;
    }
    return nearest;
}

void FrameColumns::reset()
{
    setState({});
    changed();
}

//! The one that there was, if it was removed: views look at it until they know.
FrameColumn *FrameColumns::pathColumn(const QString &text, const JsonPath &path)
{
    if (FrameColumn *known = columnOfPath(m_paths, path))
        return known;
    m_paths += new FrameColumn(text.trimmed(), path, this);
    return m_paths.last();
}

int FrameColumns::rowOf(const FrameColumn *column) const
{
    return int(m_columns.indexOf(column));
}

QByteArray FrameColumns::state() const
{
    QJsonArray columns;
    for (const FrameColumn *column : m_columns) {
        QJsonObject kept{{u"kind"_s, FrameColumn::kindNames().at(int(column->kind()))},
                         {u"width"_s, column->m_wish},
                         {u"shown"_s, column->isShown()}};
        if (column->kind() == ColumnKind::Path)
            kept.insert(u"path"_s, column->path());
        columns.append(kept);
    }
    const QJsonObject state{{u"columns"_s, columns},
                            {u"time"_s, QString(kTimeNames[std::size_t(m_timeForm)])},
                            {u"date"_s, m_withDate},
                            {u"delta"_s, QString(kDeltaNames[std::size_t(m_deltaForm)])}};
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

//! Whatever \a state says, every column that a table must have is there afterwards.
void FrameColumns::setState(const QByteArray &state)
{
    const QJsonObject kept = QJsonDocument::fromJson(state).object();
    for (FrameColumn *column : std::as_const(m_fixed)) {
        column->m_wish = column->defaultWidth();
        column->m_shown = !column->isRead();
    }
    QList<FrameColumn *> columns;
    for (const QJsonValue &value : kept["columns"_L1].toArray()) {
        if (FrameColumn *column = columnOf(value.toObject(), columns))
            columns += column;
    }
    for (FrameColumn *column : std::as_const(m_fixed)) {
        if (columns.contains(column))
            continue;
        // Those that are read stand in front of the preview.
        const qsizetype behind = column->isRead() ? columns.indexOf(preview()) : -1;
        columns.insert(behind < 0 ? columns.size() : behind, column);
    }
    m_timeForm = enumNamed<TimeForm>(kTimeNames, kept["time"_L1].toString());
    m_deltaForm = enumNamed<DeltaForm>(kDeltaNames, kept["delta"_L1].toString());
    m_withDate = kept["date"_L1].toBool();
    adopt(columns);
}

//! The column that \a kept describes, behind those \a before; null if it makes no sense.
FrameColumn *FrameColumns::columnOf(const QJsonObject &kept, const QList<FrameColumn *> &before)
{
    const auto kind = FrameColumn::kindNames().indexOf(kept["kind"_L1].toString());
    if (kind < 0)
        return nullptr;
    FrameColumn *column = nullptr;
    if (ColumnKind(kind) == ColumnKind::Path) {
        const QString text = kept["path"_L1].toString();
        Filter::Error error;
        const auto path = parseFilterPath(text, &error);
        if (!path || columnOfPath(before, *path))
            return nullptr;
        column = pathColumn(text, *path);
    } else {
        column = m_fixed.at(kind);
        if (before.contains(column))
            return nullptr;
    }
    const double width = kept["width"_L1].toDouble();
    column->m_wish = width <= FrameColumn::kAutomatic
        ? column->defaultWidth()
        : std::clamp(width, column->minimumWidth(), FrameColumn::kWidest);
    column->m_shown = kept["shown"_L1].toBool(true);
    return column;
}

void FrameColumns::adopt(const QList<FrameColumn *> &columns)
{
    beginResetModel();
    m_columns = columns;
    endResetModel();
    updateHeadings();
    arrange();
    for (FrameColumn *column : std::as_const(m_columns))
        Q_EMIT column->shownChanged();
    Q_EMIT timesChanged();
    Q_EMIT deltasChanged();
}

double FrameColumns::dateRoom(const FrameColumn *column) const
{
    const bool hasDate = m_withDate && m_timeForm != TimeForm::SinceStart;
    return column->kind() == ColumnKind::Time && hasDate ? kDateWidth : 0;
}

//! Puts each column in its place.
void FrameColumns::arrange()
{
    QList<FrameColumn *> shown;
    std::copy_if(m_columns.begin(), m_columns.end(), std::back_inserter(shown),
                 [](const FrameColumn *column) { return column->isShown(); });
    const bool endsWithPreview = !shown.isEmpty() && shown.last() == preview();
    const double behind = endsWithPreview ? kColumnsMargin : kHeaderButtons;
    const auto wish = [&](const FrameColumn *column) {
        if (column->kind() == ColumnKind::Direction && !channel()->isShown())
            return column->m_wish + kGlyphRoom;
        return column->m_wish + dateRoom(column);
    };
    double taken = kGutter + behind - kGap;
    for (const FrameColumn *column : std::as_const(shown))
        taken += wish(column) + kGap;
    double left = m_viewWidth - taken;
    if (left < preview()->minimumWidth())
        left = kScrolledPreview;

    double x = kGutter;
    bool isLeading = true;
    m_noteX = kGutter;
    for (FrameColumn *column : std::as_const(shown)) {
        const double width = wish(column) > FrameColumn::kAutomatic ? wish(column) : left;
        column->place(x, width);
        x += width + kGap;
        isLeading = isLeading && column->kind() <= ColumnKind::Delta;
        if (isLeading)
            m_noteX = x;
    }
    m_totalWidth = std::max(m_viewWidth, x - kGap + behind);
    Q_EMIT arranged();

    QList<FrameColumn *> read;
    std::copy_if(shown.begin(), shown.end(), std::back_inserter(read),
                 [](const FrameColumn *column) { return column->isRead(); });
    if (std::exchange(m_read, read) != read)
        Q_EMIT readColumnsChanged();
}

void FrameColumns::updateHeadings()
{
    switch (m_timeForm) {
    case TimeForm::Local:
        setHeading(time(), tr("Time"), tr("When it was received or sent, local time"));
        break;
    case TimeForm::Utc:
        setHeading(time(), tr("Time (UTC)"), tr("When it was received or sent, UTC"));
        break;
    case TimeForm::SinceStart:
        setHeading(time(), tr("Since start"), tr("Time since the first frame"));
        break;
    }
    if (m_deltaForm == DeltaForm::PreviousRow)
        setHeading(delta(), tr("Δ s"), tr("Seconds since the row above"));
    else
        setHeading(delta(), tr("Δ s ch."), tr("Seconds since the row before of the same channel"));
    if (m_table == Table::GraphQl)
        setHeading(channel(), tr("Operation"), tr("The operation's name"));
}

void FrameColumns::setHeading(FrameColumn *column, const QString &heading,
                              const QString &description)
{
    column->m_heading = heading;
    column->m_description = description;
    Q_EMIT column->headingChanged();
}

void FrameColumns::changed()
{
    if (m_table)
        m_settled.start();
}

void FrameColumns::keep()
{
    m_settled.stop();
    const QByteArray state = this->state();
    if (WindowMemory::instance()->isEnabled())
        QSettings().setValue(columnsKey(*m_table), state);
    for (FrameColumns *other : std::as_const(openTables())) {
        if (other != this && other->m_table == m_table)
            other->setState(state);
    }
}

} // namespace Syncscope
