// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/notice.h"

#include <AppSync/Emulator>
#include <AppSync/Endpoint>

namespace Syncscope {

//! The local AppSync inside the program, with the demo scenario playing. Loopback only.
class Sandbox : public QObject {
    Q_OBJECT

public:
    explicit Sandbox(QObject *parent = nullptr);

    //! Listens and plays; does nothing while it runs. False: problem() says why not.
    bool start();
    [[nodiscard]] bool isRunning() const { return m_emulator.isListening(); }
    [[nodiscard]] Notice problem() const { return m_problem; }
    [[nodiscard]] AppSync::Endpoint endpoint() const;
    [[nodiscard]] QString apiKey() const { return m_emulator.apiKey(); }
    //! What the demo publishes to.
    [[nodiscard]] static QString demoChannel();

private:
    AppSync::Emulator m_emulator;
    Notice m_problem;
};

} // namespace Syncscope
