// SPDX-License-Identifier: Apache-2.0
#include "interactivesource.h"

#include <QMetaMethod>

namespace AppSync {

InteractiveSource::InteractiveSource(QObject *parent) : QObject(parent)
{
}

bool InteractiveSource::hasAudience() const
{
    return isSignalConnected(QMetaMethod::fromSignal(&InteractiveSource::interactionRequired));
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
    Q_EMIT interactionRequired(interaction);
}

} // namespace AppSync
