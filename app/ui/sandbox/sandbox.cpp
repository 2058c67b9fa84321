// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandbox.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTime>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qsizetype kJournalLines = 200;

//! Read when they are first asked for: they are files.
const QList<AppSync::Emulator::ScenarioInfo> &knownScenarios()
{
    static const auto all = AppSync::Emulator::scenarios();
    return all;
}

QVariantMap fact(const QString &name, const QString &value)
{
    return {{u"name"_s, name}, {u"value"_s, value}};
}

} // namespace

Sandbox::Sandbox(const QString &handlersFolder, QObject *parent)
    : QObject(parent), m_handlers(&m_emulator, handlersFolder)
{
    connect(&m_emulator, &AppSync::Emulator::refused, this, &Sandbox::note);
    connect(&m_handlers, &HandlerEditor::notKept, this,
            [this](const QString &nameSpace, const QString &reason) {
                setProblem(
                    {.message = tr("The handler of %1 works, but could not be kept in a file: %2.")
                                    .arg(nameSpace, reason),
                     .serverMessage = {},
                     .nextStep = tr("Copy its text to a file of your own."),
                     .details = {}});
            });
}

Sandbox::~Sandbox() = default;

bool Sandbox::start()
{
    if (isRunning())
        return true;
    if (!listen()) {
        setProblem(
            {.message = tr("The local AppSync could not be started: %1").arg(m_emulator.problem()),
             .serverMessage = {},
             .nextStep = tr("Close programs that use many network ports and try again."),
             .details = {}});
        return false;
    }
    setProblem({});
    m_port = m_emulator.port();
    m_emulator.setFaults(m_faults.plan());
    m_handlers.load();
    Q_EMIT runningChanged();
    play(scenario());
    return true;
}

//! Clients that were connected find it again where it was.
bool Sandbox::listen()
{
    AppSync::Emulator::Options options;
    options.port = m_port;
    if (m_emulator.listen(options))
        return true;
    options.port = 0;
    return m_port > 0 && m_emulator.isPortTaken() && m_emulator.listen(options);
}

void Sandbox::stop()
{
    m_emulator.close();
    Q_EMIT runningChanged();
    Q_EMIT scenarioChanged();
}

void Sandbox::play(int scenario)
{
    const QString name = scenarios().value(scenario);
    if (name.isEmpty())
        return;
    m_scenario = name;
    if (isRunning() && !m_emulator.playScenario(name)) {
        setProblem(
            {.message = tr("The scenario %1 cannot be played: %2").arg(name, m_emulator.problem()),
             .serverMessage = {},
             .nextStep = tr("Choose another one."),
             .details = {}});
    }
    Q_EMIT scenarioChanged();
}

void Sandbox::pause()
{
    m_emulator.stopScenario();
    Q_EMIT scenarioChanged();
}

void Sandbox::setSpeed(double speed)
{
    if (speed == this->speed())
        return;
    m_emulator.setScenarioSpeed(speed);
    Q_EMIT speedChanged();
}

void Sandbox::dropConnections()
{
    m_emulator.dropConnections();
}

void Sandbox::note(const QString &line)
{
    m_journal.append(QTime::currentTime().toString(u"HH:mm:ss  "_s) + line);
    if (m_journal.size() > kJournalLines)
        m_journal.removeFirst();
    Q_EMIT journalChanged();
}

void Sandbox::clearJournal()
{
    m_journal.clear();
    Q_EMIT journalChanged();
}

void Sandbox::setProblem(const Notice &problem)
{
    if (m_problem == problem)
        return;
    m_problem = problem;
    Q_EMIT problemChanged();
}

AppSync::Endpoint Sandbox::endpoint() const
{
    return AppSync::Endpoint(m_emulator.httpUrl());
}

AppSync::Endpoint Sandbox::graphQlEndpoint() const
{
    return AppSync::Endpoint(m_emulator.graphQlUrl());
}

QString Sandbox::addressText() const
{
    return m_emulator.httpUrl().authority();
}

//! The key is of this run of the program, and of use on this computer only.
QVariantList Sandbox::facts() const
{
    return {fact(tr("HTTP"), m_emulator.httpUrl().toString()),
            fact(tr("Realtime"), m_emulator.realtimeUrl().toString()),
            fact(tr("GraphQL"), m_emulator.graphQlUrl().toString()),
            fact(tr("API key"), m_emulator.apiKey()),
            fact(tr("Namespaces"), m_emulator.namespaces().join(u", "_s))};
}

QString Sandbox::environmentText() const
{
    return u"SYNCSCOPE_ENDPOINT=%1\nSYNCSCOPE_API_KEY=%2\nAWS_REGION=%3\n"_s.arg(
        m_emulator.httpUrl().toString(), m_emulator.apiKey(), m_emulator.region());
}

void Sandbox::copyEnvironment() const
{
    QGuiApplication::clipboard()->setText(environmentText());
}

QStringList Sandbox::scenarios()
{
    QStringList names;
    for (const auto &scenario : knownScenarios())
        names.append(scenario.name);
    return names;
}

int Sandbox::scenario() const
{
    return int(scenarios().indexOf(m_scenario));
}

QString Sandbox::scenarioText() const
{
    return knownScenarios().value(scenario()).description;
}

QString Sandbox::demoChannel()
{
    return u"/demo/*"_s;
}

QString Sandbox::sampleDocument()
{
    return QString::fromLatin1(
        R"(# Run the subscription, then the mutation: Ctrl+Return runs the operation at the cursor.
subscription OnMessage($room: String) {
  onMessage(room: $room) {
    id
    room
    body
    author
    createdAt
  }
}

mutation SendMessage($room: String!, $body: String!, $author: String) {
  sendMessage(room: $room, body: $body, author: $author) {
    id
    room
    body
    author
    createdAt
  }
}

query Messages($room: String!) {
  messages(room: $room, limit: 10) {
    id
    body
    createdAt
  }
}
)");
}

QString Sandbox::sampleVariables()
{
    return u"{\n  \"room\": \"lobby\",\n  \"body\": \"Hello from Syncscope\"\n}\n"_s;
}

} // namespace Syncscope
