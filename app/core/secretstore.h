// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/profile.h"
#include "app/core/secretservice.h"

#include <AppSync/Reply>

#include <QHash>
#include <QPointer>

#include <chrono>
#include <functional>
#include <optional>

namespace Syncscope {

class SecretStore;

//! One answer of a SecretStore. The keychain may have asked a person for it.
class SecretReply : public AppSync::InteractiveReply {
    Q_OBJECT

public:
    enum class Outcome {
        Done,
        NotFound, //!< nothing under that key; of a key that was kept for one run only, in any later run
        Locked,
        Denied, //!< by the person or by the system
        NoService, //!< there is no keychain, so that what it once kept cannot be had
        TimedOut,
        Failed, //!< in the keychain's words
        Cancelled,
    };
    Q_ENUM(Outcome)

    //! Meaningful once finished; everything but Done has an error() in words.
    [[nodiscard]] Outcome outcome() const { return m_outcome; }
    [[nodiscard]] QString secret() const { return m_secret; } //!< what was read
    //! Where it is now, for a profile: Keychain, or Session where there is no keychain. Of a write.
    [[nodiscard]] SecretReference reference() const { return m_reference; }

private:
    friend class SecretStore;
    explicit SecretReply(QObject *parent) : InteractiveReply(parent) { }
    void end(Outcome outcome, const AppSync::Error &error = {});
    void stop(const AppSync::Error &cancelled) override;

    Outcome m_outcome = Outcome::Failed;
    bool m_ended = false;
    QString m_secret;
    SecretReference m_reference;
};

//! Secrets by key, in the system's keychain. Where there is none, they are kept in memory for this run, and
//! state() says so. A program has one such object; use it from the main thread.
//!
//! Every operation has a deadline, since a keychain's window can stay open for ever. One at a time reaches
//! the keychain; those behind one that is not answered run into their own deadlines.
class SecretStore : public QObject {
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString stateText READ stateText NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString nextStep READ nextStep NOTIFY stateChanged FINAL)

public:
    enum class State {
        Unknown, //!< nothing was asked yet
        Available,
        SessionOnly, //!< no keychain here: what is written is gone when the program ends
        Locked, //!< reading and writing may ask a person for the keychain's password
    };
    Q_ENUM(State)

    explicit SecretStore(QObject *parent = nullptr);
    ~SecretStore() override;

    //! A key that no other secret has: a profile's later name does not matter.
    [[nodiscard]] static QString newKey(const QString &profileName, SecretRole role);

    //! What the keychain, or the memory of this run, has under \a key.
    SecretReply *read(const QString &key);
    //! What stands where \a reference says: a variable, a file, the keychain or this run's memory.
    SecretReply *read(const SecretReference &reference);
    //! Keeps \a secret under \a key, instead of what was there.
    SecretReply *write(const QString &key, const QString &secret);
    //! Forgets it. Done too if there was nothing.
    SecretReply *remove(const QString &key);
    //! Finds out state() without asking a person.
    SecretReply *check();

    //! Keeps it in memory for this run, keychain or not, for those who want just that.
    void remember(const QString &key, const QString &secret) { m_session.insert(key, secret); }
    void forget(const QString &key) { m_session.remove(key); }

    //! How long one operation may take, a person's answer included. Default 2 min.
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }

    [[nodiscard]] State state() const { return m_state; }
    //! One sentence for people: where secrets are kept now.
    [[nodiscard]] QString stateText() const;
    //! What a person can do so that they are kept better; empty where all is well.
    [[nodiscard]] QString nextStep() const;

Q_SIGNALS:
    void stateChanged();

private:
    enum class Action { Read, Write, Remove };
    struct Task {
        Action action = Action::Read;
        QString key;
        QString secret; //!< of a write
        QPointer<SecretReply> reply;
    };
    struct Finding; //!< how the keychain answered

    SecretReply *enqueue(const Task &task);
    //! The error where \a reference, which is none of the keychain, leads to nothing.
    [[nodiscard]] static AppSync::Error nothingAt(const SecretReference &reference);
    void startNext();
    void removeOnceUnlocked(SecretService::State service, bool mayAsk);
    void runJob(Action action, const std::function<void(const Finding &)> &then);
    void judge(const Finding &finding);
    void judge(const Finding &finding, SecretService::State service);
    void done(const QString &secret);
    void withoutService();
    void end(SecretReply::Outcome outcome, const AppSync::Error &error = {});
    void onTimeout(SecretReply *reply);
    void setState(State state);

    std::chrono::milliseconds m_timeout;
    State m_state = State::Unknown;
    QHash<QString, QString> m_session;
    QList<Task> m_waiting;
    std::optional<Task> m_task; //!< the one that the keychain has, even if its reply has ended
};

} // namespace Syncscope
