// SPDX-License-Identifier: Apache-2.0
#pragma once

// Bare sockets for the tests of the emulator: nothing of the client library is used, so that a
// misunderstanding of ours cannot pass by being on both sides.

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTest>
#include <QTimer>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>

#include <memory>
#include <optional>

namespace RawClient {

inline constexpr int kPatience = 20'000; // ms

//! Runs the event loop until \a condition holds or patience ends. QTest::qWaitFor looks every 10 ms only,
//! which makes a conversation of many frames slow.
template <typename Condition> bool waitFor(Condition condition)
{
    const QDeadlineTimer deadline(kPatience);
    QTimer wake;
    wake.start(kPatience);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

inline QString json(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

//! `header-<base64url>` of \a credentials.
inline QString headerProtocol(const QJsonObject &credentials)
{
    return QLatin1String("header-")
        + QString::fromLatin1(
               json(credentials)
                   .toUtf8()
                   .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

inline QSslConfiguration trusting(const QByteArray &caCertificate)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromData(caCertificate));
    return tls;
}

//! A WebSocket that keeps what it receives until it is asked.
class WebSocket : public QObject {
public:
    explicit WebSocket(const QByteArray &caCertificate = {})
    {
        if (!caCertificate.isEmpty())
            m_socket.setSslConfiguration(trusting(caCertificate));
        connect(&m_socket, &QWebSocket::textMessageReceived, this,
                [this](const QString &text) { m_received.append(text); });
        connect(&m_socket, &QWebSocket::disconnected, this, [this] { m_ended = true; });
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        const auto failed = &QWebSocket::errorOccurred;
#else
        const auto failed = qOverload<QAbstractSocket::SocketError>(&QWebSocket::error);
#endif
        connect(&m_socket, failed, this, [this] { m_ended = true; });
    }

    //! True once the upgrade is done.
    bool open(const QUrl &url, const QStringList &protocols,
              const QList<QPair<QByteArray, QByteArray>> &headers = {})
    {
        QNetworkRequest request(url);
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        QWebSocketHandshakeOptions options;
        options.setSubprotocols(protocols);
        m_socket.open(request, options);
        return waitFor([this] { return m_ended || m_socket.isValid(); }) && m_socket.isValid();
    }

    void send(const QString &text)
    {
        m_socket.sendTextMessage(text);
    }
    void send(const QJsonObject &frame)
    {
        send(json(frame));
    }

    //! The next frame; null if none comes.
    QString next()
    {
        waitFor([this] { return m_ended || !m_received.isEmpty(); });
        return m_received.isEmpty() ? QString() : m_received.takeFirst();
    }

    QJsonObject nextJson()
    {
        return QJsonDocument::fromJson(next().toUtf8()).object();
    }
    bool hasEnded()
    {
        return waitFor([this] { return m_ended; });
    }

    [[nodiscard]] qsizetype waiting() const
    {
        return m_received.size();
    }
    [[nodiscard]] QWebSocket &socket()
    {
        return m_socket;
    }

private:
    QWebSocket m_socket;
    QStringList m_received;
    bool m_ended = false;
};

struct HttpAnswer {
    int status = 0;
    QByteArray head;
    QByteArray body;

    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const QByteArray &line : head.split('\n')) {
            const qsizetype colon = line.indexOf(':');
            if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
                return line.sliced(colon + 1).trimmed();
        }
        return {};
    }
    [[nodiscard]] QJsonObject object() const { return QJsonDocument::fromJson(body).object(); }
    //! The type of the first error.
    [[nodiscard]] QString errorType() const
    {
        return object()
            .value(QLatin1String("errors"))
            .toArray()
            .at(0)
            .toObject()
            .value(QLatin1String("errorType"))
            .toString();
    }
    //! The message of the first error; undefined where it has none.
    [[nodiscard]] QJsonValue errorMessage() const
    {
        return object()
            .value(QLatin1String("errors"))
            .toArray()
            .at(0)
            .toObject()
            .value(QLatin1String("message"));
    }
};

//! A TCP or TLS connection on which tests write what they like.
class Connection : public QObject {
public:
    explicit Connection(quint16 port, const QByteArray &caCertificate = {})
    {
        connect(&m_socket, &QTcpSocket::readyRead, this,
                [this] { m_received += m_socket.readAll(); });
        connect(&m_socket, &QTcpSocket::disconnected, this, [this] { m_ended = true; });
        const QString host = QStringLiteral("127.0.0.1");
        if (caCertificate.isEmpty()) {
            m_socket.connectToHost(host, port);
        } else {
            m_socket.setSslConfiguration(trusting(caCertificate));
            m_socket.connectToHostEncrypted(host, port);
        }
        waitFor([&] {
            return caCertificate.isEmpty() ? m_socket.state() == QAbstractSocket::ConnectedState
                                           : m_socket.isEncrypted();
        });
    }

    void write(const QByteArray &bytes) { m_socket.write(bytes); }

    //! The next answer; status 0 if none comes.
    HttpAnswer answer(bool hasBody = true)
    {
        HttpAnswer answer;
        waitFor([&] { return m_ended || take(&answer, hasBody); });
        if (answer.status == 0)
            take(&answer, hasBody);
        return answer;
    }

    HttpAnswer ask(const QByteArray &request)
    {
        write(request);
        return answer(!request.startsWith("HEAD"));
    }

    bool hasEnded()
    {
        return waitFor([this] { return m_ended; });
    }
    [[nodiscard]] QByteArray received() const { return m_received; }
    [[nodiscard]] QSslSocket &socket() { return m_socket; }

private:
    bool take(HttpAnswer *answer, bool hasBody)
    {
        const qsizetype end = m_received.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        answer->head = m_received.first(end);
        const qsizetype size = hasBody ? answer->header("content-length").toLongLong() : 0;
        if (m_received.size() < end + 4 + size)
            return false;
        answer->status = answer->head.split(' ').value(1).toInt();
        answer->body = m_received.sliced(end + 4, size);
        m_received.remove(0, end + 4 + size);
        return true;
    }

    QSslSocket m_socket;
    QByteArray m_received;
    bool m_ended = false;
};

inline QByteArray get(const QByteArray &path, const QByteArray &headers = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
}

inline QByteArray post(const QByteArray &path, const QByteArray &headers, const QByteArray &body)
{
    return "POST " + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
        + QByteArray::number(body.size()) + "\r\n" + headers + "\r\n" + body;
}

} // namespace RawClient
