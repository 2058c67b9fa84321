// SPDX-License-Identifier: Apache-2.0
#include "confinement.h"

#include <cstdlib>
#include <exception>
#include <new>

#ifdef Q_OS_WIN
#    include <qt_windows.h>
#else
#    include <csignal>
#    include <cstdio>
#    include <sys/mman.h>
#    include <sys/resource.h>
#    include <unistd.h>
#endif

namespace AppSync::Handlers::Confinement {

namespace {

[[noreturn]] void onTerminate()
{
    try {
        if (const std::exception_ptr exception = std::current_exception())
            std::rethrow_exception(exception);
    } catch (const std::bad_alloc &) {
        std::_Exit(kOutOfMemory);
    } catch (...) {
        std::abort();
    }
    std::abort();
}

#ifdef Q_OS_WIN

//! A job holds the limit for all that belongs to it: this process.
bool limitMemory(qint64 bytes)
{
    const HANDLE job = CreateJobObjectW(nullptr, nullptr);
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags =
        JOB_OBJECT_LIMIT_PROCESS_MEMORY | JOB_OBJECT_LIMIT_ACTIVE_PROCESS;
    limits.BasicLimitInformation.ActiveProcessLimit = 1;
    limits.ProcessMemoryLimit = SIZE_T(bytes);
    return job
        && SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits)
        && AssignProcessToJobObject(job, GetCurrentProcess());
}

#else

//! The engine crashes where it gets no memory: what that was shows in whether there is some now.
void onFatalSignal(int signal)
{
    constexpr size_t kProbe = 8 * 1024 * 1024;
    void *memory =
        mmap(nullptr, kProbe, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        _exit(kOutOfMemory);
    std::signal(signal, SIG_DFL);
    raise(signal);
}

void watchSignals()
{
    static char stack[64 * 1024];
    stack_t alternative{};
    alternative.ss_sp = stack;
    alternative.ss_size = sizeof stack;
    sigaltstack(&alternative, nullptr);
    struct sigaction action { };
    action.sa_handler = onFatalSignal;
    action.sa_flags = SA_ONSTACK;
    for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGILL, SIGTRAP})
        sigaction(signal, &action, nullptr);
}

//! Bytes of writable memory that this process has; 0 where the system does not tell.
qint64 presentData()
{
    std::FILE *file = std::fopen("/proc/self/statm", "r");
    if (!file)
        return 0;
    long long pages = 0;
    const int read = std::fscanf(file, "%*d %*d %*d %*d %*d %lld", &pages);
    std::fclose(file);
    return read == 1 ? pages * sysconf(_SC_PAGESIZE) : 0;
}

bool limit(decltype(RLIMIT_CORE) resource, qint64 soft, qint64 hard)
{
    const rlimit limits{rlim_t(soft), rlim_t(hard)};
    return setrlimit(resource, &limits) == 0;
}

//! The lowest number that is free: those below are taken.
int openFiles()
{
    const int next = dup(STDIN_FILENO);
    close(next);
    return next;
}

int closedFrom = -1; //!< files from this number on cannot be opened
constexpr int kFilesOfOurs = 8;

bool limitFiles(bool open)
{
    return limit(RLIMIT_NOFILE, open ? closedFrom + kFilesOfOurs : closedFrom,
                 closedFrom + kFilesOfOurs);
}

bool limitMemory(qint64 bytes)
{
    watchSignals();
    limit(RLIMIT_CORE, 0, 0);
    const qint64 data = presentData() + bytes;
    const bool isLimited = limit(RLIMIT_DATA, data, data);
    closedFrom = openFiles();
    return limitFiles(false) && isLimited;
}

#endif

} // namespace

bool confine(qint64 bytes)
{
    std::set_terminate(onTerminate);
    return limitMemory(bytes);
}

FileAccess::FileAccess()
{
#ifndef Q_OS_WIN
    if (closedFrom >= 0)
        limitFiles(true);
#endif
}

FileAccess::~FileAccess()
{
#ifndef Q_OS_WIN
    if (closedFrom >= 0)
        limitFiles(false);
#endif
}

void endAfter(int seconds)
{
#ifdef Q_OS_WIN
    Q_UNUSED(seconds)
#else
    alarm(uint(seconds));
#endif
}

} // namespace AppSync::Handlers::Confinement
