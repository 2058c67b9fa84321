// SPDX-License-Identifier: Apache-2.0
#include "app/ui/session.h"

#include "app/ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

std::unique_ptr<AppSync::Client> clientOf(const AppSync::Endpoint &endpoint,
                                          AppSync::Authorizer *authorizer)
{
    if (endpoint.service() == AppSync::Endpoint::Service::GraphQl)
        return std::make_unique<AppSync::GraphQlClient>(endpoint, authorizer);
    return std::make_unique<AppSync::EventsClient>(endpoint, authorizer);
}

std::chrono::seconds secondsSince(const QDateTime &moment)
{
    return std::chrono::seconds(
        std::max<qint64>(0, moment.secsTo(QDateTime::currentDateTimeUtc())));
}

} // namespace

Session::Session(const AppSync::Endpoint &endpoint, AppSync::Authorizer *authorizer,
                 const QString &title, QObject *parent)
    : Session(endpoint, nullptr, authorizer, title, parent)
{
    authorizer->setParent(this);
}

Session::Session(const AppSync::Endpoint &endpoint, std::unique_ptr<Access> access,
                 const QString &title, QObject *parent)
    : Session(endpoint, std::move(access), nullptr, title, parent)
{
}

Session::Session(const AppSync::Endpoint &endpoint, std::unique_ptr<Access> access,
                 AppSync::Authorizer *authorizer, const QString &title, QObject *parent)
    : QObject(parent)
    , m_title(title.isEmpty() ? endpoint.host() : title)
    , m_access(std::move(access))
    , m_client(m_access ? m_access->newClient(endpoint) : clientOf(endpoint, authorizer))
    , m_signIn(m_access.get(), authorizer ? authorizer->displayName() : QString())
    , m_frames(&m_log)
    , m_inspector(&m_log, &m_frames)
    , m_statistics(&m_log, m_frames.filter())
    , m_marks(&m_log, &m_frames, FrameMarks::Absent::LeftMemory)
    , m_copier(&m_log, &m_frames, [this](qint64) { return snippetTarget(); })
    , m_saver([this](const auto &take) {
        if (!m_recording)
            return take(QString());
        m_recording->settle([this, take] { take(m_recording->path()); });
    })
    , m_history(m_client->connection(), &m_log)
    , m_status(m_client.get())
    , m_subscriptions(std::make_unique<SubscriptionModel>(m_client.get()))
{
    m_inspector.handshake()->setLink(&m_status, m_client->endpoint().realtime().toString());
    m_subscriptions->setClaims(claimsOf(ProfileDraft::Operation::Subscribe));
    connect(m_client.get(), &AppSync::Client::frameSeen, this, &Session::onFrame);
    connect(m_client->connection(), &AppSync::Connection::stateChanged, this,
            &Session::onStateChanged);
    connect(m_client->connection(), &AppSync::Connection::keepAliveReceived, this,
            &Session::ticked);
    connect(m_client.get(), &AppSync::Client::connectionFailed, this, &Session::onConnectionFailed);
    connect(m_client.get(), &AppSync::Client::errorOccurred, this, &Session::onErrorOccurred);
    connect(m_subscriptions.get(), &SubscriptionModel::received, this,
            [this](const AppSync::Event &event, int slot) {
                m_rate.count();
                m_log.attach(event, slot);
            });
    connect(m_subscriptions.get(), &SubscriptionModel::resultReceived, this,
            [this](const AppSync::GraphQlResult &result, const QString &title, int slot) {
                m_rate.count();
                m_log.attachResult(result.frameSeq, title, slot);
            });
    if (auto *graphQl = qobject_cast<AppSync::GraphQlClient *>(m_client.get()))
        m_graphQl = std::make_unique<GraphQlDraft>(graphQl, m_subscriptions.get());
    m_frames.columns()->remember(m_graphQl ? FrameColumns::Table::GraphQl
                                           : FrameColumns::Table::Events);
    connect(m_subscriptions.get(), &SubscriptionModel::gapDetected, &m_history,
            &LinkHistory::addGap);
    connect(m_subscriptions.get(), &SubscriptionModel::summaryChanged, this,
            &Session::onSubscriptionsChanged);
    connect(&m_ticker, &QTimer::timeout, this, &Session::onTick);
    m_ticker.start(1s);
}

Session::~Session()
{
    // Subscriptions end before the client that they belong to, and nobody listens to either any more.
    m_client->disconnect(this);
    m_client->connection()->disconnect(this);
    m_subscriptions->disconnect(this);
    m_graphQl.reset();
    m_subscriptions.reset();
}

ClaimsSource Session::claimsOf(ProfileDraft::Operation operation) const
{
    return [access = QPointer<Access>(m_access.get()), operation] {
        return access ? access->claims(operation) : AppSync::JwtClaims();
    };
}

