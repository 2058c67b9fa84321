// SPDX-License-Identifier: Apache-2.0
// JSON text: the client's checker, the emulator's and QJsonDocument agree, but for what QJsonDocument is
// known to forgive; string literals survive there and back. Input: a text, not always valid UTF-8.
#include "fuzz.h"

#include "lib/core/jsonchecker_p.h"
#include "lib/core/jsonstring_p.h"
#include "lib/emulator/jsontext_p.h"

#include <AppSync/Limits>
#include <AppSync/Validation>

using namespace AppSync;

namespace {

//! QJsonDocument takes control characters and unknown escapes in strings, and numbers such as `1.`, `.1`.
bool isForgivenByQJson(const JsonChecker &checker, const QByteArray &text)
{
    const QByteArrayView why(checker.reason());
    if (why == "a value is expected here")
        return text.sliced(checker.offset()).startsWith('.');
    return why.startsWith("a line break, tab or other control")
        || why.startsWith("JSON knows no such escape") || why == "this is not a JSON number";
}

void checkVerdicts(const QByteArray &text)
{
    JsonChecker checker(text);
    const bool isJson = checker.check();
    const Validation::JsonProblem problem = Validation::json(text);
    FUZZ_CHECK(isJson == !problem.isProblem());
    FUZZ_CHECK(isJson == problem.message.isEmpty());
    FUZZ_CHECK(problem.offset < 0 || problem.offset <= text.size());
    FUZZ_CHECK(isJson == QByteArrayView(checker.reason()).isEmpty());
    FUZZ_CHECK(Validation::events({text}).isError()
               == (!isJson || text.size() > Limits::kEventMaxBytes));
    if (!Fuzz::isUtf8(text))
        return; // the three differ in what they make of it

    const Fuzz::ExactText utf16(QString::fromUtf8(text));
    FUZZ_CHECK(Emulation::JsonText::isValue(utf16.string()) == isJson);
    FUZZ_CHECK(Emulation::JsonText::utf8Size(utf16.string()) == text.size());
    const bool isQJson = !Fuzz::parsed(text).isUndefined();
    if (isJson)
        FUZZ_CHECK(isQJson || Fuzz::exceedsQJson(text));
    else
        FUZZ_CHECK(!isQJson || isForgivenByQJson(checker, text));
}

//! Where a text is cut, or goes on, changes where it is broken only as it must.
void checkOffset(const QByteArray &text)
{
    const Validation::JsonProblem problem = Validation::json(text);
    if (!problem.isProblem())
        FUZZ_CHECK(!Validation::json(" " + text + "\n").isProblem());
    else if (problem.offset < text.size() && problem.offset > 0 && !text.trimmed().isEmpty())
        FUZZ_CHECK(Validation::json(" " + text).offset == problem.offset + 1);
}

//! \a text as the inside of a literal.
void checkLiteral(const QByteArray &text)
{
    const Fuzz::ExactText literal(QString::fromUtf8(text));
    const QString plain = JsonString::unescaped(literal.string());
    FUZZ_CHECK(JsonString::unescapedUtf8(literal.string()) == plain.toUtf8());
    const QByteArray quoted = '"' + literal.string().toUtf8() + '"';
    if (!Validation::json(quoted).isProblem() && !Fuzz::hasByteOrderMark(plain))
        FUZZ_CHECK(Fuzz::parsed(quoted).toString() == plain);
}

//! \a text as what a literal stands for.
void checkThereAndBack(const QByteArray &text)
{
    QByteArray literal;
    JsonString::append(literal, text);
    FUZZ_CHECK(!Validation::json(literal).isProblem());
    if (!Fuzz::isUtf8(text))
        return;
    const Fuzz::ExactText inner(QString::fromUtf8(literal.sliced(1, literal.size() - 2)));
    FUZZ_CHECK(JsonString::unescapedUtf8(inner.string()) == text);
    FUZZ_CHECK(Fuzz::parsed(literal).toString().toUtf8() == text);

    QString emulated;
    Emulation::JsonText::appendString(emulated, QString::fromUtf8(text));
    FUZZ_CHECK(Fuzz::parsed(emulated.toUtf8()).toString().toUtf8() == text);
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = Fuzz::bytes(data, size);
    checkVerdicts(text);
    checkOffset(text);
    checkLiteral(text);
    checkThereAndBack(text);
    return 0;
}
