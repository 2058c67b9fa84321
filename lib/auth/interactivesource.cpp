// SPDX-License-Identifier: Apache-2.0
#include "interactivesource.h"

#include <QMetaMethod>

namespace AppSync {

InteractiveSource::InteractiveSource(QObject *parent) : QObject(parent)
{
}

bool InteractiveSource::hasAudience() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&InteractiveSource::interactionRequired))
        || (m_outer && m_outer->hasAudience());
}

Error InteractiveSource::nobodyToAsk(const QString &what) const
{
    return Error::local(Error::Kind::InvalidInput,
                        tr("%1 needs a person: %2").arg(displayName(), what),
                        tr("Sign in where somebody can answer, then try again."));
}

void InteractiveSource::show(Interaction *interaction)
{
    if (interaction->isClosed())
        return;
    if (!interaction->deadline().isValid())
        interaction->setDeadline(
            QDateTime::currentDateTimeUtc().addSecs(std::chrono::seconds(kPatience).count()));
    const QPointer<Interaction> shown(interaction);
    Q_EMIT interactionRequired(interaction);
    // Whoever saw it may have answered at once.
    if (m_outer && shown && !shown->isClosed())
        m_outer->show(interaction);
}

} // namespace AppSync
