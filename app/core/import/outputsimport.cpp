// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/outputsimport.h"

#include "app/core/import/shapes.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace Syncscope::OutputsImport {

namespace {

//! Those with an endpoint, completed by what the others have: stacks often keep their users apart.
QList<Draft> combined(const QList<Draft> &drafts)
{
    QList<Draft> withEndpoint;
    Draft rest({});
    for (const Draft &draft : drafts) {
        if (draft.hasEndpoint()) {
            withEndpoint.append(draft);
        } else {
            if (rest.profile.name.isEmpty() && draft.isWorthIt())
                rest.profile.name = draft.profile.name;
            rest.complete(draft);
        }
    }
    for (Draft &draft : withEndpoint)
        draft.complete(rest);
    if (withEndpoint.isEmpty() && rest.isWorthIt())
        withEndpoint.append(rest);
    return withEndpoint;
}

Draft readOutputs(const QString &stack, const QJsonArray &outputs)
{
    Draft draft(stack);
    for (const QJsonValue &each : outputs) {
        const QJsonObject output = each.toObject();
        Shapes::take(output.value("OutputKey"_L1).toString(),
                     output.value("OutputValue"_L1).toString(), &draft);
    }
    return draft;
}

const QRegularExpression &assignment()
{
    static const QRegularExpression pattern(
        uR"(^\s*(?:export\s+|set\s+|\$env:)?([A-Za-z_][\w.-]*)\s*=\s*(.*?)\s*$)"_s);
    return pattern;
}

//! What a shell would make of it, variables aside.
QString unquoted(const QString &value)
{
    if (value.size() >= 2 && (value.startsWith(u'"') || value.startsWith(u'\''))) {
        const qsizetype end = value.indexOf(value.front(), 1);
        if (end > 0)
            return value.mid(1, end - 1);
    }
    static const QRegularExpression comment(u"\\s#.*$"_s);
    return QString(value).remove(comment);
}

bool isComment(const QString &line)
{
    const QString text = line.trimmed();
    return text.isEmpty() || text.startsWith(u'#') || text.startsWith(u"//");
}

} // namespace

bool isCdk(const QJsonObject &object)
{
    const auto isText = [](const QJsonValue &value) {
        return !value.isObject() && !value.isArray();
    };
    const auto isStack = [&](const QJsonValue &value) {
        const QJsonObject outputs = value.toObject();
        return value.isObject() && std::all_of(outputs.begin(), outputs.end(), isText);
    };
    return !object.isEmpty() && std::all_of(object.begin(), object.end(), isStack);
}

QList<Draft> readCdk(const QJsonObject &object)
{
    QList<Draft> drafts;
    for (auto it = object.begin(); it != object.end(); ++it) {
        Draft draft(it.key());
        Shapes::takeAll({}, it.value(), &draft);
        drafts.append(draft);
    }
    return combined(drafts);
}

bool isCloudFormation(const QJsonDocument &document)
{
    if (document.isArray())
        return document.array().at(0).toObject().contains("OutputKey"_L1);
    return document.object().value("Stacks"_L1).isArray()
        || document.object().value("Outputs"_L1).isArray();
}

QList<Draft> readCloudFormation(const QJsonDocument &document)
{
    const QJsonObject top = document.object();
    if (document.isArray())
        return combined({readOutputs(u"stack"_s, document.array())});
    QList<Draft> drafts;
    QJsonArray stacks = top.value("Stacks"_L1).toArray();
    if (top.contains("Outputs"_L1))
        stacks.append(top);
    for (const QJsonValue &each : std::as_const(stacks)) {
        const QJsonObject stack = each.toObject();
        drafts.append(readOutputs(stack.value("StackName"_L1).toString(u"stack"_s),
                                  stack.value("Outputs"_L1).toArray()));
    }
    return combined(drafts);
}

bool isTerraform(const QJsonObject &object)
{
    const auto isOutput = [](const QJsonValue &value) {
        return value.toObject().contains("sensitive"_L1) && value.toObject().contains("value"_L1);
    };
    return !object.isEmpty() && std::all_of(object.begin(), object.end(), isOutput);
}

QList<Draft> readAny(const QString &name, const QJsonDocument &document)
{
    Draft draft(name);
    Shapes::takeAll(
        {}, document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()),
        &draft);
    return combined({draft});
}

bool isEnvironment(const QString &text)
{
    bool some = false;
    for (const QString &line : text.split(u'\n')) {
        const bool assigns = assignment().match(line).hasMatch();
        some = some || assigns;
        // `Outputs:` heads what `cdk deploy` prints.
        if (!assigns && !isComment(line) && line.trimmed() != u"Outputs:")
            return false;
    }
    return some;
}

QList<Draft> readEnvironment(const QString &name, const QString &text)
{
    Draft draft(name);
    for (const QString &line : text.split(u'\n')) {
        const QRegularExpressionMatch match = assignment().match(line);
        if (match.hasMatch() && !isComment(line))
            Shapes::take(match.captured(1), unquoted(match.captured(2)), &draft);
    }
    return combined({draft});
}

} // namespace Syncscope::OutputsImport
