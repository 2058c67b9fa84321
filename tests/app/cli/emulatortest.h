// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cliprocess.h"

#include <QNetworkAccessManager>

//! A test whose commands talk to an emulator of its own.
class EmulatorTest : public QObject {
    Q_OBJECT

protected:
    //! Instead of the one before.
    void startEmulator(const AppSync::Emulator::Options &options = {});
    //! Publishes over HTTP, without our client.
    void publish(const QString &channel, const QStringList &events);
    //! `subscribe` with \a arguments, once it is live on \a channel.
    void startAndSubscribe(CliProcess &cli, const QStringList &arguments,
                           const QByteArray &channel);

    std::unique_ptr<AppSync::Emulator> m_emulator;

private:
    QNetworkAccessManager m_network;
};
