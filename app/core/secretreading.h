// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/secretstore.h"

#include <QMap>

namespace Syncscope {

//! The secrets that one way to sign in needs. They are read when somebody first waits for them, all at once,
//! and then never again, unless that failed.
class SecretReading : public QObject {
    Q_OBJECT

public:
    struct Wanted {
        SecretRole role = SecretRole::Token;
        SecretReference reference; //!< unset: not wanted after all
        bool mayBeMissing = false; //!< there is another way without it
    };
    using Values = QMap<SecretRole, QString>;

    //! \a use gets what was read, before anybody who waits goes on.
    SecretReading(SecretStore *store, const QList<Wanted> &wanted,
                  std::function<void(const Values &)> use, QObject *parent);

    //! Calls \a then once everything is read, or with the error that prevents it; perhaps at once. Not if
    //! \a waiting has ended by then. \a waiting waits for a person while the keychain does.
    void await(AppSync::InteractiveReply *waiting,
               const std::function<void(const AppSync::Error &)> &then);
    //! Reads again when somebody next waits.
    void forget() { m_isDone = false; }

Q_SIGNALS:
    void secretKnown(const QString &secret);

private:
    struct Waiting {
        QPointer<AppSync::InteractiveReply> reply;
        std::function<void(const AppSync::Error &)> then;
    };

    void start();
    void onRead(const Wanted &wanted, SecretReply *reply);
    void end();

    const QPointer<SecretStore> m_store;
    const QList<Wanted> m_wanted;
    const std::function<void(const Values &)> m_use;
    QList<SecretReply *> m_pending; // they end before they are deleted, and leave this then
    QList<Waiting> m_waiting;
    Values m_values;
    AppSync::Error m_error;
    bool m_isDone = false;
};

} // namespace Syncscope
