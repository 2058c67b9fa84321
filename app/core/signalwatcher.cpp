// SPDX-License-Identifier: Apache-2.0
#include "app/core/signalwatcher.h"

#include <atomic>

#ifdef Q_OS_WIN
#    include <QCoreApplication>

#    include <windows.h>
#else
#    include <QSocketNotifier>

#    include <cerrno>
#    include <csignal>
#    include <fcntl.h>
#    include <pthread.h>
#    include <unistd.h>
#endif

namespace Syncscope {

namespace {

// Zero, or the exit code that the first signal asks for. Lock-free, since signal handlers use it.
std::atomic<int> pendingExit = 0;
static_assert(std::atomic<int>::is_always_lock_free);

} // namespace

bool SignalWatcher::isPending()
{
    return pendingExit != 0;
}

void SignalWatcher::deliver()
{
    Q_EMIT interrupted(pendingExit);
}

#ifdef Q_OS_WIN

namespace {

SignalWatcher *watcher = nullptr;

BOOL WINAPI onControl(DWORD type)
{
    const int code = type == CTRL_C_EVENT || type == CTRL_BREAK_EVENT ? SignalWatcher::kInterrupted
                                                                      : SignalWatcher::kTerminated;
    if (pendingExit.exchange(code) != 0)
        ExitProcess(UINT(code));
    // This runs in a thread of its own. Windows kills the program when it returns from a close event.
    QMetaObject::invokeMethod(watcher, [] { Q_EMIT watcher->interrupted(pendingExit); });
    if (code == SignalWatcher::kTerminated)
        Sleep(3000);
    return TRUE;
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent)
{
    watcher = this;
    SetConsoleCtrlHandler(onControl, TRUE);
}

SignalWatcher::~SignalWatcher()
{
    SetConsoleCtrlHandler(onControl, FALSE);
    watcher = nullptr;
}

#else

namespace {

int wakePipe[2] = {-1, -1};
pthread_t watchingThread;

void onSignal(int number)
{
    // Name lookups, D-Bus and HTTP have threads of their own, but only in ours is there a write to interrupt.
    if (!pthread_equal(pthread_self(), watchingThread)) {
        pthread_kill(watchingThread, number);
        return;
    }
    const int saved = errno;
    const int code = number == SIGINT ? SignalWatcher::kInterrupted : SignalWatcher::kTerminated;
    if (pendingExit.exchange(code) != 0)
        _exit(code);
    (void)!::write(wakePipe[1], "", 1);
    errno = saved;
}

} // namespace

SignalWatcher::SignalWatcher(QObject *parent) : QObject(parent)
{
    watchingThread = pthread_self();
    if (::pipe(wakePipe) != 0)
        return; // no descriptors left: signals keep their default
    for (const int end : wakePipe) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(wakePipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false);
        deliver();
    });
    struct sigaction action { };
    action.sa_handler = onSignal; // without SA_RESTART: a blocked write must notice
    sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(number, &action, nullptr);
}

SignalWatcher::~SignalWatcher()
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        std::signal(number, SIG_DFL);
    for (int &end : wakePipe) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

#endif

} // namespace Syncscope
