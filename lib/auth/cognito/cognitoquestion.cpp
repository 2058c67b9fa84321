// SPDX-License-Identifier: Apache-2.0
#include "cognitoquestion_p.h"

#include "../interactivesource.h"

namespace AppSync {

CognitoQuestion::CognitoQuestion(Clock *clock, QObject *owner, QObject *parent)
    : QObject(parent), m_clock(clock), m_owner(owner), m_patience(clock->createTimer(this))
{
    connect(m_patience, &ClockTimer::timedOut, this, [this] {
        if (closed())
            Q_EMIT expired();
    });
}

CognitoQuestion::~CognitoQuestion()
{
    if (m_interaction) {
        m_interaction->disconnect(this);
        m_interaction->close();
    }
}

void CognitoQuestion::ask(const CognitoForm &form,
                          const std::function<void(const QVariantMap &)> &then)
{
    auto *interaction = new Interaction(form.kind, form.title, form.message, m_owner);
    interaction->setProblem(form.problem);
    interaction->setFields(form.fields);
    interaction->setUrl(form.url);
    interaction->setUserCode(form.userCode);
    interaction->setDeadline(QDateTime::fromMSecsSinceEpoch(
        m_clock->wallMs() + std::chrono::milliseconds(InteractiveSource::kPatience).count(),
        Qt::UTC));
    connect(interaction, &Interaction::answered, this, [this, then](const QVariantMap &answers) {
        if (closed())
            then(answers);
    });
    connect(interaction, &Interaction::cancelled, this, [this] {
        if (closed())
            Q_EMIT cancelled();
    });
    m_interaction = interaction;
    m_patience->start(InteractiveSource::kPatience);
    const QPointer<CognitoQuestion> alive(this);
    Q_EMIT isOpenChanged(true);
    // Last: whoever shows it may answer at once.
    if (alive && m_interaction)
        Q_EMIT asked(interaction);
}

//! Closes it. False if somebody who heard of that has deleted this.
bool CognitoQuestion::closed()
{
    const QPointer<CognitoQuestion> alive(this);
    close();
    return !alive.isNull();
}

void CognitoQuestion::close()
{
    m_patience->stop();
    if (!m_interaction)
        return;
    const QPointer<Interaction> interaction = m_interaction;
    m_interaction.clear();
    interaction->close();
    Q_EMIT isOpenChanged(false);
}

} // namespace AppSync
