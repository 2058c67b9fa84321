// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/configurationimport.h"

#include "app/core/import/amplifyimport.h"
#include "app/core/import/appsyncimport.h"
#include "app/core/import/literalreader.h"
#include "app/core/import/outputsimport.h"
#include "app/core/import/shapes.h"

#include <AppSync/Validation>

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kLargest = 16 * 1024 * 1024; // schemas stand in there too
constexpr qsizetype kMostNotes = 5; // of values that were not read

class Importer {
public:
    Importer(const QByteArray &bytes, const QString &fileName)
        : m_bytes(bytes)
        , m_name(fileName.isEmpty() ? u"the pasted text"_s : QFileInfo(fileName).fileName())
        , m_baseName(baseNameOf(fileName))
    {
    }

    ImportResult run()
    {
        if (m_bytes.size() > kLargest) {
            return failed(u"%1 is larger than %2 MiB, which no configuration is."_s.arg(m_name).arg(
                kLargest >> 20));
        }
        if (!decode())
            return m_result;
        const QString start = m_text.trimmed().left(1);
        if (start.isEmpty())
            return failed(u"%1 is empty."_s.arg(m_name));
        if (start == u"{" || start == u"[")
            importJson();
        else if (isOneWord())
            importUrl();
        else if (OutputsImport::isEnvironment(m_text))
            finish(u"Environment variables"_s, OutputsImport::readEnvironment(m_baseName, m_text));
        else
            importCode();
        return m_result;
    }

private:
    static QString baseNameOf(const QString &fileName)
    {
        QString name = QFileInfo(fileName).fileName();
        if (name.startsWith(u".env")) // .env.production
            return name.size() > 5 ? name.mid(5) : u"env"_s;
        name = name.section(u'.', 0, 0);
        return name.isEmpty() ? u"imported"_s : name;
    }

    //! PowerShell writes what it redirects as UTF-16.
    bool decode()
    {
        const auto encoding = QStringConverter::encodingForData(m_bytes);
        QStringDecoder decoder(encoding.value_or(QStringConverter::Utf8));
        m_text = decoder(m_bytes);
        if (m_text.startsWith(QChar::ByteOrderMark))
            m_text.remove(0, 1);
        if (!decoder.hasError() && !m_text.contains(QChar::Null)) {
            m_utf8 = m_text.toUtf8();
            return true;
        }
        failed(u"%1 is not a text."_s.arg(m_name));
        return false;
    }

    [[nodiscard]] bool isOneWord() const
    {
        const QString text = m_text.trimmed();
        const auto isSpace = [](QChar c) { return c.isSpace(); };
        const bool isAssignment =
            text.indexOf(u'=') > 0 && text.indexOf(u'=') < text.indexOf(u"://"_s);
        return std::none_of(text.begin(), text.end(), isSpace) && !isAssignment
            && (text.contains(u"://") || !text.contains(u'='));
    }

    void importUrl()
    {
        const QString text = m_text.trimmed();
        Draft draft({});
        // A pasted secret is never repeated, so that it is looked for first.
        static const QRegularExpression token(u"\\AeyJ[\\w-]+\\.[\\w.-]+\\z"_s);
        if (token.match(text).hasMatch())
            draft.setSecret(SecretRole::Token, text);
        else
            Shapes::take({}, text, &draft);
        if (draft.isWorthIt() && !draft.hasEndpoint()) {
            finish(u"A single value"_s, {draft});
            return;
        }
        draft.setAnyUrl(text);
        const Draft::Api &api = draft.graphql.isThere() ? draft.graphql : draft.events;
        if (!api.isValid()) {
            const AppSync::Error wrong = api.endpoint.problem();
            m_result.problem = Problem::file(wrong.message.contains(text.left(20))
                                                 ? u"%1 is not an endpoint."_s.arg(m_name)
                                                 : wrong.message,
                                             wrong.nextStep);
            return;
        }
        const QString host = api.endpoint.http().host();
        const bool isAws = host.endsWith(u".amazonaws.com") || host.endsWith(u".amazonaws.com.cn");
        draft.profile.name = isAws ? u"%1 %2"_s.arg(api.endpoint.region(), host.left(6)) : host;
        const bool isGraphql = api.endpoint.service() == AppSync::Endpoint::Service::GraphQl;
        finish(isGraphql ? u"URL of a GraphQL API"_s : u"URL of an Events API"_s, {draft});
    }

    void importJson()
    {
        const AppSync::Validation::JsonProblem wrong = AppSync::Validation::json(m_utf8);
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(m_utf8, &error);
        if (wrong.isProblem()) {
            // An object without quotes around its names is JavaScript.
            const LiteralReader reader(m_text);
            if (importObjects(reader))
                return;
            failAt(QString::fromUtf8(m_utf8.first(wrong.offset)).size(), wrong.message);
        } else if (error.error != QJsonParseError::NoError) {
            failAt(QString::fromUtf8(m_utf8.first(error.offset)).size(), error.errorString());
        } else {
            importDocument(document);
        }
    }

