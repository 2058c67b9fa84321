// SPDX-License-Identifier: Apache-2.0
#include "app/ui/publishlog.h"

#include "app/ui/notice.h"
#include "app/ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// What waited longer than this did so for a connection or for credentials.
constexpr std::chrono::milliseconds kWorthAWord{100};

QVariantMap verdict(int index, bool accepted, const QString &text)
{
    return {
        {u"index"_s, index}, {u"accepted"_s, accepted}, {u"text"_s, text}, {u"seen"_s, QString()}};
}

QVariantList verdictsOf(const AppSync::PublishReply &reply)
{
    QVariantList events;
    const QList<AppSync::PublishedEvent> accepted = reply.successful();
    for (const AppSync::PublishedEvent &event : accepted)
        events += verdict(event.index, true, event.identifier);
    const QList<AppSync::PublishedEvent> refused = reply.failed();
    for (const AppSync::PublishedEvent &event : refused) {
        QString text = event.code.isEmpty() || event.message.isEmpty()
            ? event.code + event.message
            : event.code + u": "_s + event.message;
        if (!event.identifier.isEmpty())
            text += u" · "_s + event.identifier;
        events += verdict(event.index, false, text);
    }
    std::sort(events.begin(), events.end(), [](const QVariant &a, const QVariant &b) {
        return a.toMap()[u"index"_s].toInt() < b.toMap()[u"index"_s].toInt();
    });
    return events;
}

} // namespace

PublishLog::PublishLog(QObject *parent) : QAbstractListModel(parent)
{
}

int PublishLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant PublishLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[std::size_t(index.row())];
    switch (Role(role)) {
    case SummaryRole:
        return entry.summary;
    case PlaceRole:
        return entry.place;
    case ProgressRole:
        return progressOf(entry);
    case OutcomeRole:
        return entry.outcome;
    case NextStepRole:
        return entry.nextStep;
    case EventsRole:
        return entry.events;
    case DetailsRole:
        return entry.outcome == Pending ? QString() : detailsOf(entry);
    case ExpandedRole:
        return entry.isExpanded;
    case AccessibleNameRole:
        return tr("%1, %2, %3").arg(entry.summary, entry.place, progressOf(entry));
    }
    return {};
}

QHash<int, QByteArray> PublishLog::roleNames() const
{
    return {{SummaryRole, "summary"},
            {PlaceRole, "place"},
            {ProgressRole, "progress"},
            {DetailsRole, "details"},
            {ExpandedRole, "expanded"},
            {OutcomeRole, "outcome"},
            {NextStepRole, "nextStep"},
            {EventsRole, "events"},
            {AccessibleNameRole, "accessibleName"}};
}

void PublishLog::add(AppSync::PublishReply *reply, qsizetype events, const QString &transport)
{
    Entry entry;
    entry.id = ++m_lastId;
    entry.channel = reply->channel();
    entry.place = entry.channel + u" · "_s + transport;
    entry.operationId = reply->operationId();
    entry.ledger = m_ledger;
    entry.askedAt = QDateTime::currentDateTimeUtc();
    entry.sentAt = reply->sentAt();
    entry.sent = events;
    entry.summary = tr("Waiting for the service's answer");
    if (m_entries.size() >= kKept) {
        beginRemoveRows({}, count() - 1, count() - 1);
        m_entries.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_entries.push_front(std::move(entry));
    endInsertRows();
    Q_EMIT countChanged();
    connect(reply, &AppSync::PublishReply::sent, this,
            [this, id = m_lastId, reply] { noteSent(id, *reply); });
    connect(reply, &AppSync::Reply::finished, this,
            [this, id = m_lastId, reply] { finish(id, *reply); });
    // The end of the session takes its replies with it, answered or not.
    connect(reply, &QObject::destroyed, this, [this, id = m_lastId] { abandon(id); });
}

void PublishLog::finish(qint64 id, const AppSync::PublishReply &reply)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    Entry &entry = m_entries[std::size_t(row)];
    const AppSync::Error error = reply.error();
    entry.error = error;
    entry.sentAt = reply.sentAt();
    entry.answeredAt = reply.answeredAt();
    entry.elapsedMs = reply.elapsedMs();
    entry.events = verdictsOf(reply);
    updateSeen(&entry);
    if (error.isError()) {
        entry.outcome = Failed;
        entry.summary = error.serverMessage.isEmpty()
            ? error.message
            : tr("%1 “%2”").arg(error.message, error.serverMessage);
        entry.nextStep = error.nextStep;
    } else {
        const qsizetype accepted = reply.successful().size();
        entry.outcome = reply.failed().isEmpty() ? Accepted : accepted > 0 ? Partial : Failed;
        entry.summary = tr("%1 of %2 accepted in %3")
                            .arg(QString::number(accepted), QString::number(entry.sent),
                                 Wording::milliseconds(reply.elapsedMs()));
    }
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT finished(entry.channel + u": "_s + entry.summary);
}

