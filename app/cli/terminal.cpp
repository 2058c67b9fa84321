// SPDX-License-Identifier: Apache-2.0
#include "app/cli/terminal.h"

#include "app/cli/console.h"
#include "app/cli/platform.h"

#ifdef Q_OS_WIN
#    include <QPointer>

#    include <array>
#    include <thread>

#    include <windows.h>
#else
#    include <QSocketNotifier>

#    include <array>
#    include <cerrno>
#    include <optional>

#    include <fcntl.h>
#    include <termios.h>
#    include <unistd.h>
#endif

namespace Syncscope::Cli {

#ifdef Q_OS_WIN

//! Reads in a thread, since a console cannot be waited for together with sockets. The thread may be stuck in
//! a read when the program ends; so it owns what it touches and is left behind.
class Terminal::Private {
public:
    explicit Private(Terminal *q)
        : m_terminal(q)
        , m_input(CreateFileW(L"CONIN$", GENERIC_READ | GENERIC_WRITE,
                              FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0,
                              nullptr))
    {
        GetConsoleMode(m_input, &m_before);
    }
    ~Private() { setEcho(true); }

    [[nodiscard]] bool isThere() const { return m_input != INVALID_HANDLE_VALUE; }

    void ask(const QByteArray &prompt, bool isSecret)
    {
        (void)Platform::write(Platform::Stream::Error, prompt.constData(), prompt.size());
        setEcho(!isSecret);
        std::thread([input = m_input, number = ++m_asked, self = QPointer(m_terminal)] {
            std::array<wchar_t, 4096> line{};
            DWORD size = 0;
            const bool ok = ReadConsoleW(input, line.data(), DWORD(line.size()), &size, nullptr);
            const QString text = ok ? QString::fromWCharArray(line.data(), int(size)) : QString();
            if (self)
                QMetaObject::invokeMethod(self, [self, number, text] {
                    if (self)
                        self->d->onLine(number, text);
                });
        }).detach();
    }

    void stop()
    {
        ++m_asked;
        setEcho(true);
    }

private:
    void onLine(int number, const QString &text)
    {
        if (number != m_asked)
            return;
        if (m_isHidden)
            (void)Platform::write(Platform::Stream::Error, "\n", 1);
        setEcho(true);
        if (text.isEmpty())
            Q_EMIT m_terminal->ended();
        else
            Q_EMIT m_terminal->answered(QString(text).remove(u'\r').remove(u'\n'));
    }

    void setEcho(bool isShown)
    {
        m_isHidden = !isShown;
        SetConsoleMode(m_input, isShown ? m_before : m_before & ~DWORD(ENABLE_ECHO_INPUT));
    }

    Terminal *const m_terminal;
    const HANDLE m_input;
    DWORD m_before = 0;
    int m_asked = 0;
    bool m_isHidden = false;
};

#else

class Terminal::Private {
public:
    explicit Private(Terminal *q)
        : m_terminal(q), m_tty(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY))
    {
        if (m_tty < 0)
            return;
        m_notifier = std::make_unique<QSocketNotifier>(m_tty, QSocketNotifier::Read);
        m_notifier->setEnabled(false);
        QObject::connect(m_notifier.get(), &QSocketNotifier::activated, q, [this] { read(); });
    }
    ~Private()
    {
        showInput();
        m_notifier.reset(); // before what it watches
        if (m_tty >= 0)
            ::close(m_tty);
    }

    // Whoever reads in the background is stopped by the system.
    [[nodiscard]] bool isThere() const { return m_tty >= 0 && ::tcgetpgrp(m_tty) == ::getpgrp(); }

    void ask(const QByteArray &prompt, bool isSecret)
    {
        if (isSecret)
            hideInput();
        if (Platform::isTerminal(Platform::Stream::Error))
            (void)Platform::write(Platform::Stream::Error, prompt.constData(), prompt.size());
        else
            tell(prompt);
        m_line.clear();
        m_notifier->setEnabled(true);
    }

    void stop()
    {
        if (m_notifier)
            m_notifier->setEnabled(false);
        showInput();
        m_line.fill('\0');
        m_line.clear();
    }

private:
    void read()
    {
        std::array<char, 4096> chunk{};
        const ssize_t size = ::read(m_tty, chunk.data(), chunk.size());
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        m_line.append(chunk.data(), qMax<ssize_t>(size, 0));
        const qsizetype end = m_line.indexOf('\n');
        if (size > 0 && end < 0)
            return;
        if (m_before)
            tell("\n"); // that of the person was not shown
        const QString line = QString::fromUtf8(m_line.first(qMax<qsizetype>(end, 0)));
        stop();
        if (end < 0)
            Q_EMIT m_terminal->ended();
        else
            Q_EMIT m_terminal->answered(line);
    }

    void tell(const QByteArray &text) const
    {
        // Nothing can be done about a terminal that is gone; reading will tell.
        (void)!::write(m_tty, text.constData(), size_t(text.size()));
    }

    void hideInput()
    {
        termios settings{};
        if (m_before || ::tcgetattr(m_tty, &settings) != 0)
            return;
        m_before = settings;
        settings.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(m_tty, TCSAFLUSH, &settings);
    }

    void showInput()
    {
        if (m_before)
            ::tcsetattr(m_tty, TCSANOW, &*m_before);
        m_before.reset();
    }

    Terminal *const m_terminal;
    const int m_tty;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::optional<termios> m_before; //!< set while what is typed is hidden
    QByteArray m_line;
};

#endif

Terminal::Terminal(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this))
{
}

Terminal::~Terminal() = default;

bool Terminal::isThere() const
{
    return d->isThere();
}

void Terminal::ask(const QString &prompt, bool isSecret)
{
    d->ask(printable(prompt).toUtf8(), isSecret);
}

void Terminal::stop()
{
    d->stop();
}

} // namespace Syncscope::Cli
