// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureformat.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QMap>

using namespace Qt::StringLiterals;

namespace Syncscope::CaptureFormat {

namespace {

const QMap<QString, QString> &tables()
{
    static const QMap<QString, QString> result{
        {u"info"_s, u"CREATE TABLE info (key TEXT PRIMARY KEY, value) WITHOUT ROWID"_s},
        {u"connection"_s,
         u"CREATE TABLE connection (id INTEGER PRIMARY KEY, url TEXT, started INTEGER)"_s},
        {u"origin"_s,
         u"CREATE TABLE origin (id INTEGER PRIMARY KEY, connection INTEGER, dir TEXT, transport "
         u"TEXT, "
         "kind TEXT, type TEXT, result TEXT, operation TEXT, sub TEXT, channel TEXT, shape "
         "INTEGER, "
         "json INTEGER, head BLOB, tail BLOB)"_s},
        {u"frame"_s,
         u"CREATE TABLE frame (number INTEGER PRIMARY KEY, origin INTEGER, at INTEGER, mono "
         u"INTEGER, "
         "bytes INTEGER, link INTEGER, operation TEXT, head BLOB, payload BLOB, tail BLOB)"_s},
        {u"mark"_s, u"CREATE TABLE mark (number INTEGER PRIMARY KEY, title TEXT, note TEXT)"_s},
    };
    return result;
}

//! SQLite makes these itself.
bool isOfSqlite(const QString &name)
{
    return name.startsWith("sqlite_"_L1);
}

Problem notACapture(const QString &path, const QString &why)
{
    return Problem::file(
        u"%1 is no capture: %2."_s.arg(path, why),
        u"Captures are what `subscribe --save` and the desktop write, with the ending "
        ".ssc."_s);
}

} // namespace

bool create(Database &database)
{
    if (!database.run(u"PRAGMA page_size=16384"_s) || !database.run(u"PRAGMA journal_mode=DELETE"_s)
        || !database.begin())
        return false;
    bool isGood = database.run(u"PRAGMA application_id=%1"_s.arg(kApplicationId))
        && database.run(u"PRAGMA user_version=%1"_s.arg(kVersion));
    for (const QString &sql : tables())
        isGood = isGood && database.run(sql);
    const QString now = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs);
    isGood = isGood
        && database.run(u"INSERT INTO info VALUES ('created', ?), ('program', ?)"_s,
                        {now, QCoreApplication::applicationName()})
        && database.commit();
    if (!isGood)
        database.rollback();
    return isGood;
}

bool check(Database &database, const QString &path, Problem *problem)
{
    const QVariant id = database.value(u"PRAGMA application_id"_s);
    if (!id.isValid()) {
        *problem = database.error();
        return false;
    }
    if (id.toInt() != kApplicationId) {
        *problem = notACapture(path, u"it is a database of another program, or empty"_s);
        return false;
    }
    const int version = database.value(u"PRAGMA user_version"_s).toInt();
    if (version > kVersion) {
        *problem = Problem::file(
            u"%1 is a capture of version %2; this program reads up to version %3."_s.arg(path)
                .arg(version)
                .arg(kVersion),
            u"A newer Syncscope reads it, and can convert it to NDJSON."_s);
        return false;
    }
    if (version < 1) {
        *problem = notACapture(path, u"its version is %1"_s.arg(version));
        return false;
    }
    QStringList missing = tables().keys();
    Statement parts(database, u"SELECT type, name, sql FROM sqlite_master"_s);
    bool isGood = parts.execute();
    while (isGood && parts.next()) {
        const QString name = parts.text(1);
        const bool isKnown = parts.text(0) == u"table" && tables().value(name) == parts.text(2);
        if (!isKnown && !isOfSqlite(name)) {
            *problem = notACapture(
                path, u"it has a %1 \"%2\" that captures do not have"_s.arg(parts.text(0), name));
            return false;
        }
        missing.removeOne(name);
    }
    if (!isGood || parts.isFailed()) {
        *problem = database.error();
        return false;
    }
    if (!missing.isEmpty())
        *problem = notACapture(path, u"its table \"%1\" is missing"_s.arg(missing.first()));
    return missing.isEmpty();
}

bool migrate(Database &database)
{
    // Version 1 is the first. A later one goes up step by step here, in one transaction.
    return database.value(u"PRAGMA user_version"_s).toInt() == kVersion;
}

QString frameColumns()
{
    return u"f.number, f.origin, f.at, f.mono, f.bytes, f.link, f.operation, f.head, f.payload, f.tail"_s;
}

QString insertFrame()
{
    return u"INSERT INTO frame (number, origin, at, mono, bytes, link, operation, head, payload, "
           u"tail) "
           "VALUES (?,?,?,?,?,?,?,?,?,?)"_s;
}

} // namespace Syncscope::CaptureFormat
