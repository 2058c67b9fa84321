// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTcpSocket>

//! A connected TCP socket without a network: what a peer sends is given by receive(), and what the code
//! under test writes is kept. Nothing waits, so one input takes microseconds.
class FakeSocket : public QTcpSocket {
    Q_OBJECT

public:
    explicit FakeSocket(QByteArray *sent) : m_sent(sent)
    {
        setSocketState(ConnectedState);
        setOpenMode(ReadWrite);
        setPeerAddress(QHostAddress::LocalHost);
    }

    //! The peer sent \a bytes.
    void receive(const QByteArray &bytes)
    {
        m_received += bytes;
        Q_EMIT readyRead();
    }

    [[nodiscard]] qint64 bytesAvailable() const override
    {
        // NOLINTNEXTLINE(bugprone-parent-virtual-call): not what QAbstractSocket reads from the system
        return QIODevice::bytesAvailable() + m_received.size();
    }
    [[nodiscard]] qint64 bytesToWrite() const override { return 0; }
    [[nodiscard]] bool canReadLine() const override
    {
        return QIODevice::canReadLine() || m_received.contains('\n');
    }
    void setReadBufferSize(qint64) override { }

    void disconnectFromHost() override
    {
        if (state() == UnconnectedState)
            return;
        setSocketState(UnconnectedState);
        Q_EMIT stateChanged(UnconnectedState);
        Q_EMIT disconnected();
    }

protected:
    qint64 readData(char *data, qint64 maximum) override
    {
        const qint64 size = qMin<qint64>(maximum, m_received.size());
        std::copy_n(m_received.constData(), size, data);
        m_received.remove(0, size);
        return size;
    }

    qint64 writeData(const char *data, qint64 size) override
    {
        m_sent->append(data, size);
        return size;
    }

private:
    QByteArray *m_sent; //!< not ours: the code under test deletes the socket
    QByteArray m_received;
};
