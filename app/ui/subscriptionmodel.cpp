// SPDX-License-Identifier: Apache-2.0
#include "app/ui/subscriptionmodel.h"

#include "app/ui/notice.h"
#include "app/ui/subscriptionstory.h"
#include "app/ui/theme.h"
#include "app/ui/traffic/framelog.h"
#include "app/ui/wording.h"

#include <AppSync/EventsClient>
#include <AppSync/GraphQlClient>
#include <AppSync/Validation>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

using Library = AppSync::Subscription;

SubscriptionModel::SubscriptionModel(AppSync::Client *client, QObject *parent)
    : QAbstractListModel(parent), m_client(client)
{
}

SubscriptionModel::~SubscriptionModel() = default;

int SubscriptionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant SubscriptionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[std::size_t(index.row())];
    const AppSync::Error error = errorOf(entry);
    switch (Role(role)) {
    case ChannelRole:
        return entry.title;
    case StateRole:
        return stateOf(entry);
    case StateTextRole:
        return stateText(entry);
    case ProgressRole:
        return SubscriptionStory::progress(*entry.subscription);
    case StoryRole:
        return storyOf(entry);
    case ExpandedRole:
        return entry.isExpanded;
    case SlotRole:
        return entry.slot;
    case CountRole:
        return entry.events;
    case CountTextRole:
        return Wording::count(entry.events);
    case RateTextRole:
        return Wording::rate(entry.rate.perSecond());
    case ErrorRole:
        return error.serverMessage.isEmpty()
            ? error.message
            : tr("%1 “%2”").arg(error.message, error.serverMessage);
    case NextStepRole:
        return error.nextStep;
    case DetailsRole:
        return Notice::fromError(error, {entry.failure, {}}).details;
    case AccessibleNameRole:
        return tr("%1, %2, %3 events, %4, %5")
            .arg(entry.title, stateText(entry), Wording::count(entry.events),
                 Wording::rate(entry.rate.perSecond()),
                 SubscriptionStory::progress(*entry.subscription));
    }
    return {};
}

QHash<int, QByteArray> SubscriptionModel::roleNames() const
{
    return {{ChannelRole, "channel"},     {StateRole, "subscriptionState"},
            {StateTextRole, "stateText"}, {ProgressRole, "progress"},
            {StoryRole, "story"},         {ExpandedRole, "expanded"},
            {DetailsRole, "details"},     {SlotRole, "slot"},
            {CountRole, "eventCount"},    {CountTextRole, "countText"},
            {RateTextRole, "rateText"},   {ErrorRole, "error"},
            {NextStepRole, "nextStep"},   {AccessibleNameRole, "accessibleName"}};
}

int SubscriptionModel::liveCount() const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const Entry &entry) { return stateOf(entry) == Live; }));
}

QString SubscriptionModel::problemOf(const QString &text) const
{
    Problem problem;
    const auto filled = withClaimsOf(text, m_claims, &problem);
    if (!filled)
        return Wording::withNextStep(problem.message, problem.nextStep);
    const QString &channel = *filled;
    const AppSync::Error error = AppSync::Validation::subscribeChannel(channel);
    if (error.isError())
        return Wording::withNextStep(error.message, error.nextStep);
    const QString normalized = AppSync::Validation::normalizedChannel(channel);
    const bool known = std::any_of(m_entries.begin(), m_entries.end(),
                                   [&](const Entry &entry) { return entry.title == normalized; });
    return known ? tr("%1 is subscribed already.").arg(normalized) : QString();
}

bool SubscriptionModel::add(const QString &text)
{
    Problem problem;
    const auto channel = withClaimsOf(text, m_claims, &problem);
    auto *client = qobject_cast<AppSync::EventsClient *>(m_client.data());
    if (!client || !channel || !problemOf(*channel).isEmpty())
        return false;
    const QString normalized = AppSync::Validation::normalizedChannel(*channel);
    auto made = std::make_unique<AppSync::ChannelSubscription>();
    AppSync::ChannelSubscription *subscription = made.get();
    connect(subscription, &AppSync::ChannelSubscription::received, this,
            [this, subscription](const AppSync::Event &event) {
                if (const Entry *entry = count(subscription))
                    Q_EMIT received(event, entry->slot);
            });
    append(std::move(made), normalized);
    subscription->setChannel(normalized);
    subscription->setClient(client);
    return true;
}

