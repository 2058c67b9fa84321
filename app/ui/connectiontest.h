// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/doctor.h"
#include "app/ui/access.h"

#include <AppSync/Client>

#include <QObject>
#include <QtQml/qqml.h>
#include <QVariantList>

#include <memory>

namespace Syncscope {

//! Tries what the connection form says, step by step, without opening a session.
class ConnectionTest : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(bool isShown READ isShown NOTIFY changed FINAL)
    Q_PROPERTY(bool isRunning READ isRunning NOTIFY changed FINAL)
    //! Maps with name, outcome ("ok", "failed", "skipped", "running"), text, nextStep and time.
    Q_PROPERTY(QVariantList steps READ steps NOTIFY changed FINAL)
    //! One sentence: what came of it.
    Q_PROPERTY(QString verdict READ verdict NOTIFY changed FINAL)
    Q_PROPERTY(bool hasFailed READ hasFailed NOTIFY changed FINAL)

public:
    explicit ConnectionTest(QObject *parent = nullptr);
    ~ConnectionTest() override;

    //! Takes \a access over. What was under way is given up.
    void start(const QString &given, const AppSync::Endpoint &endpoint,
               std::unique_ptr<Access> access);
    //! Gives up and shows nothing any more.
    Q_INVOKABLE void dismiss();

    [[nodiscard]] bool isShown() const { return m_doctor != nullptr; }
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] QVariantList steps() const;
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] bool hasFailed() const;

Q_SIGNALS:
    void changed();

private:
    void clear();

    std::unique_ptr<Access> m_access; //!< outlives the client
    std::unique_ptr<AppSync::Client> m_client; //!< outlives the doctor
    std::unique_ptr<Doctor> m_doctor;
    bool m_isRunning = false;
    std::optional<DoctorStep::Kind> m_current;
};

} // namespace Syncscope
