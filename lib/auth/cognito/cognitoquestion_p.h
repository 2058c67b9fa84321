// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/clock.h"
#include "cognitochallenge_p.h"

#include <QPointer>

#include <functional>

namespace AppSync {

//! One question at a time to a person, who has InteractiveSource::kPatience to answer. Deleting it takes the
//! question off the screen.
class CognitoQuestion : public QObject {
    Q_OBJECT

public:
    //! \a owner gets the interactions, which outlive this until whoever shows them has seen them closed.
    CognitoQuestion(Clock *clock, QObject *owner, QObject *parent);
    ~CognitoQuestion() override;

    void ask(const CognitoForm &form, const std::function<void(const QVariantMap &)> &then);
    void close(); //!< the answer is no longer needed

Q_SIGNALS:
    void asked(AppSync::Interaction *interaction); //!< to be shown
    void isOpenChanged(bool isOpen);
    void cancelled();
    void expired(); //!< nobody answered in time

private:
    bool closed();

    Clock *const m_clock;
    QObject *const m_owner;
    ClockTimer *const m_patience;
    QPointer<Interaction> m_interaction;
};

} // namespace AppSync
