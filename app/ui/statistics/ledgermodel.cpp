// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/ledgermodel.h"

#include "app/ui/wording.h"

#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

using Ledgered = PublishLedger::Entry;

QString latencyText(std::chrono::nanoseconds latency)
{
    return Wording::milliseconds(double(latency.count()) / 1e6);
}

QString sightingText(const PublishLedger::Sighting &sighting)
{
    return LedgerModel::tr("%1 after %2").arg(sighting.subscription, latencyText(sighting.latency));
}

QString outcomeText(const Ledgered &entry)
{
    switch (entry.verdict) {
    case PublishLedger::Verdict::Pending:
        return LedgerModel::tr("not answered yet");
    case PublishLedger::Verdict::Accepted:
        return LedgerModel::tr("accepted");
    case PublishLedger::Verdict::Refused:
        return entry.said.isEmpty() ? LedgerModel::tr("refused")
                                    : LedgerModel::tr("refused: %1").arg(entry.said);
    case PublishLedger::Verdict::Unknown:
        break;
    }
    return LedgerModel::tr("outcome unknown");
}

} // namespace

LedgerModel::LedgerModel(const AppSync::Clock *clock, QObject *parent)
    : QAbstractListModel(parent), m_clock(clock)
{
}

void LedgerModel::show(const PublishLedger *ledger)
{
    beginResetModel();
    m_ledger = ledger;
    m_count = ledger ? int(ledger->entries().size()) : 0;
    m_newest = m_count > 0 ? ledger->entries().back().serial : 0;
    endResetModel();
    Q_EMIT countChanged();
    Q_EMIT amended({});
}

void LedgerModel::apply(const PublishLedger::Effect &effect)
{
    if (effect.added > 0) {
        beginInsertRows({}, 0, effect.added - 1);
        m_count += effect.added;
        m_newest += effect.added;
        endInsertRows();
    }
    if (effect.forgotten > 0) {
        beginRemoveRows({}, m_count - effect.forgotten, m_count - 1);
        m_count -= effect.forgotten;
        endRemoveRows();
    }
    if (effect.added > 0) {
        Q_EMIT countChanged();
        Q_EMIT amended(entry(0).operation);
    }
    for (const qint64 serial : effect.amended) {
        const int row = rowOf(serial);
        if (row < 0)
            continue;
        Q_EMIT dataChanged(index(row), index(row));
        Q_EMIT amended(entry(row).operation);
    }
}

void LedgerModel::tick()
{
    // A second longer, so that the last word is said as well.
    const qint64 since =
        m_clock->wallMs() - std::chrono::milliseconds(PublishLedger::kWaited + 2s).count();
    int rows = 0;
    bool isAnyWaiting = false;
    while (rows < m_count && entry(rows).atMs >= since)
        isAnyWaiting = entry(rows++).sightings.isEmpty() || isAnyWaiting;
    if (!isAnyWaiting)
        return;
    Q_EMIT dataChanged(index(0), index(rows - 1), {SeenRole, AccessibleNameRole});
    Q_EMIT amended({});
}

int LedgerModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

const Ledgered &LedgerModel::entry(int row) const
{
    // The ledger is told of before the rows: the last of them can be gone already.
    const Ledgered *found = m_ledger->find(m_newest - row);
    return found ? *found : m_ledger->entries().front();
}

int LedgerModel::rowOf(qint64 serial) const
{
    const qint64 row = m_newest - serial;
    return row >= 0 && row < m_count ? int(row) : -1;
}

QVariant LedgerModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Ledgered &shown = entry(index.row());
    const QString time =
        Wording::time(QDateTime::fromMSecsSinceEpoch(shown.atMs, QTimeZone::utc()));
    switch (Role(role)) {
    case ChannelRole:
        return shown.channel;
    case TimeRole:
        return time;
    case PreviewRole:
        return shown.preview.simplified();
    case OutcomeRole:
        return int(shown.verdict);
    case VerdictRole:
        return shown.verdict == PublishLedger::Verdict::Accepted ? shown.said : outcomeText(shown);
    case SeenRole:
        return seenText(shown);
    case WasSeenRole:
        return !shown.sightings.isEmpty();
    case AccessibleNameRole:
        return tr("%1, %2, %3, %4").arg(time, shown.channel, outcomeText(shown), seenText(shown));
    }
    return {};
}

QHash<int, QByteArray> LedgerModel::roleNames() const
{
    return {{ChannelRole, "channel"}, {TimeRole, "time"},
            {PreviewRole, "preview"}, {OutcomeRole, "outcome"},
            {VerdictRole, "verdict"}, {SeenRole, "seen"},
            {WasSeenRole, "wasSeen"}, {AccessibleNameRole, "accessibleName"}};
}

QString LedgerModel::remark() const
{
    if (!m_ledger || m_ledger->forgotten() == 0)
        return {};
    return tr("The newest %1 are listed; %2 older ones are not.")
        .arg(Wording::count(m_count), Wording::count(m_ledger->forgotten()));
}

QString LedgerModel::seenText(const QString &operation, int index) const
{
    const Ledgered *found = m_ledger ? m_ledger->find(operation, index) : nullptr;
    return found ? seenText(*found) : QString();
}

bool LedgerModel::isWaiting(const Ledgered &entry) const
{
    return m_clock->wallMs() - entry.atMs < PublishLedger::kWaited.count();
}

QString LedgerModel::seenText(const Ledgered &entry) const
{
    const auto &seen = entry.sightings;
    if (entry.verdict == PublishLedger::Verdict::Refused)
        return {};
    if (seen.size() == 1)
        return tr("seen on %1").arg(sightingText(seen.first()));
    if (seen.size() == 2)
        return tr("seen on %1 and on %2").arg(sightingText(seen[0]), sightingText(seen[1]));
    if (!seen.isEmpty())
        return tr("seen on %1 subscriptions, first on %2")
            .arg(QString::number(seen.size()), sightingText(seen.first()));
    if (entry.covering == 0)
        return tr("not seen: no live subscription covered its channel");
    if (!isWaiting(entry))
        return tr("not seen within %1 s")
            .arg(std::chrono::duration_cast<std::chrono::seconds>(PublishLedger::kWaited).count());
    return tr("not seen for %1 s").arg(std::max<qint64>(0, m_clock->wallMs() - entry.atMs) / 1000);
}

} // namespace Syncscope
