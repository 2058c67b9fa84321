// SPDX-License-Identifier: Apache-2.0
#include "scenario_p.h"

#include "actorreader_p.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

static void initScenarioResources()
{
    Q_INIT_RESOURCE(appsync_scenarios); // must not stand in a namespace
}

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kVersion = 1;
constexpr qint64 kMostBytes = 1024 * 1024;
constexpr qsizetype kMostActors = 1'000;

QString syntaxProblem(const QByteArray &json, const QJsonParseError &error)
{
    const QByteArray before = json.first(qBound(0, error.offset, int(json.size())));
    return u"Not JSON at line %1, column %2: %3"_s.arg(before.count('\n') + 1)
        .arg(before.size() - before.lastIndexOf('\n'))
        .arg(error.errorString());
}

QString rootProblem(const QJsonObject &root)
{
    if (root.value("version"_L1) != QJsonValue(kVersion))
        return u"A scenario file needs \"version\": %1"_s.arg(kVersion);
    if (root.value("actors"_L1).toArray().isEmpty())
        return u"A scenario needs \"actors\": an array with at least one"_s;
    static const QStringList known{u"version"_s, u"name"_s, u"description"_s, u"actors"_s};
    for (const QString &name : root.keys()) {
        if (!known.contains(name))
            return u"A scenario does not know \"%1\""_s.arg(name);
    }
    return {};
}

} // namespace

std::optional<Scenario> Scenario::fromJson(const QByteArray &json, QString *problem)
{
    problem->clear();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    const QJsonObject root = document.object();
    *problem = document.isNull() ? syntaxProblem(json, error) : rootProblem(root);
    Scenario scenario{
        root.value("name"_L1).toString(), root.value("description"_L1).toString(), {}};
    const QJsonArray actors = root.value("actors"_L1).toArray();
    for (qsizetype i = 0; problem->isEmpty() && i < actors.size(); ++i) {
        scenario.actors += ActorReader::read(actors.at(i).toObject(), i, problem);
        if (scenario.actors.size() > kMostActors && problem->isEmpty())
            *problem = u"A scenario has at most %1 actors, copies included"_s.arg(kMostActors);
    }
    if (!problem->isEmpty())
        return std::nullopt;
    return scenario;
}

std::optional<Scenario> Scenario::load(const QString &nameOrFile, QString *problem)
{
    const bool isIncluded = included().contains(nameOrFile);
    QFile file(isIncluded ? u":/appsync/scenarios/%1.json"_s.arg(nameOrFile) : nameOrFile);
    if (!file.open(QIODevice::ReadOnly)) {
        *problem = u"Cannot read the scenario %1: %2. It may be a file or one of: %3"_s.arg(
            nameOrFile, file.errorString(), included().join(u", "_s));
        return std::nullopt;
    }
    const QByteArray json = file.read(kMostBytes + 1);
    if (json.size() > kMostBytes) {
        *problem = u"The scenario %1 is larger than 1 MB"_s.arg(nameOrFile);
        return std::nullopt;
    }
    auto scenario = fromJson(json, problem);
    if (!scenario)
        *problem = u"The scenario %1 cannot be played: %2"_s.arg(nameOrFile, *problem);
    return scenario;
}

QStringList Scenario::included()
{
    initScenarioResources();
    QStringList names;
    for (const QString &file :
         QDir(u":/appsync/scenarios"_s).entryList({u"*.json"_s}, QDir::Files, QDir::Name))
        names.append(file.chopped(5));
    return names;
}

QStringList Scenario::namesInLet()
{
    return {u"actor"_s, u"copy"_s, u"online"_s, u"onlineCount"_s};
}

QStringList Scenario::namesInEvent(const ScenarioActor &actor)
{
    return namesInLet() + actor.let.keys();
}

QStringList Scenario::namesInState(const ScenarioActor &actor)
{
    return namesInEvent(actor) + QStringList{u"state"_s};
}

QStringList Scenario::namesInReply(const ScenarioActor &actor)
{
    return namesInEvent(actor) + QStringList{u"event"_s, u"from"_s, u"channel"_s};
}

} // namespace AppSync::Emulation
