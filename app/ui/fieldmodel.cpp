// SPDX-License-Identifier: Apache-2.0
#include "app/ui/fieldmodel.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString nameOf(FormField::Key key)
{
    static const QHash<FormField::Key, QString> names{
        {FormField::Key::Way, u"way"_s},
        {FormField::Key::ApiKey, u"credential"_s},
        {FormField::Key::ApiKeyExpiry, u"apiKeyExpiry"_s},
        {FormField::Key::UserPoolId, u"userPoolId"_s},
        {FormField::Key::ClientId, u"clientId"_s},
        {FormField::Key::ClientSecret, u"clientSecret"_s},
        {FormField::Key::Username, u"username"_s},
        {FormField::Key::Password, u"password"_s},
        {FormField::Key::Domain, u"domain"_s},
        {FormField::Key::TokenUse, u"tokenUse"_s},
        {FormField::Key::Issuer, u"issuer"_s},
        {FormField::Key::Scopes, u"scopes"_s},
        {FormField::Key::RedirectUris, u"redirectUris"_s},
        {FormField::Key::Token, u"credential"_s},
        {FormField::Key::TokenPrefix, u"tokenPrefix"_s},
        {FormField::Key::TokenCommand, u"tokenCommand"_s},
        {FormField::Key::AwsProfile, u"awsProfile"_s},
        {FormField::Key::AccessKeyId, u"accessKeyId"_s},
        {FormField::Key::SecretAccessKey, u"secretAccessKey"_s},
        {FormField::Key::SessionToken, u"sessionToken"_s},
        {FormField::Key::IdentityPoolId, u"identityPoolId"_s},
    };
    return names.value(key);
}

FieldModel::Kind kindOf(FormField::Kind kind)
{
    switch (kind) {
    case FormField::Kind::Text:
        return FieldModel::Kind::Text;
    case FormField::Kind::Secret:
        return FieldModel::Kind::Secret;
    case FormField::Kind::Choice:
        return FieldModel::Kind::Choice;
    case FormField::Kind::Remark:
        break;
    }
    return FieldModel::Kind::Remark;
}

} // namespace

FieldModel::FieldModel(QObject *parent) : QAbstractListModel(parent)
{
}

int FieldModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size());
}

QVariant FieldModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FormField &field = m_fields.at(index.row());
    switch (role) {
    case NameRole:
        return nameOf(field.key);
    case KindRole:
        return QVariant::fromValue(kindOf(field.kind));
    case LabelRole:
        return field.label;
    case HintRole:
        return field.hint;
    case HelpRole:
        return field.help;
    case WarningRole:
        return field.warning;
    case TextRole:
        return field.text;
    case ChoicesRole:
        return field.choices;
    case ChoiceRole:
        return field.choice;
    case MonoRole:
        return field.isMono;
    case KeptRole:
        return field.isKept;
    case SectionRole:
        return section(index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> FieldModel::roleNames() const
{
    return {{NameRole, "name"},  {KindRole, "kind"},       {LabelRole, "label"},
            {HintRole, "hint"},  {HelpRole, "help"},       {WarningRole, "warning"},
            {TextRole, "value"}, {ChoicesRole, "choices"}, {ChoiceRole, "choice"},
            {MonoRole, "mono"},  {KeptRole, "kept"},       {SectionRole, "section"}};
}

QString FieldModel::section(int row) const
{
    const AuthMode mode = m_fields.at(row).mode;
    const bool isOnly = m_fields.first().mode == m_fields.last().mode;
    const bool isFirst = row == 0 || m_fields.at(row - 1).mode != mode;
    return isFirst && !isOnly ? FormFields::nameOf(mode) : QString();
}

void FieldModel::setFields(const QList<FormField> &fields)
{
    const auto isSame = [](const FormField &a, const FormField &b) { return a.isSameLineAs(b); };
    const int common = int(std::min(m_fields.size(), fields.size()));
    int front = 0;
    while (front < common && isSame(m_fields.at(front), fields.at(front)))
        ++front;
    int back = 0;
    while (back < common - front
           && isSame(m_fields.at(m_fields.size() - 1 - back), fields.at(fields.size() - 1 - back)))
        ++back;
    const int oldEnd = int(m_fields.size()) - back;
    const int newEnd = int(fields.size()) - back;
    if (oldEnd > front) {
        beginRemoveRows({}, front, oldEnd - 1);
        m_fields.remove(front, oldEnd - front);
        endRemoveRows();
    }
    if (newEnd > front) {
        beginInsertRows({}, front, newEnd - 1);
        m_fields = m_fields.first(front) + fields.mid(front, newEnd - front) + m_fields.mid(front);
        endInsertRows();
    }
    m_fields = fields;
    if (!m_fields.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_fields.size()) - 1));
}

void FieldModel::setText(int row, const QString &text)
{
    if (row >= 0 && row < m_fields.size() && m_fields.at(row).text != text)
        Q_EMIT textEdited(FormField(m_fields.at(row)), text);
}

void FieldModel::choose(int row, int choice)
{
    if (row >= 0 && row < m_fields.size() && m_fields.at(row).choice != choice)
        Q_EMIT choiceMade(FormField(m_fields.at(row)), choice);
}

void FieldModel::forget(int row)
{
    if (row >= 0 && row < m_fields.size())
        Q_EMIT forgotten(FormField(m_fields.at(row)));
}

} // namespace Syncscope
