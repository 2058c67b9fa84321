// SPDX-License-Identifier: Apache-2.0
#include "defaultvalues_p.h"
#include "suggestions_p.h"
#include "variablereader_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

namespace {

constexpr qsizetype kMostErrors = 50;

//! \a text in quotes as JSON has it.
QString jsonText(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(array.sliced(1, array.size() - 2));
}

QString numberText(const QJsonValue &number)
{
    const QVariant variant = number.toVariant();
    return variant.typeId() == QMetaType::LongLong ? QString::number(variant.toLongLong())
                                                   : GraphQl::numberText(number.toDouble());
}

QString described(const QJsonValue &value, int depth = 0);

QString describedArray(const QJsonArray &array, int depth)
{
    constexpr qsizetype most = 10;
    if (array.isEmpty())
        return u"[]"_s;
    if (depth > 1)
        return u"[Array]"_s;
    QStringList texts;
    for (qsizetype i = 0; i < qMin(array.size(), most); ++i)
        texts += described(array[i], depth + 1);
    if (const qsizetype left = array.size() - most; left > 0)
        texts += left == 1 ? u"... 1 more item"_s : u"... %1 more items"_s.arg(left);
    return u'[' + texts.join(u", "_s) + u']';
}

QString describedObject(const QJsonObject &object, int depth)
{
    if (object.isEmpty())
        return u"{}"_s;
    if (depth > 1)
        return u"[Object]"_s;
    QStringList texts;
    for (auto field = object.begin(); field != object.end(); ++field)
        texts += field.key() + u": "_s + described(field.value(), depth + 1);
    return u"{ "_s + texts.join(u", "_s) + u" }"_s;
}

//! A value in a message, shortened.
QString described(const QJsonValue &value, int depth)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return numberText(value);
    case QJsonValue::String:
        return jsonText(value.toString());
    case QJsonValue::Array:
        return describedArray(value.toArray(), depth);
    case QJsonValue::Object:
        return describedObject(value.toObject(), depth);
    default:
        return u"null"_s;
    }
}

bool isWhole(const QJsonValue &value)
{
    return value.isDouble() && std::isfinite(value.toDouble())
        && std::floor(value.toDouble()) == value.toDouble();
}

void readVariable(const Schema &schema, const VariableDefinition &variable,
                  const QJsonObject &given, CoercedVariables &result)
{
    const QString &name = variable.name.text;
    const QString type = variable.type.toString();
    const bool isRequired = variable.type.kind == TypeReference::Kind::NonNull;
    const TypeDefinition *named = schema.type(variable.type);
    const auto fail = [&](const QString &message, const Position &position) {
        result.errors.append({message, {position}, u"Variables"_s});
    };
    if (!named || !isInput(named->kind)) {
        fail(
            u"Variable \"$%1\" expected value of type \"%2\" which cannot be used as an input type."_s
                .arg(name, type),
            variable.type.position);
        return;
    }
    const QJsonValue value = given.value(name);
    if (value.isUndefined()) {
        if (variable.defaultValue) {
            if (const auto read = valueFromLiteral(schema, *variable.defaultValue, variable.type))
                result.values.insert(name, *read);
        } else if (isRequired) {
            fail(u"Variable \"$%1\" of required type \"%2\" was not provided."_s.arg(name, type),
                 variable.position);
        }
        return;
    }
    if (value.isNull() && isRequired) {
        fail(u"Variable \"$%1\" of non-null type \"%2\" must not be null."_s.arg(name, type),
             variable.position);
        return;
    }
    const QJsonValue read =
        VariableReader(schema, variable, result.errors).read(value, variable.type);
    if (!read.isUndefined())
        result.values.insert(name, read);
}

} // namespace

CoercedVariables coerceVariables(const Schema &schema, const OperationDefinition &operation,
                                 const QJsonObject &variables)
{
    CoercedVariables result;
    for (const VariableDefinition &variable : operation.variables) {
        if (result.errors.size() < kMostErrors)
            readVariable(schema, variable, variables, result);
    }
    return result;
}

VariableReader::VariableReader(const Schema &schema, const VariableDefinition &variable,
                               QList<Diagnostic> &errors)
    : m_schema(schema), m_variable(variable), m_errors(errors)
{
}

