// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "emulatorconfig.h"

#include <QJsonObject>
#include <QRegularExpression>

namespace AppSync::Emulation {

//! The file that is read. The first thing that is wrong stays as its problem.
class ConfigFile {
public:
    ConfigFile(const QString &name, const QByteArray &text) : m_name(name), m_text(text) { }

    //! Nothing if it is no JSON object; then there is a problem.
    [[nodiscard]] std::optional<QJsonObject> parse();
    //! \a path: names of members and indexes of arrays, from the top.
    void fail(const QStringList &path, const QString &reason);
    [[nodiscard]] const std::optional<EmulatorConfig::Problem> &problem() const
    {
        return m_problem;
    }
    //! \a path as it is to be opened: from the folder of the file.
    [[nodiscard]] QString resolved(const QString &path) const;

private:
    void failAt(qsizetype offset, const QString &reason);

    const QString m_name;
    const QByteArray m_text;
    std::optional<EmulatorConfig::Problem> m_problem;
};

//! One object of the file. Each call names a member that is known; when this ends, others are a problem.
class ConfigObject {
public:
    ConfigObject(ConfigFile &file, const QJsonObject &object, const QStringList &path);
    ~ConfigObject();
    Q_DISABLE_COPY_MOVE(ConfigObject)

    [[nodiscard]] bool has(const QString &name); //!< makes it known
    //! Known, and means nothing here.
    void ignore(const QStringList &names);
    void fail(const QString &name, const QString &reason); //!< at that member, or at the object

    void read(const QString &name, QString *to, bool isNeeded = false);
    void read(const QString &name, bool *to);
    void read(const QString &name, QStringList *to);
    void readNumber(const QString &name, qint64 least, qint64 most,
                    const std::function<void(qint64)> &to);
    void read(const QString &name, qint64 least, qint64 most, int *to);
    template <typename Rep, typename Period>
    void read(const QString &name, qint64 least, qint64 most,
              std::chrono::duration<Rep, Period> *to)
    {
        readNumber(name, least, most,
                   [to](qint64 value) { *to = std::chrono::duration<Rep, Period>(value); });
    }
    //! A string, or `{"env": "NAME"}` for what the variable says.
    void readSecret(const QString &name, QString *to, bool isNeeded = false);
    //! A file that is there, as a path that can be opened.
    void readPath(const QString &name, QString *to);
    void readPattern(const QString &name, QString *to);
    //! One of \a words.
    template <typename Value>
    void read(const QString &name, const QList<QPair<QString, Value>> &words, Value *to)
    {
        QStringList known;
        const QString given = value(name).toString();
        for (const auto &[word, meaning] : words) {
            if (word == given)
                *to = meaning;
            known += word;
        }
        if (has(name) && !known.contains(given))
            fail(name,
                 QStringLiteral("\"%1\" must be one of %2")
                     .arg(name, known.join(QStringLiteral(", "))));
    }
    //! An object that is there is shown to \a reader.
    void object(const QString &name, const std::function<void(ConfigObject &)> &reader);
    //! Each object of an array that is there is shown to \a reader.
    void objects(const QString &name, const std::function<void(ConfigObject &)> &reader,
                 bool isNeeded = false);
    //! Any JSON; undefined if it is not there.
    [[nodiscard]] QJsonValue value(const QString &name);
    [[nodiscard]] ConfigFile &file() { return m_file; }
    [[nodiscard]] QStringList path() const { return m_path; }

private:
    [[nodiscard]] QStringList at(const QString &name) const { return m_path + QStringList{name}; }

    ConfigFile &m_file;
    const QJsonObject m_object;
    const QStringList m_path;
    QStringList m_known;
};

} // namespace AppSync::Emulation
