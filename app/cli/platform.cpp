// SPDX-License-Identifier: Apache-2.0
#include "app/cli/platform.h"

#include "app/core/signalwatcher.h"

#include <QtGlobal>

#include <algorithm>
#include <cerrno>

#ifdef Q_OS_WIN
#    include <windows.h>

#    include <fcntl.h>
#    include <io.h>
#else
#    include <climits>
#    include <csignal>
#    include <fcntl.h>
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
    for (const DWORD name : {STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
        const HANDLE handle = GetStdHandle(name);
        DWORD mode = 0;
        if (GetConsoleMode(handle, &mode)) // false where it is no console
            SetConsoleMode(handle, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    }
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

namespace {

constexpr int kLastWaitMs = 1000;

} // namespace

void prepareStreams()
{
    std::signal(SIGPIPE, SIG_IGN);
    // A stream that the caller closed would otherwise be the number of our next socket.
    for (int stream = 0; stream <= 2; ++stream) {
        if (::fcntl(stream, F_GETFD) < 0)
            (void)!::open("/dev/null", O_RDWR);
    }
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

namespace {

bool isWritable(Stream stream, int timeoutMs)
{
    pollfd wait{int(stream), POLLOUT, 0};
    return ::poll(&wait, 1, timeoutMs) > 0;
}

} // namespace

WriteResult write(Stream stream, const char *data, long long size)
{
    while (size > 0) {
        // Once it is to end, the program no longer waits for a reader that has stopped reading.
        const bool ending = SignalWatcher::isPending();
        if (ending && !isWritable(stream, kLastWaitMs))
            return WriteResult::Interrupted;
        const long long piece = ending ? std::min<long long>(size, PIPE_BUF) : size;
        const ssize_t written = ::write(int(stream), data, size_t(piece));
        if (written >= 0) {
            data += written;
            size -= written;
        } else if (errno == EAGAIN) { // whoever shares the terminal may have made it non-blocking
            (void)isWritable(stream, -1);
        } else if (errno != EINTR) {
            return errno == EPIPE ? WriteResult::BrokenPipe : WriteResult::Failed;
        }
    }
    return WriteResult::Written;
}

#endif

} // namespace Syncscope::Cli::Platform
