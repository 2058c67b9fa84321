// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/replaychannels.h"

#include "app/ui/wording.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;

namespace Syncscope {

QString ReplayChannels::problemOf(const QString &target)
{
    const AppSync::Error refusal = AppSync::Validation::publishChannel(target);
    return Wording::withNextStep(refusal.message, refusal.nextStep);
}

QString ReplayChannels::Row::problem() const
{
    if (target.isEmpty())
        return isPattern()
            ? tr("The service does not tell where below %1 these events were: say where they go.")
                  .arg(channel.name)
            : tr("Say where the events of %1 go.").arg(channel.name);
    return problemOf(target);
}

int ReplayChannels::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant ReplayChannels::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (Role(role)) {
    case NameRole:
        return row.channel.name;
    case EventsRole:
        return Wording::events(row.channel.events);
    case TargetRole:
        return row.target;
    case PatternRole:
        return row.isPattern();
    case ProblemRole:
        return row.problem();
    }
    return {};
}

QHash<int, QByteArray> ReplayChannels::roleNames() const
{
    return {{NameRole, "name"},
            {EventsRole, "events"},
            {TargetRole, "target"},
            {PatternRole, "pattern"},
            {ProblemRole, "problem"}};
}

void ReplayChannels::setChannels(const QList<ReplaySurvey::Channel> &channels)
{
    beginResetModel();
    m_rows.clear();
    for (const ReplaySurvey::Channel &channel : channels) {
        Row row{channel, {}};
        row.target = m_chosen.value(channel.name, row.isPattern() ? QString() : channel.name);
        m_rows.append(row);
    }
    endResetModel();
    Q_EMIT changed();
}

void ReplayChannels::setTarget(int row, const QString &target)
{
    if (row < 0 || row >= count() || m_rows.at(row).target == target)
        return;
    m_rows[row].target = target;
    m_chosen.insert(m_rows.at(row).channel.name, target);
    Q_EMIT dataChanged(index(row), index(row), {TargetRole, ProblemRole});
    Q_EMIT changed();
}

QString ReplayChannels::problem() const
{
    for (const Row &row : m_rows) {
        if (const QString problem = row.problem(); !problem.isEmpty())
            return problem;
    }
    return {};
}

void ReplayChannels::addTo(ReplayPlan *plan) const
{
    for (const Row &row : m_rows)
        (void)plan->addMapping(row.channel.name, row.target);
}

} // namespace Syncscope
