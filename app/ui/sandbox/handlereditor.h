// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Emulator>

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <QtQml/qqml.h>

#include <optional>

namespace Syncscope {

//! The handlers of the sandbox's namespaces, one at a time in an editor. What is applied is kept in a file of
//! its own from run to run, and so is a text that is not applied yet.
class HandlerEditor : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a sandbox")
    Q_PROPERTY(QStringList namespaces READ namespaces NOTIFY namespacesChanged FINAL)
    //! Index in namespaces.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY changed FINAL)
    //! What the editor shows.
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    //! The text differs from what is applied.
    Q_PROPERTY(bool dirty READ isDirty NOTIFY changed FINAL)
    //! How the namespace treats events now, in a sentence.
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed FINAL)
    //! What is wrong with what is applied; empty: nothing known.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    //! Where, from 1 on; 0: nowhere, or not in the text as it is now.
    Q_PROPERTY(int problemLine READ problemLine NOTIFY changed FINAL)
    //! What the handler wrote to its console, the last lines of it.
    Q_PROPERTY(QString output READ output NOTIFY outputChanged FINAL)
    Q_PROPERTY(QStringList examples READ examples CONSTANT FINAL)

public:
    //! \a folder: where the files are; empty: nothing is kept.
    HandlerEditor(AppSync::Emulator *emulator, const QString &folder, QObject *parent = nullptr);
    ~HandlerEditor() override;

    [[nodiscard]] QStringList namespaces() const { return m_emulator->namespaces(); }
    [[nodiscard]] int current() const;
    void setCurrent(int index);
    [[nodiscard]] QString text() const { return m_drafts.value(m_current); }
    void setText(const QString &text);
    [[nodiscard]] bool isDirty() const { return text() != m_applied.value(m_current); }
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] QString problem() const { return m_problems.value(m_current).text; }
    [[nodiscard]] int problemLine() const;
    [[nodiscard]] QString output() const { return m_outputs.value(m_current).join(u'\n'); }
    [[nodiscard]] static QStringList examples();

    //! Gives the namespace the code that the editor shows; empty: events pass unchanged again.
    Q_INVOKABLE void apply();
    //! Back to what is applied.
    Q_INVOKABLE void revert();
    //! Puts one of examples() into the editor.
    Q_INVOKABLE void insertExample(int index);
    Q_INVOKABLE void clearOutput();

    //! Reads what was kept, and gives it to the emulator, which listens.
    void load();

Q_SIGNALS:
    void namespacesChanged();
    void changed();
    void outputChanged();
    //! The code of \a nameSpace could not be kept, because of \a reason.
    void notKept(const QString &nameSpace, const QString &reason);

private:
    struct Trouble {
        QString text;
        int line = 0;
    };

    void onProblem(const QString &nameSpace, const QString &file, int line, const QString &message);
    void onLogged(const QString &nameSpace, const QString &level, const QString &text);
    void keepDrafts();
    void keep(const QString &path, const QString &text);
    [[nodiscard]] std::optional<QString> kept(const QString &path) const;
    [[nodiscard]] QString fileOf(const QString &nameSpace) const;
    [[nodiscard]] QString draftFileOf(const QString &nameSpace) const;

    AppSync::Emulator *m_emulator;
    const QString m_folder;
    QString m_current; //!< namespace
    QHash<QString, QString> m_drafts; //!< by namespace, as all of these
    QHash<QString, QString> m_applied;
    QSet<QString> m_changedDrafts; //!< that are not kept yet
    QTimer m_draftTimer;
    QHash<QString, Trouble> m_problems;
    QHash<QString, QStringList> m_outputs;
};

} // namespace Syncscope
