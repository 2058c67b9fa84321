// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqldraft.h"

#include "app/core/import/graphqlimport.h"
#include "app/core/jsontext.h"
#include "app/ui/aside.h"
#include "app/ui/graphql/graphqlformatter.h"
#include "app/ui/jsonformatter.h"
#include "app/ui/subscriptionmodel.h"
#include "app/ui/wording.h"

#include <AppSync/GraphQlClient>
#include <AppSync/GraphQlParser>
#include <AppSync/Validation>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

namespace Graph = AppSync::GraphQl;

constexpr int kJudgeMs = 120; // after the last letter
constexpr int kKeepMs = 1000; // what is typed is on disk after so long
constexpr qint64 kLargestDraft = 4 * 1024 * 1024;
constexpr qsizetype kLongestTitle = 80;

std::optional<QString> keptText(const QString &path)
{
    QFile file(path);
    if (path.isEmpty() || file.size() > kLargestDraft || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return QString::fromUtf8(file.readAll());
}

QString writeText(const QString &path, const QString &text)
{
    QSaveFile file(path);
    const QByteArray bytes = text.toUtf8();
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    // Values of variables are nobody else's business.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return file.write(bytes) == bytes.size() && file.commit() ? QString() : file.errorString();
}

//! The name of an operation, or the field that it begins with.
QString operationTitle(const Graph::OperationDefinition &operation)
{
    return operation.name.isEmpty() ? operation.selections.first().responseName().text
                                    : operation.name.text;
}

//! What tells two subscriptions of one operation apart.
QString subscriptionTitle(const Graph::OperationDefinition &operation, const QByteArray &variables)
{
    QStringList values;
    if (!variables.isEmpty()) {
        const QList<JsonText::Member> members = JsonText::members(variables);
        for (const JsonText::Member &member : members)
            values += member.name + u": "_s + QString::fromUtf8(member.value);
    }
    const QString name = operationTitle(operation);
    const QString title = values.isEmpty() ? name : name + u" ("_s + values.join(u", "_s) + u')';
    return Wording::shortened(title, kLongestTitle);
}

} // namespace

GraphQlDraft::GraphQlDraft(AppSync::GraphQlClient *client, SubscriptionModel *subscriptions,
                           QObject *parent)
    : QObject(parent), m_client(client), m_subscriptions(subscriptions), m_schema(client)
{
    m_judgeTimer.setSingleShot(true);
    m_judgeTimer.setInterval(kJudgeMs);
    connect(&m_judgeTimer, &QTimer::timeout, this, &GraphQlDraft::judge);
    connect(&m_judging, &QFutureWatcherBase::finished, this, &GraphQlDraft::onJudged);
    m_keepTimer.setSingleShot(true);
    m_keepTimer.setInterval(kKeepMs);
    connect(&m_keepTimer, &QTimer::timeout, this, &GraphQlDraft::keep);
    connect(&m_schema, &SchemaBook::schemaChanged, this, &GraphQlDraft::judge);
    connect(&m_operations, &OperationModel::currentChanged, this, &GraphQlDraft::currentChanged);
    connect(client, &AppSync::Client::frameSeen, &m_results, &GraphQlResultLog::onFrame);
}

GraphQlDraft::~GraphQlDraft()
{
    if (m_keepTimer.isActive())
        keep();
}

void GraphQlDraft::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    m_keepTimer.start();
    judgeSoon();
    Q_EMIT textChanged();
}

void GraphQlDraft::setVariables(const QString &variables)
{
    if (m_variables == variables)
        return;
    m_variables = variables;
    m_keepTimer.start();
    judgeSoon();
    Q_EMIT variablesChanged();
}

void GraphQlDraft::setCursor(int cursor)
{
    if (m_cursor == cursor)
        return;
    m_cursor = cursor;
    const int before = m_operations.current();
    m_operations.setCursor(cursor);
    // The variables belong to another operation now.
    if (m_operations.current() != before)
        judgeSoon();
    Q_EMIT cursorChanged();
}

QStringList GraphQlDraft::jsonNames() const
{
    QStringList names;
    for (const QStringList &path : m_jsonPaths)
        names += u'$' + path.join(u'.');
    return names;
}

QString GraphQlDraft::currentKind() const
{
    const GraphQlOperationEntry *entry = m_operations.currentEntry();
    return entry ? Graph::keyword(entry->kind) : QString();
}

