// SPDX-License-Identifier: Apache-2.0
#include "app/core/secretservice.h"

#include <QtGlobal>

#ifdef SYNCSCOPE_SECRET_SERVICE
#    include <QDBusConnection>
#    include <QDBusMessage>
#    include <QDBusObjectPath>
#    include <QDBusPendingCallWatcher>
#    include <QDBusPendingReply>
#    include <QDBusVariant>
#    include <QLibrary>
#endif

using namespace Qt::StringLiterals;

namespace Syncscope::SecretService {

namespace {

using Answer = std::function<void(State)>;

#ifdef SYNCSCOPE_SECRET_SERVICE

constexpr int kPatienceMs = 2500;
const QString kService = u"org.freedesktop.secrets"_s;

//! QtKeychain prefers KWallet there, which tells itself whether it is locked.
bool isKde()
{
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP") == u"KDE"
        || qEnvironmentVariableIsSet("KDE_FULL_SESSION");
}

//! QtKeychain loads it when it needs it; without, it only says "unknown error".
bool hasLibrary()
{
    return QLibrary(u"secret-1"_s, 0).load();
}

void call(QObject *context, const QDBusMessage &message,
          const std::function<void(const QDBusMessage &)> &then)
{
    const QDBusPendingCall pending = QDBusConnection::sessionBus().asyncCall(message, kPatienceMs);
    auto *watcher = new QDBusPendingCallWatcher(pending, context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, then] {
        watcher->deleteLater();
        then(watcher->reply());
    });
}

State stateOf(const QDBusMessage &error)
{
    const QString name = error.errorName();
    const bool unanswered = name == u"org.freedesktop.DBus.Error.NoReply"
        || name == u"org.freedesktop.DBus.Error.Timeout"
        || name == u"org.freedesktop.DBus.Error.TimedOut";
    return unanswered ? State::Silent : State::Absent;
}

void lookAtKeyring(QObject *context, const QString &path, const Answer &answer)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        kService, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
    call(context, message, [answer](const QDBusMessage &reply) {
        if (reply.type() != QDBusMessage::ReplyMessage) {
            const State state = stateOf(reply);
            answer(state == State::Absent ? State::NoKeyring : state);
            return;
        }
        const QVariant locked = reply.arguments().value(0).value<QDBusVariant>().variant();
        answer(locked.toBool() ? State::Locked : State::Unlocked);
    });
}

void lookAtService(QObject *context, const Answer &answer)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(kService, u"/org/freedesktop/secrets"_s,
                                       u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
    message << u"default"_s;
    call(context, message, [context, answer](const QDBusMessage &reply) {
        if (reply.type() != QDBusMessage::ReplyMessage) {
            answer(stateOf(reply));
            return;
        }
        const QString path = reply.arguments().value(0).value<QDBusObjectPath>().path();
        if (path.size() < 2) // "/": there is none
            answer(State::NoKeyring);
        else
            lookAtKeyring(context, path, answer);
    });
}

#endif

void answerLater(QObject *context, const Answer &answer, State state)
{
    QMetaObject::invokeMethod(
        context, [answer, state] { answer(state); }, Qt::QueuedConnection);
}

} // namespace

void look(QObject *context, const std::function<void(State)> &answer)
{
#ifdef SYNCSCOPE_SECRET_SERVICE
    if (!isKde()) {
        if (hasLibrary() && QDBusConnection::sessionBus().isConnected())
            lookAtService(context, answer);
        else
            answerLater(context, answer, State::Absent);
        return;
    }
#endif
    answerLater(context, answer, State::Unlocked);
}

} // namespace Syncscope::SecretService
