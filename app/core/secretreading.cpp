// SPDX-License-Identifier: Apache-2.0
#include "app/core/secretreading.h"

namespace Syncscope {

SecretReading::SecretReading(SecretStore *store, const QList<Wanted> &wanted,
                             std::function<void(const Values &)> use, QObject *parent)
    : QObject(parent), m_store(store), m_wanted(wanted), m_use(std::move(use))
{
}

void SecretReading::await(AppSync::InteractiveReply *waiting,
                          const std::function<void(const AppSync::Error &)> &then)
{
    if (m_isDone)
        return then({});
    m_waiting.append({waiting, then});
    if (m_pending.isEmpty())
        start();
    for (SecretReply *pending : std::as_const(m_pending))
        waiting->follow(pending);
}

void SecretReading::start()
{
    for (const Wanted &wanted : m_wanted) {
        if (!wanted.reference.isSet() || !m_store)
            continue;
        SecretReply *reply = m_store->read(wanted.reference);
        m_pending.append(reply);
        connect(reply, &AppSync::Reply::finished, this,
                [this, wanted, reply] { onRead(wanted, reply); });
    }
    if (m_pending.isEmpty())
        end();
}

void SecretReading::onRead(const Wanted &wanted, SecretReply *reply)
{
    using Outcome = SecretReply::Outcome;
    const Outcome outcome = reply->outcome();
    const bool isMissing = outcome == Outcome::NotFound || outcome == Outcome::NoService;
    if (outcome == Outcome::Done) {
        m_values.insert(wanted.role, reply->secret());
        Q_EMIT secretKnown(reply->secret());
    } else if (!(isMissing && wanted.mayBeMissing) && !m_error.isError()) {
        m_error = reply->error();
    }
    m_pending.removeOne(reply);
    if (m_pending.isEmpty())
        end();
}

void SecretReading::end()
{
    const AppSync::Error error = std::exchange(m_error, {});
    const Values values = std::exchange(m_values, {});
    m_isDone = !error.isError();
    if (m_isDone)
        m_use(values);
    for (const Waiting &waiting : std::exchange(m_waiting, {})) {
        if (waiting.reply && !waiting.reply->isFinished())
            waiting.then(error);
    }
}

} // namespace Syncscope