QString GraphQlDraft::currentName() const
{
    const GraphQlOperationEntry *entry = m_operations.currentEntry();
    return entry ? entry->name : QString();
}

void GraphQlDraft::keepIn(const QString &folder, const QString &name, const QString &text,
                          const QString &variables)
{
    m_folder = folder;
    m_name = name;
    const auto document = keptText(pathOf(u"graphql"_s));
    const auto values = keptText(pathOf(u"variables.json"_s));
    setText(document.value_or(text));
    setVariables(values.value_or(document ? QString() : variables));
    m_keepTimer.stop();
    judge();
}

QString GraphQlDraft::nameOf(const QUrl &url)
{
    QString name = url.authority() + url.path();
    for (QChar &c : name) {
        if (!c.isLetterOrNumber() && c != u'.' && c != u'-')
            c = u'_';
    }
    return name.left(120);
}

QString GraphQlDraft::pathOf(const QString &extension) const
{
    return m_folder.isEmpty() || m_name.isEmpty()
        ? QString()
        : QDir(m_folder).filePath(m_name + u'.' + extension);
}

void GraphQlDraft::keep()
{
    m_keepTimer.stop();
    if (m_folder.isEmpty() || m_name.isEmpty())
        return;
    QDir().mkpath(m_folder);
    QString problem = writeText(pathOf(u"graphql"_s), m_text);
    if (problem.isEmpty())
        problem = writeText(pathOf(u"variables.json"_s), m_variables);
    if (!problem.isEmpty())
        Q_EMIT notKept(problem);
}

GraphQlQuestion GraphQlDraft::question() const
{
    return {m_text, m_variables, m_cursor, m_schema.schema()};
}

void GraphQlDraft::judgeSoon()
{
    m_judgeTimer.start();
}

void GraphQlDraft::judge()
{
    m_judgeTimer.stop();
    ++m_asked;
    if (m_judging.isRunning())
        return; // another round follows
    m_judged = m_asked;
    m_judging.setFuture(aside([question = question()] { return GraphQlAnalysis::of(question); }));
}

void GraphQlDraft::onJudged()
{
    // What was judged is old: another round, instead of marks at wrong places.
    if (m_judged != m_asked)
        return judge();
    if (!m_judgeTimer.isActive())
        apply(m_judging.result());
}

void GraphQlDraft::settle()
{
    m_judgeTimer.stop();
    ++m_asked; // what is judged right now is old
    apply(GraphQlAnalysis::of(question()));
}

void GraphQlDraft::apply(const GraphQlAnalysis &analysis)
{
    m_isBroken = analysis.isBroken;
    // While one types, the text is broken most of the time: the list of operations stays.
    if (!analysis.isBroken) {
        m_operations.setOperations(analysis.operations, m_cursor);
        m_jsonPaths = analysis.jsonPaths;
    }
    m_problems.setProblems(analysis.problems);
    m_variableProblems.setProblems(analysis.variableProblems);
    Q_EMIT analysed();
}

void GraphQlDraft::run()
{
    const Graph::ParsedDocument parsed = Graph::parse(m_text);
    if (parsed.error && !m_text.trimmed().isEmpty())
        return say(tr("This cannot be run: %1").arg(parsed.error->toString()), true);
    const auto operations = parsed.document.operations();
    if (operations.isEmpty())
        return say(tr("There is no operation to run. Write a query, a mutation or a subscription."),
                   true);
    QList<GraphQlOperationEntry> places;
    for (const Graph::OperationDefinition *operation : operations) {
        places += GraphQlOperationEntry();
        places.last().begin = operation->position.offset;
    }
    runOperation(parsed.document, *operations.at(GraphQlAnalysis::operationAt(places, m_cursor)));
}

void GraphQlDraft::runOperation(const Graph::Document &document,
                                const Graph::OperationDefinition &operation)
{
    const QByteArray given = m_variables.trimmed().toUtf8();
    if (!given.isEmpty() && (!given.startsWith('{') || !JsonText::isValid(given)))
        return say(tr("This cannot be run: the variables are no JSON object."), true);
    if (!m_client)
        return;
    dismissMessage();
    const QByteArray variables = GraphQlRequestText::variablesOf(given, operation);
    const QString text = GraphQlRequestText::of(m_text, document, operation);
    if (operation.kind == Graph::OperationKind::Subscription) {
        if (m_subscriptions
            && m_subscriptions->addDocument(subscriptionTitle(operation, variables), text,
                                            variables))
            Q_EMIT subscribed();
        return;
    }
    AppSync::GraphQlReply *reply = m_client->execute(text, variables);
    m_results.add(reply, Graph::keyword(operation.kind) + u' ' + operationTitle(operation), text,
                  variables);
    Q_EMIT executed();
}

