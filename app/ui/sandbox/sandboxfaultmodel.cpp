// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxfaultmodel.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("Syncscope::SandboxFaultModel", text)

using Kind = AppSync::FaultPlan::Kind;

//! What a fault can be limited to.
enum class Conditions { None, Share, ShareAndChannel };

struct Row {
    const char *group = nullptr;
    Kind kind = Kind::NeverAck;
    const char *title = nullptr;
    const char *help = nullptr;
    Conditions conditions = Conditions::Share;
    int amount = 0; //!< at first; 0: there is none
    const char *unit = ""; //!< empty: the amount speaks for itself
    const char *errorType = nullptr; //!< at first; none: it is no error
};

const char *const kHandshake = TEXT("While connecting");
const char *const kConnection = TEXT("While connected");
const char *const kOperations = TEXT("Subscribing and publishing");
const char *const kDeliveries = TEXT("Delivering events");
const char *const kForms = TEXT("Forms that differ");

const Row kRows[] = {
    {kHandshake, Kind::RefuseUpgradeStatus, TEXT("Refuse the upgrade with HTTP"),
     TEXT("As a proxy or a throttled service does; try 401, 403, 429 or 503."), Conditions::Share,
     503},
    {kHandshake, Kind::NeverAnswerUpgrade, TEXT("Never answer the upgrade"),
     TEXT("TCP opens, then nothing is said.")},
    {kHandshake, Kind::OtherSubprotocol, TEXT("Choose the other subprotocol"),
     TEXT("As when an Events client meets a GraphQL endpoint.")},
    {kHandshake, Kind::RefuseConnect, TEXT("Answer connection_error"),
     TEXT("Whatever the credentials: as when they are not let in.")},
    {kHandshake, Kind::NeverAck, TEXT("Never acknowledge"),
     TEXT("connection_init gets no connection_ack.")},
    {kHandshake, Kind::AckDelay, TEXT("Acknowledge late"), TEXT("As a service that starts up."),
     Conditions::Share, 3000, TEXT("ms")},
    {kHandshake, Kind::CloseCodeAfterAck, TEXT("Close after the acknowledgement"),
     TEXT("With this WebSocket code: 1001 goes away, 1011 has an internal error."),
     Conditions::Share, 1011, TEXT("code")},
    {kConnection, Kind::NeverKeepAlive, TEXT("Send no keep-alive"),
     TEXT("Clients give up after the time that the acknowledgement told them.")},
    {kConnection, Kind::DropAfterFrames, TEXT("Cut the connection after"),
     TEXT("TCP ends without a close frame, each time anew."), Conditions::Share, 20,
     TEXT("frames")},
    {kConnection, Kind::SilentAfterFrames, TEXT("Fall silent after"),
     TEXT("TCP stays open and nobody is there: the half-open connection of a dead router."),
     Conditions::Share, 20, TEXT("frames")},
    {kConnection, Kind::HalfOpen, TEXT("Be half-open"),
     TEXT("TCP stays open; nothing is sent or read any more, pings included.")},
    {kConnection, Kind::CutInsideFrame, TEXT("Cut in the midst of"),
     TEXT("The frame of that number arrives in part."), Conditions::Share, 10, TEXT("frame")},
    {kConnection, Kind::CloseCode, TEXT("Close with"),
     TEXT("Open connections end with this code, and new ones after the acknowledgement."),
     Conditions::Share, 1001, TEXT("code")},
    {kOperations, Kind::AnswerDelay, TEXT("Answer late"),
     TEXT("To subscribe, unsubscribe, publish and HTTP."), Conditions::ShareAndChannel, 2000,
     TEXT("ms")},
    {kOperations, Kind::NeverAnswerSubscribe, TEXT("Never answer a subscribe"),
     TEXT("Nor subscribe anybody."), Conditions::ShareAndChannel},
    {kOperations, Kind::SubscribeError, TEXT("Refuse a subscribe with"),
     TEXT("A subscribe_error of this type."), Conditions::ShareAndChannel, 0, "",
     "UnauthorizedException"},
    {kOperations, Kind::NeverAnswerPublish, TEXT("Never answer a publish"), TEXT("Nor deliver it."),
     Conditions::ShareAndChannel},
    {kOperations, Kind::PublishError, TEXT("Refuse a publish with"),
     TEXT("A publish_error of this type, over HTTP an error answer."), Conditions::ShareAndChannel,
     0, "", "LimitExceededError"},
    {kOperations, Kind::DropOnPublish, TEXT("Deliver a publish and cut the connection"),
     TEXT("Its sender cannot know whether it arrived."), Conditions::ShareAndChannel},
    {kOperations, Kind::NeverAnswerHttp, TEXT("Never answer HTTP"),
     TEXT("A publish over HTTP waits until it gives up.")},
    {kOperations, Kind::HttpError, TEXT("Answer a publish over HTTP with"),
     TEXT("This status; 429 as when there are too many, 503 as when it is down."),
     Conditions::ShareAndChannel, 503, "", "InternalFailureException"},
    {kDeliveries, Kind::DeliveryGap, TEXT("Lose events after a subscribe"),
     TEXT("For so long after subscribe_success, as the service has been seen to do."),
     Conditions::ShareAndChannel, 2000, TEXT("ms")},
    {kDeliveries, Kind::DeliveryDelay, TEXT("Deliver late"),
     TEXT("The publisher has its answer long before."), Conditions::ShareAndChannel, 2000,
     TEXT("ms")},
    {kDeliveries, Kind::LoseEvents, TEXT("Lose events"), TEXT("Accepted, and not delivered."),
     Conditions::ShareAndChannel},
    {kDeliveries, Kind::ShuffleEvents, TEXT("Shuffle the events of a publish"),
     TEXT("The service promises no order within a batch."), Conditions::ShareAndChannel},
    {kDeliveries, Kind::BroadcastError, TEXT("Send broadcast_error instead of an event"),
     TEXT("An error of this type without an event."), Conditions::ShareAndChannel, 0, "",
     "MessageProcessingError"},
    {kForms, Kind::EventAsArray, TEXT("Send events as arrays"),
     TEXT("As a page of the documentation prints them; the service sends text."),
     Conditions::ShareAndChannel},
    {kForms, Kind::ErrorsAsObject, TEXT("Send errors as an object"),
     TEXT("One object in place of an array of them.")},
    {kForms, Kind::ErrorsWithoutMessage, TEXT("Send errors without words"),
     TEXT("A type and no message.")},
    {kForms, Kind::NumericFailureCode, TEXT("Number the failures of a publish"),
     TEXT("The code of a failed event as a number, not text.")},
    {kForms, Kind::HtmlEscapedSignatures, TEXT("Read signatures as users report it"),
     TEXT("IAM signatures over <, > and & are refused, unless made over \\u003c and its like."),
     Conditions::None},
};
#undef TEXT

} // namespace

