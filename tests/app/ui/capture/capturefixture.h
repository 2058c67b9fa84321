// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturestore.h"
#include "tests/app/ui/uitest.h"

#include <QSignalSpy>

//! What the tests of captures in the desktop share.
namespace CaptureFixture {

inline AppSync::Frame delivered(qint64 seq, const QString &event)
{
    QString escaped = event;
    escaped.replace(u'"', QStringLiteral("\\\""));
    AppSync::Frame frame = UiTest::frame(
        seq, QStringLiteral("data"),
        QStringLiteral("{\"id\":\"s\",\"type\":\"data\",\"event\":\"%1\"}").arg(escaped));
    frame.id = QStringLiteral("s");
    return frame;
}

//! A capture of a connection, a subscription to /demo/*, and events 1 to \a events; as file \a path.
inline bool make(const QString &path, int events)
{
    Syncscope::CaptureStore store;
    QSignalSpy closed(&store, &Syncscope::CaptureStore::closed);
    store.open(path);
    const qint64 connection =
        store.addConnection(QStringLiteral("wss://example.test/event/realtime"));
    AppSync::Frame subscribe = UiTest::outgoing(
        1, QStringLiteral("subscribe"),
        QStringLiteral("{\"type\":\"subscribe\",\"id\":\"s\",\"channel\":\"/demo/*\"}"));
    subscribe.id = QStringLiteral("s");
    store.append(connection, subscribe);
    for (int i = 1; i <= events; ++i)
        store.append(connection,
                     delivered(i + 1, QStringLiteral("{\"n\":%1,\"token\":\"secret-%1\"}").arg(i)));
    store.close();
    return closed.wait(30'000) && store.counts().stored == events + 1;
}

} // namespace CaptureFixture