QString Session::addressText() const
{
    return tr("%1 · %2").arg(m_client->endpoint().http().toString(),
                             m_client->authorizer()->displayName());
}

Session::Service Session::service() const
{
    return m_graphQl ? Service::GraphQl : Service::Events;
}

AppSync::EventsClient *Session::client() const
{
    return qobject_cast<AppSync::EventsClient *>(m_client.get());
}

Session::Link Session::link() const
{
    switch (m_client->connection()->state()) {
    case AppSync::Connection::State::Disconnected:
        return m_client->connection()->error().isError() ? Link::Failed : Link::Offline;
    case AppSync::Connection::State::Ready:
        return Link::Live;
    case AppSync::Connection::State::Backoff:
        return Link::Waiting;
    case AppSync::Connection::State::Authorizing:
    case AppSync::Connection::State::Opening:
    case AppSync::Connection::State::Handshaking:
        break;
    }
    return Link::Connecting;
}

QString Session::linkText() const
{
    const AppSync::Connection *connection = m_client->connection();
    switch (connection->state()) {
    case AppSync::Connection::State::Disconnected:
        return connection->error().isError() ? tr("Connection failed") : tr("Disconnected");
    case AppSync::Connection::State::Authorizing:
        return tr("Preparing credentials…");
    case AppSync::Connection::State::Opening:
        return tr("Opening the connection…");
    case AppSync::Connection::State::Handshaking:
        return tr("Waiting for the service's acknowledgement…");
    case AppSync::Connection::State::Ready:
        return tr("Live %1").arg(Wording::duration(secondsSince(connection->stateSince())));
    case AppSync::Connection::State::Backoff:
        break;
    }
    return m_status.nextText();
}

QString Session::keepAliveText() const
{
    if (link() != Link::Live)
        return tr("no connection");
    const QDateTime last = m_client->connection()->lastKeepAliveAt();
    // One of an earlier connection says nothing about this one.
    if (!last.isValid() || last < m_client->connection()->stateSince())
        return tr("no keep-alive yet");
    return tr("keep-alive %1 s ago").arg(secondsSince(last).count());
}

QString Session::rateText() const
{
    return tr("%1 in").arg(Wording::rate(m_rate.perSecond()));
}

QString Session::keptText() const
{
    const qint64 count = m_log.end() - m_log.begin();
    const QString entries =
        count == 1 ? tr("1 entry kept") : tr("%1 entries kept").arg(Wording::count(count));
    return tr("%1 · %2 of %3")
        .arg(entries, Wording::bytes(m_log.bytesKept()), Wording::bytes(m_log.byteBudget()));
}

QString Session::droppedText() const
{
    return tr("%1 dropped").arg(Wording::count(m_log.dropped()));
}

double Session::keptShare() const
{
    return std::clamp(double(m_log.bytesKept()) / double(m_log.byteBudget()), 0.0, 1.0);
}

QStringList Session::keepingTexts() const
{
    QStringList texts;
    if (m_log.dropped() > 0)
        texts +=
            tr("%1 entries left memory, the oldest first.").arg(Wording::count(m_log.dropped()));
    if (!m_recording)
        return texts;
    const CaptureStore::Counts counts = m_recording->counts();
    texts +=
        tr("%1 frames are in the recording, %2.")
            .arg(Wording::count(counts.stored - counts.dropped), Wording::bytes(counts.fileBytes));
    if (counts.dropped > 0)
        texts += tr("%1 frames left the recording to keep its size or age.")
                     .arg(Wording::count(counts.dropped));
    const Problem problem = m_recording->problem();
    if (counts.notStored > 0 && problem.isProblem())
        texts += tr("%1 frames are not in the recording.").arg(Wording::count(counts.notStored));
    else if (counts.notStored > 0)
        texts +=
            tr("%1 frames came faster than they could be written, and are not in the recording.")
                .arg(Wording::count(counts.notStored));
    if (problem.isProblem())
        texts += Wording::withNextStep(problem.message, problem.nextStep);
    return texts;
}

QString Session::recordingText() const
{
    if (!m_recording)
        return {};
    if (const Problem problem = m_recording->problem(); problem.isProblem())
        return tr("Not recorded: %1").arg(problem.message);
    const CaptureStore::Counts counts = m_recording->counts();
    if (counts.notStored > 0)
        return tr("%1 not recorded").arg(Wording::count(counts.notStored));
    return counts.dropped > 0
        ? tr("%1 on disk, %2 left it")
              .arg(Wording::bytes(counts.fileBytes), Wording::count(counts.dropped))
        : tr("%1 on disk").arg(Wording::bytes(counts.fileBytes));
}

bool Session::recordingFails() const
{
    return m_recording
        && (m_recording->problem().isProblem() || m_recording->counts().notStored > 0);
}

