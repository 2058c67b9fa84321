// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../../shared/fakeclock.h"
#include "../asked.h"
#include "../person.h"

#include <AppSync/Emulator>

#include <QMessageAuthenticationCode>
#include <QtEndian>

inline const auto kPassword = QStringLiteral("Correct-Horse-9!");
inline const auto kTotpSecret = QStringLiteral("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");

inline AppSync::Emulator::User alice()
{
    AppSync::Emulator::User user{QStringLiteral("alice"), kPassword};
    user.attributes = {{QStringLiteral("email"), QStringLiteral("alice@example.com")},
                       {QStringLiteral("phone_number"), QStringLiteral("+4915155501234")}};
    return user;
}

//! A source and the pool of an emulator, on one clock.
struct World {
    explicit World(AppSync::Emulator::UserPool settings, bool hasPerson = true)
    {
        if (settings.users.isEmpty())
            settings.users = {alice()};
        AppSync::Emulator::Options options;
        options.userPool = settings;
        options.now = [this] {
            return QDateTime::fromMSecsSinceEpoch(clock.wallMs() + serverAhead.count(), Qt::UTC);
        };
        if (!emulator.listen(options))
            qFatal("%s", qPrintable(emulator.problem()));
        configure(source);
        if (hasPerson)
            person.answerTo(&source, &AppSync::CognitoTokenSource::interactionRequired);
    }

    void configure(AppSync::CognitoTokenSource &made)
    {
        made.setClock(&clock);
        made.setEndpoint(emulator.serviceUrl());
        made.setUserPoolId(emulator.userPoolId());
        made.setClientId(emulator.userPoolClientId());
        made.setUsername(emulator.username());
        made.setPassword(emulator.password());
    }

    FakeClock clock;
    std::chrono::milliseconds serverAhead{0};
    AppSync::Emulator emulator;
    AppSync::CognitoTokenSource source;
    Person person;
};

inline QByteArray fromBase32(const QString &text)
{
    static const QByteArray kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QByteArray bytes;
    quint32 bits = 0;
    int count = 0;
    for (const char c : text.toLatin1()) {
        bits = (bits << 5) | quint32(kDigits.indexOf(c));
        count += 5;
        if (count >= 8) {
            count -= 8;
            bytes += char((bits >> count) & 0xff);
        }
    }
    return bytes;
}

//! What an authenticator app shows (RFC 6238).
inline QString totp(const QString &secret, qint64 nowMs)
{
    const quint64 step = qToBigEndian(quint64(nowMs / 30'000));
    const QByteArray hash =
        QMessageAuthenticationCode::hash(QByteArray(reinterpret_cast<const char *>(&step), 8),
                                         fromBase32(secret), QCryptographicHash::Sha1);
    const int at = hash.back() & 0xf;
    const quint32 number = qFromBigEndian<quint32>(hash.constData() + at) & 0x7fffffff;
    return QStringLiteral("%1").arg(number % 1'000'000, 6, 10, QLatin1Char('0'));
}

inline QVariantMap code(const QString &text)
{
    return {{QStringLiteral("code"), text}};
}