void PublishLog::abandon(qint64 id)
{
    const int row = rowOf(id);
    if (row < 0 || m_entries[std::size_t(row)].outcome != Pending)
        return;
    Entry &entry = m_entries[std::size_t(row)];
    entry.outcome = Failed;
    entry.summary = tr("The session ended before the answer.");
    entry.nextStep = tr("Whether the service took the events is unknown.");
    Q_EMIT dataChanged(index(row), index(row));
}

void PublishLog::setLedger(LedgerModel *ledger)
{
    if (m_ledger)
        m_ledger->disconnect(this);
    m_ledger = ledger;
    if (ledger)
        connect(ledger, &LedgerModel::amended, this, &PublishLog::noteSeen);
}

//! An empty \a operationId: of any.
void PublishLog::noteSeen(const QString &operationId)
{
    for (int row = 0; row < count(); ++row) {
        Entry &entry = m_entries[std::size_t(row)];
        // Another session counts its operations anew.
        if (entry.ledger != m_ledger
            || !(operationId.isEmpty() || operationId == entry.operationId))
            continue;
        if (updateSeen(&entry))
            Q_EMIT dataChanged(index(row), index(row), {EventsRole});
    }
}

//! True if that changed something.
bool PublishLog::updateSeen(Entry *entry)
{
    bool isChanged = false;
    if (!entry->ledger)
        return isChanged;
    for (QVariant &event : entry->events) {
        QVariantMap verdict = event.toMap();
        const QString seen =
            entry->ledger->seenText(entry->operationId, verdict[u"index"_s].toInt());
        if (verdict[u"seen"_s].toString() == seen)
            continue;
        verdict[u"seen"_s] = seen;
        event = verdict;
        isChanged = true;
    }
    return isChanged;
}

void PublishLog::noteSent(qint64 id, const AppSync::PublishReply &reply)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_entries[std::size_t(row)].sentAt = reply.sentAt();
    Q_EMIT dataChanged(index(row), index(row), {ProgressRole, AccessibleNameRole});
}

void PublishLog::onFrame(const AppSync::Frame &frame)
{
    // Delivered events are the hot path.
    if (frame.type == "data"_L1 || frame.direction == AppSync::Frame::Direction::Out
        || frame.id.isEmpty())
        return;
    const auto it = std::find_if(m_entries.begin(), m_entries.end(), [&frame](const Entry &entry) {
        return entry.outcome == Pending && entry.operationId == frame.id;
    });
    if (it != m_entries.end())
        it->answer.frame = frame;
}

void PublishLog::toggleExpanded(int row)
{
    if (row < 0 || row >= count())
        return;
    Entry &entry = m_entries[std::size_t(row)];
    entry.isExpanded = !entry.isExpanded;
    Q_EMIT dataChanged(index(row), index(row), {ExpandedRole});
}

QString PublishLog::progressOf(const Entry &entry)
{
    if (!entry.sentAt.isValid())
        return entry.outcome == Pending ? tr("not sent yet") : tr("not sent");
    QString sent = tr("sent at %1").arg(Wording::time(entry.sentAt));
    const std::chrono::milliseconds waited(entry.askedAt.msecsTo(entry.sentAt));
    const bool hasWaited = waited > kWorthAWord;
    if (hasWaited)
        sent = tr("waited %1, ").arg(Wording::span(waited)) + sent;
    if (entry.answeredAt.isValid()) {
        const double latency =
            hasWaited ? double(entry.sentAt.msecsTo(entry.answeredAt)) : entry.elapsedMs;
        return tr("%1, answered after %2").arg(sent, Wording::milliseconds(latency));
    }
    return entry.outcome == Pending ? tr("%1, not answered yet").arg(sent)
                                    : tr("%1, no answer").arg(sent);
}

QString PublishLog::detailsOf(const Entry &entry)
{
    return entry.error.isError() ? Notice::fromError(entry.error, entry.answer).details
                                 : entry.answer.text();
}

int PublishLog::rowOf(qint64 id) const
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(),
                                 [id](const Entry &entry) { return entry.id == id; });
    return it == m_entries.end() ? -1 : int(it - m_entries.begin());
}

} // namespace Syncscope
