// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/recording.h"

#include "app/ui/capture/notejson.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>

#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr int kDaysOfTheLost = 7;
// The database, its log, and the index of that.
const QStringList kSuffixes{u""_s, u"-wal"_s, u"-shm"_s};

QString newPath(const QString &folder)
{
    static int count = 0;
    return QDir(folder).filePath(
        u"%1-%2-%3.ssc"_s.arg(QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s))
            .arg(QCoreApplication::applicationPid())
            .arg(++count));
}

} // namespace

Recording::Recording(FrameLog *log, const QString &url, const QString &folder, QObject *parent)
    : QObject(parent), m_log(log), m_url(url), m_folder(folder)
{
    QDir().mkpath(folder);
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    connect(log, &FrameLog::appended, this, &Recording::onAppended);
    connect(log, &FrameLog::amended, this, &Recording::onAmended);
    startAnew();
}

Recording::~Recording()
{
    discard();
}

void Recording::startAnew()
{
    // Events that come tell their subscription by the number that its frame in the old file gave it.
    CaptureStore::Options options;
    options.maximumBytes = m_maximumBytes;
    options.maximumAge = m_maximumAge;
    options.operations = m_store ? m_store->operations() : nullptr;
    discard();
    m_failure = {};
    m_first.reset();
    m_path = newPath(m_folder);
    m_store = std::make_unique<CaptureStore>(options);
    connect(m_store.get(), &CaptureStore::progressed, this, &Recording::onProgress);
    connect(m_store.get(), &CaptureStore::troubleChanged, this, [this] {
        Q_EMIT problemChanged();
        onProgress();
    });
    connect(m_store.get(), &CaptureStore::failed, this, [this](const Problem &problem) {
        m_failure = problem;
        Q_EMIT problemChanged();
        onProgress();
    });
    m_store->open(m_path);
    m_connection = m_store->addConnection(m_url);
}

void Recording::setRetention(qint64 maximumBytes, std::chrono::milliseconds maximumAge)
{
    m_maximumBytes = maximumBytes;
    m_maximumAge = maximumAge;
    m_store->setRetention(maximumBytes, maximumAge);
}

void Recording::discard()
{
    if (!m_store)
        return;
    m_store.reset(); // closes the file
    for (const QString &suffix : kSuffixes)
        QFile::remove(m_path + suffix);
}

CaptureStore::Counts Recording::counts() const
{
    return m_store->counts();
}

Problem Recording::problem() const
{
    return m_failure.isProblem() ? m_failure : m_store->trouble();
}

void Recording::settle(const std::function<void()> &done)
{
    m_waiting += done;
    onProgress();
}

void Recording::onProgress()
{
    if (m_store->counts().waiting > 0 && !problem().isProblem())
        return;
    for (const std::function<void()> &done : std::exchange(m_waiting, {}))
        done();
}

void Recording::onAppended(qint64 first, qint64 count)
{
    if (!m_first)
        m_first = first;
    for (qint64 number = first; number < first + count; ++number) {
        const FrameRecord &record = m_log->record(number);
        if (const LinkNote *note = record.note())
            m_store->appendNote(m_connection, noteKind(*note), note->at, noteToJson(*note));
        else
            m_store->append(m_connection, record.frame);
    }
}

void Recording::onAmended(qint64 number)
{
    if (!m_first || number < *m_first)
        return;
    if (const LinkNote *note = m_log->record(number).note())
        m_store->amendNote(number - *m_first + 1, noteToJson(*note));
}

void Recording::keepMark(const CaptureMarkChange &change)
{
    if (!m_first)
        return;
    const qint64 number = m_store->firstNumber() + change.number - *m_first;
    if (change.mark)
        m_store->mark(number, change.mark->title, change.mark->note);
    else
        m_store->unmark(number);
}

void Recording::tidy(const QString &folder)
{
    const QDateTime limit = QDateTime::currentDateTimeUtc().addDays(-kDaysOfTheLost);
    const QFileInfoList files = QDir(folder).entryInfoList({u"*.ssc*"_s}, QDir::Files);
    for (const QFileInfo &file : files) {
        if (file.lastModified() < limit)
            QFile::remove(file.filePath());
    }
}

} // namespace Syncscope
