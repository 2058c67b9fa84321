// SPDX-License-Identifier: Apache-2.0
#include "fieldaccess_p.h"

#include "../access/identities_p.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

using Mode = EmulatorOptions::AuthMode;

std::optional<Mode> modeOf(const QString &directive)
{
    static const QHash<QString, Mode> modes{
        {u"aws_api_key"_s, Mode::ApiKey}, {u"aws_iam"_s, Mode::Iam},
        {u"aws_oidc"_s, Mode::Oidc},      {u"aws_lambda"_s, Mode::Lambda},
        {u"aws_auth"_s, Mode::UserPool},  {u"aws_cognito_user_pools"_s, Mode::UserPool}};
    const auto found = modes.constFind(directive);
    return found == modes.constEnd() ? std::nullopt : std::optional(*found);
}

QStringList groupsOf(const Caller &caller)
{
    QStringList groups;
    const QJsonArray list = caller.claims.value("cognito:groups"_L1).toArray();
    for (const QJsonValue group : list)
        groups.append(group.toString());
    return groups;
}

//! Whether somebody in \a groups is meant by `cognito_groups`; without that, everybody is.
bool meansGroup(const Directive &directive, const QStringList &groups)
{
    for (const Argument &argument : directive.arguments) {
        if (argument.name.text != "cognito_groups"_L1)
            continue;
        if (argument.value.kind == Value::Kind::String)
            return groups.contains(argument.value.text);
        return std::any_of(argument.value.items.begin(), argument.value.items.end(),
                           [&](const Value &group) { return groups.contains(group.text); });
    }
    return true;
}

} // namespace

FieldAccess::FieldAccess(const ExecutableSchema &schema, const EmulatorOptions::GraphQl &settings,
                         const Caller &caller, const QString &apiArn)
    : m_schema(schema)
    , m_settings(settings)
    , m_caller(caller)
    , m_groups(groupsOf(caller))
    , m_apiArn(apiArn)
{
}

bool FieldAccess::allows(const TypeDefinition &type, const FieldDefinition &field) const
{
    if (type.name.text.startsWith("__"_L1) || field.name.text.startsWith("__"_L1))
        return true;
    Said said = saidBy(field.directives);
    if (said == Said::Nothing)
        said = saidBy(type.directives);
    const bool isOpen = said == Said::Yes
        || (said == Said::Nothing
            && (!m_settings.defaultMode || *m_settings.defaultMode == m_caller.mode));
    return isOpen && isGranted(type, field) && !isDenied(type, field);
}

bool FieldAccess::hasGrant(const TypeDefinition &type) const
{
    return std::any_of(type.fields.begin(), type.fields.end(),
                       [&](const FieldDefinition &field) { return isGranted(type, field); });
}

FieldAccess::Said FieldAccess::saidBy(const QList<Directive> &directives) const
{
    Said said = Said::Nothing;
    for (const Directive &directive : directives) {
        const std::optional<Mode> mode = modeOf(directive.name.text);
        if (!mode)
            continue;
        if (*mode == m_caller.mode && meansGroup(directive, m_groups))
            return Said::Yes;
        // In the mode of user pools `@aws_auth` says who of it; others it does not shut out.
        if (directive.name.text != "aws_auth"_L1 || *mode == m_caller.mode)
            said = Said::No;
    }
    return said;
}

//! The service asks IAM for the fields of a request, not for those of what they answer.
bool FieldAccess::isGranted(const TypeDefinition &type, const FieldDefinition &field) const
{
    return m_caller.mode != Mode::Iam || !m_schema.isRoot(type)
        || (m_caller.principal
            && m_caller.principal->mayDo(u"appsync:GraphQL"_s,
                                         arn(type.name.text, field.name.text)));
}

bool FieldAccess::isDenied(const TypeDefinition &type, const FieldDefinition &field) const
{
    return m_caller.deniedFields.contains(QString(type.name.text + u'.' + field.name.text))
        || m_caller.deniedFields.contains(arn(type.name.text, field.name.text));
}

QString FieldAccess::arn(const QString &type, const QString &field) const
{
    return u"%1/types/%2/fields/%3"_s.arg(m_apiArn, type, field);
}

QString FieldAccess::fingerprint() const
{
    return u"%1 %2 %3 %4"_s.arg(int(m_caller.mode))
        .arg(m_groups.join(u','), m_caller.deniedFields.join(u','), m_caller.arn);
}

} // namespace AppSync::Emulation
