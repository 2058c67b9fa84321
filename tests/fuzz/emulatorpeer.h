// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QPointer>

class FakeSocket;

namespace AppSync::Emulation {
class Apis;
class FrontDoor;
} // namespace AppSync::Emulation

namespace Fuzz {

inline constexpr char kApiKey[] = "da2-fuzz"; //!< accepted by the emulator of these targets

//! A client of the emulator that needs no network. All clients share one emulator, as in life.
class EmulatorPeer {
public:
    EmulatorPeer();
    //! Goes, and checks that the emulator keeps nothing of it.
    ~EmulatorPeer();

    void send(const QByteArray &bytes);
    //! Sends \a bytes and goes before the emulator has seen to them.
    void sendAndGo(const QByteArray &bytes);
    //! What the emulator sent since the last call.
    [[nodiscard]] QByteArray take();
    //! The emulator has not closed the connection.
    [[nodiscard]] bool isConnected() const;
    [[nodiscard]] static AppSync::Emulation::Apis &apis();

private:
    static AppSync::Emulation::FrontDoor &door();

    QByteArray m_received;
    QPointer<FakeSocket> m_socket;
};

} // namespace Fuzz