void Session::record(const QString &folder)
{
    m_recording =
        std::make_unique<Recording>(&m_log, m_client->endpoint().realtime().toString(), folder);
    connect(m_recording.get(), &Recording::problemChanged, this, &Session::ticked);
    connect(&m_marks, &FrameMarks::changed, m_recording.get(), &Recording::keepMark);
}

void Session::setRetention(const Retention &retention)
{
    m_log.setByteBudget(retention.memoryBytes());
    if (m_recording)
        m_recording->setRetention(retention.recordingBytes(), retention.recordingAge());
    Q_EMIT ticked();
}

void Session::save(const QUrl &file, bool isRedacted)
{
    m_log.flush();
    m_saver.save(file.toLocalFile(), m_frames.filter()->applied(), isRedacted);
}

QString Session::silenceText() const
{
    if (link() != Link::Live)
        return tr("Not connected, so nothing can arrive.");
    if (m_graphQl && m_subscriptions->count() == 0)
        return tr(
            "Connected. Run a subscription, and its results appear here; so does what queries "
            "and mutations send and get.");
    if (m_subscriptions->count() == 0)
        return tr("Connected. Nothing is subscribed yet, so nothing will arrive.");
    if (m_subscriptions->liveCount() == 0)
        return tr("Waiting for the service to confirm the subscription.");
    const auto silence = secondsSince(m_quietSince);
    if (m_graphQl && silence >= 30s)
        return tr("No results for %1 s. The connection is up and the subscriptions are live: no "
                  "mutation that triggers them is made, or none that they let through.")
            .arg(silence.count());
    if (silence < 30s)
        return tr("Subscribed. Events appear here as they arrive.");
    return tr("No events for %1 s. The connection is up and the subscriptions are live: nobody "
              "publishes "
              "to these channels.")
        .arg(silence.count());
}

void Session::open()
{
    setNotice({});
    m_client->open();
}

void Session::reconnect()
{
    m_client->close(AppSync::Client::CloseMode::Discard);
    open();
}

void Session::close()
{
    setNotice({});
    m_client->close();
}

void Session::clearTraffic()
{
    m_log.clear();
    if (m_recording)
        m_recording->startAnew();
    m_quietSince = QDateTime::currentDateTimeUtc();
    Q_EMIT ticked();
}

void Session::dismissNotice()
{
    setNotice({});
}

void Session::onFrame(const AppSync::Frame &frame)
{
    m_log.append(frame);
    if (frame.type != "data"_L1)
        attribute(frame);
}

void Session::attribute(const AppSync::Frame &frame)
{
    const FrameRecord *record = m_log.last();
    if (record->kind == FrameRecord::Kind::Failure) {
        m_failureFrame = frame;
        // Whoever reports an error because of it does so before this.
        QMetaObject::invokeMethod(
            this, [this] { m_failureFrame.reset(); }, Qt::QueuedConnection);
    }
    m_subscriptions->attribute(&m_log, frame);
    if (frame.id.isEmpty())
        return;
    const bool asks = frame.direction == AppSync::Frame::Direction::Out
        && (frame.type == "publish"_L1 || record->kind == FrameRecord::Kind::Request);
    if (asks)
        m_asked.insert(frame.id, record->channel);
    else if (m_asked.contains(frame.id))
        m_log.attribute(-1, m_asked.take(frame.id));
}

void Session::onStateChanged()
{
    if (link() == Link::Live)
        setNotice({});
    Q_EMIT linkChanged();
    Q_EMIT linkTextChanged();
    Q_EMIT ticked();
}

void Session::onConnectionFailed(const AppSync::Error &error)
{
    m_status.setFailureFrame(m_failureFrame);
    Evidence evidence{m_failureFrame, {}};
    if (error.kind == AppSync::Error::Kind::UpgradeRefused)
        evidence.answer = m_client->connection()->upgradeAnswer();
    setNotice(Notice::fromError(error, evidence));
}

void Session::onErrorOccurred(const AppSync::Error &error)
{
    setNotice(Notice::fromError(error, {m_failureFrame, {}}));
}

void Session::onSubscriptionsChanged()
{
    m_quietSince = QDateTime::currentDateTimeUtc();
    Q_EMIT ticked();
}

void Session::onTick()
{
    m_rate.tick();
    m_statistics.tick();
    m_subscriptions->tickRates();
    m_status.tick();
    m_signIn.tick();
    Q_EMIT linkTextChanged();
    Q_EMIT ticked();
}

SnippetTarget Session::snippetTarget() const
{
    using Operation = ProfileDraft::Operation;
    SnippetTarget target;
    target.endpoint = m_client->endpoint();
    if (m_access) { // otherwise it is the sandbox
        target.connect = m_access->mode(Operation::Connect);
        target.subscribe = m_access->mode(Operation::Subscribe);
        target.publish = m_access->mode(Operation::Publish);
    }
    return target;
}

void Session::setNotice(const Notice &notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

} // namespace Syncscope
