// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <QVariant>

#include <memory>

namespace Syncscope {

//! One connection to an SQLite file, to be used in the thread that made it. The only place that knows Qt SQL.
class Database {
public:
    enum class Mode { ReadOnly, ReadWrite, Create };

    Database();
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    //! False: error() says why. Create refuses nothing that exists: the caller looks. Errors name \a toldAs, or else
    //! the path.
    bool open(const QString &path, Mode mode, const QString &toldAs = {});
    //! Closes it; every Statement of it has to be gone.
    void close();
    [[nodiscard]] bool isOpen() const;
    //! Carries out one statement without results. False: error() says why.
    bool run(const QString &sql, const QVariantList &values = {});
    //! The first column of the first row; invalid if there is none or it failed.
    [[nodiscard]] QVariant value(const QString &sql, const QVariantList &values = {});
    bool begin() { return run(QString::fromLatin1("BEGIN IMMEDIATE")); }
    bool commit() { return run(QString::fromLatin1("COMMIT")); }
    //! Keeps the error that was the reason.
    void rollback();

    //! Of the last failure, as a sentence about the file, with what to do.
    [[nodiscard]] Problem error() const { return m_error; }
    //! SQLite's number of the last failure; 0: none.
    [[nodiscard]] int errorCode() const { return m_errorCode; }
    void clearError();
    //! True if trying again may help: somebody else holds a lock.
    [[nodiscard]] bool isBusy() const;

private:
    friend class Statement;
    struct Private;
    void fail(int code, const QString &text);

    std::unique_ptr<Private> d;
    QString m_name; //!< for errors
    Problem m_error;
    int m_errorCode = 0;
};

//! A prepared statement. Its rows are read once, from the first to the last.
class Statement {
public:
    Statement(Database &database, const QString &sql);
    ~Statement();
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    void bind(int index, const QVariant &value);
    void bindAll(const QVariantList &values);
    //! False: the database's error() says why.
    bool execute();
    //! The next row; false at the end, or if it failed, which isFailed() tells.
    bool next();
    [[nodiscard]] bool isFailed() const { return m_isFailed; }
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;

private:
    bool check(bool isGood);

    struct Private;
    std::unique_ptr<Private> d;
    Database &m_database;
    bool m_isFailed = false;
};

} // namespace Syncscope
