// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxfaultmodel.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("Syncscope::SandboxFaultModel", text)

struct Row {
    const char *group;
    const char *title;
    const char *help;
    const char *unit; //!< empty: the amount speaks for itself
    int amount; //!< at first; 0: there is none
    void (*apply)(AppSync::FaultPlan *plan, int amount);
};

using Plan = AppSync::FaultPlan;

const char *const kHandshake = TEXT("While connecting");
const char *const kConnection = TEXT("While connected");
const char *const kOperations = TEXT("Subscribing and publishing");

const Row kRows[] = {
    {kHandshake, TEXT("Refuse the upgrade with HTTP"),
     TEXT("As a proxy or a throttled service does; try 401, 403, 429 or 503."), "", 503,
     [](Plan *plan, int amount) { plan->refuseUpgradeStatus = amount; }},
    {kHandshake, TEXT("Never answer the upgrade"), TEXT("TCP opens, then nothing is said."), "", 0,
     [](Plan *plan, int) { plan->neverAnswerUpgrade = true; }},
    {kHandshake, TEXT("Choose the other subprotocol"),
     TEXT("As when an Events client meets a GraphQL endpoint."), "", 0,
     [](Plan *plan, int) { plan->otherSubprotocol = true; }},
    {kHandshake, TEXT("Answer connection_error"),
     TEXT("Whatever the credentials: as when they are not let in."), "", 0,
     [](Plan *plan, int) { plan->refuseConnect = true; }},
    {kHandshake, TEXT("Never acknowledge"), TEXT("connection_init gets no connection_ack."), "", 0,
     [](Plan *plan, int) { plan->neverAck = true; }},
    {kHandshake, TEXT("Close after the acknowledgement"),
     TEXT("With this WebSocket code: 1001 goes away, 1011 has an internal error."), TEXT("code"),
     1011, [](Plan *plan, int amount) { plan->closeCodeAfterAck = amount; }},
    {kConnection, TEXT("Send no keep-alive"),
     TEXT("Clients give up after the time that the acknowledgement told them."), "", 0,
     [](Plan *plan, int) { plan->neverKeepAlive = true; }},
    {kConnection, TEXT("Cut the connection after"),
     TEXT("TCP ends without a close frame, each time anew."), TEXT("frames"), 20,
     [](Plan *plan, int amount) { plan->dropAfterFrames = amount; }},
    {kConnection, TEXT("Fall silent after"),
     TEXT("TCP stays open and nobody is there: the half-open connection of a dead router."),
     TEXT("frames"), 20, [](Plan *plan, int amount) { plan->silentAfterFrames = amount; }},
    {kConnection, TEXT("Cut in the midst of"), TEXT("The frame of that number arrives in part."),
     TEXT("frame"), 10, [](Plan *plan, int amount) { plan->cutInsideFrame = amount; }},
    {kOperations, TEXT("Never answer a subscribe"), TEXT("Nor subscribe anybody."), "", 0,
     [](Plan *plan, int) { plan->neverAnswerSubscribe = true; }},
    {kOperations, TEXT("Lose events after a subscribe"),
     TEXT("For so long after subscribe_success, as the service has been seen to do."), TEXT("ms"),
     2000, [](Plan *plan, int amount) { plan->deliveryGap = std::chrono::milliseconds(amount); }},
    {kOperations, TEXT("Never answer a publish"), TEXT("Nor deliver it."), "", 0,
     [](Plan *plan, int) { plan->neverAnswerPublish = true; }},
    {kOperations, TEXT("Deliver a publish and cut the connection"),
     TEXT("Its sender cannot know whether it arrived."), "", 0,
     [](Plan *plan, int) { plan->dropOnPublish = true; }},
    {kOperations, TEXT("Never answer HTTP"), TEXT("A publish over HTTP waits until it gives up."),
     "", 0, [](Plan *plan, int) { plan->neverAnswerHttp = true; }},
    {kOperations, TEXT("Send events as arrays"),
     TEXT("As a page of the documentation prints them; the service sends text."), "", 0,
     [](Plan *plan, int) { plan->eventAsArray = true; }},
};
#undef TEXT

} // namespace

SandboxFaultModel::SandboxFaultModel(AppSync::Emulator *emulator, QObject *parent)
    : QAbstractListModel(parent), m_emulator(emulator)
{
    for (const Row &row : kRows)
        m_settings.append({false, row.amount});
}

int SandboxFaultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_settings.size());
}

QVariant SandboxFaultModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = kRows[index.row()];
    const Setting &setting = m_settings[index.row()];
    switch (role) {
    case GroupRole:
        return index.row() > 0 && row.group == kRows[index.row() - 1].group ? QString()
                                                                            : tr(row.group);
    case TitleRole:
        return tr(row.title);
    case HelpRole:
        return tr(row.help);
    case ActiveRole:
        return setting.isActive;
    case HasAmountRole:
        return row.amount > 0;
    case AmountRole:
        return setting.amount;
    case UnitRole:
        return *row.unit ? tr(row.unit) : QString();
    default:
        return {};
    }
}

QHash<int, QByteArray> SandboxFaultModel::roleNames() const
{
    return {{GroupRole, "group"},   {TitleRole, "title"},         {HelpRole, "help"},
            {ActiveRole, "active"}, {HasAmountRole, "hasAmount"}, {AmountRole, "amount"},
            {UnitRole, "unit"}};
}

int SandboxFaultModel::activeCount() const
{
    return int(std::count_if(m_settings.begin(), m_settings.end(),
                             [](const Setting &setting) { return setting.isActive; }));
}

void SandboxFaultModel::toggle(int row)
{
    if (row < 0 || row >= m_settings.size())
        return;
    m_settings[row].isActive = !m_settings[row].isActive;
    apply(row);
    Q_EMIT activeCountChanged();
}

void SandboxFaultModel::setAmount(int row, int amount)
{
    if (row < 0 || row >= m_settings.size() || kRows[row].amount == 0 || amount < 1)
        return;
    m_settings[row].amount = amount;
    apply(row);
}

void SandboxFaultModel::apply(int row)
{
    m_emulator->setFaults(plan());
    Q_EMIT dataChanged(index(row), index(row));
}

void SandboxFaultModel::clear()
{
    for (Setting &setting : m_settings)
        setting.isActive = false;
    m_emulator->setFaults({});
    Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    Q_EMIT activeCountChanged();
}

AppSync::FaultPlan SandboxFaultModel::plan() const
{
    AppSync::FaultPlan plan;
    for (qsizetype row = 0; row < m_settings.size(); ++row) {
        if (m_settings[row].isActive)
            kRows[row].apply(&plan, m_settings[row].amount);
    }
    return plan;
}

} // namespace Syncscope
