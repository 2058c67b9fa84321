// SPDX-License-Identifier: Apache-2.0
#include "emulatorpeer.h"

#include "fakesocket.h"
#include "fuzz.h"

#include "lib/emulator/control/apis_p.h"
#include "lib/emulator/emulator.h"
#include "lib/emulator/events/eventsapi_p.h"
#include "lib/emulator/http/frontdoor_p.h"
#include "lib/emulator/http/httpconnection_p.h"
#include "lib/emulator/realm_p.h"

#include <QCoreApplication>

#include <utility>

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace Fuzz {

namespace {

constexpr int kPeersPerEventLoop = 64;

//! Everything that is due now, without waiting for timers: as long as it leads to more in \a received.
void settle(const QByteArray &received)
{
    qsizetype before = 0;
    do {
        before = received.size();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    } while (received.size() != before);
}

Emulator::Options optionsWith(const Emulation::Realm &realm)
{
    Emulator::Options options;
    options.apiKeys = realm.apiKeys();
    for (const QString &name : {u"default"_s, u"public"_s})
        options.namespaces.append({name});
    return options;
}

} // namespace

Emulation::Apis &EmulatorPeer::apis()
{
    // Never destroyed: statics of Qt, which it needs for that, may be gone by then.
    static auto &realm = *new Emulation::Realm(QString::fromLatin1(kApiKey));
    static auto &apis = *new Emulation::Apis(optionsWith(realm), realm, nullptr);
    return apis;
}

Emulation::FrontDoor &EmulatorPeer::door()
{
    static auto &door = *new Emulation::FrontDoor(apis(), nullptr);
    return door;
}

EmulatorPeer::EmulatorPeer() : m_socket(new FakeSocket(&m_received))
{
    door().serve(m_socket);
}

EmulatorPeer::~EmulatorPeer()
{
    if (m_socket)
        m_socket->disconnectFromHost();
    settle(m_received);
    FUZZ_CHECK(!m_socket);
    FUZZ_CHECK(apis().first().sessionCount() == 0);
    FUZZ_CHECK(apis().first().subscriptionCount() == 0);
    FUZZ_CHECK(!door().findChild<Emulation::HttpConnection *>());
    // Qt keeps a timer for each handshake; those that are over end in the event loop.
    static int count = 0;
    if (++count % kPeersPerEventLoop == 0)
        QCoreApplication::processEvents();
}

void EmulatorPeer::send(const QByteArray &bytes)
{
    if (m_socket)
        m_socket->receive(bytes);
    settle(m_received);
}

void EmulatorPeer::sendAndGo(const QByteArray &bytes)
{
    m_socket->receive(bytes);
    if (m_socket)
        m_socket->disconnectFromHost();
}

QByteArray EmulatorPeer::take()
{
    return std::exchange(m_received, {});
}

bool EmulatorPeer::isConnected() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

} // namespace Fuzz
