// SPDX-License-Identifier: Apache-2.0
// Answers to a publish over HTTP, good and bad, as the client reads them. Input: three lines: status, error
// type header, body.
#include "fuzz.h"

#include "lib/emulator/emulator.h"
#include "lib/emulator/events/frames_p.h"
#include "lib/wire/eventsprotocol_p.h"
#include "lib/wire/servererror_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace {

void checkEvents(const QList<PublishedEvent> &events, const QJsonValue &entries)
{
    FUZZ_CHECK(events.size() == entries.toArray().size());
    for (qsizetype i = 0; i < events.size(); ++i) {
        const QJsonObject entry = entries.toArray()[i].toObject();
        if (!entry.isEmpty())
            FUZZ_CHECK(events[i].raw() == entry);
        FUZZ_CHECK(events[i].identifier == entry[u"identifier"_s].toString());
        if (entry[u"code"_s].isString())
            FUZZ_CHECK(events[i].code == entry[u"code"_s].toString());
        if (entry[u"message"_s].isString())
            FUZZ_CHECK(events[i].message == entry[u"message"_s].toString());
    }
}

void checkResult(const QJsonObject &answer)
{
    const EventsWire::PublishResult result = EventsWire::publishResult(answer);
    const QJsonValue successful = answer[u"successful"_s];
    const QJsonValue failed = answer[u"failed"_s];
    FUZZ_CHECK(result.isValid == (successful.isArray() || failed.isArray()));
    checkEvents(result.successful, successful);
    checkEvents(result.failed, failed);
}

void checkError(int status, const QByteArray &type, const QByteArray &body)
{
    const Error error = ServerError::fromHttp(status, body, type);
    FUZZ_CHECK(error.isError());
    FUZZ_CHECK(error.httpStatus == status);
    FUZZ_CHECK(!error.type.contains(u'#'));
    // Either the service said something, or there was nothing to say.
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (error.type.isEmpty() && error.serverMessage.isEmpty())
        FUZZ_CHECK(document.isObject() || QString::fromUtf8(body.left(500)).simplified().isEmpty());
    if (!document.isObject())
        FUZZ_CHECK(error.needsNewCredentials() || (status != 401 && status != 403));

    const Error told = ServerError::described(error, u"The publish"_s);
    FUZZ_CHECK(told.message.startsWith(u"The publish"));
    FUZZ_CHECK(told.kind == error.kind && told.serverMessage == error.serverMessage);
}

//! What the emulator writes, the client reads; \a text stands in every place that takes one.
void checkBothSides(const QString &text, const QByteArray &choices)
{
    FaultPlan faults;
    faults.numericFailureCode = choices.startsWith('1');
    faults.errorsAsObject = choices.startsWith('2');
    QList<Emulation::EventVerdict> verdicts;
    for (qsizetype i = 0; i < qMin<qsizetype>(choices.size(), 5); ++i)
        verdicts << Emulation::EventVerdict{i, choices[i] % 2 == 1, u"id-%1"_s.arg(i)};
    const QByteArray body = Emulation::Frames::httpPublishResult(verdicts, faults).toUtf8();
    const EventsWire::PublishResult result =
        EventsWire::publishResult(QJsonDocument::fromJson(body).object());
    FUZZ_CHECK(result.isValid);
    FUZZ_CHECK(result.successful.size() + result.failed.size() == verdicts.size());
    for (const PublishedEvent &event : result.failed) {
        FUZZ_CHECK(verdicts[event.index].tooLarge);
        FUZZ_CHECK(event.identifier == verdicts[event.index].identifier);
    }

    const Emulation::ServiceError refusal{u"BadRequestException"_s, text, 400, 400, {}};
    const QByteArray errors = Emulation::Frames::httpErrors(refusal, faults).toUtf8();
    const Error error = ServerError::fromHttp(400, errors, {});
    FUZZ_CHECK(error.serverMessage == text);
    FUZZ_CHECK(error.type == refusal.type);
    FUZZ_CHECK(error.code == u"400");
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
    const qsizetype second = first < 0 ? -1 : input.indexOf('\n', first + 1);
    if (second < 0)
        return -1; // not worth keeping
    const QByteArray status = input.first(first);
    const QByteArray type = input.sliced(first + 1, second - first - 1);
    const QByteArray body = input.sliced(second + 1);
    checkResult(QJsonDocument::fromJson(body).object());
    checkError(status.toInt(), type, body);
    if (const QString text = QString::fromUtf8(body); !Fuzz::hasByteOrderMark(text))
        checkBothSides(text, status);
    return 0;
}