SandboxFaultModel::SandboxFaultModel(AppSync::Emulator *emulator, QObject *parent)
    : QAbstractListModel(parent), m_emulator(emulator)
{
    for (const Row &row : kRows)
        m_settings.append({false, row.amount, QString::fromLatin1(row.errorType)});
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
    case HasErrorTypeRole:
        return row.errorType != nullptr;
    case ErrorTypeRole:
        return setting.errorType;
    case HasConditionsRole:
        return row.conditions != Conditions::None;
    case PercentRole:
        return setting.percent;
    case TimesRole:
        return setting.times;
    case HasChannelRole:
        return row.conditions == Conditions::ShareAndChannel;
    case ChannelRole:
        return setting.channel;
    default:
        return {};
    }
}

QHash<int, QByteArray> SandboxFaultModel::roleNames() const
{
    return {{GroupRole, "group"},
            {TitleRole, "title"},
            {HelpRole, "help"},
            {ActiveRole, "active"},
            {HasAmountRole, "hasAmount"},
            {AmountRole, "amount"},
            {UnitRole, "unit"},
            {HasErrorTypeRole, "hasErrorType"},
            {ErrorTypeRole, "errorType"},
            {HasConditionsRole, "hasConditions"},
            {PercentRole, "percent"},
            {TimesRole, "times"},
            {HasChannelRole, "hasChannel"},
            {ChannelRole, "channel"}};
}

int SandboxFaultModel::activeCount() const
{
    return int(std::count_if(m_settings.begin(), m_settings.end(),
                             [](const Setting &setting) { return setting.isActive; }));
}

void SandboxFaultModel::toggle(int row)
{
    if (!isRow(row))
        return;
    m_settings[row].isActive = !m_settings[row].isActive;
    apply(row);
    Q_EMIT activeCountChanged();
}

void SandboxFaultModel::setAmount(int row, int amount)
{
    if (!isRow(row) || kRows[row].amount == 0 || amount < 1)
        return;
    m_settings[row].amount = amount;
    apply(row);
}

void SandboxFaultModel::setErrorType(int row, const QString &type)
{
    if (!isRow(row) || !kRows[row].errorType)
        return;
    m_settings[row].errorType = type.trimmed();
    apply(row);
}

void SandboxFaultModel::setPercent(int row, int percent)
{
    if (!isRow(row) || kRows[row].conditions == Conditions::None || percent < 1 || percent > 100)
        return;
    m_settings[row].percent = percent;
    apply(row);
}

void SandboxFaultModel::setTimes(int row, int times)
{
    if (!isRow(row) || kRows[row].conditions == Conditions::None || times < 0)
        return;
    m_settings[row].times = times;
    apply(row);
}

void SandboxFaultModel::setChannel(int row, const QString &pattern)
{
    if (!isRow(row) || kRows[row].conditions != Conditions::ShareAndChannel)
        return;
    m_settings[row].channel = pattern.trimmed();
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
        const Setting &setting = m_settings[row];
        if (!setting.isActive)
            continue;
        AppSync::FaultPlan::Fault fault{kRows[row].kind, setting.amount, setting.errorType};
        fault.rate = setting.percent / 100.0;
        fault.times = setting.times;
        fault.channel = setting.channel;
        plan.faults.append(fault);
    }
    return plan;
}

} // namespace Syncscope