bool SubscriptionModel::addDocument(const QString &title, const QString &document,
                                    const QByteArray &variables)
{
    auto *client = qobject_cast<AppSync::GraphQlClient *>(m_client.data());
    if (!client)
        return false;
    auto made = std::make_unique<AppSync::GraphQlSubscription>();
    AppSync::GraphQlSubscription *subscription = made.get();
    connect(subscription, &AppSync::GraphQlSubscription::received, this,
            [this, subscription](const AppSync::GraphQlResult &result) {
                if (const Entry *entry = count(subscription))
                    Q_EMIT resultReceived(result, entry->title, entry->slot);
            });
    append(std::move(made), title);
    subscription->setDocument(document);
    subscription->setVariablesJson(variables);
    subscription->setClient(client);
    return true;
}

void SubscriptionModel::append(std::unique_ptr<Library> subscription, const QString &title)
{
    // The user sees that it waits for a connection, and stops it.
    subscription->setTimeout(std::chrono::milliseconds::zero());
    watch(subscription.get());
    Entry entry;
    entry.slot = freeSlot();
    entry.title = title;
    entry.subscription = std::move(subscription);
    beginInsertRows({}, count(), count());
    m_entries.push_back(std::move(entry));
    endInsertRows();
    Q_EMIT countChanged();
    Q_EMIT summaryChanged();
}

void SubscriptionModel::watch(Library *subscription)
{
    connect(subscription, &Library::stateChanged, this,
            [this, subscription] { onStateChanged(subscription); });
    connect(subscription, &Library::progressed, this,
            [this, subscription] { refresh(subscription); });
    connect(subscription, &Library::errorOccurred, this,
            [this, subscription](const AppSync::Error &error) { onTrouble(subscription, error); });
    connect(subscription, &Library::ended, this,
            [this, subscription](Library::EndReason reason) { onEnded(subscription, reason); });
    connect(subscription, &Library::gapDetected, this, &SubscriptionModel::gapDetected);
}

void SubscriptionModel::remove(int row)
{
    if (row < 0 || row >= count())
        return;
    beginRemoveRows({}, row, row);
    // Outlives the row, so that what its end causes does not find half an entry.
    const Entry gone = std::move(m_entries[std::size_t(row)]);
    gone.subscription->disconnect(this);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    Q_EMIT summaryChanged();
}

void SubscriptionModel::retry(int row)
{
    if (row < 0 || row >= count())
        return;
    Library *subscription = m_entries[std::size_t(row)].subscription.get();
    subscription->setActive(false);
    subscription->setActive(true);
}

void SubscriptionModel::toggleExpanded(int row)
{
    if (row < 0 || row >= count())
        return;
    Entry &entry = m_entries[std::size_t(row)];
    entry.isExpanded = !entry.isExpanded;
    Q_EMIT dataChanged(index(row), index(row), {ExpandedRole});
}

void SubscriptionModel::attribute(FrameLog *log, const AppSync::Frame &frame)
{
    if (frame.id.isEmpty())
        return;
    const bool failed = log->last() && log->last()->kind == FrameRecord::Kind::Failure;
    for (Entry &entry : m_entries) {
        if (entry.subscription->subscriptionId() != frame.id)
            continue;
        log->attribute(entry.slot, entry.title);
        if (failed)
            entry.failure = frame;
    }
}

