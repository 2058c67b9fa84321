// SPDX-License-Identifier: Apache-2.0
// Answers of the services that give credentials: whatever they say, there are credentials or an error in words,
// and the error of a success quotes nothing of it.
#include "fuzz.h"

#include "lib/auth/aws/awsanswer_p.h"
#include "lib/auth/aws/awscontext_p.h"
#include "lib/auth/aws/sts_p.h"

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace {

HttpAnswer answerOf(int status, const QByteArray &body)
{
    HttpAnswer answer;
    answer.status = status;
    answer.body = body;
    return answer;
}

void checkError(const Error &error, int status)
{
    FUZZ_CHECK(error.isError());
    FUZZ_CHECK(!error.message.isEmpty());
    FUZZ_CHECK(error.httpStatus == status);
    FUZZ_CHECK(!error.type.isEmpty() || !error.serverMessage.isEmpty());
    FUZZ_CHECK(!error.serverMessage.contains(u'\n'));
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body = Fuzz::bytes(data, size);
    const Sts::Answer given = Sts::Answer::of(answerOf(200, body), u"It failed."_s);
    FUZZ_CHECK(given.error.isError() != given.credentials.isValid());
    FUZZ_CHECK(given.error.serverMessage.isEmpty());
    for (const int status : {302, 400, 403, 429, 503}) {
        checkError(Sts::Answer::of(answerOf(status, body), u"It failed."_s).error, status);
        checkError(AwsAnswer::error(answerOf(status, body), u"It failed."_s), status);
    }
    static_cast<void>(AwsAnswer::metadataCredentials(AwsAnswer::json(answerOf(200, body))));

    const QString text = QString::fromUtf8(body);
    const QDateTime time = awsTime(text);
    FUZZ_CHECK(!time.isValid() || time.timeSpec() == Qt::UTC);
    FUZZ_CHECK(harmless(text).size() <= 501);
    FUZZ_CHECK(!harmless(text).contains(u'\n'));
    return 0;
}
