// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturestore.h"

#include "app/core/capture/capturewriter.h"
#include "app/core/capture/operationmemory.h"
#include "app/core/capture/recordinglock.h"

#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

constexpr auto kBatchInterval = 100ms;
constexpr std::size_t kBatchSize = 1'000;
constexpr auto kRetryInterval = 1s;
constexpr auto kRetentionInterval = 1s;
constexpr qint64 kItemOverhead = 400;

} // namespace

//! What waits to be written.
struct CaptureStore::Item {
    enum class Kind { Frame, Note, Amendment, Connection, Subscription, Mark, Unmark };

    Kind kind = Kind::Frame;
    AppSync::Frame frame; //!< of a note its time
    qint64 number = 0;
    qint64 connection = 0;
    QByteArray noteKind;
    QByteArray json;
    QString first; //!< URL, operation or title
    QString second; //!< name or note

    [[nodiscard]] bool isRow() const { return kind == Kind::Frame || kind == Kind::Note; }
    [[nodiscard]] qint64 cost() const
    {
        return frame.text.size() * qint64(sizeof(QChar)) + json.size() + kItemOverhead;
    }
};

//! The thread that writes. The mutex guards what both sides use; the writer belongs to the thread alone.
class CaptureStore::Worker : public QThread {
public:
    Worker(CaptureStore *store, const Options &options)
        : m_store(store)
        , m_options(options)
        , m_operations(options.operations ? options.operations
                                          : std::make_shared<OperationMemory>())
    {
        m_operations->beginFile();
    }

    [[nodiscard]] std::shared_ptr<OperationMemory> operations() const { return m_operations; }

    void begin(const QString &path)
    {
        m_path = path;
        start();
    }

    void setRetention(qint64 maximumBytes, std::chrono::milliseconds maximumAge)
    {
        const QMutexLocker lock(&m_mutex);
        m_options.maximumBytes = maximumBytes;
        m_options.maximumAge = maximumAge;
    }

    //! Without waiting for anything but the mutex. False: too much waits.
    bool add(Item &&item)
    {
        const QMutexLocker lock(&m_mutex);
        const qint64 cost = item.cost();
        const bool isRow = item.isRow();
        if (isRow)
            ++m_counts.appended;
        if (m_hasFailed || (isRow && m_queueBytes + cost > m_options.queueBytes)) {
            m_counts.notStored += isRow ? 1 : 0;
            return false;
        }
        m_queueBytes += cost;
        m_queue.push_back(std::move(item));
        if (m_queue.size() == 1 || m_queue.size() == kBatchSize)
            m_wake.wakeOne();
        return true;
    }

    void finish()
    {
        const QMutexLocker lock(&m_mutex);
        m_isFinishing = true;
        m_wake.wakeOne();
    }

    [[nodiscard]] Counts counts() const
    {
        const QMutexLocker lock(&m_mutex);
        Counts counts = m_counts;
        counts.waiting = qint64(m_queue.size()) + qint64(m_batch.size());
        counts.waitingBytes = m_queueBytes;
        return counts;
    }
    [[nodiscard]] Problem trouble() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_trouble;
    }
    [[nodiscard]] qint64 firstNumber() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_base + 1;
    }

protected:
    void run() override
    {
        if (open()) {
            tell([this] { Q_EMIT m_store->opened(); });
            while (step()) { }
            if (!m_hasFailed && !m_writer.isInPlace())
                loseFile();
            m_writer.close();
        }
        m_lock.release();
        tell([this] { Q_EMIT m_store->closed(); });
    }

