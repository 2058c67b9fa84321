// SPDX-License-Identifier: Apache-2.0
#include "app/ui/workspace.h"

#include <AppSync/ApiKeyAuthorizer>

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Syncscope {

Workspace::Workspace(QObject *parent) : QObject(parent)
{
}

Workspace::~Workspace()
{
    m_draft.setClient(nullptr);
}

QString Workspace::version() const
{
    return QCoreApplication::applicationVersion();
}

void Workspace::openSandbox()
{
    const bool running = m_sandbox.start();
    Q_EMIT sandboxProblemChanged();
    if (!running)
        return;
    start(std::make_unique<Session>(
        m_sandbox.endpoint(), new AppSync::ApiKeyAuthorizer(m_sandbox.apiKey()), tr("Sandbox")));
    m_session->subscriptions()->add(Sandbox::demoChannel());
    // Something to publish at once; what the user wrote stays.
    if (m_draft.channel().isEmpty() && m_draft.text().isEmpty()) {
        m_draft.setChannel(u"/demo/hello"_s);
        m_draft.setText(u"{\n  \"text\": \"Hello from Syncscope\"\n}"_s);
    }
}

void Workspace::openForm()
{
    if (!m_form.canConnect())
        return;
    start(
        std::make_unique<Session>(m_form.endpoint(), m_form.createAuthorizer(nullptr), QString()));
}

void Workspace::choose()
{
    setChoosing(true);
}

void Workspace::cancelChoosing()
{
    if (m_session)
        setChoosing(false);
}

void Workspace::start(std::unique_ptr<Session> session)
{
    // The old session must live until QML has let go of it.
    const std::unique_ptr<Session> previous = std::exchange(m_session, std::move(session));
    m_draft.setClient(m_session->client());
    Q_EMIT sessionChanged();
    setChoosing(false);
    m_session->open();
}

void Workspace::setChoosing(bool choosing)
{
    if (m_choosing == choosing)
        return;
    m_choosing = choosing;
    Q_EMIT choosingChanged();
}

} // namespace Syncscope
