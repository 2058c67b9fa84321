// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDBusConnection>
#include <QDBusVirtualObject>

//! A secret service that does wrong: takes the place of the real one on a bus that has none.
class ScriptedSecretService : public QDBusVirtualObject {
    Q_OBJECT

public:
    enum class Behaviour {
        Silent, //!< answers nothing at all
        Denying, //!< an unlocked keyring that refuses everything
        Failing, //!< one that has run into trouble
    };

    explicit ScriptedSecretService(Behaviour behaviour);
    ~ScriptedSecretService() override;

    [[nodiscard]] bool isThere() const { return m_isThere; }
    //! Calls that came, those of lookers included.
    [[nodiscard]] int calls() const { return m_calls; }

    QString introspect(const QString &path) const override;
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;

private:
    const Behaviour m_behaviour;
    QDBusConnection m_bus;
    bool m_isThere = false;
    int m_calls = 0;
};
