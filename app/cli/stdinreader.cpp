// SPDX-License-Identifier: Apache-2.0
#include "app/cli/stdinreader.h"

#include <QPointer>

#include <cerrno>

#ifdef Q_OS_UNIX
#    include <QSocketNotifier>
#    include <QTimer>

#    include <sys/stat.h>
#    include <unistd.h>
#else
#    include <condition_variable>
#    include <io.h>
#    include <mutex>
#    include <thread>
#endif

namespace Syncscope::Cli {

namespace {

constexpr int kChunk = 64 * 1024;

} // namespace

#ifdef Q_OS_UNIX

class StdinReader::Private {
public:
    explicit Private(StdinReader *q) : m_reader(q), m_notifier(STDIN_FILENO, QSocketNotifier::Read)
    {
        m_notifier.setEnabled(false);
        m_fileTimer.setInterval(0);
        QObject::connect(&m_notifier, &QSocketNotifier::activated, q, [this] { read(); });
        QObject::connect(&m_fileTimer, &QTimer::timeout, q, [this] { read(); });
    }

    void setReading(bool reading)
    {
        // Not every event loop can watch a regular file, and reading one never waits long.
        struct stat info { };
        if (::fstat(STDIN_FILENO, &info) == 0 && S_ISREG(info.st_mode))
            reading ? m_fileTimer.start() : m_fileTimer.stop();
        else
            m_notifier.setEnabled(reading);
    }

private:
    void read()
    {
        QByteArray chunk(kChunk, Qt::Uninitialized);
        const ssize_t size = ::read(STDIN_FILENO, chunk.data(), size_t(chunk.size()));
        if (size < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (size > 0) {
            chunk.truncate(size);
            Q_EMIT m_reader->dataRead(chunk);
            return;
        }
        const QString reason = size < 0 ? qt_error_string(errno) : QString();
        setReading(false);
        if (size < 0)
            Q_EMIT m_reader->failed(reason);
        else
            Q_EMIT m_reader->finished();
    }

    StdinReader *const m_reader;
    QSocketNotifier m_notifier;
    QTimer m_fileTimer;
};

#else

//! Reads in a thread, since Windows can wait for sockets only. The thread may be stuck in a read when the
//! program ends; so it owns what it touches and is left behind.
class StdinReader::Private {
public:
    explicit Private(StdinReader *q) : m_shared(std::make_shared<Shared>())
    {
        m_shared->reader = q;
    }
    ~Private()
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->reader = nullptr;
        m_shared->reading = true;
        m_shared->changed.notify_all();
    }

    void setReading(bool reading)
    {
        {
            const std::lock_guard lock(m_shared->mutex);
            m_shared->reading = reading;
        }
        m_shared->changed.notify_all();
        if (reading && !m_started) {
            m_started = true;
            std::thread([shared = m_shared] { run(*shared); }).detach();
        }
    }

private:
    struct Shared {
        std::mutex mutex;
        std::condition_variable changed;
        bool reading = false;
        StdinReader *reader = nullptr; //!< null: gone
    };

    static void run(Shared &shared)
    {
        for (int size = 1; size > 0;) {
            QByteArray chunk(kChunk, Qt::Uninitialized);
            size = _read(0, chunk.data(), unsigned(chunk.size()));
            const QString reason = size < 0 ? qt_error_string() : QString();
            chunk.truncate(qMax(size, 0));
            std::unique_lock lock(shared.mutex);
            shared.changed.wait(lock, [&] { return shared.reading; });
            StdinReader *const reader = shared.reader;
            if (!reader)
                return;
            QMetaObject::invokeMethod(reader, [reader, chunk, size, reason] {
                if (size > 0)
                    Q_EMIT reader->dataRead(chunk);
                else if (size < 0)
                    Q_EMIT reader->failed(reason);
                else
                    Q_EMIT reader->finished();
            });
        }
    }

    const std::shared_ptr<Shared> m_shared;
    bool m_started = false;
};

#endif

StdinReader::StdinReader(QObject *parent) : QObject(parent), d(std::make_unique<Private>(this))
{
}

StdinReader::~StdinReader() = default;

void StdinReader::start()
{
    d->setReading(true);
}

void StdinReader::setPaused(bool paused)
{
    d->setReading(!paused);
}

} // namespace Syncscope::Cli
