// SPDX-License-Identifier: Apache-2.0
#include "faultrules_p.h"

#include "../wildcard_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

using Kind = FaultPlan::Kind;

constexpr size_t kKindCount = size_t(Kind::HtmlEscapedSignatures) + 1;

//! Lots are drawn once per connection, not each time.
bool isOfConnection(Kind kind)
{
    switch (kind) {
    case Kind::DropAfterFrames:
    case Kind::CutInsideFrame:
    case Kind::SilentAfterFrames:
    case Kind::HalfOpen:
    case Kind::CloseCode:
        return true;
    default:
        return false;
    }
}

//! What the service says along with the type.
QString usualMessage(const QString &errorType)
{
    if (errorType == "LimitExceededError"_L1)
        return u"Rate limit exceeded"_s;
    if (errorType == "SubscriptionProcessingError"_L1)
        return u"There was an error processing the operation"_s;
    if (errorType == "MessageProcessingError"_L1)
        return u"There was an error processing the message"_s;
    if (errorType == "UnauthorizedException"_L1)
        return u"You are not authorized to make this call."_s;
    return {};
}

int usualStatus(const QString &errorType)
{
    if (errorType == "LimitExceededError"_L1)
        return 429;
    if (errorType.startsWith("Unauthorized"_L1))
        return 401;
    if (errorType == "AccessDeniedException"_L1)
        return 403;
    const bool isServers = errorType.startsWith("Internal"_L1)
        || errorType.startsWith("ServiceUnavailable"_L1)
        || errorType.endsWith("ProcessingError"_L1);
    return isServers ? 500 : 400;
}

bool isChannelOf(const QString &pattern, const QString &channel)
{
    QStringView wanted(pattern);
    if (wanted.startsWith(u'/'))
        wanted = wanted.sliced(1);
    // A namespace alone means all of it, as `ns/*` does.
    return matchesWildcards(wanted, channel)
        || (!wanted.contains(u'/') && matchesWildcards(wanted, channel.section(u'/', 0, 0)));
}

} // namespace

FaultRules::FaultRules(quint32 seed, std::function<Clock::time_point()> now)
    : m_seed(seed), m_now(std::move(now)), m_rules(kKindCount), m_random(seed)
{
    set({});
}

void FaultRules::set(const FaultPlan &plan)
{
    m_start = m_now();
    m_plan = plan;
    m_always = plan;
    m_random.seed(m_seed);
    m_rules.assign(kKindCount, {});
    quint32 salt = m_seed;
    for (const Fault &fault : plan.toList()) {
        salt = salt * 2654435761U + 1;
        m_rules[size_t(fault.kind)].push_back({fault, QRandomGenerator(salt), salt});
        if (!fault.isUnconditional())
            continue;
        m_always.eventAsArray |= fault.kind == Kind::EventAsArray;
        m_always.errorsAsObject |= fault.kind == Kind::ErrorsAsObject;
        m_always.errorsWithoutMessage |= fault.kind == Kind::ErrorsWithoutMessage;
        m_always.numericFailureCode |= fault.kind == Kind::NumericFailureCode;
        m_always.htmlEscapedSignatures |= fault.kind == Kind::HtmlEscapedSignatures;
    }
    m_concernsFrames = has({Kind::DropAfterFrames, Kind::CutInsideFrame, Kind::SilentAfterFrames});
    const auto isConditional = [this](Kind kind) {
        const auto &rules = m_rules[size_t(kind)];
        return std::any_of(rules.begin(), rules.end(),
                           [](const Rule &rule) { return !rule.fault.isUnconditional(); });
    };
    m_concernsDeliveries =
        has({Kind::DeliveryGap, Kind::DeliveryDelay, Kind::LoseEvents, Kind::BroadcastError})
        || isConditional(Kind::EventAsArray);
    m_hasForms = isConditional(Kind::EventAsArray) || isConditional(Kind::ErrorsAsObject)
        || isConditional(Kind::ErrorsWithoutMessage) || isConditional(Kind::NumericFailureCode);
}

bool FaultRules::has(std::initializer_list<Kind> kinds) const
{
    return std::any_of(kinds.begin(), kinds.end(),
                       [this](Kind kind) { return !m_rules[size_t(kind)].empty(); });
}

