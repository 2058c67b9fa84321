// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/access.h"

#include <QPointer>
#include <QStringList>
#include <QtQml/qqml.h>
#include <QVariantList>

namespace Syncscope {

//! How the session is signed in, until when, and what its token says. Shows no secret: claims are what the
//! token says about itself, without the signature that would make it one.
class SignInStatus : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the session")
    //! The mode and the time that is left, as short as can be.
    Q_PROPERTY(QString chipText READ chipText NOTIFY ticked FINAL)
    Q_PROPERTY(Syncscope::SignInStatus::Urgency urgency READ urgency NOTIFY ticked FINAL)
    //! The modes and their operations, where there are several.
    Q_PROPERTY(QStringList ways READ ways CONSTANT FINAL)
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY changed FINAL)
    //! Of the current way:
    Q_PROPERTY(QString mode READ mode NOTIFY changed FINAL)
    Q_PROPERTY(QString what READ what NOTIFY changed FINAL)
    Q_PROPERTY(QString expiryText READ expiryText NOTIFY ticked FINAL)
    //! Maps with name and value: where the secret is, issuer, audience, use of the token, …
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed FINAL)
    //! Maps with name and value, in the order of the token; of AWS, the sources that were asked.
    Q_PROPERTY(QVariantList claims READ claims NOTIFY changed FINAL)
    Q_PROPERTY(QString claimsTitle READ claimsTitle NOTIFY changed FINAL)
    Q_PROPERTY(QStringList warnings READ warnings NOTIFY changed FINAL)
    Q_PROPERTY(bool canSignOut READ canSignOut NOTIFY changed FINAL)
    Q_PROPERTY(QString message READ message NOTIFY messageChanged FINAL)

public:
    enum class Urgency {
        None,
        Soon, //!< it expires within a few minutes and nobody renews it
        Over,
    };
    Q_ENUM(Urgency)

    //! \a access is not owned; null: \a name is all that there is to say.
    SignInStatus(Access *access, const QString &name, QObject *parent = nullptr);

    [[nodiscard]] QString chipText() const;
    [[nodiscard]] Urgency urgency() const;
    [[nodiscard]] QStringList ways() const;
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int current);
    [[nodiscard]] QString mode() const;
    [[nodiscard]] QString what() const;
    [[nodiscard]] QString expiryText() const;
    [[nodiscard]] QVariantList facts() const;
    [[nodiscard]] QVariantList claims() const;
    [[nodiscard]] QString claimsTitle() const;
    [[nodiscard]] QStringList warnings() const { return m_description.warnings; }
    [[nodiscard]] bool canSignOut() const;
    [[nodiscard]] QString message() const { return m_message; }

    //! Ends the session at the user pool or provider and forgets it.
    Q_INVOKABLE void signOut();
    //! A second is over.
    void tick();

    //! "41 min", "2 h", "3 days": rough, for a glance.
    [[nodiscard]] static QString timeLeft(qint64 seconds);

Q_SIGNALS:
    void changed();
    void ticked();
    void messageChanged();

private:
    [[nodiscard]] const Access::Way *way() const;
    [[nodiscard]] SignIn::Description describe(const Access::Way &way) const;
    [[nodiscard]] bool isRenewed(const Access::Way &way) const;
    [[nodiscard]] Urgency urgencyOf(const Access::Way &way,
                                    const SignIn::Description &description) const;
    void refresh();
    void say(const QString &message);

    const QPointer<Access> m_access;
    const QString m_name;
    int m_current = 0;
    SignIn::Description m_first; //!< of the way for connecting
    SignIn::Description m_description; //!< of the current way
    QString m_message;
};

} // namespace Syncscope