private:
    template <typename Function> void tell(Function function)
    {
        QMetaObject::invokeMethod(m_store, function, Qt::QueuedConnection);
    }

    bool open()
    {
        if (!m_lock.take(m_path)) {
            giveUp(Problem::file(
                u"Cannot record into %1: another program records into it."_s.arg(m_path),
                u"End the other program, or record into another file."_s));
            return false;
        }
        if (m_writer.open(m_path)) {
            const QMutexLocker lock(&m_mutex);
            m_base = m_writer.lastNumber();
            m_connectionBase = m_writer.lastConnection();
            m_counts.dropped = m_writer.dropped();
            return true;
        }
        giveUp(m_writer.problem());
        return false;
    }

    //! Takes one batch and writes it. False: it is over.
    bool step()
    {
        const bool isEnding = take();
        if (!m_writer.isInPlace()) {
            loseFile();
            return false;
        }
        if (write()) {
            setTrouble({});
            retain();
            return !isEnding || counts().waiting > 0;
        }
        Problem problem = m_writer.problem();
        if (isEnding || !m_writer.isPassing()) { // in the end it is tried once more, not for ever
            giveUp(problem);
            return false;
        }
        problem.nextStep += u" What waits is written then."_s;
        setTrouble(problem);
        pause();
        return true;
    }

    //! Waits for a full batch, or for an interval since its first frame. True: the store is being closed.
    bool take()
    {
        const QMutexLocker lock(&m_mutex);
        if (m_batch.empty()) { // else it failed, and is tried again
            while (m_queue.empty() && !m_isFinishing) {
                if (!m_wake.wait(&m_mutex, QDeadlineTimer(kRetentionInterval)))
                    break; // age and size are looked after in silence, too
            }
            if (m_queue.size() < kBatchSize && !m_isFinishing && !m_queue.empty())
                m_wake.wait(&m_mutex, QDeadlineTimer(kBatchInterval));
            const auto count = qMin(m_queue.size(), std::size_t(4 * kBatchSize));
            m_batch.assign(std::make_move_iterator(m_queue.begin()),
                           std::make_move_iterator(m_queue.begin() + qsizetype(count)));
            m_queue.erase(m_queue.begin(), m_queue.begin() + qsizetype(count));
        }
        return m_isFinishing;
    }

    bool write()
    {
        if (m_batch.empty())
            return true;
        // What a batch means is found out once, however often it is written.
        if (m_rows.isEmpty() && !prepare())
            return false;
        if (!m_writer.write(m_rows))
            return false;
        const QMutexLocker lock(&m_mutex);
        for (const Item &item : m_batch)
            m_queueBytes -= item.cost();
        m_counts.stored += m_rows.size();
        m_counts.fileBytes = m_writer.bytesOnDisk();
        m_batch.clear();
        m_rows.clear();
        tell([this] { Q_EMIT m_store->progressed(); });
        return true;
    }

    bool prepare()
    {
        m_rows.reserve(qsizetype(m_batch.size()));
        for (const Item &item : m_batch) {
            if (!prepare(item)) {
                m_rows.clear();
                return false;
            }
        }
        return true;
    }

    bool prepare(const Item &item)
    {
        const qint64 connection = m_connectionBase + item.connection;
        const qint64 at = item.frame.at.toMSecsSinceEpoch();
        switch (item.kind) {
        case Item::Kind::Connection:
            return m_writer.writeConnection(connection, item.first, at);
        case Item::Kind::Mark:
            return m_writer.writeMark(item.number, item.first, item.second);
        case Item::Kind::Unmark:
            return m_writer.removeMark(item.number);
        case Item::Kind::Amendment:
            return amend(m_base + item.number, item.json);
        case Item::Kind::Subscription:
            m_operations->noteSubscription(connection, item.first.toUtf8(), item.second.toUtf8());
            return true;
        case Item::Kind::Note:
            m_rows.append(CapturedFrame::fromNote(item.noteKind, at, connection, item.json));
            break;
        case Item::Kind::Frame:
            m_rows.append(m_operations->captured(item.frame, connection, m_base + item.number));
            break;
        }
        m_rows.last().number = m_base + item.number;
        return true;
    }

    bool amend(qint64 number, const QByteArray &json)
    {
        const auto row =
            std::find_if(m_rows.begin(), m_rows.end(),
                         [&](const CapturedFrame &frame) { return frame.number == number; });
        if (row == m_rows.end())
            return m_writer.amendNote(number, json);
        row->head = json;
        return true;
    }

    void retain()
    {
        const Options options = this->options();
        if (!m_retention.hasExpired() || (options.maximumBytes == 0 && options.maximumAge == 0ms))
            return;
        m_retention.setRemainingTime(kRetentionInterval);
        const qint64 now = QDateTime::currentMSecsSinceEpoch();
        const qint64 oldest = options.maximumAge > 0ms ? now - options.maximumAge.count() : 0;
        const qint64 before = m_writer.dropped();
        (void)m_writer.retain(options.maximumBytes, oldest); // else the next time
        const QMutexLocker lock(&m_mutex);
        m_counts.dropped = m_writer.dropped();
        m_counts.fileBytes = m_writer.bytesOnDisk();
        if (m_counts.dropped != before)
            tell([this] { Q_EMIT m_store->progressed(); });
    }

    void setTrouble(const Problem &problem)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_trouble.message == problem.message)
            return;
        m_trouble = problem;
        tell([this] { Q_EMIT m_store->troubleChanged(); });
    }

    void pause()
    {
        const QMutexLocker lock(&m_mutex);
        if (!m_isFinishing)
            m_wake.wait(&m_mutex, QDeadlineTimer(kRetryInterval));
    }

    //! What waits and what comes is lost to the file from now on.
    void giveUp(const Problem &problem)
    {
        const QMutexLocker lock(&m_mutex);
        const auto isRow = [](const Item &item) { return item.isRow(); };
        m_hasFailed = true;
        m_counts.notStored += std::count_if(m_batch.begin(), m_batch.end(), isRow)
            + std::count_if(m_queue.begin(), m_queue.end(), isRow);
        m_batch.clear();
        m_queue.clear();
        m_queueBytes = 0;
        tell([this, problem] { Q_EMIT m_store->failed(problem); });
    }

    //! Somebody has removed it: what was written went with it.
    void loseFile()
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_counts.notStored += std::exchange(m_counts.stored, 0);
            m_counts.dropped = 0;
            m_counts.fileBytes = 0;
        }
        giveUp(
            Problem::file(u"%1 was removed or replaced while it was being recorded."_s.arg(m_path),
                          u"What was recorded until then is lost; record into another file."_s));
    }

    [[nodiscard]] Options options() const
    {
        const QMutexLocker lock(&m_mutex);
        return m_options;
    }

    CaptureStore *const m_store;
    QString m_path;

    mutable QMutex m_mutex;
    Options m_options;
    QWaitCondition m_wake;
    std::deque<Item> m_queue;
    std::vector<Item> m_batch; //!< taken from the queue and not yet written
    qint64 m_queueBytes = 0; //!< of both
    Counts m_counts;
    Problem m_trouble;
    qint64 m_base = 0; //!< what the file had before
    bool m_isFinishing = false;
    bool m_hasFailed = false;

    RecordingLock m_lock;
    CaptureWriter m_writer;
    const std::shared_ptr<OperationMemory> m_operations;
    QList<CapturedFrame> m_rows; //!< of the batch
    qint64 m_connectionBase = 0;
    QDeadlineTimer m_retention{0};
};

