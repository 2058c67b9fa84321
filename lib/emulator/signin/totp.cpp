// SPDX-License-Identifier: Apache-2.0
#include "totp_p.h"

#include "../randomtext_p.h"

#include <QMessageAuthenticationCode>
#include <QtEndian>

#include <algorithm>

namespace AppSync::Emulation::Totp {

namespace {

constexpr qint64 kStepSeconds = 30;
constexpr quint32 kCodes = 1'000'000;
constexpr int kDigits = 6;
constexpr int kSecretLetters = 52; // as long as Cognito's

QByteArray decoded(const QString &base32)
{
    QByteArray data;
    quint32 bits = 0;
    int count = 0;
    for (const QChar c : base32.toUpper()) {
        bits = bits << 5 | quint32(RandomText::kKeyId.indexOf(c)); // that alphabet is base32's
        count += 5;
        if (count >= 8) {
            count -= 8;
            data += char(bits >> count);
        }
    }
    return data;
}

} // namespace

QString makeSecret()
{
    return RandomText::letters(kSecretLetters, RandomText::kKeyId);
}

bool isSecret(const QString &base32)
{
    return !base32.isEmpty() && std::all_of(base32.begin(), base32.end(), [](QChar c) {
        return RandomText::kKeyId.contains(c.toUpper());
    });
}

qint64 stepAt(qint64 time)
{
    return time / kStepSeconds;
}

QString code(const QString &base32, qint64 step)
{
    const qint64 counter = qToBigEndian(step);
    const QByteArray mac = QMessageAuthenticationCode::hash(
        QByteArray(reinterpret_cast<const char *>(&counter), sizeof counter), decoded(base32),
        QCryptographicHash::Sha1);
    const auto offset = uchar(mac.back()) & 15; // RFC 4226, 5.3
    const quint32 number = qFromBigEndian<quint32>(mac.constData() + offset) & 0x7fff'ffff;
    return QString::number(number % kCodes).rightJustified(kDigits, QLatin1Char('0'));
}

qint64 matchingStep(const QString &base32, const QString &given, qint64 time)
{
    for (const qint64 step : {stepAt(time), stepAt(time) - 1, stepAt(time) + 1}) {
        if (code(base32, step) == given)
            return step;
    }
    return -1;
}

} // namespace AppSync::Emulation::Totp
