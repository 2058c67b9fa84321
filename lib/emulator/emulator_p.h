// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "control/apis_p.h"
#include "emulator.h"
#include "graphql/executableschema_p.h"
#include "http/certificate_p.h"
#include "http/frontdoor_p.h"
#include "randomtext_p.h"
#include "realm_p.h"
#include "scenario/scenario_p.h"
#include "scenario/scenarioplayer_p.h"

#include <QDeadlineTimer>
#include <QTimer>

namespace AppSync {

class Emulator::Private {
public:
    explicit Private(Emulator *emulator);

    [[nodiscard]] bool prepare(const Options &wanted);
    [[nodiscard]] LambdaAuthorizer makeAuthorizer() const;
    [[nodiscard]] bool prepareTls();
    [[nodiscard]] bool prepareSchema();
    [[nodiscard]] bool open();
    void watch(Emulation::EventsApi *api);
    void openControl();
    void stop();
    [[nodiscard]] QList<Emulation::EventsApi *> all() const;
    void look();
    [[nodiscard]] QUrl url(const QString &scheme, const QString &path) const;
    void publish(const Emulation::ScenarioStep &step) const;
    [[nodiscard]] QString missingNamespace(const Emulation::Scenario &scenario) const;

    Emulator *q;
    // Made once, so that clients still know a server that was closed and opened again.
    Emulation::Realm realm{QLatin1StringView("da2-")
                           + Emulation::RandomText::letters(26, Emulation::RandomText::kApiKey)};
    std::optional<Emulation::ServerIdentity> madeIdentity;

    Options options;
    std::shared_ptr<const Emulation::ExecutableSchema> schema; //!< of GraphQL
    std::optional<Emulation::ServerIdentity> identity; //!< of the present TLS server
    std::unique_ptr<Emulation::Apis> apis; //!< set while listening
    std::unique_ptr<Emulation::FrontDoor> door;
    std::unique_ptr<Emulation::ScenarioPlayer> player;
    double speed = 1;
    EmulatorMetrics lastMetrics; //!< of the time before it was closed
    QTimer end; //!< runs while it shuts down
    QDeadlineTimer patience; //!< of that
    QString problem;
    bool portTaken = false;
};

} // namespace AppSync
