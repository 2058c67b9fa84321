// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replayplan.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;

namespace Syncscope {

std::optional<double> ReplayPlan::speedOf(const QString &text)
{
    if (text == u"max")
        return kMaximum;
    bool isNumber = false;
    const double speed = (text.endsWith(u'x') ? text.chopped(1) : text).toDouble(&isNumber);
    return isNumber && speed >= kSlowest && speed <= kFastest ? std::optional(speed) : std::nullopt;
}

bool ReplayPlan::addMapping(const QString &from, const QString &to)
{
    if (from.isEmpty() || to.isEmpty())
        return false;
    const QString old = AppSync::Validation::normalizedChannel(from);
    const QString fresh = AppSync::Validation::normalizedChannel(to);
    if (fresh.contains(u'*') && !old.endsWith(u"/*"))
        return false;
    map.append({old, fresh});
    return true;
}

QString ReplayPlan::target(const QString &channel) const
{
    if (!to.isEmpty())
        return to;
    for (const auto &[from, into] : map) {
        if (channel == from && !into.contains(u'*'))
            return into;
        const bool isBelow = from.endsWith(u"/*") && channel.startsWith(from.chopped(1));
        if (isBelow && into.endsWith(u"/*") && !channel.contains(u'*'))
            return into.chopped(1) + channel.sliced(from.size() - 1);
        if (isBelow && !into.contains(u'*'))
            return into;
    }
    return channel.contains(u'*') ? QString() : channel;
}

} // namespace Syncscope
