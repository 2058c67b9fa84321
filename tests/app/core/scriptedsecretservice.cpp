// SPDX-License-Identifier: Apache-2.0
#include "scriptedsecretservice.h"

#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace {

const QString kConnection = u"scripted secret service"_s;
const QString kPath = u"/org/freedesktop/secrets"_s;
const QString kService = u"org.freedesktop.secrets"_s;

} // namespace

ScriptedSecretService::ScriptedSecretService(Behaviour behaviour)
    : m_behaviour(behaviour)
    , m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, kConnection))
{
    m_isThere = m_bus.registerVirtualObject(kPath, this, QDBusConnection::SubPath)
        && m_bus.registerService(kService);
}

ScriptedSecretService::~ScriptedSecretService()
{
    m_bus.unregisterService(kService);
    m_bus.unregisterObject(kPath);
    QDBusConnection::disconnectFromBus(kConnection);
}

QString ScriptedSecretService::introspect(const QString &) const
{
    return {};
}

bool ScriptedSecretService::handleMessage(const QDBusMessage &message,
                                          const QDBusConnection &connection)
{
    ++m_calls;
    if (m_behaviour == Behaviour::Silent)
        return true;
    QDBusMessage reply = message.createErrorReply(u"org.freedesktop.Secret.Error.IsLocked"_s,
                                                  u"access is not allowed"_s);
    if (message.member() == u"ReadAlias")
        reply = message.createReply(QVariant::fromValue(QDBusObjectPath(kPath + u"/one"_s)));
    else if (message.member() == u"Get")
        reply = message.createReply(QVariant::fromValue(QDBusVariant(false)));
    else if (m_behaviour == Behaviour::Failing)
        reply =
            message.createErrorReply(u"org.freedesktop.DBus.Error.Failed"_s, u"the disk is full"_s);
    return connection.send(reply);
}
