// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/doctorstep.h"

#include <AppSync/Client>

#include <QElapsedTimer>

namespace Syncscope {

class EventsCheck;
class GraphQlCheck;
class NetworkCheck;
class ServiceCheck;

//! What a Doctor looks at.
class DoctorCase {
public:
    QString given; //!< the endpoint as the user pasted it
    AppSync::Endpoint endpoint;
    AppSync::Error endpointProblem; //!< why it cannot be used, beyond what endpoint itself knows
    QList<DoctorStep::Fact> credentials; //!< which, from where; never the secrets
    AppSync::Error credentialProblem; //!< why there are none
    //! An EventsClient or a GraphQlClient, with endpoint, authorizers and network settings; the Doctor takes it
    //! over. Null without an endpoint.
    AppSync::Client *client = nullptr;
    QString channel; //!< of Events; empty: none is tried
    QString subscription; //!< of GraphQL, a document; empty: none is tried
    QByteArray variables; //!< of the subscription, JSON text of an object; empty: none
    std::chrono::milliseconds timeout{10'000}; //!< for each step
};

//! Connects step by step and says of each step how it went: what cannot be tried is skipped with the reason.
//! Of Events, with a channel, it subscribes, and publishes marked events that others on the channel see too. Of
//! GraphQL it queries over HTTP, and with a subscription subscribes.
class Doctor : public QObject {
    Q_OBJECT

public:
    explicit Doctor(const DoctorCase &doctorCase, QObject *parent = nullptr);
    ~Doctor() override;

    //! Once.
    void start();
    //! No further signals.
    void cancel();

    [[nodiscard]] QList<DoctorStep> steps() const { return m_steps; }
    //! The first step that failed, if one did: the others may be its consequences.
    [[nodiscard]] std::optional<DoctorStep> firstFailure() const;

Q_SIGNALS:
    void stepStarted(Syncscope::DoctorStep::Kind kind);
    void stepFinished(const Syncscope::DoctorStep &step);
    void finished();

private:
    void next();
    void begin(DoctorStep::Kind kind);
    void conclude(DoctorStep step);
    //! Empty if the step can be tried.
    [[nodiscard]] QString reasonToSkip(DoctorStep::Kind kind) const;
    [[nodiscard]] QString reasonToSkipHttp() const;
    [[nodiscard]] QString reasonToSkipQuery(DoctorStep::Kind kind) const;
    [[nodiscard]] QString reasonToSkipChannel(DoctorStep::Kind kind) const;
    void subscribe();
    [[nodiscard]] bool has(DoctorStep::Kind kind, DoctorStep::Outcome outcome) const;
    [[nodiscard]] bool isPlain() const;
    [[nodiscard]] DoctorStep endpointStep() const;
    [[nodiscard]] DoctorStep credentialsStep() const;

    const DoctorCase m_case;
    NetworkCheck *m_network = nullptr;
    ServiceCheck *m_service = nullptr; //!< one of the following two
    EventsCheck *m_events = nullptr;
    GraphQlCheck *m_graphQl = nullptr;
    QList<DoctorStep::Kind> m_plan; //!< the steps in their order
    QList<DoctorStep> m_steps;
    bool m_cancelled = false;
};

} // namespace Syncscope
