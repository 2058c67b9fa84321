// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <QUrlQuery>

#include <functional>

//! An HTTP server on a free port of 127.0.0.1 that answers with what a test tells it to, and keeps what it was
//! asked.
class HttpServer : public QTcpServer {
public:
    struct Request {
        QByteArray verb;
        QUrl url; //!< path and query
        QHash<QByteArray, QByteArray> headers; //!< names in lower case
        QByteArray body;

        [[nodiscard]] QString path() const { return url.path(); }
        [[nodiscard]] QUrlQuery form() const { return QUrlQuery(QString::fromUtf8(body)); }
    };

    struct Answer {
        int status = 200;
        QByteArray body{};
        QByteArray contentType = "application/json";
        QList<QPair<QByteArray, QByteArray>> headers{}; //!< sent as well
        bool isNever = false; //!< keeps the connection open without a word
    };

    explicit HttpServer(const std::function<Answer(const Request &)> &answer = {})
        : m_answer(answer)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = nextPendingConnection())
                serve(socket);
        });
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port for the test's HTTP server");
    }

    void setAnswer(const std::function<Answer(const Request &)> &answer) { m_answer = answer; }
    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path));
    }

    QList<Request> requests; //!< in the order in which they came

private:
    void serve(QTcpSocket *socket)
    {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(
            socket, &QTcpSocket::readyRead, this, [this, socket, buffer = QByteArray()]() mutable {
                buffer += socket->readAll();
                const qsizetype end = buffer.indexOf("\r\n\r\n");
                if (end < 0)
                    return;
                Request request = parse(buffer.first(end));
                if (buffer.size() < end + 4 + request.headers.value("content-length").toLongLong())
                    return;
                request.body = buffer.sliced(end + 4);
                buffer.clear();
                requests.append(request);
                write(socket,
                      m_answer ? m_answer(request) : Answer{404, {}, "text/plain", {}, false});
            });
    }

    static Request parse(const QByteArray &head)
    {
        Request request;
        const QList<QByteArray> lines = head.split('\n');
        const QList<QByteArray> first = lines.first().trimmed().split(' ');
        request.verb = first.value(0);
        request.url = QUrl(QString::fromUtf8(first.value(1)));
        for (const QByteArray &line : lines.sliced(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.first(colon).toLower(), line.sliced(colon + 1).trimmed());
        }
        return request;
    }

    static void write(QTcpSocket *socket, const Answer &answer)
    {
        if (answer.isNever)
            return;
        QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " X\r\nContent-Type: "
            + answer.contentType + "\r\nConnection: close\r\nContent-Length: "
            + QByteArray::number(answer.body.size()) + "\r\n";
        for (const auto &[name, value] : answer.headers)
            head += name + ": " + value + "\r\n";
        socket->write(head + "\r\n" + answer.body);
        socket->disconnectFromHost();
    }

    std::function<Answer(const Request &)> m_answer;
};
