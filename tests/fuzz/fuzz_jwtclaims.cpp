// SPDX-License-Identifier: Apache-2.0
// Tokens: whatever is shown for a JWT gives a table or a problem in words, and never its signature. Input: the
// token as it is, or behind a line break the header, another, and the payload, both still to be encoded.
#include "fuzz.h"

#include <AppSync/JwtClaims>

#include <QJsonObject>

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kNow = 1'736'944'496'000;
// No JSON of the input can spell it by chance.
const auto kSignature = u"c2lnbmF0dXJl-only-here"_s;

QString encoded(const QByteArray &json)
{
    return QString::fromLatin1(
        json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

void checkTable(const JwtClaims &claims)
{
    for (const JwtClaim &claim : claims.claims()) {
        FUZZ_CHECK(!claims.claim(claim.name).contains(kSignature));
        FUZZ_CHECK(!claim.time.isValid() || claim.time.timeSpec() == Qt::UTC);
    }
    if (!claims.claims().isEmpty()) {
        const JwtClaim last = claims.claims().last();
        FUZZ_CHECK(claims.claim(last.name) == last.value);
    }
    const qint64 left = claims.secondsLeft(kNow);
    FUZZ_CHECK(claims.expiresAt().isValid() || left == 0);
    FUZZ_CHECK(!claims.expiresAt().isValid()
               || qAbs(claims.expiresAt().toMSecsSinceEpoch() - kNow - left * 1000) < 1000);
}

void checkWarnings(const JwtClaims &claims)
{
    using Mode = JwtClaims::Mode;
    for (const Mode mode : {Mode::UserPool, Mode::Oidc, Mode::Lambda}) {
        for (const QString &warning : claims.warnings(mode, kNow, u"https://i"_s, u"id"_s))
            FUZZ_CHECK(!warning.isEmpty() && !warning.contains(kSignature));
    }
    if (!claims.isValid())
        FUZZ_CHECK(claims.warnings(Mode::Oidc, kNow) == QStringList{claims.problem()});
}

void check(const QString &token)
{
    const JwtClaims claims = JwtClaims::fromToken(token);
    FUZZ_CHECK(claims.isValid() == claims.problem().isEmpty());
    if (claims.isValid())
        checkTable(claims);
    else
        FUZZ_CHECK(claims.claims().isEmpty() && claims.algorithm().isEmpty());
    checkWarnings(claims);
    FUZZ_CHECK(JwtClaims::fromToken(u"Bearer "_s + token.trimmed()).claims() == claims.claims()
               || token.trimmed().startsWith(u"Bearer ", Qt::CaseInsensitive));
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = Fuzz::bytes(data, size);
    if (!input.startsWith('\n')) {
        check(QString::fromUtf8(input));
        return 0;
    }
    const qsizetype end = input.indexOf('\n', 1);
    const QByteArray header = input.mid(1, end < 0 ? -1 : end - 1);
    const QByteArray payload = end < 0 ? QByteArray() : input.mid(end + 1);
    const QString token = encoded(header) + u'.' + encoded(payload) + u'.' + kSignature;
    check(token);
    // What QJsonDocument reads as an object is one here too; the other way it has limits of its own.
    const bool areObjects = Fuzz::parsed(header).isObject() && Fuzz::parsed(payload).isObject();
    if (JwtClaims::fromToken(token).isValid() && Fuzz::isUtf8(header) && Fuzz::isUtf8(payload)
        && !Fuzz::exceedsQJson(header) && !Fuzz::exceedsQJson(payload))
        FUZZ_CHECK(areObjects);
    return 0;
}
