// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Interaction>

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqml.h>
#include <QVariantList>

namespace AppSync {
class Clock;
}

namespace Syncscope {

//! What sources of tokens and credentials ask a person, one question at a time, in the order in which they ask.
//! What is typed stays here until it is answered and is forgotten then.
class InteractionQueue : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(bool isShown READ isShown NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::InteractionQueue::Kind kind READ kind NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString message READ message NOTIFY changed FINAL)
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    //! Empty unless it can be opened: only web pages are.
    Q_PROPERTY(QString url READ url NOTIFY changed FINAL)
    Q_PROPERTY(QString userCode READ userCode NOTIFY changed FINAL)
    //! Maps with label, hint, value, isSecret, isRequired, choices (labels) and choice (index or -1).
    Q_PROPERTY(QVariantList fields READ fields NOTIFY changed FINAL)
    Q_PROPERTY(bool canAnswer READ canAnswer NOTIFY answerChanged FINAL)
    Q_PROPERTY(QString deadlineText READ deadlineText NOTIFY ticked FINAL)
    //! How many questions wait behind this one.
    Q_PROPERTY(int waiting READ waiting NOTIFY waitingChanged FINAL)
    //! The page of this question was handed to the browser.
    Q_PROPERTY(bool isOpened READ isOpened NOTIFY openedChanged FINAL)
    //! Why the browser did not take it; empty: it did, or was not asked.
    Q_PROPERTY(QString openProblem READ openProblem NOTIFY openedChanged FINAL)

public:
    enum class Kind { OpenUrl, Form, Confirm };
    Q_ENUM(Kind)

    explicit InteractionQueue(QObject *parent = nullptr);

    //! Shows \a interaction as soon as those before it are closed. It stays its source's.
    void add(AppSync::Interaction *interaction);
    //! Decides how much time is left; the system's by default. Not owned.
    void setClock(AppSync::Clock *clock) { m_clock = clock; }

    [[nodiscard]] bool isShown() const { return !m_interactions.isEmpty(); }
    [[nodiscard]] Kind kind() const;
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString message() const;
    [[nodiscard]] QString problem() const;
    [[nodiscard]] QString url() const;
    [[nodiscard]] QString userCode() const;
    [[nodiscard]] QVariantList fields() const;
    [[nodiscard]] bool canAnswer() const;
    [[nodiscard]] QString deadlineText() const;
    [[nodiscard]] int waiting() const { return std::max(0, int(m_interactions.size()) - 1); }
    [[nodiscard]] bool isOpened() const { return m_isOpened; }
    [[nodiscard]] QString openProblem() const { return m_openProblem; }

    //! What was typed into \a field, or which of its choices was taken.
    Q_INVOKABLE void setValue(int field, const QString &value);
    Q_INVOKABLE void choose(int field, int choice);
    //! Hands over what was typed; false if something that is required is missing.
    Q_INVOKABLE bool answer();
    //! The person does not want to.
    Q_INVOKABLE void cancel();
    //! Opens url() in the system's browser.
    Q_INVOKABLE void openUrl();
    Q_INVOKABLE void copyUrl() const;

Q_SIGNALS:
    void changed(); //!< another question, or none any more
    void answerChanged();
    void ticked();
    void waitingChanged();
    void openedChanged();

private:
    [[nodiscard]] AppSync::Interaction *current() const { return m_interactions.value(0); }
    void onClosed(AppSync::Interaction *interaction);
    void begin();
    void store(int field, const QString &value);

    QList<QPointer<AppSync::Interaction>> m_interactions;
    QList<AppSync::InteractionField> m_fields; //!< of the one that is shown
    QVariantMap m_values;
    bool m_isOpened = false;
    QString m_openProblem;
    AppSync::Clock *m_clock;
    QTimer m_ticker;
};

} // namespace Syncscope
