// SPDX-License-Identifier: Apache-2.0
#include "configobject_p.h"

#include "jsonplace_p.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

std::optional<QJsonObject> ConfigFile::parse()
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(m_text, &error);
    if (error.error != QJsonParseError::NoError)
        failAt(error.offset, error.errorString());
    else if (!document.isObject())
        failAt(0, u"a JSON object is expected"_s);
    return m_problem ? std::nullopt : std::optional(document.object());
}

void ConfigFile::fail(const QStringList &path, const QString &reason)
{
    failAt(JsonPlace::find(m_text, path), reason);
}

void ConfigFile::failAt(qsizetype offset, const QString &reason)
{
    if (!m_problem)
        m_problem = {m_name, JsonPlace::lineOf(m_text, offset), reason};
}

QString ConfigFile::resolved(const QString &path) const
{
    return QDir::cleanPath(QFileInfo(m_name).absoluteDir().absoluteFilePath(path));
}

ConfigObject::ConfigObject(ConfigFile &file, const QJsonObject &object, const QStringList &path)
    : m_file(file), m_object(object), m_path(path)
{
}

ConfigObject::~ConfigObject()
{
    m_known.sort();
    for (const QString &name : m_object.keys()) {
        if (!m_known.contains(name))
            m_file.fail(at(name),
                        u"\"%1\" is not known here; known are %2"_s.arg(name, m_known.join(u", ")));
    }
}

QJsonValue ConfigObject::value(const QString &name)
{
    if (!m_known.contains(name))
        m_known.append(name);
    return m_object.value(name);
}

bool ConfigObject::has(const QString &name)
{
    return !value(name).isUndefined();
}

void ConfigObject::ignore(const QStringList &names)
{
    for (const QString &name : names)
        (void)value(name);
}

void ConfigObject::fail(const QString &name, const QString &reason)
{
    m_file.fail(m_object.contains(name) ? at(name) : m_path, reason);
}

void ConfigObject::read(const QString &name, QString *to, bool isNeeded)
{
    const QJsonValue given = value(name);
    if (given.isString() && (!isNeeded || !given.toString().isEmpty()))
        *to = given.toString();
    else if (isNeeded)
        fail(name, u"a \"%1\" of at least one character is needed"_s.arg(name));
    else if (!given.isUndefined())
        fail(name, u"\"%1\" must be a string"_s.arg(name));
}

void ConfigObject::read(const QString &name, bool *to)
{
    const QJsonValue given = value(name);
    if (given.isBool())
        *to = given.toBool();
    else if (!given.isUndefined())
        fail(name, u"\"%1\" must be true or false"_s.arg(name));
}

void ConfigObject::read(const QString &name, QStringList *to)
{
    const QJsonValue given = value(name);
    if (given.isUndefined())
        return;
    QStringList texts;
    const QJsonArray array = given.toArray();
    for (const QJsonValue element : array) {
        if (element.isString())
            texts += element.toString();
    }
    if (texts.isEmpty() || texts.size() != array.size())
        return fail(name, u"\"%1\" must be an array of at least one string"_s.arg(name));
    *to = texts;
}

void ConfigObject::readNumber(const QString &name, qint64 least, qint64 most,
                              const std::function<void(qint64)> &to)
{
    const QJsonValue given = value(name);
    if (given.isUndefined())
        return;
    const double number = given.toDouble(double(least) - 1);
    if (number < double(least) || number > double(most) || std::trunc(number) != number)
        fail(name, u"\"%1\" must be a whole number from %2 to %3"_s.arg(name).arg(least).arg(most));
    else
        to(qint64(number));
}

void ConfigObject::read(const QString &name, qint64 least, qint64 most, int *to)
{
    readNumber(name, least, most, [to](qint64 value) { *to = int(value); });
}

void ConfigObject::readSecret(const QString &name, QString *to, bool isNeeded)
{
    if (!value(name).isObject())
        return read(name, to, isNeeded || has(name));
    object(name, [&](ConfigObject &reference) {
        QString variable;
        reference.read(u"env"_s, &variable, true);
        const QByteArray key = variable.toLocal8Bit();
        if (variable.isEmpty())
            return;
        if (qEnvironmentVariableIsEmpty(key))
            reference.fail(u"env"_s, u"the variable %1 is not set"_s.arg(variable));
        else
            *to = qEnvironmentVariable(key);
    });
}

void ConfigObject::readPath(const QString &name, QString *to)
{
    QString path;
    read(name, &path, has(name));
    if (path.isEmpty())
        return;
    *to = m_file.resolved(path);
    if (!QFileInfo(*to).isFile() || !QFileInfo(*to).isReadable())
        fail(name, u"there is no readable file %1"_s.arg(*to));
}

void ConfigObject::readPattern(const QString &name, QString *to)
{
    QString pattern;
    read(name, &pattern);
    if (const QRegularExpression expression(pattern); !expression.isValid())
        fail(name, u"\"%1\" is no regular expression: %2"_s.arg(name, expression.errorString()));
    if (has(name))
        *to = pattern;
}

void ConfigObject::object(const QString &name, const std::function<void(ConfigObject &)> &reader)
{
    const QJsonValue given = value(name);
    if (given.isUndefined())
        return;
    if (!given.isObject())
        return fail(name, u"\"%1\" must be an object"_s.arg(name));
    ConfigObject child(m_file, given.toObject(), at(name));
    reader(child);
}

void ConfigObject::objects(const QString &name, const std::function<void(ConfigObject &)> &reader,
                           bool isNeeded)
{
    const QJsonValue given = value(name);
    if (given.isUndefined() && !isNeeded)
        return;
    const QJsonArray array = given.toArray();
    if (array.isEmpty())
        return fail(name, u"\"%1\" must be an array of at least one object"_s.arg(name));
    for (qsizetype i = 0; i < array.size(); ++i) {
        const QStringList path = at(name) + QStringList{QString::number(i)};
        if (!array.at(i).isObject())
            return m_file.fail(path, u"\"%1\" must hold objects"_s.arg(name));
        ConfigObject child(m_file, array.at(i).toObject(), path);
        reader(child);
    }
}

} // namespace AppSync::Emulation
