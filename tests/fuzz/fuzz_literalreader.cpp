// SPDX-License-Identifier: Apache-2.0
// Configuration: object literals of JavaScript are read as QJsonDocument reads them where they are JSON, and
// whatever a file is, it gives profiles that can be saved, or words; no secret is in a profile. Input: a text,
// not always valid UTF-8.
#include "fuzz.h"

#include "app/core/import/configurationimport.h"
#include "app/core/import/literalreader.h"
#include "app/core/profiletext.h"

#include <AppSync/Validation>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace Syncscope;

namespace {

constexpr int kMostDepth = 60; // of the reader, and a little less

int depthOf(const QByteArray &json)
{
    int depth = 0;
    int deepest = 0;
    for (const char c : json) { // brackets in texts only make it more
        depth += c == '{' || c == '[' ? 1 : 0;
        deepest = qMax(deepest, depth);
    }
    return deepest;
}

void checkReader(const QByteArray &text)
{
    const Fuzz::ExactText utf16(QString::fromUtf8(text));
    const LiteralReader reader(utf16.string());
    FUZZ_CHECK(reader.errorOffset() >= 0 && reader.errorOffset() <= utf16.string().size());
    FUZZ_CHECK(reader.lineAt(reader.errorOffset()) >= 1);
    FUZZ_CHECK(reader.columnAt(reader.errorOffset()) >= 1);
    for (const LiteralReader::Skipped &skipped : reader.skipped())
        FUZZ_CHECK(skipped.line >= 1 && skipped.line <= utf16.string().count(u'\n') + 1);
}

void checkJson(const QByteArray &text)
{
    const QJsonObject expected = Fuzz::parsed(text).toObject();
    const bool isComparable = Fuzz::isUtf8(text) && !AppSync::Validation::json(text).isProblem()
        && !Fuzz::exceedsQJson(text) && depthOf(text) < kMostDepth
        && !Fuzz::hasByteOrderMark(QString::fromUtf8(text)) && !text.toLower().contains("ufeff");
    if (!isComparable || !text.trimmed().startsWith('{'))
        return;
    const LiteralReader reader(u"x = "_s + QString::fromUtf8(text));
    FUZZ_CHECK(reader.error().isEmpty());
    FUZZ_CHECK(reader.skipped().isEmpty());
    FUZZ_CHECK(reader.objects() == QList<QJsonObject>{expected});
}

//! Every text of a profile that a file could have put there.
QStringList textsOf(const QJsonValue &value)
{
    QStringList result;
    if (value.isString() && !authModeNames().contains(value.toString()))
        result.append(value.toString());
    for (const QJsonValue &element : value.toArray())
        result += textsOf(element);
    for (const QJsonValue &member : value.toObject())
        result += textsOf(member);
    return result;
}

void checkImport(const QByteArray &text)
{
    const ImportResult result = importConfiguration(text, u"file"_s);
    FUZZ_CHECK(result.problem.isProblem() == result.profiles.isEmpty());
    FUZZ_CHECK(result.problem.isProblem() == !result.problem.message.isEmpty());
    for (const ImportedProfile &imported : result.profiles) {
        FUZZ_CHECK(!imported.profile.check().isProblem());
        for (const SecretRole role : secretRoles())
            FUZZ_CHECK(!imported.profile.secret(role).isSet());
        const QByteArray written = ProfileText::written("{}", imported.profile);
        std::optional<ProfileText::Fault> fault;
        const Profile again = ProfileText::read(written, &fault);
        FUZZ_CHECK(!fault);
        FUZZ_CHECK(again == imported.profile);
        const QStringList texts = textsOf(QJsonDocument::fromJson(written).object());
        for (const QString &secret : imported.secrets) {
            FUZZ_CHECK(!secret.isEmpty());
            for (const QString &each : texts)
                FUZZ_CHECK(secret.size() < 6 || !each.contains(secret));
        }
    }
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
    checkReader(text);
    checkJson(text);
    checkImport(text);
    return 0;
}
