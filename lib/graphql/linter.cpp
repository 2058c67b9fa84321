// SPDX-License-Identifier: Apache-2.0
#include "linter.h"

#include "linter_p.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

constexpr qsizetype kMostFindings = 50;
constexpr int kMostSteps = 100'000;
constexpr int kDeepestLinted = 100; // objects in objects, and fragments in fragments

//! What becomes of an argument. A variable that has no value leaves its argument out.
enum class Given { Nothing, Null, Something };

Given givenTo(const Value &value, const OperationDefinition &operation,
              const QJsonObject &variables)
{
    if (value.kind != Value::Kind::Variable)
        return value.kind == Value::Kind::Null ? Given::Null : Given::Something;
    const auto sent = variables.constFind(value.text);
    if (sent != variables.constEnd())
        return sent->isNull() ? Given::Null : Given::Something;
    for (const VariableDefinition &variable : operation.variables) {
        if (variable.name.text == value.text && variable.defaultValue)
            return variable.defaultValue->kind == Value::Kind::Null ? Given::Null
                                                                    : Given::Something;
    }
    return Given::Nothing;
}

//! The mutations that `@aws_subscribe` names.
QStringList mutationsOf(const FieldDefinition &field)
{
    QStringList names;
    for (const Directive &directive : field.directives) {
        if (directive.name.text != u"aws_subscribe")
            continue;
        for (const Argument &argument : directive.arguments) {
            if (argument.value.kind == Value::Kind::String)
                names += argument.value.text; // a lone value is a list of one
            for (const Value &name : argument.value.items)
                names += name.text;
        }
    }
    return names;
}

QStringList argumentNames(const FieldDefinition &field)
{
    QStringList names;
    for (const InputValueDefinition &argument : field.arguments)
        names += argument.name.text;
    return names;
}

} // namespace

QString LintFinding::toString() const
{
    const QStringList sentences{message, reason, nextStep};
    const QString text = sentences.join(u' ').simplified();
    return request < 0 ? text : u"%1:%2: "_s.arg(position.line).arg(position.column) + text;
}

std::optional<LintFinding> lintEventSize(const QString &mutation, qsizetype bytes)
{
    if (bytes < kEventWarnBytes)
        return std::nullopt;
    LintFinding finding;
    finding.rule = LintFinding::Rule::EventSize;
    finding.message = u"The data of %1 takes %2 bytes."_s.arg(mutation).arg(bytes);
    finding.reason = bytes > kEventMaxBytes
        ? u"Events of more than 240 KB are dropped: subscribers get nothing, and nobody gets an error."_s
        : u"Events of more than 240 KB are dropped without an error, and it is nearly as large."_s;
    finding.nextStep =
        u"Let the mutation select less, or keep the data elsewhere and send where it is."_s;
    return finding;
}

std::optional<LintFinding> lintSubscriptionCount(qsizetype count)
{
    if (count < kSubscriptionsWarn)
        return std::nullopt;
    LintFinding finding;
    finding.rule = LintFinding::Rule::SubscriptionCount;
    finding.message = u"One connection has %1 subscriptions."_s.arg(count);
    finding.reason = count > kSubscriptionsPerConnection
        ? u"It may have %1: the others are refused."_s.arg(kSubscriptionsPerConnection)
        : u"It may have %1."_s.arg(kSubscriptionsPerConnection);
    finding.nextStep = u"Stop what nobody needs, or use a second connection."_s;
    return finding;
}

QList<LintFinding> lint(const QList<LintRequest> &requests, const Schema &schema,
                        const QList<Document> &others)
{
    return Linter(schema, others).check(requests);
}

FieldsByName::FieldsByName(const Sets &sets, const Fragments &fragments)
{
    QSet<QString> seen;
    for (const QList<Selection> *set : sets)
        collect(*set, fragments, seen, 0);
}

// Type conditions are not looked at: what one of them selects is selected.
void FieldsByName::collect(const QList<Selection> &selections, const Fragments &fragments,
                           QSet<QString> &seen, int depth)
{
    if (depth > 2 * kDeepestLinted)
        return;
    for (const Selection &selection : selections) {
        if (selection.kind == Selection::Kind::Field) {
            m_fields[selection.name.text] += &selection;
        } else if (selection.kind == Selection::Kind::InlineFragment) {
            collect(selection.selections, fragments, seen, depth + 1);
        } else if (!seen.contains(selection.name.text)) {
            seen.insert(selection.name.text);
            if (const FragmentDefinition *fragment = fragments.find(selection.name.text))
                collect(fragment->selections, fragments, seen, depth + 1);
        }
    }
}

