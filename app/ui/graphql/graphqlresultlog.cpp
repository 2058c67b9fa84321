// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlresultlog.h"

#include "app/ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

qint64 GraphQlResultLog::Entry::bytes() const
{
    return document.size() * qint64(sizeof(QChar)) + variables.size() + answer.size() + data.size();
}

QString GraphQlResultLog::Entry::summary() const
{
    if (outcome == Running)
        return tr("waiting for the answer");
    if (outcome == Stopped)
        return tr("stopped; whether it was carried out is unknown");
    const QString status = httpStatus > 0 ? tr("HTTP %1").arg(httpStatus) : tr("no answer");
    const QString took = Wording::milliseconds(double(elapsedMs));
    if (outcome == Failed && errors.isEmpty())
        return tr("%1 · %2 · failed").arg(status, took);
    if (errors.isEmpty())
        return tr("%1 · %2 · %3").arg(status, took, Wording::bytes(answer.size()));
    const QString count =
        errors.size() == 1 ? tr("1 error") : tr("%1 errors").arg(Wording::count(errors.size()));
    return u"%1 · %2 · %3"_s.arg(status, took, count);
}

GraphQlResultLog::GraphQlResultLog(QObject *parent) : QAbstractListModel(parent)
{
}

int GraphQlResultLog::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant GraphQlResultLog::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[std::size_t(index.row())];
    switch (Role(role)) {
    case TitleRole:
        return entry.title;
    case OutcomeRole:
        return entry.outcome;
    case SummaryRole:
        return entry.summary();
    case TimeRole:
        return Wording::time(entry.askedAt);
    case AccessibleNameRole:
        return tr("%1, %2, %3").arg(entry.title, Wording::time(entry.askedAt), entry.summary());
    }
    return {};
}

QHash<int, QByteArray> GraphQlResultLog::roleNames() const
{
    return {{TitleRole, "title"},
            {OutcomeRole, "outcome"},
            {SummaryRole, "summary"},
            {TimeRole, "time"},
            {AccessibleNameRole, "accessibleName"}};
}

int GraphQlResultLog::running() const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const Entry &entry) { return entry.outcome == Running; }));
}

void GraphQlResultLog::setCurrent(int row)
{
    const qint64 id = row >= 0 && row < count() ? m_entries[std::size_t(row)].id : 0;
    if (m_current == id)
        return;
    m_current = id;
    Q_EMIT currentChanged();
}

QString GraphQlResultLog::droppedText() const
{
    return m_dropped > 0 ? tr("%1 older dropped").arg(Wording::count(m_dropped)) : QString();
}

void GraphQlResultLog::add(AppSync::GraphQlReply *reply, const QString &title,
                           const QString &document, const QByteArray &variables)
{
    Entry entry;
    entry.id = ++m_lastId;
    entry.title = title;
    entry.document = document;
    entry.variables = variables;
    entry.askedAt = QDateTime::currentDateTimeUtc();
    entry.reply = reply;
    entry.operationId = reply->operationId();
    beginInsertRows({}, 0, 0);
    m_entries.push_front(std::move(entry));
    endInsertRows();
    connect(reply, &AppSync::Reply::finished, this,
            [this, id = m_lastId, reply] { onFinished(id, *reply); });
    // The end of the session takes its replies with it, answered or not.
    connect(reply, &QObject::destroyed, this, [this, id = m_lastId] { abandon(id); });
    trim();
    Q_EMIT countChanged();
    Q_EMIT runningChanged();
    setCurrent(0);
}

void GraphQlResultLog::stop(int row)
{
    if (row < 0 || row >= count() || m_entries[std::size_t(row)].outcome != Running)
        return;
    Entry &entry = m_entries[std::size_t(row)];
    entry.outcome = Stopped;
    const QPointer<AppSync::GraphQlReply> reply = std::exchange(entry.reply, nullptr);
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT runningChanged();
    if (reply)
        reply->abort();
}

void GraphQlResultLog::stopAll()
{
    for (int row = 0; row < count(); ++row)
        stop(row);
}

void GraphQlResultLog::clear()
{
    setCurrent(-1);
    for (int row = count() - 1; row >= 0; --row) {
        if (m_entries[std::size_t(row)].outcome == Running)
            continue;
        beginRemoveRows({}, row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
    }
    m_dropped = 0;
    Q_EMIT countChanged();
}

void GraphQlResultLog::onFrame(const AppSync::Frame &frame)
{
    if (frame.transport != AppSync::Frame::Transport::Http
        || frame.direction == AppSync::Frame::Direction::Out)
        return;
    const auto it = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.outcome == Running && entry.operationId == frame.id;
    });
    if (it != m_entries.end())
        it->evidence.frame = frame;
}

void GraphQlResultLog::onFinished(qint64 id, const AppSync::GraphQlReply &reply)
{
    const int row = rowOf(id);
    if (row < 0 || m_entries[std::size_t(row)].outcome != Running)
        return;
    Entry &entry = m_entries[std::size_t(row)];
    const AppSync::GraphQlResult result = reply.result();
    entry.reply = nullptr;
    entry.error = reply.error();
    entry.errors = result.errors();
    entry.answer = result.json();
    entry.data = result.hasData() ? result.dataJson() : QByteArray();
    entry.httpStatus = reply.httpStatus();
    entry.requestId = reply.requestId();
    entry.elapsedMs = qint64(reply.elapsedMs());
    entry.outcome = entry.error.isError() ? Failed : entry.errors.isEmpty() ? Done : Partial;
    if (!entry.answer.isEmpty())
        entry.evidence.frame.reset(); // it says the same
    const QString outcome = entry.title + u": "_s + entry.summary();
    Q_EMIT dataChanged(index(row), index(row));
    trim();
    Q_EMIT runningChanged();
    if (m_current == id)
        Q_EMIT currentChanged();
    Q_EMIT finished(outcome);
}

void GraphQlResultLog::abandon(qint64 id)
{
    const int row = rowOf(id);
    if (row < 0 || m_entries[std::size_t(row)].outcome != Running)
        return;
    m_entries[std::size_t(row)].outcome = Stopped;
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT runningChanged();
}

//! What runs, and the newest, are kept whatever they cost.
void GraphQlResultLog::trim()
{
    qint64 bytes = 0;
    for (const Entry &entry : m_entries)
        bytes += entry.bytes();
    for (int row = count() - 1; row > 0 && (m_entries.size() > kKept || bytes > kByteBudget);
         --row) {
        const Entry &entry = m_entries[std::size_t(row)];
        if (entry.outcome == Running)
            continue;
        bytes -= entry.bytes();
        if (entry.id == m_current)
            setCurrent(-1);
        beginRemoveRows({}, row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
        ++m_dropped;
        Q_EMIT countChanged();
    }
}

int GraphQlResultLog::rowOf(qint64 id) const
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(),
                                 [id](const Entry &entry) { return entry.id == id; });
    return it == m_entries.end() ? -1 : int(it - m_entries.begin());
}

} // namespace Syncscope