    void importDocument(const QJsonDocument &document)
    {
        const QJsonObject object = document.object();
        if (object.value("version"_L1) == 1 && object.contains("profiles"_L1)) {
            m_result.problem =
                Problem::file(u"%1 is a file of profiles already."_s.arg(m_name),
                              u"Give it to --profile, or copy it to where profiles are kept."_s);
            return;
        }
        const QList<Draft> apis = AppSyncImport::read(object);
        if (!apis.isEmpty())
            finish(u"Output of `aws appsync`"_s, apis);
        else if (importAmplify(object))
            return;
        else if (OutputsImport::isCloudFormation(document))
            finish(u"Outputs of CloudFormation"_s, OutputsImport::readCloudFormation(document));
        else if (OutputsImport::isTerraform(object))
            finish(u"Outputs of Terraform"_s, OutputsImport::readAny(m_baseName, document));
        else if (OutputsImport::isCdk(object))
            finish(u"Outputs of CDK"_s, OutputsImport::readCdk(object));
        else
            finish(u"JSON"_s, OutputsImport::readAny(m_baseName, document));
    }

    bool importAmplify(const QJsonObject &object)
    {
        if (AmplifyImport::isNative(object))
            finish(u"amplifyconfiguration.json of Amplify"_s, AmplifyImport::readNative(object));
        else if (AmplifyImport::isExports(object))
            finish(u"aws-exports of Amplify"_s, {AmplifyImport::readExports(object)});
        else if (AmplifyImport::isResources(object))
            finish(u"Configuration of Amplify"_s, {AmplifyImport::readExports(object)});
        else if (AmplifyImport::isOutputs(object))
            finish(u"amplify_outputs.json of Amplify Gen 2"_s,
                   {AmplifyImport::readOutputs(object)});
        else
            return false;
        return true;
    }

    //! JavaScript, TypeScript, or Dart with JSON in a text of its own.
    void importCode()
    {
        const LiteralReader reader(m_text);
        if (importObjects(reader) || importQuotedJson())
            return;
        if (!reader.error().isEmpty()) {
            failAt(reader.errorOffset(), reader.error());
            return;
        }
        failed(u"%1 is none of the files that are known."_s.arg(m_name));
    }

    bool importObjects(const LiteralReader &reader)
    {
        for (const QJsonObject &object : reader.objects()) {
            if (!AmplifyImport::isNative(object) && !AmplifyImport::isExports(object)
                && !AmplifyImport::isResources(object) && !AmplifyImport::isOutputs(object))
                continue;
            importAmplify(object);
            noteSkipped(reader);
            return true;
        }
        for (const QJsonObject &object : reader.objects()) {
            const QList<Draft> drafts = OutputsImport::readAny(m_baseName, QJsonDocument(object));
            if (drafts.isEmpty())
                continue;
            finish(u"Configuration in code"_s, drafts);
            noteSkipped(reader);
            return true;
        }
        return false;
    }

    void noteSkipped(const LiteralReader &reader)
    {
        QStringList notes;
        for (const LiteralReader::Skipped &skipped : reader.skipped()) {
            if (notes.size() == kMostNotes) {
                notes.append(u"The program works out further values, which were left out."_s);
                break;
            }
            notes.append((skipped.hasFallback
                              ? u"Line %1: the program works out %2; its fallback was taken."_s
                              : u"Line %1: the program works out %2, which was left out."_s)
                             .arg(skipped.line)
                             .arg(skipped.name));
        }
        for (ImportedProfile &imported : m_result.profiles)
            imported.notes += notes;
    }

    bool importQuotedJson()
    {
        const QString quotes = u"'''"_s;
        const qsizetype begin = m_text.indexOf(quotes);
        const qsizetype end = begin < 0 ? -1 : m_text.indexOf(quotes, begin + 3);
        if (end < 0)
            return false;
        const QJsonDocument document =
            QJsonDocument::fromJson(m_text.mid(begin + 3, end - begin - 3).toUtf8());
        return document.isObject() && importAmplify(document.object());
    }

    void finish(const QString &kind, const QList<Draft> &drafts)
    {
        m_result.kind = kind;
        for (const Draft &draft : drafts) {
            if (!draft.isWorthIt())
                continue;
            Draft named = draft;
            if (named.profile.name.trimmed().isEmpty())
                named.profile.name = m_baseName;
            m_result.profiles.append(named.finished());
        }
        if (m_result.profiles.isEmpty())
            failed(u"There is nothing of AppSync in %1 (%2)."_s.arg(m_name, kind));
    }

    void failAt(qsizetype offset, const QString &what)
    {
        const QStringView before = QStringView(m_text).first(qBound(0, offset, m_text.size()));
        const qsizetype lineStart = before.lastIndexOf(u'\n') + 1;
        failed(u"%1:%2:%3: %4."_s.arg(m_name)
                   .arg(1 + before.count(u'\n'))
                   .arg(before.size() - lineStart + 1)
                   .arg(what.endsWith(u'.') ? what.chopped(1) : what));
    }

    ImportResult failed(const QString &message)
    {
        m_result.profiles.clear();
        m_result.problem = Problem::file(
            message,
            u"Known are amplify_outputs.json, aws-exports.js, amplifyconfiguration.json, outputs "
            u"of CDK "
            "and CloudFormation, output of `aws appsync get-api`, .env files, and URLs."_s);
        return m_result;
    }

    const QByteArray m_bytes;
    const QString m_name;
    const QString m_baseName;
    QString m_text;
    QByteArray m_utf8; //!< of m_text
    ImportResult m_result;
};

} // namespace

ImportResult importConfiguration(const QByteArray &text, const QString &fileName)
{
    return Importer(text, fileName).run();
}

} // namespace Syncscope
