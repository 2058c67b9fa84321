// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../faultplan.h"
#include "../serviceerror_p.h"

#include <QRandomGenerator>
#include <QSet>

#include <functional>
#include <vector>

namespace AppSync::Emulation {

//! Whom a fault may hit: what is known of a client at that moment.
struct FaultTarget {
    quint64 number = 0; //!< of the connection; 0: an HTTP request
    QString peer = {}; //!< `ADDRESS:PORT`
    QString authType = {};
    QString user = {};
    QString channel = {}; //!< without slashes at its ends; of the operation or the event

    [[nodiscard]] FaultTarget on(const QString &toChannel) const
    {
        FaultTarget target = *this;
        target.channel = toChannel;
        return target;
    }
};

//! A plan at work: says whether a fault happens here and now. Asking draws lots where a fault has a rate, so
//! ask once per occasion. What it draws depends on the seed and on how often that one fault was considered,
//! or for faults of a connection on the connection's number: other traffic changes nothing.
class FaultRules {
public:
    using Clock = std::chrono::steady_clock;
    using Fault = FaultPlan::Fault;
    using Kind = FaultPlan::Kind;

    explicit FaultRules(quint32 seed, std::function<Clock::time_point()> now = Clock::now);

    void set(const FaultPlan &plan); //!< its time starts now
    [[nodiscard]] const FaultPlan &plan() const { return m_plan; }
    //! The plan with every fault that hits everybody every time in its short member, if it has one.
    [[nodiscard]] const FaultPlan &always() const { return m_always; }

    //! The first fault of \a kind that happens to \a target now; null: none. Good until set().
    const Fault *find(Kind kind, const FaultTarget &target);
    bool happens(Kind kind, const FaultTarget &target) { return find(kind, target) != nullptr; }
    //! The milliseconds that Kind stands for; 0: it does not happen.
    std::chrono::milliseconds delay(Kind kind, const FaultTarget &target);
    //! The error of Kind, if it happens. \a usualType: where the fault names none.
    std::optional<ServiceError> error(Kind kind, const FaultTarget &target,
                                      const QString &usualType);
    //! Which forms what is sent to \a target has. Good until the next call.
    const FaultPlan &forms(const FaultTarget &target);

    //! Whether any frame of a connection may have to be counted, and any delivery to be looked at.
    [[nodiscard]] bool concernsFrames() const { return m_concernsFrames; }
    [[nodiscard]] bool concernsDeliveries() const { return m_concernsDeliveries; }
    //! When faults begin that strike connections which are open then, from set() on.
    [[nodiscard]] QList<std::chrono::milliseconds> strikes() const;
    //! For shuffling.
    QRandomGenerator &random() { return m_random; }

private:
    struct Rule {
        Fault fault;
        QRandomGenerator random;
        quint32 salt = 0;
        int hits = 0;
        QSet<quint64> connections = {}; //!< that a fault of connections with `times` has hit
    };

    [[nodiscard]] bool applies(const Rule &rule, const FaultTarget &target) const;
    [[nodiscard]] static bool mayHit(const Rule &rule, const FaultTarget &target);
    static void countHit(Rule &rule, const FaultTarget &target);
    [[nodiscard]] bool isDrawn(Rule &rule, const FaultTarget &target) const;
    [[nodiscard]] bool has(std::initializer_list<Kind> kinds) const;

    const quint32 m_seed;
    const std::function<Clock::time_point()> m_now;
    Clock::time_point m_start;
    FaultPlan m_plan;
    FaultPlan m_always;
    FaultPlan m_forms;
    std::vector<std::vector<Rule>> m_rules; //!< by Kind
    QRandomGenerator m_random;
    bool m_concernsFrames = false;
    bool m_concernsDeliveries = false;
    bool m_hasForms = false; //!< conditional ones
};

} // namespace AppSync::Emulation
