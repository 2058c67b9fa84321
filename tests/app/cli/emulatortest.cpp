// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

void EmulatorTest::startEmulator(const AppSync::Emulator::Options &options)
{
    m_emulator = std::make_unique<AppSync::Emulator>();
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
}

void EmulatorTest::publish(const QString &channel, const QStringList &events)
{
    QNetworkRequest request(m_emulator->httpUrl());
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("x-api-key", m_emulator->apiKey().toUtf8());
    const QJsonObject body{{u"channel"_s, channel},
                           {u"events"_s, QJsonArray::fromStringList(events)}};
    const std::unique_ptr<QNetworkReply> reply(
        m_network.post(request, QJsonDocument(body).toJson()));
    QSignalSpy finished(reply.get(), &QNetworkReply::finished);
    QVERIFY(finished.wait(30'000));
    const QByteArray answer = reply->readAll();
    QVERIFY2(answer.contains("\"failed\":[]"), answer);
}

void EmulatorTest::startAndSubscribe(CliProcess &cli, const QStringList &arguments,
                                     const QByteArray &channel)
{
    cli.useEmulator(*m_emulator);
    cli.start(QStringList{u"sub"_s} + arguments);
    QVERIFY(cli.waitForError("subscribed to " + channel + '\n'));
}
