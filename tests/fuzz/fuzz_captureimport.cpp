// SPDX-License-Identifier: Apache-2.0
// Captures of others: whatever a file is, it gives frames, or words; and what is stored of a frame gives the same
// text again, with no more credentials than before; what is masked
// for others stays JSON. Input: `n` (NDJSON), `c` (CSV) or `h` (HAR), and the file.
#include "fuzz.h"

#include "app/core/capture/captureimport.h"
#include "app/core/capture/operationmemory.h"
#include "app/core/capture/secretmask.h"
#include "app/core/jsontext.h"

#include <QBuffer>

using namespace Qt::StringLiterals;
using namespace Syncscope;

namespace {

CaptureFileType typeOf(char c)
{
    return c == 'n' ? CaptureFileType::NdJson
        : c == 'c'  ? CaptureFileType::Csv
                    : CaptureFileType::Har;
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray file = Fuzz::bytes(data + 1, size - 1);
    QBuffer buffer;
    buffer.setData(file);
    (void)buffer.open(QIODevice::ReadOnly);
    const CaptureRedactor redactor;
    SecretMask mask;
    OperationMemory operations;
    const Filter filter(u"event.a > 1 || \"x\" || has(event[*].b)"_s);
    qint64 number = 0;
    CaptureImport import;
    const Problem problem =
        import.read(&buffer, typeOf(char(data[0])), [&](const AppSync::Frame &frame, const auto &) {
            AppSync::Frame stored = frame;
            stored.text = redactor.stored(frame.text, false);
            FUZZ_CHECK(redactor.stored(stored.text, false) == stored.text);
            const CapturedFrame captured = operations.captured(stored, 1, ++number);
            FUZZ_CHECK(captured.text() == stored.text.toUtf8());
            (void)captured.matches(filter);
            (void)captureMembers(captured);
            const QByteArray shared = mask.masked(captured.text());
            FUZZ_CHECK(JsonText::isValid(shared) || !JsonText::isValid(captured.text()));
            return true;
        });
    FUZZ_CHECK(problem.isProblem() == !problem.message.isEmpty());
    FUZZ_CHECK(problem.isProblem() || import.frames() > 0);
    return 0;
}
