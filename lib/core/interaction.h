// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QDateTime>
#include <QMetaType>
#include <QObject>
#include <QStringList>
#include <QUrl>
#include <QVariantMap>

namespace AppSync {

//! One thing that a person is asked for.
class APPSYNC_EXPORT InteractionField {
    Q_GADGET
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString label MEMBER label)
    Q_PROPERTY(QString hint MEMBER hint)
    Q_PROPERTY(QString value MEMBER value)
    Q_PROPERTY(bool isSecret MEMBER isSecret)
    Q_PROPERTY(bool isRequired MEMBER isRequired)
    Q_PROPERTY(QStringList choices MEMBER choices)
    Q_PROPERTY(QStringList choiceLabels MEMBER choiceLabels)

public:
    QString name; //!< its key in the answer
    QString label; //!< for people
    QString hint; //!< what to enter, may be empty
    QString value; //!< what to offer; empty as a rule
    bool isSecret = false; //!< to be hidden while it is typed
    bool isRequired = true; //!< an answer without it is not taken
    QStringList choices; //!< the answer is one of these; empty: any text
    QStringList choiceLabels; //!< one for each of choices

    friend bool operator==(const InteractionField &, const InteractionField &) = default;
};

//! What a source needs from a person: a URL to be opened in a browser, fields to be filled in, or a yes. It
//! comes with InteractiveSource::interactionRequired() and lives until closed() has been handled. Whoever
//! shows it calls answer() or cancel(), or neither: the source has a deadline of its own.
class APPSYNC_EXPORT Interaction : public QObject {
    Q_OBJECT
    Q_PROPERTY(AppSync::Interaction::Kind kind READ kind CONSTANT FINAL)
    Q_PROPERTY(QString title READ title CONSTANT FINAL)
    Q_PROPERTY(QString message READ message CONSTANT FINAL)
    Q_PROPERTY(QString problem READ problem CONSTANT FINAL)
    Q_PROPERTY(QUrl url READ url CONSTANT FINAL)
    Q_PROPERTY(QString userCode READ userCode CONSTANT FINAL)
    Q_PROPERTY(QList<AppSync::InteractionField> fields READ fields CONSTANT FINAL)
    Q_PROPERTY(QDateTime deadline READ deadline CONSTANT FINAL)
    Q_PROPERTY(bool isClosed READ isClosed NOTIFY closed FINAL)

public:
    //! What to show.
    enum class Kind {
        OpenUrl, //!< open url() in the system's browser; the source notices itself when that is done
        Form, //!< fields() to be filled in
        Confirm, //!< message() is a question; answer() means yes, cancel() no
    };
    Q_ENUM(Kind)

    //! For sources. \a title and \a message are sentences for people.
    Interaction(Kind kind, const QString &title, const QString &message, QObject *parent);
    //! closed() comes even now, if it has not come before.
    ~Interaction() override;

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] QString title() const { return m_title; } //!< a few words
    [[nodiscard]] QString message() const { return m_message; } //!< what is asked, and why
    [[nodiscard]] QString problem() const
    {
        return m_problem;
    } //!< what was wrong with the answer before
    [[nodiscard]] QUrl url() const { return m_url; } //!< of OpenUrl; of a Form, a link that helps
    [[nodiscard]] QString userCode() const
    {
        return m_userCode;
    } //!< to be compared or entered at url()
    [[nodiscard]] QList<InteractionField> fields() const { return m_fields; } //!< of a Form
    [[nodiscard]] QDateTime deadline() const { return m_deadline; } //!< UTC; invalid: none
    [[nodiscard]] bool isClosed() const { return m_isClosed; } //!< answers come too late

    void setProblem(const QString &problem) { m_problem = problem; } //!< before it is shown
    void setUrl(const QUrl &url) { m_url = url; } //!< likewise
    void setUserCode(const QString &code) { m_userCode = code; } //!< likewise
    void setFields(const QList<InteractionField> &fields) { m_fields = fields; } //!< likewise
    void setDeadline(const QDateTime &deadline) { m_deadline = deadline; } //!< likewise

    //! Hands \a values over, by the names of fields(). False if one that is required is missing or is none
    //! of its choices, or if it is closed: then nothing happened.
    Q_INVOKABLE bool answer(const QVariantMap &values = {});
    //! The person does not want to: whatever needed the answer ends as Error::Kind::Cancelled.
    Q_INVOKABLE void cancel();
    //! For the source: the answer is no longer needed. closed() follows, and the object deletes itself.
    void close();

Q_SIGNALS:
    void answered(const QVariantMap &values); //!< for the source; comes once, and closed() after it
    void cancelled(); //!< likewise
    void closed(); //!< take it off the screen

private:
    void end();

    Kind m_kind;
    QString m_title;
    QString m_message;
    QString m_problem;
    QUrl m_url;
    QString m_userCode;
    QList<InteractionField> m_fields;
    QDateTime m_deadline;
    bool m_isClosed = false;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::InteractionField)