CaptureStore::CaptureStore(const Options &options, QObject *parent)
    : QObject(parent), m_worker(std::make_unique<Worker>(this, options))
{
}

CaptureStore::~CaptureStore()
{
    m_worker->finish();
    m_worker->wait();
}

void CaptureStore::open(const QString &path)
{
    m_path = path;
    m_worker->begin(path);
}

void CaptureStore::close()
{
    m_worker->finish();
}

qint64 CaptureStore::addConnection(const QString &url)
{
    Item item;
    item.kind = Item::Kind::Connection;
    item.connection = ++m_connections;
    item.first = CaptureRedactor::url(url);
    item.frame.at = QDateTime::currentDateTimeUtc();
    (void)m_worker->add(std::move(item));
    return m_connections;
}

qint64 CaptureStore::append(qint64 connection, const AppSync::Frame &frame)
{
    Item item;
    item.frame = frame;
    item.connection = connection;
    item.frame.text = m_redactor.stored(frame.text, frame.type == "data"_L1);
    return enqueue(std::move(item));
}

qint64 CaptureStore::appendNote(qint64 connection, const QByteArray &kind, const QDateTime &at,
                                const QByteArray &json)
{
    Item item;
    item.kind = Item::Kind::Note;
    item.frame.at = at;
    item.connection = connection;
    item.noteKind = kind;
    item.json = json;
    return enqueue(std::move(item));
}

void CaptureStore::amendNote(qint64 number, const QByteArray &json)
{
    Item item;
    item.kind = Item::Kind::Amendment;
    item.number = number;
    item.json = json;
    (void)m_worker->add(std::move(item));
}

void CaptureStore::noteSubscription(qint64 connection, const QString &operation,
                                    const QString &name)
{
    Item item;
    item.kind = Item::Kind::Subscription;
    item.connection = connection;
    item.first = operation;
    item.second = name;
    (void)m_worker->add(std::move(item));
}

void CaptureStore::setRetention(qint64 maximumBytes, std::chrono::milliseconds maximumAge)
{
    m_worker->setRetention(maximumBytes, maximumAge);
}

void CaptureStore::mark(qint64 number, const QString &title, const QString &note)
{
    Item item;
    item.kind = Item::Kind::Mark;
    item.number = number;
    item.first = title;
    item.second = note;
    (void)m_worker->add(std::move(item));
}

void CaptureStore::unmark(qint64 number)
{
    Item item;
    item.kind = Item::Kind::Unmark;
    item.number = number;
    (void)m_worker->add(std::move(item));
}

qint64 CaptureStore::enqueue(Item &&item)
{
    item.number = ++m_appended;
    (void)m_worker->add(std::move(item));
    return m_appended;
}

std::shared_ptr<OperationMemory> CaptureStore::operations() const
{
    return m_worker->operations();
}

qint64 CaptureStore::firstNumber() const
{
    return m_worker->firstNumber();
}

CaptureStore::Counts CaptureStore::counts() const
{
    return m_worker->counts();
}

Problem CaptureStore::trouble() const
{
    return m_worker->trouble();
}

} // namespace Syncscope
