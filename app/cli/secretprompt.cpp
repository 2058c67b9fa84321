// SPDX-License-Identifier: Apache-2.0
#include "app/cli/secretprompt.h"

#include "app/cli/platform.h"

#include <QByteArray>

#ifdef Q_OS_WIN
#    include <windows.h>

#    include <io.h>
#else
#    include <csignal>
#    include <termios.h>
#    include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

#ifdef Q_OS_WIN

class HiddenInput {
public:
    HiddenInput() : m_input(GetStdHandle(STD_INPUT_HANDLE))
    {
        m_changed = GetConsoleMode(m_input, &m_before) != 0
            && SetConsoleMode(m_input, m_before & ~DWORD(ENABLE_ECHO_INPUT)) != 0;
    }
    ~HiddenInput()
    {
        if (m_changed)
            SetConsoleMode(m_input, m_before);
    }
    Q_DISABLE_COPY_MOVE(HiddenInput)

    [[nodiscard]] bool isHidden() const { return m_changed; }

private:
    const HANDLE m_input;
    DWORD m_before = 0;
    bool m_changed = false;
};

long long readSome(char *to, unsigned size)
{
    return _read(0, to, size);
}

#else

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// What the handler of a signal needs; it may do nothing but simple calls.
termios s_before;

void restoreAndDie(int number)
{
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &s_before);
    std::signal(number, SIG_DFL);
    (void)std::raise(number);
}

class HiddenInput {
public:
    HiddenInput()
    {
        if (tcgetattr(STDIN_FILENO, &s_before) != 0)
            return;
        for (const int number : kSignals)
            std::signal(number, restoreAndDie);
        termios hidden = s_before;
        hidden.c_lflag &= ~tcflag_t(ECHO);
        m_changed = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
    }
    ~HiddenInput()
    {
        if (m_changed)
            (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &s_before);
        for (const int number : kSignals)
            std::signal(number, SIG_DFL);
    }
    Q_DISABLE_COPY_MOVE(HiddenInput)

    [[nodiscard]] bool isHidden() const { return m_changed; }

private:
    bool m_changed = false;
};

long long readSome(char *to, unsigned size)
{
    return ::read(STDIN_FILENO, to, size);
}

#endif

void tell(const QByteArray &text)
{
    (void)Platform::write(Platform::Stream::Error, text.constData(), text.size());
}

} // namespace

std::optional<QString> askForSecret(const QString &prompt)
{
    if (!Platform::isTerminal(Platform::Stream::Input))
        return std::nullopt;
    const HiddenInput hidden;
    if (!hidden.isHidden())
        return std::nullopt;
    tell(prompt.toUtf8() + ": ");
    QByteArray line;
    char byte = 0;
    while (readSome(&byte, 1) == 1 && byte != '\n')
        line += byte;
    tell("\n"); // the one that was typed was not shown either
    if (line.isEmpty() && byte != '\n')
        return std::nullopt;
    return QString::fromUtf8(line).trimmed();
}

} // namespace Syncscope::Cli
