// SPDX-License-Identifier: Apache-2.0
#include "app/ui/subscriptionstory.h"

#include "app/ui/wording.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Syncscope::SubscriptionStory {

using AppSync::Subscription;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SubscriptionStory", text);
}

QString between(const QDateTime &from, const QDateTime &to)
{
    return Wording::span(std::chrono::milliseconds(from.msecsTo(to)));
}

} // namespace

bool isAsked(const Subscription &subscription)
{
    return subscription.state() == Subscription::State::Pending
        && subscription.requestedAt().isValid() && !subscription.acknowledgedAt().isValid();
}

QString progress(const Subscription &subscription)
{
    const bool isPending = subscription.state() == Subscription::State::Pending;
    if (isAsked(subscription))
        return tr("requested at %1, not acknowledged yet")
            .arg(Wording::time(subscription.requestedAt()));
    if (isPending)
        return tr("waiting for the connection");
    if (!subscription.requestedAt().isValid())
        return tr("not requested");
    if (!subscription.acknowledgedAt().isValid())
        return tr("not acknowledged");
    const QString acknowledged =
        tr("acknowledged after %1")
            .arg(between(subscription.requestedAt(), subscription.acknowledgedAt()));
    if (!subscription.firstEventAt().isValid())
        return tr("%1, no event yet").arg(acknowledged);
    return tr("%1, first event %2 later")
        .arg(acknowledged, between(subscription.acknowledgedAt(), subscription.firstEventAt()));
}

QString story(const Subscription &subscription)
{
    QStringList lines;
    if (subscription.requestedAt().isValid())
        lines += tr("Requested %1").arg(Wording::time(subscription.requestedAt()));
    if (subscription.acknowledgedAt().isValid())
        lines += tr("Acknowledged in %1")
                     .arg(between(subscription.requestedAt(), subscription.acknowledgedAt()));
    if (subscription.firstEventAt().isValid())
        lines += tr("First event %1 later")
                     .arg(between(subscription.acknowledgedAt(), subscription.firstEventAt()));
    else if (subscription.state() == Subscription::State::Subscribed)
        lines += tr("No event yet");
    if (subscription.state() == Subscription::State::Pending && !isAsked(subscription))
        lines += tr("Waiting for the connection");
    return lines.join(u'\n');
}

QString endText(Subscription::EndReason reason)
{
    switch (reason) {
    case Subscription::EndReason::Unsubscribed:
        return tr("unsubscribed");
    case Subscription::EndReason::Cancelled:
        return tr("cancelled before the acknowledgement");
    case Subscription::EndReason::ClientClosed:
        return tr("the connection was closed");
    case Subscription::EndReason::Completed:
        return tr("ended by the server");
    case Subscription::EndReason::Refused:
        return tr("refused");
    case Subscription::EndReason::TimedOut:
        return tr("not acknowledged in time");
    case Subscription::EndReason::ConnectionFailed:
        break;
    }
    return tr("the connection failed for good");
}

} // namespace Syncscope::SubscriptionStory
