// SPDX-License-Identifier: Apache-2.0
#include "app/cli/platform.h"

#include "app/cli/signalwatcher.h"

#include <QtGlobal>

#include <algorithm>
#include <cerrno>

#ifdef Q_OS_WIN
#    include <windows.h>

#    include <fcntl.h>
#    include <io.h>
#else
#    include <csignal>
#    include <poll.h>
#    include <sys/ioctl.h>
#    include <unistd.h>
#endif

namespace Syncscope::Cli::Platform {

#ifdef Q_OS_WIN

void prepareStreams()
{
    for (const Stream stream : {Stream::Input, Stream::Output, Stream::Error})
        _setmode(int(stream), _O_BINARY);
    SetConsoleOutputCP(CP_UTF8);
}

bool isTerminal(Stream stream)
{
    return _isatty(int(stream)) != 0;
}

int terminalWidth()
{
    CONSOLE_SCREEN_BUFFER_INFO info;
    if (!GetConsoleScreenBufferInfo(GetStdHandle(STD_OUTPUT_HANDLE), &info))
        return 80;
    return info.srWindow.Right - info.srWindow.Left + 1;
}

WriteResult write(Stream stream, const char *data, long long size)
{
    while (size > 0) {
        const int written = _write(int(stream), data, unsigned(std::min<long long>(size, 1 << 20)));
        if (written < 0)
            return errno == EPIPE || errno == EINVAL ? WriteResult::BrokenPipe
                                                     : WriteResult::Failed;
        data += written;
        size -= written;
    }
    return WriteResult::Written;
}

#else

void prepareStreams()
{
    std::signal(SIGPIPE, SIG_IGN);
}

bool isTerminal(Stream stream)
{
    return isatty(int(stream)) != 0;
}

int terminalWidth()
{
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return size.ws_col;
}

WriteResult write(Stream stream, const char *data, long long size)
{
    while (size > 0) {
        const ssize_t written = ::write(int(stream), data, size_t(size));
        if (written >= 0) {
            data += written;
            size -= written;
            continue;
        }
        if (errno == EAGAIN) { // whoever shares the terminal may have made it non-blocking
            pollfd wait{int(stream), POLLOUT, 0};
            (void)::poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            return errno == EPIPE ? WriteResult::BrokenPipe : WriteResult::Failed;
        }
        if (SignalWatcher::isPending())
            return WriteResult::Interrupted;
    }
    return WriteResult::Written;
}

#endif

} // namespace Syncscope::Cli::Platform
