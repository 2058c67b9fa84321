// SPDX-License-Identifier: Apache-2.0
// User pools: whatever a server answers becomes a form that can be shown, tokens, or an error in words; whatever
// a keychain gives back is a session or none. Input: a line with the HTTP status, one with the header that names
// the error, the body.
#include "../../lib/auth/cognito/cognitochallenge_p.h"
#include "../../lib/auth/cognito/cognitoerror_p.h"
#include "../../lib/auth/cognito/cognitosession_p.h"
#include "../../lib/auth/cognito/cognitosignin_p.h"
#include "fuzz.h"

#include <QJsonObject>
#include <QSet>

using namespace AppSync;
using namespace std::chrono_literals;

namespace {

void checkError(const HttpAnswer &answer)
{
    const Error error = CognitoError::fromAnswer(answer, 1h);
    FUZZ_CHECK(error.isError());
    FUZZ_CHECK(!error.message.isEmpty());
    FUZZ_CHECK(error.httpStatus == answer.status);
    FUZZ_CHECK(!error.type.contains(u'#'));
    // What is asked again is never what ends a session.
    FUZZ_CHECK(!(CognitoError::isWrongCode(error) && CognitoError::isRefreshRefused(error)));
    FUZZ_CHECK(!CognitoError::isWrongPassword(error) || !error.isRetryable());
}

void checkForm(const CognitoForm &form)
{
    FUZZ_CHECK(!form.title.isEmpty() && !form.message.isEmpty());
    for (const InteractionField &field : form.fields) {
        FUZZ_CHECK(!field.name.isEmpty());
        FUZZ_CHECK(field.choiceLabels.size() == field.choices.size());
        FUZZ_CHECK(!field.isSecret || field.value.isEmpty());
    }
}

void checkChallenge(const QJsonObject &answer)
{
    const CognitoChallenge challenge = CognitoChallenge::fromAnswer(answer);
    checkForm(CognitoForms::code(challenge));
    checkForm(CognitoForms::newPassword(challenge));
    checkForm(CognitoForms::choice(challenge.available, false));
    checkForm(CognitoForms::choice(challenge.list(QStringLiteral("MFAS_CAN_CHOOSE")), true));
    checkForm(CognitoForms::custom(challenge));
    checkForm(CognitoForms::unknown(challenge));
    const QUrl url = CognitoForms::totpUrl(challenge.session, challenge.name, challenge.session);
    FUZZ_CHECK(url.scheme() == u"otpauth" && url.host() == u"totp");
}

void checkGrant(const QJsonObject &answer)
{
    if (const auto grant = CognitoGrant::fromAnswer(answer)) {
        FUZZ_CHECK(!grant->accessToken.isEmpty());
        FUZZ_CHECK(grant->lifetime >= 0s && grant->lifetime <= 366 * 24h);
    }
}

void checkSession(const QByteArray &body)
{
    const auto session = CognitoSession::fromJson(body);
    if (!session)
        return;
    FUZZ_CHECK(CognitoSession::fromJson(session->toJson()) == session);
    CognitoSession signedOut = *session;
    signedOut.forgetTokens();
    FUZZ_CHECK(signedOut.device == session->device);
    FUZZ_CHECK(signedOut.refreshToken.isEmpty() && !signedOut.expiresAt.isValid());
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
    const qsizetype first = input.indexOf('\n');
    const qsizetype second = input.indexOf('\n', first + 1);
    if (first < 0 || second < 0)
        return 0;
    HttpAnswer answer;
    answer.status = input.first(first).toInt();
    answer.headers = {{"x-amzn-errortype", input.mid(first + 1, second - first - 1)}};
    answer.body = input.mid(second + 1);
    checkError(answer);
    const QJsonObject object = Fuzz::parsed(answer.body).toObject();
    checkChallenge(object);
    checkGrant(object);
    checkSession(answer.body);
    return 0;
}