void SubscriptionModel::tickRates()
{
    for (int row = 0; row < count(); ++row) {
        Entry &entry = m_entries[std::size_t(row)];
        const double before = entry.rate.perSecond();
        const bool rateChanged = entry.rate.tick() != before;
        if (!rateChanged && entry.countShown)
            continue;
        entry.countShown = true;
        Q_EMIT dataChanged(index(row), index(row),
                           {CountRole, CountTextRole, RateTextRole, AccessibleNameRole});
    }
}

SubscriptionModel::Entry *SubscriptionModel::count(const Library *subscription)
{
    const int row = rowOf(subscription);
    if (row < 0)
        return nullptr;
    Entry &entry = m_entries[std::size_t(row)];
    ++entry.events;
    entry.rate.count();
    entry.countShown = false;
    return &entry;
}

void SubscriptionModel::onStateChanged(Library *subscription)
{
    const int row = rowOf(subscription);
    if (row < 0)
        return;
    if (subscription->state() == Library::State::Pending) {
        Entry &entry = m_entries[std::size_t(row)];
        entry.trouble = {};
        entry.failure.reset();
        entry.endReason.reset();
    }
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT summaryChanged();
}

void SubscriptionModel::onTrouble(Library *subscription, const AppSync::Error &error)
{
    const int row = rowOf(subscription);
    if (row < 0)
        return;
    m_entries[std::size_t(row)].trouble = error;
    refresh(subscription);
}

void SubscriptionModel::onEnded(Library *subscription, Library::EndReason reason)
{
    const int row = rowOf(subscription);
    if (row < 0)
        return;
    m_entries[std::size_t(row)].endReason = reason;
    m_entries[std::size_t(row)].endedAt = QDateTime::currentDateTimeUtc();
    refresh(subscription);
}

void SubscriptionModel::refresh(const Library *subscription)
{
    const int row = rowOf(subscription);
    if (row >= 0)
        Q_EMIT dataChanged(index(row), index(row));
}

int SubscriptionModel::rowOf(const Library *subscription) const
{
    for (std::size_t row = 0; row < m_entries.size(); ++row) {
        if (m_entries[row].subscription.get() == subscription)
            return int(row);
    }
    return -1;
}

int SubscriptionModel::freeSlot() const
{
    std::array<int, Theme::kSubscriptionSlots> users{};
    for (const Entry &entry : m_entries)
        ++users[std::size_t(entry.slot)];
    return int(std::min_element(users.begin(), users.end()) - users.begin());
}

SubscriptionModel::State SubscriptionModel::stateOf(const Entry &entry)
{
    switch (entry.subscription->state()) {
    case Library::State::Inactive:
        return Off;
    case Library::State::Pending:
        return Pending;
    case Library::State::Subscribed:
        return Live;
    case Library::State::Failed:
        break;
    }
    return Refused;
}

QString SubscriptionModel::stateText(const Entry &entry)
{
    switch (stateOf(entry)) {
    case Off:
        return tr("off");
    case Pending:
        return SubscriptionStory::isAsked(*entry.subscription) ? tr("requested") : tr("waiting");
    case Live:
        return tr("live");
    case Refused:
        break;
    }
    const bool refused = entry.endReason == Library::EndReason::Refused;
    return refused ? tr("refused") : tr("failed");
}

QString SubscriptionModel::storyOf(const Entry &entry)
{
    const QString story = SubscriptionStory::story(*entry.subscription);
    if (!entry.endReason)
        return story;
    const QString end =
        tr("Ended %1: %2")
            .arg(Wording::time(entry.endedAt), SubscriptionStory::endText(*entry.endReason));
    return story.isEmpty() ? end : story + u'\n' + end;
}

AppSync::Error SubscriptionModel::errorOf(const Entry &entry)
{
    // Why the connection failed is told once, for all of them.
    if (entry.endReason == Library::EndReason::ConnectionFailed)
        return AppSync::Error::local(AppSync::Error::Kind::ConnectionLost,
                                     tr("The connection failed for good."));
    const AppSync::Error error = entry.subscription->error();
    return error.isError() ? error : entry.trouble;
}

} // namespace Syncscope
