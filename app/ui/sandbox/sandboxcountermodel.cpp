// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxcountermodel.h"

#include <QLocale>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Metrics = AppSync::EmulatorMetrics;

#define TEXT(text) QT_TRANSLATE_NOOP("Syncscope::SandboxCounterModel", text)

struct Help {
    Metrics::Counter counter;
    const char *text;
};

//! For those whose name leaves a question.
const Help kHelp[] = {
    {Metrics::Requests, TEXT("Publishes over HTTP")},
    {Metrics::ClientErrors, TEXT("Publishes over HTTP that were the client's fault")},
    {Metrics::ConnectSuccess, TEXT("Connections that were let in")},
    {Metrics::ConnectClientError,
     TEXT("Connections that were refused: credentials, subprotocol, limits")},
    {Metrics::DisconnectClientError, TEXT("Clients that vanished without a close frame")},
    {Metrics::PublishSuccess, TEXT("Publishes over WebSocket; each may have five events")},
    {Metrics::SuccessfulEvents, TEXT("Events that were accepted and passed on")},
    {Metrics::FailedEvents, TEXT("Events that their publisher found in \"failed\"")},
    {Metrics::DroppedEvents, TEXT("Events that a handler left out")},
    {Metrics::BroadcastEventSuccess, TEXT("Deliveries: events times subscribers")},
    {Metrics::InboundMessages, TEXT("Published events; each begun 5 kB counts, as it is billed")},
    {Metrics::OutboundMessages, TEXT("Delivered events; each begun 5 kB counts, as it is billed")},
    {Metrics::Refused, TEXT("Everything that was refused: see the list below")},
};
#undef TEXT

} // namespace

SandboxCounterModel::SandboxCounterModel(AppSync::Emulator *emulator, QObject *parent)
    : QAbstractListModel(parent), m_emulator(emulator)
{
    connect(emulator, &AppSync::Emulator::metricsChanged, this, &SandboxCounterModel::refresh);
}

int SandboxCounterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SandboxCounterModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case NameRole:
        return Metrics::name(row.counter);
    case ValueRole:
        return QLocale().toString(row.value);
    case HelpRole: {
        const auto *help = std::find_if(std::begin(kHelp), std::end(kHelp), [&](const Help &one) {
            return one.counter == row.counter;
        });
        return help == std::end(kHelp) ? QString() : tr(help->text);
    }
    default:
        return {};
    }
}

QHash<int, QByteArray> SandboxCounterModel::roleNames() const
{
    return {{NameRole, "name"}, {ValueRole, "value"}, {HelpRole, "help"}};
}

//! A counter appears with its first count and stays, so that rows do not jump.
void SandboxCounterModel::refresh()
{
    const Metrics metrics = m_emulator->metrics();
    const int before = count();
    int row = 0;
    for (int i = 0; i < Metrics::CounterCount; ++i) {
        const auto counter = Metrics::Counter(i);
        const qint64 value = metrics.value(counter);
        const bool isShown = row < count() && m_rows[row].counter == counter;
        if (!isShown && value == 0)
            continue;
        if (!isShown) {
            beginInsertRows({}, row, row);
            m_rows.insert(row, {counter, value});
            endInsertRows();
        } else if (std::exchange(m_rows[row].value, value) != value) {
            Q_EMIT dataChanged(index(row), index(row), {ValueRole});
        }
        ++row;
    }
    if (count() != before)
        Q_EMIT countChanged();
}

} // namespace Syncscope
