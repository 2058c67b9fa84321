// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/evidence.h"

#include <AppSync/Error>

#include <QObject>
#include <QString>
#include <QtQml/qqml.h>

namespace Syncscope {

//! An error as the interface shows it: one sentence, the server's words, the next step, and the details
//! for those who open them. Empty: there is nothing to say.
class Notice {
    Q_GADGET
    QML_VALUE_TYPE(notice)
    Q_PROPERTY(QString message MEMBER message FINAL)
    Q_PROPERTY(QString serverMessage MEMBER serverMessage FINAL)
    Q_PROPERTY(QString nextStep MEMBER nextStep FINAL)
    Q_PROPERTY(QString details MEMBER details FINAL)
    Q_PROPERTY(bool isEmpty READ isEmpty FINAL)

public:
    QString message;
    QString serverMessage;
    QString nextStep;
    QString details; //!< type, code, HTTP status and the evidence, as far as there is any

    static Notice fromError(const AppSync::Error &error, const Evidence &evidence = {});
    [[nodiscard]] bool isEmpty() const { return message.isEmpty(); }

    friend bool operator==(const Notice &, const Notice &) = default;
};

} // namespace Syncscope