FieldsByName::Sets FieldsByName::selections(const QString &name) const
{
    Sets sets;
    for (const Selection *field : m_fields.value(name))
        sets += &field->selections;
    return sets;
}

Linter::Linter(const Schema &schema, const QList<Document> &others) : m_schema(schema)
{
    for (const Document &document : others)
        m_documents += std::make_shared<const LintDocument>(document);
}

QList<LintFinding> Linter::check(const QList<LintRequest> &requests)
{
    for (qsizetype i = 0; i < requests.size(); ++i)
        m_documents.insert(i, std::make_shared<const LintDocument>(requests[i].document));
    qsizetype subscriptions = 0;
    for (m_request = 0; m_request < requests.size(); ++m_request) {
        const LintDocument &document = *m_documents[m_request];
        const LintRequest &request = requests[m_request];
        const OperationDefinition *operation = document.document.operation(request.operationName);
        if (operation && operation->kind == OperationKind::Subscription) {
            ++subscriptions;
            checkSubscription(*operation, document, request.variables);
        } else if (operation && operation->kind == OperationKind::Mutation) {
            checkMutation(*operation, request.variables);
        }
    }
    std::stable_sort(m_findings.begin(), m_findings.end(),
                     [](const LintFinding &one, const LintFinding &other) {
                         return std::pair(one.request, one.position.offset)
                             < std::pair(other.request, other.position.offset);
                     });
    if (const auto finding = lintSubscriptionCount(subscriptions))
        m_findings += *finding;
    return m_findings;
}

void Linter::add(LintFinding::Rule rule, const Position &position, const QString &message,
                 const QString &reason, const QString &nextStep)
{
    const auto isKnown = [&](const LintFinding &finding) {
        return finding.request == m_request && finding.message == message;
    };
    if (m_findings.size() < kMostFindings
        && std::none_of(m_findings.cbegin(), m_findings.cend(), isKnown))
        m_findings += {rule, m_request, position, message, reason, nextStep};
}

const FieldDefinition *Linter::rootField(const Selection &field) const
{
    const TypeDefinition *root = m_schema.rootType(OperationKind::Subscription);
    return root ? m_schema.field(*root, field.name.text) : nullptr;
}

void Linter::checkSubscription(const OperationDefinition &operation, const LintDocument &document,
                               const QJsonObject &variables)
{
    const FieldsByName fields({&operation.selections}, document.fragments);
    const QStringList names = fields.names();
    for (const QString &name : names) {
        if (name.startsWith(u"__"))
            continue;
        m_subscription = name;
        const Selection &field = fields.first(name);
        checkArguments(field, operation, variables);
        checkTriggers(field, document, variables, operation);
    }
}

void Linter::checkArguments(const Selection &field, const OperationDefinition &operation,
                            const QJsonObject &variables)
{
    const QString &name = field.name.text;
    bool isLive = false;
    for (const Argument &argument : field.arguments) {
        const Given given = givenTo(argument.value, operation, variables);
        isLive = isLive || given == Given::Something;
        if (given != Given::Null)
            continue;
        const bool isVariable = argument.value.kind == Value::Kind::Variable;
        add(LintFinding::Rule::NullArgument, argument.value.position,
            u"The argument \"%1\" of %2 is null, which is not the same as left out."_s.arg(
                argument.name.text, name),
            u"Only events in which the mutation gave no \"%1\" arrive."_s.arg(argument.name.text),
            isVariable ? u"Leave the variable $%1 out for all events."_s.arg(argument.value.text)
                       : u"Leave the argument out for all events."_s);
    }
    const FieldDefinition *definition = rootField(field);
    const bool mayFilter =
        definition ? !definition->arguments.isEmpty() : !field.arguments.isEmpty();
    if (isLive || !mayFilter)
        return;
    const QStringList arguments = definition ? argumentNames(*definition) : QStringList();
    add(LintFinding::Rule::NoLiveFilter, field.position,
        arguments.isEmpty()
            ? u"No argument of %1 has a value."_s.arg(name)
            : u"No argument of %1 has a value; it takes %2."_s.arg(name, arguments.join(u", ")),
        u"It does not choose between events, unless its resolver sets a filter."_s,
        u"Give an argument a value if you want only some."_s);
}