void GraphQlDraft::stop()
{
    m_results.stopAll();
}

void GraphQlDraft::format()
{
    // What cannot be read is not touched.
    if (!Graph::parse(m_text).error)
        setText(GraphQlFormatter::indented(m_text));
}

void GraphQlDraft::formatVariables()
{
    if (JsonText::isValid(m_variables.toUtf8()))
        setVariables(JsonFormatter::indented(m_variables));
}

void GraphQlDraft::complete(int cursor)
{
    m_completions.setCompletion(GraphQlCompletion::of(m_text, cursor, m_schema.schema()));
}

void GraphQlDraft::importFile(const QUrl &url)
{
    const QString path = url.isLocalFile() ? url.toLocalFile() : url.toString();
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() > kLargestDraft || !file.open(QIODevice::ReadOnly))
        return say(tr("The file %1 cannot be read, or is too large.").arg(name), true);
    const GraphQlImport::Result found = GraphQlImport::read(file.readAll(), name);
    if (found.problem.isProblem())
        return say(Wording::withNextStep(found.problem.message, found.problem.nextStep), true);
    QString text = m_text.trimmed().isEmpty() ? QString() : m_text.trimmed() + u"\n\n"_s;
    int added = 0;
    for (const QString &definition : found.definitions) {
        if (m_text.contains(definition))
            continue;
        text += definition + u"\n\n"_s;
        ++added;
    }
    if (added > 0) {
        text.chop(1);
        setText(text);
    }
    const qsizetype known = found.definitions.size() - added;
    QString message = added == 1 ? tr("1 definition taken from %1.").arg(name)
                                 : tr("%1 definitions taken from %2.").arg(added).arg(name);
    if (known > 0)
        message += u' ' + tr("Already there: %1.").arg(known);
    if (!found.note.isEmpty())
        message += u' ' + found.note;
    say(message, false);
}

void GraphQlDraft::dismissMessage()
{
    say({}, false);
}

void GraphQlDraft::say(const QString &message, bool isProblem)
{
    m_message = message;
    m_messageIsProblem = isProblem;
    Q_EMIT messageChanged();
}

QString GraphQlDraft::jsonText(int index) const
{
    const QByteArray json = m_variables.toUtf8();
    const QStringList path = m_jsonPaths.value(index);
    if (path.isEmpty() || !JsonText::isValid(json))
        return {};
    const auto place = JsonText::find(json, path);
    const QByteArray value =
        place ? json.sliced(place->begin, place->end - place->begin) : "null"_ba;
    return value.startsWith('"') ? JsonText::plain(value) : QString();
}

bool GraphQlDraft::setJsonText(int index, const QString &text)
{
    const QStringList path = m_jsonPaths.value(index);
    QByteArray json = m_variables.trimmed().isEmpty() ? "{}"_ba : m_variables.toUtf8();
    if (path.isEmpty() || !JsonText::isValid(json))
        return false;
    if (jsonText(index) == text)
        return true;
    const QByteArray value = JsonText::quoted(text);
    if (const auto place = JsonText::find(json, path)) {
        json.replace(place->begin, place->end - place->begin, value);
    } else {
        const QStringList parent = path.first(path.size() - 1);
        const auto object = JsonText::find(json, parent);
        if (!object || json.at(object->begin) != '{')
            return false;
        const QByteArray inside = json.sliced(object->begin + 1, object->end - object->begin - 2);
        const QByteArray member = JsonText::quoted(path.last()) + ": " + value;
        json.insert(object->begin + 1, inside.trimmed().isEmpty() ? member : member + ", ");
    }
    setVariables(QString::fromUtf8(json));
    return true;
}

int GraphQlDraft::jsonProblemAt(const QString &json)
{
    const QByteArray utf8 = json.toUtf8();
    const AppSync::Validation::JsonProblem problem = AppSync::Validation::json(utf8);
    if (json.trimmed().isEmpty() || !problem.isProblem())
        return -1;
    return int(QString::fromUtf8(utf8.first(std::min(problem.offset, utf8.size()))).size());
}

} // namespace Syncscope
