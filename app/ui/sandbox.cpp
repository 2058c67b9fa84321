// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox.h"

using namespace Qt::StringLiterals;

namespace Syncscope {

Sandbox::Sandbox(QObject *parent) : QObject(parent)
{
}

bool Sandbox::start()
{
    if (isRunning())
        return true;
    if (m_emulator.listen() && m_emulator.playScenario(u"demo"_s)) {
        m_problem = {};
        return true;
    }
    m_problem = {.message =
                     tr("The local AppSync could not be started: %1").arg(m_emulator.problem()),
                 .serverMessage = {},
                 .nextStep = tr("Close programs that use many network ports and try again."),
                 .details = {}};
    m_emulator.close();
    return false;
}

AppSync::Endpoint Sandbox::endpoint() const
{
    return AppSync::Endpoint(m_emulator.httpUrl());
}

QString Sandbox::demoChannel()
{
    return u"/demo/*"_s;
}

} // namespace Syncscope
