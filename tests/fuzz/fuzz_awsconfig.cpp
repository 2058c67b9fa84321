// SPDX-License-Identifier: Apache-2.0
// Files of the AWS tools: whatever they contain either is refused with a line, or reads back as the same when it
// is written out. The same for the words of a command.
#include "fuzz.h"

#include "lib/auth/aws/inifile_p.h"
#include "lib/auth/shellwords_p.h"

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace {

void checkKey(const QString &key)
{
    FUZZ_CHECK(!key.isEmpty());
    FUZZ_CHECK(key == key.trimmed());
    FUZZ_CHECK(key == key.toLower());
    FUZZ_CHECK(!key.contains(u'\n'));
}

QString written(const IniSection &section)
{
    QString text = u'[' + section.name + u"]\n"_s;
    for (auto value = section.values.cbegin(); value != section.values.cend(); ++value) {
        checkKey(value.key());
        FUZZ_CHECK(value->isEmpty() || !section.blocks.contains(value.key()));
        text += value.key() + u" = "_s + QString(*value).replace(u'\n', u"\n  "_s) + u'\n';
        const QHash<QString, QString> block = section.blocks.value(value.key());
        for (auto line = block.cbegin(); line != block.cend(); ++line) {
            checkKey(line.key());
            text += u"  "_s + line.key() + u" = "_s + *line + u'\n';
        }
    }
    for (auto block = section.blocks.cbegin(); block != section.blocks.cend(); ++block)
        FUZZ_CHECK(section.values.contains(block.key()));
    return text;
}

void checkFile(const QString &text)
{
    const IniFile file = IniFile::parse(text);
    if (!file.problem.isEmpty()) {
        FUZZ_CHECK(file.sections.isEmpty());
        FUZZ_CHECK(file.line >= 1 && file.line <= text.count(u'\n') + 1);
        return;
    }
    QString again;
    for (const IniSection &section : file.sections)
        again += written(section);
    const IniFile reread = IniFile::parse(again);
    FUZZ_CHECK(reread.problem.isEmpty());
    FUZZ_CHECK(reread.sections == file.sections);
}

void checkWords(const QString &line)
{
    static_cast<void>(windowsWords(line));
    const std::optional<QStringList> words = posixWords(line);
    if (!words)
        return;
    QString quoted;
    for (const QString &word : *words)
        quoted += u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u"' "_s;
    FUZZ_CHECK(posixWords(quoted) == words);
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Fuzz::ExactText text(QString::fromUtf8(Fuzz::bytes(data, size)));
    checkFile(text.string());
    checkWords(text.string());
    return 0;
}
