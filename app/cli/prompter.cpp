// SPDX-License-Identifier: Apache-2.0
#include "app/cli/prompter.h"

#include <QProcess>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

//! The answer that \a line means: the number of a choice, or what was entered.
QString valueOf(const AppSync::InteractionField &field, const QString &line)
{
    if (line.isEmpty())
        return field.value;
    bool isNumber = false;
    const qsizetype number = line.toLongLong(&isNumber);
    if (isNumber && number >= 1 && number <= field.choices.size())
        return field.choices.at(number - 1);
    return line;
}

} // namespace

Prompter::Prompter(Console &console, bool opensPages, QObject *parent)
    : QObject(parent), m_console(console), m_opensPages(opensPages)
{
    connect(&m_terminal, &Terminal::answered, this, &Prompter::onLine);
    connect(&m_terminal, &Terminal::ended, this, [this] {
        m_hasRefused = true;
        if (m_current)
            m_current->cancel();
    });
}

void Prompter::show(AppSync::Interaction *interaction)
{
    if (interaction->kind() == AppSync::Interaction::Kind::OpenUrl)
        return showPage(interaction);
    if (!m_terminal.isThere())
        return refuse(interaction);
    m_waiting.append(interaction);
    if (!m_current)
        next();
}

void Prompter::tell(const AppSync::Interaction &interaction) const
{
    if (!interaction.problem().isEmpty())
        m_console.say(interaction.problem());
    m_console.say(interaction.message().isEmpty() ? interaction.title() : interaction.message());
    if (interaction.url().isValid())
        m_console.say(u"  "_s + interaction.url().toString(QUrl::FullyEncoded));
    if (!interaction.userCode().isEmpty())
        m_console.say(u"Code: %1"_s.arg(interaction.userCode()));
}

void Prompter::showPage(AppSync::Interaction *interaction)
{
    if (!m_opensPages && !m_terminal.isThere())
        return refuse(interaction);
    tell(*interaction);
    if (m_opensPages && !openPage(interaction->url()))
        m_console.warning(u"The browser could not be started; open the address yourself."_s);
    m_console.say(u"Waiting for the browser …"_s);
}

bool Prompter::openPage(const QUrl &url) const
{
    const QString address = url.toString(QUrl::FullyEncoded);
#if defined(Q_OS_WIN)
    return QProcess::startDetached(u"rundll32"_s, {u"url.dll,FileProtocolHandler"_s, address});
#elif defined(Q_OS_MACOS)
    return QProcess::startDetached(u"open"_s, {address});
#else
    QProcess program;
    program.setProgram(u"xdg-open"_s);
    program.setArguments({address});
    // What it says does not belong into ours.
    program.setStandardOutputFile(QProcess::nullDevice());
    program.setStandardErrorFile(QProcess::nullDevice());
    return program.startDetached();
#endif
}

void Prompter::refuse(AppSync::Interaction *interaction)
{
    m_hasRefused = true;
    m_console.error(u"A person has to answer here (%1), and there is no terminal to ask on."_s.arg(
                        interaction->title()),
                    u"Sign in at a terminal first, with `syncscope-cli auth login`; set "
                    "SYNCSCOPE_PASSWORD where a password is all that is asked for."_s);
    // Not now: whoever asks may not be done with asking.
    QMetaObject::invokeMethod(interaction, &AppSync::Interaction::cancel, Qt::QueuedConnection);
}

void Prompter::next()
{
    m_current.clear();
    while (!m_waiting.isEmpty() && !m_current) {
        m_current = m_waiting.takeFirst();
        if (m_current && m_current->isClosed())
            m_current.clear();
    }
    if (m_current)
        begin();
}

void Prompter::begin()
{
    connect(m_current, &AppSync::Interaction::closed, this, [this, shown = m_current] {
        if (shown != m_current)
            return;
        m_terminal.stop();
        next();
    });
    tell(*m_current);
    m_values.clear();
    m_field = 0;
    if (m_current->kind() == AppSync::Interaction::Kind::Confirm)
        m_terminal.ask(u"Yes or no? [y/N] "_s, false);
    else
        askField();
}

void Prompter::askField()
{
    const QList<AppSync::InteractionField> fields = m_current->fields();
    if (m_field >= fields.size()) {
        const QVariantMap values = std::exchange(m_values, {});
        m_current->answer(values);
        return;
    }
    const AppSync::InteractionField &field = fields.at(m_field);
    if (!field.hint.isEmpty())
        m_console.say(field.hint);
    for (qsizetype i = 0; i < field.choices.size(); ++i)
        m_console.say(
            u"  %1) %2"_s.arg(i + 1).arg(field.choiceLabels.value(i, field.choices.at(i))));
    const QString offered =
        field.value.isEmpty() || field.isSecret ? QString() : u" [%1]"_s.arg(field.value);
    m_terminal.ask(field.label + offered + u": "_s, field.isSecret);
}

void Prompter::onLine(const QString &line)
{
    if (!m_current)
        return;
    if (m_current->kind() != AppSync::Interaction::Kind::Confirm)
        return takeField(line);
    const QString answer = line.trimmed().toLower();
    if (answer == u"y" || answer == u"yes") {
        m_current->answer();
        return;
    }
    m_hasRefused = true;
    m_current->cancel();
}

void Prompter::takeField(const QString &line)
{
    const AppSync::InteractionField field = m_current->fields().at(m_field);
    const QString value = valueOf(field, field.isSecret ? line : line.trimmed());
    const bool isWrongChoice =
        !field.choices.isEmpty() && !value.isEmpty() && !field.choices.contains(value);
    if ((value.isEmpty() && field.isRequired) || isWrongChoice) {
        m_console.say(isWrongChoice ? u"That is none of the choices."_s
                                    : u"An answer is needed; Ctrl-C ends this."_s);
        return askField();
    }
    if (field.isSecret)
        m_console.hide(value);
    m_values.insert(field.name, value);
    ++m_field;
    askField();
}

} // namespace Syncscope::Cli