QJsonValue VariableReader::read(const QJsonValue &value, const TypeReference &type)
{
    if (type.kind == TypeReference::Kind::NonNull) {
        if (!value.isNull())
            return read(value, type.wrapped());
        fail(value, u"Expected non-nullable type \"%1\" not to be null."_s.arg(type.toString()));
        return QJsonValue::Undefined;
    }
    if (value.isNull())
        return value;
    if (type.kind == TypeReference::Kind::List)
        return readList(value, type.wrapped());
    const TypeDefinition *named = m_schema.type(type.name);
    if (!named)
        return QJsonValue::Undefined;
    if (named->kind == TypeKind::InputObject)
        return readObject(value, *named);
    return named->kind == TypeKind::Enum ? readEnum(value, *named)
                                         : readScalar(value, named->name.text);
}

QJsonValue VariableReader::readList(const QJsonValue &value, const TypeReference &item)
{
    if (!value.isArray())
        return QJsonArray{read(value, item)};
    QJsonArray result;
    const QJsonArray items = value.toArray();
    const QString path = m_path;
    for (qsizetype i = 0; i < items.size(); ++i) {
        m_path = path + u'[' + QString::number(i) + u']';
        result.append(read(items[i], item));
    }
    m_path = path;
    return result;
}

QJsonValue VariableReader::readObject(const QJsonValue &value, const TypeDefinition &type)
{
    if (!value.isObject()) {
        fail(value, u"Expected type \"%1\" to be an object."_s.arg(type.name.text));
        return QJsonValue::Undefined;
    }
    const QJsonObject given = value.toObject();
    const QString path = m_path;
    QJsonObject result;
    QStringList known;
    for (const InputValueDefinition &field : type.inputFields) {
        known += field.name.text;
        const auto part = given.constFind(field.name.text);
        if (part != given.constEnd()) {
            m_path = path + u'.' + field.name.text;
            result.insert(field.name.text, read(*part, field.type));
            m_path = path;
        } else if (field.defaultValue) {
            if (const auto read = valueFromLiteral(m_schema, *field.defaultValue, field.type))
                result.insert(field.name.text, *read);
        } else if (field.type.kind == TypeReference::Kind::NonNull) {
            fail(value,
                 u"Field \"%1\" of required type \"%2\" was not provided."_s.arg(
                     field.name.text, field.type.toString()));
        }
    }
    for (const QString &name : given.keys()) {
        if (!m_schema.inputField(type, name))
            fail(value,
                 u"Field \"%1\" is not defined by type \"%2\"."_s.arg(name, type.name.text)
                     + Suggestions::question(Suggestions::near(name, known)));
    }
    return result;
}

QJsonValue VariableReader::readEnum(const QJsonValue &value, const TypeDefinition &type)
{
    const QString text = value.toString();
    if (value.isString() && m_schema.enumValue(type, text))
        return value;
    QStringList known;
    for (const EnumValueDefinition &each : type.values)
        known += each.name.text;
    const QString written = value.isString() ? text : described(value);
    const QString message = value.isString()
        ? u"Value \"%1\" does not exist in \"%2\" enum."_s.arg(text, type.name.text)
        : u"Enum \"%1\" cannot represent non-string value: %2."_s.arg(type.name.text, written);
    fail(value,
         message + Suggestions::question(Suggestions::near(written, known), u"the enum value"_s));
    return QJsonValue::Undefined;
}

QJsonValue VariableReader::readScalar(const QJsonValue &value, const QString &name)
{
    QString problem;
    if (name == u"Int") {
        const double number = value.toDouble();
        if (!isWhole(value))
            problem = u"Int cannot represent non-integer value: "_s;
        else if (number > std::numeric_limits<qint32>::max()
                 || number < std::numeric_limits<qint32>::min())
            problem = u"Int cannot represent non 32-bit signed integer value: "_s;
    } else if (name == u"Float") {
        if (!value.isDouble())
            problem = u"Float cannot represent non numeric value: "_s;
    } else if (name == u"String") {
        if (!value.isString())
            problem = u"String cannot represent a non string value: "_s;
    } else if (name == u"Boolean") {
        if (!value.isBool())
            problem = u"Boolean cannot represent a non boolean value: "_s;
    } else if (name == u"ID") {
        if (isWhole(value))
            return numberText(value);
        if (!value.isString())
            problem = u"ID cannot represent value: "_s;
    }
    if (problem.isEmpty())
        return value;
    fail(value, problem + described(value));
    return QJsonValue::Undefined;
}

void VariableReader::fail(const QJsonValue &value, const QString &message)
{
    if (m_errors.size() >= kMostErrors)
        return;
    QString text =
        u"Variable \"$%1\" got invalid value %2"_s.arg(m_variable.name.text, described(value));
    if (!m_path.isEmpty())
        text += u" at \"%1%2\""_s.arg(m_variable.name.text, m_path);
    m_errors.append({text + u"; "_s + message, {m_variable.position}, u"Variables"_s});
}

} // namespace AppSync::GraphQl
