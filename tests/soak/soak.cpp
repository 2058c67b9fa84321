// SPDX-License-Identifier: Apache-2.0
//
// Numbered events flow through a proxy that drops, delays and reorders connections. Every number that the
// subscriber misses must lie inside a gap that the library reported, and none outside.
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>

#include "chaosproxy.h"
#include "sequence.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

namespace {

constexpr int kBatch = 5;
constexpr auto kTick = 20ms;
constexpr auto kCalm = 10s; // for the last events to arrive over an undisturbed connection
const QString kChannel = u"default/soak"_s;

class Soak : public QObject {
    Q_OBJECT

public:
    Soak(std::chrono::seconds duration, int rate, quint32 seed)
        : m_duration(duration), m_rate(rate), m_seed(seed), m_key(QString())
    {
    }

    bool start();

private:
    void publishDue();
    void calmDown();
    void finish();
    void onEvent(const Event &event);
    void say(const QString &line)
    {
        m_out << u"%1 %2\n"_s.arg(double(m_time.elapsed()) / 1000, 9, 'f', 3).arg(line);
        m_out.flush();
    }

    const std::chrono::seconds m_duration;
    const int m_rate;
    const quint32 m_seed;
    QTextStream m_out{stdout};
    QElapsedTimer m_time;
    Emulator m_emulator;
    ApiKeyAuthorizer m_key;
    std::unique_ptr<ChaosProxy> m_proxy;
    std::unique_ptr<EventsClient> m_publisher;
    std::unique_ptr<EventsClient> m_subscriber;
    QTimer m_ticker;
    Sequence m_sequence;
    qint64 m_published = 0;
    qint64 m_refused = 0;
    int m_farewells = 0;
    bool m_finished = false;
};

bool Soak::start()
{
    Emulator::Options options;
    // A silent connection is noticed in seconds instead of minutes.
    options.keepAliveInterval = 500ms;
    options.connectionTimeout = 2s;
    if (!m_emulator.listen(options)) {
        m_out << m_emulator.problem() << '\n';
        return false;
    }
    m_time.start();
    m_key.setKey(m_emulator.apiKey());
    m_proxy = std::make_unique<ChaosProxy>(m_emulator.port(), m_seed);
    connect(m_proxy.get(), &ChaosProxy::misbehaved, this,
            [this](const QString &what) { say(u"proxy "_s + what); });

    m_publisher = std::make_unique<EventsClient>(Endpoint(m_emulator.httpUrl()), &m_key);
    m_publisher->setMaximumPublishes(100'000);
    QUrl through = m_emulator.httpUrl();
    through.setPort(m_proxy->port());
    m_subscriber = std::make_unique<EventsClient>(Endpoint(through), &m_key);
    RetryPolicy quick;
    quick.base = 50ms;
    quick.cap = 500ms;
    m_subscriber->setRetryPolicy(quick);
    Connection::Deadlines brief;
    brief.opening = brief.handshaking = 3s;
    m_subscriber->setDeadlines(brief);
    m_subscriber->setOperationTimeout(3s);
    connect(m_subscriber.get(), &EventsClient::connectionFailed, this,
            [this](const Error &error) { say(u"client lost: "_s + error.message); });

    ChannelSubscription *subscription = m_subscriber->subscribe(kChannel);
    subscription->setTimeout(0ms);
    connect(subscription, &ChannelSubscription::received, this, &Soak::onEvent);
    connect(subscription, &ChannelSubscription::gapDetected, this, [this](const Gap &gap) {
        m_sequence.noteGap();
        say(u"gap of %1 ms after number %2"_s.arg(gap.from.msecsTo(gap.to)).arg(m_sequence.last()));
    });
    connect(subscription, &ChannelSubscription::ended, this,
            [this, subscription](ChannelSubscription::EndReason, const Error &error) {
                if (m_finished)
                    return;
                say(u"subscription ended: "_s + error.toString());
                subscription->subscribe();
                m_sequence.noteGap(); // its end was told, so was that something is missed
            });
    connect(subscription, &ChannelSubscription::stateChanged, this,
            [this](ChannelSubscription::State state) {
                if (state != ChannelSubscription::State::Subscribed || m_ticker.isActive())
                    return;
                m_time.restart();
                m_ticker.start(kTick);
            });
    connect(&m_ticker, &QTimer::timeout, this, &Soak::publishDue);
    return true;
}

void Soak::publishDue()
{
    const qint64 elapsed = m_time.elapsed();
    const qint64 due = std::min<qint64>(elapsed, m_duration.count() * 1000) * m_rate / 1000;
    while (m_published + kBatch <= due) {
        QList<QByteArray> events;
        for (int i = 0; i < kBatch; ++i)
            events << QByteArray::number(m_published++);
        PublishReply *reply = m_publisher->publish(kChannel, events);
        connect(reply, &Reply::finished, this, [this, reply] {
            if (reply->error().isError() || !reply->failed().isEmpty())
                ++m_refused;
        });
    }
    if (elapsed >= m_duration.count() * 1000)
        calmDown();
}

//! The last events must get through, else a loss at the end would go unseen.
void Soak::calmDown()
{
    m_ticker.stop();
    m_ticker.disconnect(this);
    m_proxy->calmDown();
    say(u"calm: %1 published"_s.arg(m_published));
    auto *last = new QTimer(this);
    connect(last, &QTimer::timeout, this, [this] {
        // Single numbers until one arrives: behind it nothing is on its way.
        if (m_farewells > 0 && m_sequence.last() >= m_published - 1)
            return finish();
        if (m_subscriber->connection()->state() != Connection::State::Ready)
            return;
        ++m_farewells;
        m_publisher->publish(kChannel, QByteArray::number(m_published++));
    });
    last->start(200ms);
    QTimer::singleShot(kCalm, this, &Soak::finish);
}

void Soak::onEvent(const Event &event)
{
    const qint64 number = event.json().toLongLong();
    const qint64 before = m_sequence.last();
    if (!m_sequence.note(number))
        say(u"VIOLATION: %1 after %2 without a gap"_s.arg(number).arg(before));
}

void Soak::finish()
{
    if (std::exchange(m_finished, true))
        return;
    say(u"seed %1: %2 published, %3 received, %4 missing in %5 of %6 gaps, %7 refused, %8 violations"_s
            .arg(m_seed)
            .arg(m_published)
            .arg(m_sequence.received())
            .arg(m_sequence.missing())
            .arg(m_sequence.gapsWithLoss())
            .arg(m_sequence.gaps())
            .arg(m_refused)
            .arg(m_sequence.violations()));
    const bool isAllSeen = m_sequence.last() >= m_published - 1;
    if (!isAllSeen)
        say(u"the last numbers never arrived: %1 of %2"_s.arg(m_sequence.last()).arg(m_published));
    const bool isAccounted = m_sequence.received() + m_sequence.missing() == m_published;
    if (!isAccounted)
        say(u"received and missing do not add up to published"_s);
    const bool isGood = m_sequence.violations() == 0 && isAllSeen && isAccounted && m_refused == 0;
    QCoreApplication::exit(isGood ? 0 : 1);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    const QCommandLineOption seconds(u"seconds"_s, u"How long it runs."_s, u"N"_s, u"600"_s);
    const QCommandLineOption rate(u"rate"_s, u"Events per second."_s, u"N"_s, u"1000"_s);
    const QCommandLineOption seed(u"seed"_s, u"Of the proxy's mischief."_s, u"N"_s);
    parser.addOptions({seconds, rate, seed});
    parser.process(application);
    const quint32 chosen =
        parser.isSet(seed) ? parser.value(seed).toUInt() : QRandomGenerator::system()->generate();
    Soak soak(std::chrono::seconds(parser.value(seconds).toInt()), parser.value(rate).toInt(),
              chosen);
    QTextStream(stdout) << "seed " << chosen << '\n';
    return soak.start() ? QCoreApplication::exec() : 1;
}

#include "soak.moc"
