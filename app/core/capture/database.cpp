// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/database.h"

#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// SQLite's result codes.
enum Code {
    kBusy = 5,
    kLocked = 6,
    kReadOnly = 8,
    kInputOutput = 10,
    kCorrupt = 11,
    kFull = 13,
    kCannotOpen = 14,
    kConstraint = 19,
    kNotADatabase = 26,
};

struct Words {
    QString what;
    QString nextStep;
};

Words wordsOf(int code, const QString &text)
{
    switch (code & 0xff) {
    case kBusy:
    case kLocked:
        return {u"another program holds it"_s, u"End the other program, or use another file."_s};
    case kReadOnly:
        return {u"it cannot be written"_s,
                u"Look at the permissions of the file and its folder."_s};
    case kInputOutput:
        return {u"reading or writing it failed"_s,
                u"Look at the disk: it may be full, gone or broken."_s};
    case kCorrupt:
        return {u"it is damaged"_s,
                u"`syncscope-cli capture convert` to a new file saves the frames in front of the "
                "damage."_s};
    case kFull:
        return {u"the disk is full"_s, u"Make room, or use another disk."_s};
    case kCannotOpen:
        return {u"it cannot be opened"_s, u"Look at the path and its permissions."_s};
    case kConstraint:
        return {u"another program has written what was to be written (%1)"_s.arg(text.trimmed()),
                u"Use another file."_s};
    case kNotADatabase:
        return {u"it is no capture"_s, {}};
    default:
        return {text.trimmed(), {}};
    }
}

} // namespace

struct Database::Private {
    QString name; //!< of the connection
    QSqlDatabase connection;
};

Database::Database() : d(std::make_unique<Private>())
{
}

Database::~Database()
{
    close();
}

bool Database::open(const QString &path, Mode mode, const QString &toldAs)
{
    close();
    m_name = toldAs.isEmpty() ? path : toldAs;
    m_error = {};
    m_errorCode = 0;
    d->name = QUuid::createUuid().toString();
    d->connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, d->name);
    if (!d->connection.isValid()) {
        m_error = Problem::file(u"Captures need Qt's driver for SQLite, which is not installed."_s,
                                u"On Debian it is the package libqt6sql6-sqlite."_s);
        return false;
    }
    d->connection.setDatabaseName(path);
    QString options = u"QSQLITE_BUSY_TIMEOUT=1000"_s;
    if (mode == Mode::ReadOnly)
        options += u";QSQLITE_OPEN_READONLY"_s;
    d->connection.setConnectOptions(options);
    if (mode != Mode::Create && !QFileInfo(path).isFile()) {
        fail(kCannotOpen, {});
        return false;
    }
    if (!d->connection.open()) {
        fail(d->connection.lastError().nativeErrorCode().toInt(),
             d->connection.lastError().databaseText());
        return false;
    }
    // Of a file that was cut off SQLite reads what is there only if it is told to, by this of all names.
    if (mode == Mode::ReadOnly && !run(u"PRAGMA writable_schema=ON"_s))
        return false;
    // What a file of others says is data, never a program.
    return run(u"PRAGMA trusted_schema=OFF"_s) && run(u"PRAGMA cell_size_check=ON"_s);
}

void Database::close()
{
    if (d->name.isEmpty())
        return;
    d->connection.close();
    d->connection = QSqlDatabase();
    QSqlDatabase::removeDatabase(d->name);
    d->name.clear();
}

bool Database::isOpen() const
{
    return d->connection.isOpen();
}

bool Database::isBusy() const
{
    return (m_errorCode & 0xff) == kBusy || (m_errorCode & 0xff) == kLocked;
}

void Database::clearError()
{
    m_error = {};
    m_errorCode = 0;
}

void Database::rollback()
{
    const Problem error = m_error;
    const int code = m_errorCode;
    (void)run(u"ROLLBACK"_s); // which a full disk may have done already
    m_error = error;
    m_errorCode = code;
}

bool Database::run(const QString &sql, const QVariantList &values)
{
    Statement statement(*this, sql);
    statement.bindAll(values);
    return statement.execute();
}

QVariant Database::value(const QString &sql, const QVariantList &values)
{
    QSqlQuery query(d->connection);
    query.setForwardOnly(true);
    const bool isGood = query.prepare(sql);
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (isGood && query.exec() && query.next())
        return query.value(0);
    const QSqlError error = query.lastError();
    if (error.isValid())
        fail(error.nativeErrorCode().toInt(), error.databaseText());
    return {};
}

void Database::fail(int code, const QString &text)
{
    const Words words = wordsOf(code, text);
    m_errorCode = code;
    m_error =
        Problem::file(u"Cannot use the capture %1: %2."_s.arg(m_name, words.what), words.nextStep);
}

struct Statement::Private {
    explicit Private(const QSqlDatabase &connection) : query(connection) { }
    QSqlQuery query;
};

Statement::Statement(Database &database, const QString &sql)
    : d(std::make_unique<Private>(database.d->connection)), m_database(database)
{
    d->query.setForwardOnly(true);
    (void)check(d->query.prepare(sql));
}

Statement::~Statement() = default;

void Statement::bind(int index, const QVariant &value)
{
    d->query.bindValue(index, value);
}

void Statement::bindAll(const QVariantList &values)
{
    for (const QVariant &value : values)
        d->query.addBindValue(value);
}

bool Statement::execute()
{
    return !m_isFailed && check(d->query.exec());
}

bool Statement::next()
{
    if (m_isFailed)
        return false;
    const bool hasRow = d->query.next();
    if (!hasRow && d->query.lastError().isValid())
        (void)check(false);
    return hasRow;
}

bool Statement::isNull(int column) const
{
    return d->query.isNull(column);
}

qint64 Statement::integer(int column) const
{
    return d->query.value(column).toLongLong();
}

QString Statement::text(int column) const
{
    return d->query.value(column).toString();
}

QByteArray Statement::bytes(int column) const
{
    return d->query.value(column).toByteArray();
}

bool Statement::check(bool isGood)
{
    if (isGood)
        return true;
    const QSqlError error = d->query.lastError();
    m_isFailed = true;
    m_database.fail(error.nativeErrorCode().toInt(), error.databaseText());
    return false;
}

} // namespace Syncscope
