// SPDX-License-Identifier: Apache-2.0
#include "tests/qml/testserver.h"

#include <AppSync/Endpoint>

#include <QClipboard>
#include <QFile>
#include <QGuiApplication>

using namespace Qt::StringLiterals;

TestServer::TestServer(QObject *parent) : QObject(parent)
{
    m_publisher.setAuthorizer(&m_authorizer);
    m_publisher.setPublishVia(AppSync::EventsClient::PublishVia::Http);
}

bool TestServer::start()
{
    AppSync::Emulator::Options options;
    const bool listening = m_emulator.listen(options);
    qputenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", m_emulator.serviceUrl().toEncoded());
    m_authorizer.setKey(m_emulator.apiKey());
    m_publisher.setEndpoint(AppSync::Endpoint(m_emulator.httpUrl()));
    Q_EMIT changed();
    return listening;
}

void TestServer::stop()
{
    m_emulator.close();
    m_emulator.setFaults({});
}

void TestServer::publish(const QString &channel, const QString &json)
{
    m_waiting.append({channel, json.toUtf8()});
    if (m_waiting.size() == 1)
        publishNext();
}

void TestServer::publishNext()
{
    const auto [channel, event] = m_waiting.first();
    AppSync::PublishReply *reply = m_publisher.publish(channel, event);
    connect(reply, &AppSync::Reply::finished, this, [this] {
        m_waiting.removeFirst();
        if (!m_waiting.isEmpty())
            publishNext();
    });
}

void TestServer::publishMany(const QString &channel, int count)
{
    QList<QByteArray> events;
    for (int i = 1; i <= count; ++i) {
        events += "{\"number\": " + QByteArray::number(i) + "}";
        if (events.size() == AppSync::Limits::kEventsPerPublish || i == count)
            m_publisher.publish(channel, std::exchange(events, {}));
    }
}

void TestServer::refuseUpgrades(int status)
{
    AppSync::FaultPlan faults;
    faults.refuseUpgradeStatus = status;
    m_emulator.setFaults(faults);
}

QString TestServer::clipboard() const
{
    return QGuiApplication::clipboard()->text();
}

bool TestServer::write(const QUrl &file, const QString &text) const
{
    QFile target(file.toLocalFile());
    return target.open(QIODevice::WriteOnly) && target.write(text.toUtf8()) >= 0;
}