const FaultRules::Fault *FaultRules::find(Kind kind, const FaultTarget &target)
{
    for (Rule &rule : m_rules[size_t(kind)]) {
        if (!mayHit(rule, target) || !applies(rule, target) || !isDrawn(rule, target))
            continue;
        countHit(rule, target);
        return &rule.fault;
    }
    return nullptr;
}

bool FaultRules::mayHit(const Rule &rule, const FaultTarget &target)
{
    return rule.fault.times == 0 || rule.hits < rule.fault.times
        || rule.connections.contains(target.number);
}

//! A connection that a fault of connections has hit stays hit.
void FaultRules::countHit(Rule &rule, const FaultTarget &target)
{
    if (rule.fault.times == 0 || rule.connections.contains(target.number))
        return;
    ++rule.hits;
    if (isOfConnection(rule.fault.kind))
        rule.connections.insert(target.number);
}

bool FaultRules::applies(const Rule &rule, const FaultTarget &target) const
{
    const Fault &fault = rule.fault;
    if (fault.from.count() > 0 || fault.duration.count() > 0) {
        const auto passed = m_now() - m_start;
        if (passed < fault.from)
            return false;
        if (fault.duration.count() > 0 && passed >= fault.from + fault.duration)
            return false;
    }
    const auto fits = [](const QString &pattern, const QString &text) {
        return pattern.isEmpty() || matchesWildcards(pattern, text);
    };
    const auto isPeer = [&] {
        return fits(fault.peer, target.peer)
            || matchesWildcards(fault.peer, target.peer.section(u':', 0, -2));
    };
    const auto isConnection = [&] {
        return fault.connection.isEmpty()
            || (target.number > 0 && fault.connection == QString::number(target.number));
    };
    return isConnection() && isPeer() && fits(fault.authType, target.authType)
        && fits(fault.user, target.user)
        && (fault.channel.isEmpty() || isChannelOf(fault.channel, target.channel));
}

bool FaultRules::isDrawn(Rule &rule, const FaultTarget &target) const
{
    if (rule.fault.rate >= 1)
        return true;
    if (isOfConnection(rule.fault.kind) && target.number > 0) {
        QRandomGenerator lot(rule.salt ^ quint32(target.number * 2246822519U));
        lot.discard(8); // seeds that are alike begin alike
        return lot.generateDouble() < rule.fault.rate;
    }
    return rule.random.generateDouble() < rule.fault.rate;
}

std::chrono::milliseconds FaultRules::delay(Kind kind, const FaultTarget &target)
{
    const Fault *fault = find(kind, target);
    return std::chrono::milliseconds(fault ? fault->value : 0);
}

std::optional<ServiceError> FaultRules::error(Kind kind, const FaultTarget &target,
                                              const QString &usualType)
{
    const Fault *fault = find(kind, target);
    if (!fault)
        return std::nullopt;
    ServiceError error;
    error.type = fault->errorType.isEmpty() ? usualType : fault->errorType;
    error.message = fault->message.isEmpty() ? usualMessage(error.type) : fault->message;
    error.httpStatus = kind == Kind::HttpError ? fault->value : usualStatus(error.type);
    error.code = kind == Kind::RefuseConnect ? error.httpStatus : 0;
    error.reason = u"by the fault plan"_s;
    return error;
}

const FaultPlan &FaultRules::forms(const FaultTarget &target)
{
    if (!m_hasForms)
        return m_always;
    m_forms = m_always;
    m_forms.eventAsArray = happens(Kind::EventAsArray, target);
    m_forms.errorsAsObject = happens(Kind::ErrorsAsObject, target);
    m_forms.errorsWithoutMessage = happens(Kind::ErrorsWithoutMessage, target);
    m_forms.numericFailureCode = happens(Kind::NumericFailureCode, target);
    return m_forms;
}

QList<std::chrono::milliseconds> FaultRules::strikes() const
{
    QList<std::chrono::milliseconds> times;
    for (const Kind kind : {Kind::HalfOpen, Kind::CloseCode}) {
        for (const Rule &rule : m_rules[size_t(kind)])
            times.append(rule.fault.from);
    }
    return times;
}

} // namespace AppSync::Emulation