QList<Linter::Trigger> Linter::triggersOf(const FieldDefinition &field) const
{
    QList<Trigger> triggers;
    const QStringList names = mutationsOf(field);
    for (const auto &document : m_documents) {
        const auto operations = document->document.operations();
        for (const OperationDefinition *operation : operations) {
            if (operation->kind != OperationKind::Mutation)
                continue;
            const FieldsByName fields({&operation->selections}, document->fragments);
            for (const QString &name : names) {
                if (fields.contains(name))
                    triggers += Trigger{name, fields.selections(name), &document->fragments};
            }
        }
    }
    return triggers;
}

void Linter::checkTriggers(const Selection &field, const LintDocument &document,
                           const QJsonObject &variables, const OperationDefinition &operation)
{
    const FieldDefinition *definition = rootField(field);
    if (!definition)
        return;
    const FieldsByName wanted({&field.selections}, document.fragments);
    const TypeDefinition *type = m_schema.type(definition->type);
    const QList<Trigger> triggers = triggersOf(*definition);
    for (const Trigger &trigger : triggers) {
        const FieldsByName selected(trigger.selections, *trigger.fragments);
        for (const Argument &argument : field.arguments) {
            const QString &name = argument.name.text;
            const bool isField = type && m_schema.field(*type, name);
            if (!isField || selected.contains(name)
                || givenTo(argument.value, operation, variables) != Given::Something)
                continue;
            add(LintFinding::Rule::UnselectedFilter, argument.name.position,
                u"%1 filters by \"%2\", which the mutation %3 does not select."_s.arg(
                    m_subscription, name, trigger.name),
                u"Arguments are compared with what the mutation selects, so none of its events matches."_s,
                u"Select \"%1\" in the mutation."_s.arg(name));
        }
        compare(wanted, document.fragments, trigger, type, {});
    }
}

void Linter::compare(const FieldsByName &wanted, const Fragments &fragments, const Trigger &trigger,
                     const TypeDefinition *type, const QString &path)
{
    const FieldsByName selected(trigger.selections, *trigger.fragments);
    const QStringList names = wanted.names();
    m_steps += int(names.size() + selected.names().size());
    if (m_steps > kMostSteps || path.count(u'.') > kDeepestLinted)
        return; // fragments that spread themselves would go on for ever
    for (const QString &name : names) {
        if (name.startsWith(u"__"))
            continue;
        const FieldDefinition *definition = type ? m_schema.field(*type, name) : nullptr;
        const QString full = path + name;
        if (selected.contains(name)) {
            const FieldsByName::Sets inner = wanted.selections(name);
            compare(FieldsByName(inner, fragments), fragments,
                    {trigger.name, selected.selections(name), trigger.fragments},
                    definition ? m_schema.type(definition->type) : nullptr, full + u'.');
            continue;
        }
        const bool mayBeNull = !definition || definition->type.kind != TypeReference::Kind::NonNull;
        add(LintFinding::Rule::UnselectedField, wanted.first(name).position,
            u"%1 selects \"%2\", which the mutation %3 does not."_s.arg(m_subscription, full,
                                                                        trigger.name),
            mayBeNull
                ? u"Subscribers get what the mutation selects, so it arrives as null."_s
                : u"Subscribers get what the mutation selects, and it must not be null: the event arrives as an error."_s,
            u"Select it in the mutation too."_s);
    }
}

void Linter::checkMutation(const OperationDefinition &operation, const QJsonObject &variables)
{
    const qsizetype bytes = QJsonDocument(variables).toJson(QJsonDocument::Compact).size();
    const QString name = operation.name.isEmpty() ? keyword(operation.kind) : operation.name.text;
    if (const auto finding = lintEventSize(name, bytes))
        add(finding->rule, operation.position,
            u"The variables of %1 take %2 bytes."_s.arg(name).arg(bytes), finding->reason,
            finding->nextStep);
}

} // namespace AppSync::GraphQl
