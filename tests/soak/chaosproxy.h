// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QObject>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

//! A TCP proxy on loopback with a bad day: it delays bytes, cuts connections with what they still hold,
//! goes silent without closing, and lets later connections overtake earlier ones. All by one seed.
class ChaosProxy : public QObject {
    Q_OBJECT

public:
    ChaosProxy(quint16 target, quint32 seed, QObject *parent = nullptr);

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    //! From now on every connection lives.
    void calmDown();

Q_SIGNALS:
    void misbehaved(const QString &what);

private:
    struct Pipe;

    void accept();
    void connectOnwards(Pipe *pipe) const;
    void forward(Pipe *pipe, QTcpSocket *from, QTcpSocket *to);
    void misbehave();
    void close(Pipe *pipe);
    [[nodiscard]] int below(int bound) { return int(m_random.bounded(bound)); }

    const quint16 m_target;
    QRandomGenerator m_random;
    QTcpServer m_server;
    QTimer m_mischief;
    QList<Pipe *> m_pipes;
};
