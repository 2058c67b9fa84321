// SPDX-License-Identifier: Apache-2.0
// What a server says about a refused signature: whatever it is, the comparison is true to itself, no session
// token is shown, and every cause has a sentence and a remedy. Input: the server's words.
#include "fuzz.h"
#include "lib/auth/sigv4/signaturetext_p.h"
#include "lib/wire/protocol_p.h"

#include <AppSync/SignatureHelp>

#include <QRegularExpression>

#include <algorithm>

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace {

const QString kTokenHeader = u"x-amz-security-token"_s;

RequestSignature signature()
{
    RequestSignature made;
    made.operation = SignableRequest::Operation::Publish;
    made.canonicalRequest =
        u"POST\n/event\n\naccept:application/json, text/javascript\n"
        "host:abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com\n"
        "x-amz-date:20250115T123456Z\nx-amz-security-token:<masked, 20 bytes>\n\n"
        "accept;host;x-amz-date;x-amz-security-token\n"
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"_s;
    made.stringToSign = u"AWS4-HMAC-SHA256\n20250115T123456Z\n"
                        "20250115/us-east-1/appsync/aws4_request\n"
                        "e7e5897f6276612f2de8b1231c05b4d083cba688a1e9febf056775f8f1062649"_s;
    made.region = {u"us-east-1"_s, SigningRegion::Source::Endpoint, {}};
    made.service = u"appsync"_s;
    made.date = SignatureText::date(u"20250115T123456Z"_s);
    made.accessKeyId = u"ASIAX"_s;
    made.hasSessionToken = true;
    made.source = u"fuzz"_s;
    made.escapedBodyHash = "85453345a7b462d4bd74a4098611c32e1c8259d92990545f3e4b6edba216c24f"_ba;
    return made;
}

void checkLines(const QList<SignatureLine> &lines)
{
    static const QRegularExpression masked(u"^x-amz-security-token:<masked, \\d+ bytes>$"_s);
    for (const SignatureLine &line : lines) {
        if (line.name.compare(kTokenHeader, Qt::CaseInsensitive) == 0)
            FUZZ_CHECK(line.theirs.isNull() || masked.match(line.theirs.toLower()).hasMatch());
        else
            FUZZ_CHECK(line.differs == (line.ours != line.theirs));
    }
}

void checkCauses(const SignatureHelp &help)
{
    const auto isOther = [](const SignatureLine &line) { return line.differs; };
    for (const SignatureCause &cause : help.causes) {
        FUZZ_CHECK(!cause.text.isEmpty() && !cause.nextStep.isEmpty());
        FUZZ_CHECK(std::count_if(
                       help.causes.cbegin(), help.causes.cend(),
                       [&cause](const SignatureCause &other) { return other.kind == cause.kind; })
                   == 1);
        if (cause.kind == SignatureCause::Kind::SecretKey)
            FUZZ_CHECK(
                !help.canonicalRequest.isEmpty() && !help.stringToSign.isEmpty()
                && std::none_of(help.canonicalRequest.cbegin(), help.canonicalRequest.cend(),
                                isOther)
                && std::none_of(help.stringToSign.cbegin(), help.stringToSign.cend(), isOther));
    }
    // What the server expected in another way is explained.
    if (std::any_of(help.canonicalRequest.cbegin(), help.canonicalRequest.cend(), isOther))
        FUZZ_CHECK(!help.causes.isEmpty());
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString words = QString::fromUtf8(Fuzz::bytes(data, size));
    const QString shown = withoutCredentials(words);
    FUZZ_CHECK(withoutCredentials(shown) == shown);
    if (!words.contains(kTokenHeader, Qt::CaseInsensitive))
        FUZZ_CHECK(shown == words);

    const RequestSignature ours = signature();
    for (const QString &text : {words, shown}) {
        const SignatureHelp help = SignatureHelp::explain(text, {ours});
        FUZZ_CHECK(help.signature == ours);
        checkLines(help.canonicalRequest);
        checkLines(help.stringToSign);
        checkCauses(help);
        SignatureHelp::isAboutSignature(text);
    }
    return 0;
}
