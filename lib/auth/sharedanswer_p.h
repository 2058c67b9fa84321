// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "../core/error.h"

#include <QList>
#include <QPointer>

#include <functional>
#include <optional>

namespace AppSync {

//! One answer for many who ask: those who ask while it is being fetched wait for the same fetch, and those who
//! ask later get it until shortly before it expires. \a Value has `expiresAt`; \a ReplyType is finished by
//! `deliver`.
template <class ReplyType, class Value> class SharedAnswer {
public:
    //! \a fetch is called where there is nothing to give; it ends in succeed() or fail(). \a deliver ends one
    //! reply with a value. \a early: how long before its end a value is not given any more.
    SharedAnswer(std::function<void()> fetch,
                 std::function<void(ReplyType *, const Value &)> deliver,
                 std::chrono::seconds early)
        : m_fetch(std::move(fetch)), m_deliver(std::move(deliver)), m_early(early)
    {
    }

    void setClock(Clock *clock) { m_clock = clock; }

    ReplyType *ask(QObject *parent)
    {
        auto *reply = new ReplyType(parent);
        if (isFresh()) {
            m_deliver(reply, *m_value);
            return reply;
        }
        reply->setWaitingForPerson(m_isWaitingForPerson);
        m_waiting.append(reply);
        if (!std::exchange(m_isFetching, true))
            m_fetch();
        return reply;
    }

    void succeed(const Value &value)
    {
        m_value = value;
        end([this, value](ReplyType *reply) { m_deliver(reply, value); });
    }

    void fail(const Error &error)
    {
        end([error](ReplyType *reply) { reply->fail(error); });
    }

    //! While a person is asked, the deadlines of those who wait stand still.
    void setWaitingForPerson(bool isWaiting)
    {
        m_isWaitingForPerson = isWaiting;
        for (const QPointer<ReplyType> &reply : std::as_const(m_waiting)) {
            if (reply)
                reply->setWaitingForPerson(isWaiting);
        }
    }

    void forget() { m_value.reset(); } //!< the next one who asks starts a fetch
    void set(const Value &value) { m_value = value; } //!< without anybody having asked
    [[nodiscard]] const std::optional<Value> &value() const { return m_value; } //!< expired or not
    [[nodiscard]] bool isFetching() const { return m_isFetching; }
    [[nodiscard]] bool isFresh() const
    {
        return m_value
            && (!m_value->expiresAt.isValid()
                || m_value->expiresAt.toMSecsSinceEpoch()
                    > m_clock->wallMs() + std::chrono::milliseconds(m_early).count());
    }

private:
    void end(const std::function<void(ReplyType *)> &finish)
    {
        m_isFetching = false;
        m_isWaitingForPerson = false;
        // Replies finish from the event loop, so nobody asks anew meanwhile.
        for (const QPointer<ReplyType> &reply : std::exchange(m_waiting, {})) {
            if (reply)
                finish(reply);
        }
    }

    std::function<void()> m_fetch;
    std::function<void(ReplyType *, const Value &)> m_deliver;
    std::chrono::seconds m_early;
    Clock *m_clock = Clock::system();
    std::optional<Value> m_value;
    QList<QPointer<ReplyType>> m_waiting;
    bool m_isFetching = false;
    bool m_isWaitingForPerson = false;
};

} // namespace AppSync
