// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "handlerprocess_p.h"

#include <QFileSystemWatcher>

namespace AppSync::Emulation {

//! Tells which of some files changed, a moment later, so that a file that is replaced is there again.
class CodeWatcher : public QObject {
    Q_OBJECT

public:
    explicit CodeWatcher(QObject *parent = nullptr);

    void watch(const QString &file);

Q_SIGNALS:
    void changed(); //!< one of them, perhaps

private:
    void rewatch();

    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    QStringList m_files;
};

//! A piece of JavaScript of the user's, from a text or from a file that is read again whenever it changes.
class ScriptUnit : public QObject {
    Q_OBJECT

public:
    struct Source {
        QString name; //!< of whom it is, for people
        QString code;
        QString codeFile; //!< counts, unless empty
    };

    ScriptUnit(const Source &source, const HandlerProcess::Settings &settings, CodeWatcher &watcher,
               QObject *parent = nullptr);

    //! For messages: its path, or for code without a file a name of ours.
    [[nodiscard]] QString file() const;
    //! As if the file had been saved with this text, or for code without one in its place.
    void setCode(const QString &code);
    //! Ends itself when the calls before this are answered; none may follow.
    void retire();
    //! See HandlerProcess::call(). What fails is told by problem() too.
    void call(const QJsonObject &message, const HandlerProcess::Answer &answer);

Q_SIGNALS:
    void problem(const QString &name, const QString &file, int line, const QString &message);
    void logged(const QString &name, const QString &level, const QString &text);

private:
    void read();
    void tell(int line, const QString &message);

    const Source m_source;
    HandlerProcess m_process;
    QByteArray m_read; //!< what the file last held
    bool m_isRead = false; //!< the file was
};

} // namespace AppSync::Emulation
