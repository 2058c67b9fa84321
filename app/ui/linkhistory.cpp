// SPDX-License-Identifier: Apache-2.0
#include "app/ui/linkhistory.h"

#include <algorithm>

namespace Syncscope {

using State = AppSync::Connection::State;

namespace {

constexpr std::size_t kRememberedGaps = 16;

//! All subscriptions of one connection were cut at the same moment, and each of them once: two losses can
//! fall into one millisecond.
bool isSameLoss(const LinkNote &note, const AppSync::Gap &gap)
{
    return note.from == gap.from
        && std::none_of(
               note.channels.begin(), note.channels.end(),
               [&gap](const LinkNote::Channel &channel) { return channel.name == gap.channel; });
}

} // namespace

LinkHistory::LinkHistory(AppSync::Connection *connection, FrameLog *log, QObject *parent)
    : QObject(parent), m_connection(connection), m_log(log)
{
    connect(connection, &AppSync::Connection::stateChanged, this, &LinkHistory::onStateChanged);
    connect(connection, &AppSync::Connection::renewed, this, &LinkHistory::onRenewed);
}

void LinkHistory::addGap(const AppSync::Gap &gap)
{
    const LinkNote::Channel channel{gap.channel, gap.to};
    const auto known = std::find_if(m_gaps.begin(), m_gaps.end(), [&gap](const WrittenNote &other) {
        return isSameLoss(other.note, gap);
    });
    if (known != m_gaps.end()) {
        known->note.channels += channel;
        if (m_log->amend(known->number, known->note))
            return;
        m_gaps.erase(known); // its record is gone: this is all that is left to tell
    }
    LinkNote note;
    note.kind = LinkNote::Kind::Gap;
    note.at = gap.to;
    note.from = gap.from;
    note.reason = gap.reason;
    note.channels = {channel};
    m_gaps.push_back({m_log->append(note), note});
    if (m_gaps.size() > kRememberedGaps)
        m_gaps.pop_front();
}

void LinkHistory::onStateChanged(State state)
{
    if (state == State::Ready)
        onReady();
    else if (m_readySince.isValid())
        onLeftReady(state);
    else if (state == State::Backoff && m_brokenSince.isValid())
        onAttemptFailed();
    else if (state == State::Disconnected && m_brokenSince.isValid()
             && m_connection->error().isError()) {
        LinkNote note;
        note.kind = LinkNote::Kind::GaveUp;
        note.at = m_connection->stateSince();
        note.from = m_brokenSince;
        note.attempt = m_connection->attempt();
        note.reason = m_connection->error();
        m_log->append(note);
    }
}

void LinkHistory::onLeftReady(State state)
{
    LinkNote note;
    m_failedAttempts.reset();
    note.at = m_brokenSince = m_connection->stateSince();
    note.from = std::exchange(m_readySince, QDateTime());
    note.reason = m_cause = m_connection->error();
    note.kind = note.reason.isError() ? LinkNote::Kind::Lost : LinkNote::Kind::Closed;
    note.isRetried = state != State::Disconnected;
    m_log->append(note);
}

//! A service that is gone for hours is one line, not hundreds.
void LinkHistory::onAttemptFailed()
{
    LinkNote note;
    note.kind = LinkNote::Kind::AttemptFailed;
    note.isRetried = true;
    note.at = m_connection->stateSince();
    note.from = m_brokenSince;
    note.attempt = m_connection->attempt() - 1; // the one that is due has not failed yet
    note.reason = m_connection->error();
    if (m_failedAttempts && m_failedAttempts->note.reason.message == note.reason.message) {
        note.at = m_failedAttempts->note.at;
        if (m_log->amend(m_failedAttempts->number, note))
            return;
    }
    m_failedAttempts = {m_log->append(note), note};
}

void LinkHistory::onRenewed()
{
    LinkNote note;
    note.kind = LinkNote::Kind::Renewed;
    note.at = QDateTime::currentDateTimeUtc();
    note.from = std::exchange(m_readySince, note.at);
    m_log->append(note);
}

void LinkHistory::onReady()
{
    m_failedAttempts.reset();
    m_readySince = m_connection->stateSince();
    if (!m_brokenSince.isValid())
        return; // the first connection is no news
    LinkNote note;
    note.kind = LinkNote::Kind::Restored;
    note.at = m_readySince;
    note.from = std::exchange(m_brokenSince, QDateTime());
    note.attempt = m_connection->attempt();
    note.reason = std::exchange(m_cause, {});
    m_log->append(note);
}

} // namespace Syncscope
