// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "app/cli/terminal.h"

#include <AppSync/Interaction>

#include <QPointer>
#include <QVariantMap>

namespace Syncscope::Cli {

//! Answers what sources of tokens and credentials ask, by asking a person on the terminal, one thing after
//! the other. Without a terminal it refuses in words.
class Prompter : public QObject {
    Q_OBJECT

public:
    //! \a opensPages: pages are opened in the browser, not just named.
    Prompter(Console &console, bool opensPages, QObject *parent = nullptr);

    void show(AppSync::Interaction *interaction);
    //! True once somebody should have been asked and could not be, or did not want to.
    [[nodiscard]] bool hasRefused() const { return m_hasRefused; }

private:
    void next();
    void begin();
    void showPage(AppSync::Interaction *interaction);
    bool openPage(const QUrl &url) const;
    void refuse(AppSync::Interaction *interaction);
    void askConfirmation();
    void askField();
    void onLine(const QString &line);
    void takeField(const QString &line);
    void tell(const AppSync::Interaction &interaction) const;

    Console &m_console;
    const bool m_opensPages;
    Terminal m_terminal;
    QList<QPointer<AppSync::Interaction>> m_waiting;
    QPointer<AppSync::Interaction> m_current;
    qsizetype m_field = 0; //!< that is being asked for
    QVariantMap m_values;
    bool m_hasRefused = false;
};

} // namespace Syncscope::Cli
