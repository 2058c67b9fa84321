// SPDX-License-Identifier: Apache-2.0
// Filters: a mistake is inside the text, every filter can be applied to any row and is a condition of SQL with as
// many values as places, and completions are inside the text. Input: a filter, and behind a line break a payload.
#include "fuzz.h"

#include "app/core/filter/filter.h"
#include "app/core/filter/filtercompletion.h"
#include "app/core/filter/filtersql.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;
using namespace Syncscope;

namespace {

FilterRow rowOf(QByteArrayView payload, FilterRow::Payload shape)
{
    FilterRow row;
    row.sub = "/game/*";
    row.channel = "/game/7";
    row.dir = "in";
    row.kind = "event";
    row.type = "data";
    row.text = payload;
    row.bytes = payload.size();
    row.timeMs = 1'764'151'331'240;
    row.payload = shape;
    row.isJson = true; // also where it is not: reading stays inside
    return row;
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
    const qsizetype end = input.indexOf('\n');
    const Fuzz::ExactText text(QString::fromUtf8(end < 0 ? input : input.first(end)));
    const QByteArrayView payload =
        end < 0 ? QByteArrayView() : QByteArrayView(input).sliced(end + 1);
    const Filter filter(text.string());
    const Filter::Error &error = filter.error();
    FUZZ_CHECK(filter.isValid() == error.message.isEmpty());
    FUZZ_CHECK(error.offset >= 0 && error.length >= 0);
    FUZZ_CHECK(error.offset + error.length <= text.string().size());
    FilterVocabulary vocabulary;
    for (const auto shape :
         {FilterRow::Payload::Event, FilterRow::Payload::Result, FilterRow::Payload::None}) {
        const FilterRow row = rowOf(payload, shape);
        FUZZ_CHECK(!filter.matches(row) || filter.isValid());
        vocabulary.note(row);
    }
    const FilterSql sql(filter);
    FUZZ_CHECK(!sql.where.isEmpty());
    FUZZ_CHECK(sql.where.count(u'?') == sql.values.size());
    for (const FilterCompletion &completion :
         filterCompletions(text.string(), text.string().size(), vocabulary))
        FUZZ_CHECK(completion.begin >= 0 && completion.begin <= completion.end
                   && completion.end <= text.string().size());
    return 0;
}
