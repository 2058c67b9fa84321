// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/capturelog.h"

#include "app/ui/capture/notejson.h"
#include "app/ui/theme.h"

#include <QTimeZone>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

AppSync::Frame frameOf(const CapturedFrame &captured)
{
    const CaptureOrigin &origin = *captured.origin;
    AppSync::Frame frame;
    frame.seq = captured.number;
    frame.direction =
        origin.dir == "out" ? AppSync::Frame::Direction::Out : AppSync::Frame::Direction::In;
    frame.transport = origin.transport == "http" ? AppSync::Frame::Transport::Http
                                                 : AppSync::Frame::Transport::WebSocket;
    frame.at = QDateTime::fromMSecsSinceEpoch(captured.atMs, QTimeZone::utc());
    frame.monotonicNs = captured.monotonicNs;
    frame.type = QString::fromUtf8(origin.type);
    frame.id = QString::fromUtf8(captured.operation());
    frame.text = QString::fromUtf8(captured.text());
    return frame;
}

AppSync::Frame missing()
{
    AppSync::Frame frame;
    frame.text = CaptureLog::tr("the capture has no such frame, or it cannot be read");
    return frame;
}

} // namespace

CaptureLog::CaptureLog(QObject *parent) : FrameSource(parent), m_missing(missing())
{
}

Problem CaptureLog::open(const QString &path, Signs signs)
{
    m_signs = signs;
    if (!m_file.open(path))
        return m_file.problem();
    m_summary = m_file.summary();
    return m_file.problem();
}

const FrameRecord &CaptureLog::record(qint64 number) const
{
    const qint64 at = number / kPageRecords;
    Page *page = m_pages.object(at);
    if (!page) {
        page = read(at);
        m_pages.insert(at, page);
    }
    const auto found = page->constFind(number);
    return found == page->constEnd() ? m_missing : *found;
}

qint64 CaptureLog::eventBefore(const FrameRecord &event, qint64 first) const
{
    return m_file.eventBefore(event.number, first);
}

CaptureLog::Page *CaptureLog::read(qint64 page) const
{
    auto *records = new Page;
    const CaptureFile::Range range{page * kPageRecords, (page + 1) * kPageRecords - 1};
    for (const CapturedFrame &captured : m_file.page(range, kPageRecords))
        records->insert(captured.number, toRecord(captured));
    return records;
}

FrameRecord CaptureLog::toRecord(const CapturedFrame &captured) const
{
    const CaptureOrigin &origin = *captured.origin;
    if (captured.isNote()) {
        FrameRecord record(noteFromJson(origin.kind, captured.atMs, captured.text()));
        record.number = captured.number;
        return record;
    }
    FrameRecord record(frameOf(captured));
    record.number = captured.number;
    const int slot = slotOf(origin);
    record.slot = slot;
    if (origin.sub.isEmpty())
        return record;
    const QString sub = QString::fromUtf8(origin.sub);
    const QList<QByteArray> events = captured.events();
    if (origin.kind == "event" && !events.isEmpty()) {
        AppSync::Event event = AppSync::Event::fromJson(events.first());
        event.subscription = sub;
        event.channel = QString::fromUtf8(origin.channel);
        record.setEvent(event, slot);
    } else if (origin.kind == "data" && origin.transport == "websocket") {
        record.setResult(sub, slot);
    } else if (record.channel.isEmpty()) {
        record.channel = sub;
    }
    return record;
}

int CaptureLog::slotOf(const CaptureOrigin &origin) const
{
    if (m_signs == Signs::Connections)
        return int(std::clamp<qint64>(origin.connection - 1, 0, Theme::kSubscriptionSlots - 1));
    if (origin.sub.isEmpty())
        return -1;
    const QByteArray &sub = origin.sub;
    const auto known = m_slots.constFind(sub);
    if (known != m_slots.constEnd())
        return *known;
    return m_slots.insert(sub, int(m_slots.size() % Theme::kSubscriptionSlots)).value();
}

SnippetTarget CaptureLog::snippetTarget(qint64 number)
{
    // A subscription is about the first thing that a connection sees.
    constexpr qsizetype kLookedAt = 200;
    SnippetTarget target;
    const auto frame = m_file.frame(number);
    if (!frame)
        return target;
    const qint64 id = frame->origin->connection;
    const QList<CaptureFile::Connection> all = connections();
    for (const CaptureFile::Connection &connection : all) {
        if (connection.id == id)
            target.endpoint = AppSync::Endpoint::fromUserInput(connection.url);
    }
    std::optional<AuthMode> mode = authModeOf(*frame);
    QList<CapturedFrame> early;
    if (!mode)
        early = m_file.page({}, kLookedAt);
    for (const CapturedFrame &other : std::as_const(early)) {
        if (!mode && other.origin->connection == id)
            mode = authModeOf(other);
    }
    if (mode)
        target.connect = target.subscribe = target.publish = *mode;
    return target;
}

std::unique_ptr<FrameSearch> CaptureLog::makeSearch()
{
    return std::make_unique<CaptureLogSearch>(this);
}

CaptureLogSearch::CaptureLogSearch(const CaptureLog *log, QObject *parent)
    : FrameSearch(parent), m_log(log)
{
    connect(&m_search, &CaptureSearch::found, this, &FrameSearch::found);
    connect(&m_search, &CaptureSearch::finished, this, [this] { setRunning(false); });
}

Filter CaptureLogSearch::filterOf(const FrameTest &test)
{
    if (test.withControl && test.filter.isEmpty())
        return {};
    const QString own = test.filter.isEmpty() ? QString() : u"("_s + test.filter.text() + u')';
    const QString calm =
        test.withControl ? QString() : u"(kind != \"control\" && kind != \"answer\")"_s;
    const QString both = own + (own.isEmpty() || calm.isEmpty() ? QString() : u" && "_s) + calm;
    return Filter(own.isEmpty() ? both
                                : u"kind == \"gap\" || kind == \"link\" || ("_s + both + u')');
}

void CaptureLogSearch::start(const FrameTest &test)
{
    m_search.start(m_log->path(), filterOf(test));
    setRunning(true);
}

void CaptureLogSearch::cancel()
{
    m_search.cancel();
    setRunning(false);
}

void CaptureLogSearch::setRunning(bool running)
{
    if (std::exchange(m_isRunning, running) != running)
        Q_EMIT runningChanged();
}

} // namespace Syncscope
