// SPDX-License-Identifier: Apache-2.0
#include <AppSync/EventsClient>

#include "tests/lib/client/manualauthorizer.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/rawserver.h"
#include "tests/shared/testrunner.h"

#include <QMetaEnum>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using ConnectionState = Connection::State;

namespace {

class Table {
    Q_GADGET

public:
    enum class Happening {
        Open,
        Close,
        Authorized,
        AuthorizerFails,
        DeadlineEnds,
        HostNotFound,
        TcpRefused,
        TlsFails,
        UpgradeRefused403,
        UpgradeRefused503,
        UpgradeOfOtherProtocol,
        UpgradeAccepted,
        Ack,
        ConnectionError,
        ErrorWithoutId,
        KeepAlive,
        CloseFrame1000,
        CloseFrame1001,
        CloseFrame1009,
        CloseFrame1011,
        ConnectionCut,
        CutInsideAFrame,
        HalfOpen,
        NetworkGone,
        NetworkBack,
        TimeJumps,
    };
    Q_ENUM(Happening)
};
using Happening = Table::Happening;
using H = Happening;

//! Whether an attempt fails before a server sees anything of it.
bool goesNowhere(Happening happening)
{
    return happening == H::HostNotFound || happening == H::TcpRefused || happening == H::TlsFails;
}

QString nameOf(ConnectionState state)
{
    return QString::fromLatin1(QMetaEnum::fromType<ConnectionState>().valueToKey(int(state)));
}

QString nameOf(Happening happening)
{
    return QString::fromLatin1(QMetaEnum::fromType<Happening>().valueToKey(int(happening)));
}

//! One cell of the table: what follows, the signals in order, and the timer that runs then (-1: none).
struct Row {
    ConnectionState state = ConnectionState::Disconnected;
    Happening happening = {};
    ConnectionState next = ConnectionState::Disconnected;
    const char *signals = nullptr;
    int timerMs = -1;
};

constexpr int kAuthorizing = 30'000;
constexpr int kOpening = 15'000;
constexpr int kHandshaking = 15'000;
constexpr int kReady = 300'000;
constexpr int kSignOfLife = 10'000;

// Retries take no time here, but time stands still: Backoff lasts until the clock is moved. Where Opening
// stands among the signals, the row begins in Authorizing: the attempt fails before anything could be seen.
constexpr Row kRows[] = {
    {ConnectionState::Disconnected, H::Open, ConnectionState::Authorizing, "Authorizing",
     kAuthorizing},
    {ConnectionState::Disconnected, H::Close, ConnectionState::Disconnected, ""},
    {ConnectionState::Disconnected, H::NetworkGone, ConnectionState::Disconnected, ""},
    {ConnectionState::Disconnected, H::NetworkBack, ConnectionState::Disconnected, ""},
    {ConnectionState::Disconnected, H::TimeJumps, ConnectionState::Disconnected, ""},

    {ConnectionState::Authorizing, H::Open, ConnectionState::Authorizing, "", kAuthorizing},
    {ConnectionState::Authorizing, H::Close, ConnectionState::Disconnected, "closed Disconnected"},
    {ConnectionState::Authorizing, H::Authorized, ConnectionState::Opening, "Opening", kOpening},
    {ConnectionState::Authorizing, H::AuthorizerFails, ConnectionState::Disconnected,
     "closed Disconnected failed:InvalidInput"},
    {ConnectionState::Authorizing, H::DeadlineEnds, ConnectionState::Authorizing,
     "Backoff failed:Timeout Authorizing", kAuthorizing},
    {ConnectionState::Authorizing, H::NetworkGone, ConnectionState::Authorizing, "", kAuthorizing},
    {ConnectionState::Authorizing, H::NetworkBack, ConnectionState::Authorizing, "", kAuthorizing},
    {ConnectionState::Authorizing, H::TimeJumps, ConnectionState::Authorizing, "", kAuthorizing},

    {ConnectionState::Opening, H::Open, ConnectionState::Opening, "", kOpening},
    {ConnectionState::Opening, H::Close, ConnectionState::Disconnected, "closed Disconnected"},
    {ConnectionState::Opening, H::DeadlineEnds, ConnectionState::Authorizing,
     "Backoff failed:Timeout Authorizing", kAuthorizing},
    {ConnectionState::Opening, H::HostNotFound, ConnectionState::Backoff,
     "Opening Backoff failed:Unreachable", 0},
    {ConnectionState::Opening, H::TcpRefused, ConnectionState::Backoff,
     "Opening Backoff failed:Unreachable", 0},
    {ConnectionState::Opening, H::TlsFails, ConnectionState::Disconnected,
     "Opening closed Disconnected failed:Tls"},
    {ConnectionState::Opening, H::UpgradeRefused403, ConnectionState::Disconnected,
     "closed Disconnected failed:UpgradeRefused"},
    {ConnectionState::Opening, H::UpgradeRefused503, ConnectionState::Backoff,
     "Backoff failed:UpgradeRefused", 0},
    {ConnectionState::Opening, H::UpgradeOfOtherProtocol, ConnectionState::Disconnected,
     "closed Disconnected failed:UpgradeRefused"},
    {ConnectionState::Opening, H::UpgradeAccepted, ConnectionState::Handshaking, "Handshaking",
     kHandshaking},
    {ConnectionState::Opening, H::ConnectionCut, ConnectionState::Backoff,
     "Backoff failed:Unreachable", 0},
    {ConnectionState::Opening, H::NetworkGone, ConnectionState::Opening, "", kOpening},
    {ConnectionState::Opening, H::NetworkBack, ConnectionState::Opening, "", kOpening},
    {ConnectionState::Opening, H::TimeJumps, ConnectionState::Opening, "", kOpening},

    {ConnectionState::Handshaking, H::Open, ConnectionState::Handshaking, "", kHandshaking},
    {ConnectionState::Handshaking, H::Close, ConnectionState::Disconnected, "closed Disconnected"},
    {ConnectionState::Handshaking, H::DeadlineEnds, ConnectionState::Authorizing,
     "Backoff failed:Timeout Authorizing", kAuthorizing},
    {ConnectionState::Handshaking, H::Ack, ConnectionState::Ready, "opened Ready", kReady},
    {ConnectionState::Handshaking, H::ConnectionError, ConnectionState::Disconnected,
     "closed Disconnected failed:Unauthorized"},
    {ConnectionState::Handshaking, H::ErrorWithoutId, ConnectionState::Disconnected,
     "closed Disconnected failed:Refused"},
    {ConnectionState::Handshaking, H::KeepAlive, ConnectionState::Handshaking, "keepAlive",
     kHandshaking},
    {ConnectionState::Handshaking, H::CloseFrame1000, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Handshaking, H::CloseFrame1001, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Handshaking, H::CloseFrame1009, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Handshaking, H::CloseFrame1011, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Handshaking, H::ConnectionCut, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Handshaking, H::CutInsideAFrame, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Handshaking, H::NetworkGone, ConnectionState::Handshaking, "", kHandshaking},
    {ConnectionState::Handshaking, H::NetworkBack, ConnectionState::Handshaking, "", kHandshaking},
    {ConnectionState::Handshaking, H::TimeJumps, ConnectionState::Handshaking, "", kHandshaking},

    {ConnectionState::Ready, H::Open, ConnectionState::Ready, "", kReady},
    {ConnectionState::Ready, H::Close, ConnectionState::Disconnected, "closed Disconnected"},
    {ConnectionState::Ready, H::DeadlineEnds, ConnectionState::Authorizing,
     "Backoff failed:Timeout Authorizing", kAuthorizing},
    {ConnectionState::Ready, H::Ack, ConnectionState::Ready, "",
     kReady}, // a second one says nothing new
    {ConnectionState::Ready, H::ConnectionError, ConnectionState::Disconnected,
     "closed Disconnected failed:Unauthorized"},
    {ConnectionState::Ready, H::ErrorWithoutId, ConnectionState::Ready, "error:Refused", kReady},
    {ConnectionState::Ready, H::KeepAlive, ConnectionState::Ready, "keepAlive", kReady},
    {ConnectionState::Ready, H::CloseFrame1000, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Ready, H::CloseFrame1001, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Ready, H::CloseFrame1009, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Ready, H::CloseFrame1011, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Ready, H::ConnectionCut, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Ready, H::CutInsideAFrame, ConnectionState::Backoff,
     "Backoff failed:ConnectionLost", 0},
    {ConnectionState::Ready, H::HalfOpen, ConnectionState::Authorizing,
     "Backoff failed:Timeout Authorizing", kAuthorizing},
    {ConnectionState::Ready, H::NetworkGone, ConnectionState::Ready, "",
     kReady}, // it may not be our network
    {ConnectionState::Ready, H::NetworkBack, ConnectionState::Ready, "", kSignOfLife},
    {ConnectionState::Ready, H::TimeJumps, ConnectionState::Ready, "", kSignOfLife},

    {ConnectionState::Backoff, H::Open, ConnectionState::Authorizing, "Authorizing", kAuthorizing},
    {ConnectionState::Backoff, H::Close, ConnectionState::Disconnected, "closed Disconnected"},
    {ConnectionState::Backoff, H::DeadlineEnds, ConnectionState::Authorizing, "Authorizing",
     kAuthorizing},
    {ConnectionState::Backoff, H::NetworkGone, ConnectionState::Backoff, "", 0},
    {ConnectionState::Backoff, H::NetworkBack, ConnectionState::Authorizing, "Authorizing",
     kAuthorizing},
    {ConnectionState::Backoff, H::TimeJumps, ConnectionState::Authorizing, "Authorizing",
     kAuthorizing},
};

//! Why a pair without a row cannot be.
const char *impossible(ConnectionState state, Happening happening)
{
    const bool hasNoSocket = state == ConnectionState::Disconnected
        || state == ConnectionState::Authorizing || state == ConnectionState::Backoff;
    switch (happening) {
    case H::Authorized:
    case H::AuthorizerFails:
        return "nobody is asked; an answer to an earlier question is dropped by its generation";
    case H::DeadlineEnds:
        return state == ConnectionState::Disconnected ? "no timer runs" : nullptr;
    case H::HostNotFound:
    case H::TcpRefused:
    case H::TlsFails:
    case H::UpgradeRefused403:
    case H::UpgradeRefused503:
    case H::UpgradeOfOtherProtocol:
    case H::UpgradeAccepted:
        return hasNoSocket ? "there is no socket" : "the upgrade is over";
    case H::Ack:
    case H::ConnectionError:
    case H::ErrorWithoutId:
    case H::KeepAlive:
    case H::CloseFrame1000:
    case H::CloseFrame1001:
    case H::CloseFrame1009:
    case H::CloseFrame1011:
    case H::CutInsideAFrame:
        return hasNoSocket ? "there is no socket" : "there are no frames before the upgrade";
    case H::ConnectionCut:
        return hasNoSocket ? "there is no socket" : nullptr;
    case H::HalfOpen:
        return hasNoSocket ? "there is no socket" : "the deadline of the state finds it";
    default:
        return nullptr;
    }
}

} // namespace

//! Every state with everything that can happen in it.
class tst_StateMachine : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void everyPairIsInTheTable();
    void rows_data();
    void rows();

private:
    void reach(ConnectionState wanted, Happening happening);
    void happen(Happening happening);
    void openTowards(Happening happening);
    void listen();
    [[nodiscard]] ConnectionState state() const { return m_client->connection()->state(); }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<ManualAuthorizer> m_authorizer;
    std::unique_ptr<SystemMonitor> m_monitor;
    std::unique_ptr<EventsClient> m_client;
    QStringList m_signals;
};

void tst_StateMachine::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_server = std::make_unique<RawServer>();
    m_authorizer = std::make_unique<ManualAuthorizer>();
    m_monitor = std::make_unique<SystemMonitor>();
    m_client = std::make_unique<EventsClient>(Endpoint(m_server->url()), m_authorizer.get());
    m_client->setClock(m_clock.get());
    m_client->setSystemMonitor(m_monitor.get());
    RetryPolicy quick;
    quick.base = quick.cap = 0ms;
    m_client->setRetryPolicy(quick);
    m_signals.clear();
}

void tst_StateMachine::cleanup()
{
    m_client.reset();
    m_monitor.reset();
    m_authorizer.reset();
    m_server.reset();
    m_clock.reset();
}

void tst_StateMachine::everyPairIsInTheTable()
{
    const QMetaEnum states = QMetaEnum::fromType<ConnectionState>();
    const QMetaEnum happenings = QMetaEnum::fromType<Happening>();
    for (int s = 0; s < states.keyCount(); ++s) {
        for (int h = 0; h < happenings.keyCount(); ++h) {
            const auto state = ConnectionState(states.value(s));
            const auto happening = Happening(happenings.value(h));
            const auto count = std::count_if(std::begin(kRows), std::end(kRows), [&](const Row &r) {
                return r.state == state && r.happening == happening;
            });
            const char *reason = impossible(state, happening);
            const bool isTold = count == 1 || (count == 0 && reason);
            QVERIFY2(isTold, qPrintable(nameOf(state) + u" × "_s + nameOf(happening)));
            if (count == 0)
                qInfo().noquote() << nameOf(state) << "×" << nameOf(happening)
                                  << "cannot be:" << reason;
        }
    }
}

void tst_StateMachine::listen()
{
    connect(m_client->connection(), &Connection::stateChanged, this,
            [this](ConnectionState now) { m_signals << nameOf(now); });
    connect(m_client->connection(), &Connection::keepAliveReceived, this,
            [this] { m_signals << u"keepAlive"_s; });
    connect(m_client.get(), &EventsClient::opened, this, [this] { m_signals << u"opened"_s; });
    connect(m_client.get(), &EventsClient::closed, this, [this] { m_signals << u"closed"_s; });
    const auto kindOf = [](const Error &error) {
        return QString::fromLatin1(QMetaEnum::fromType<Error::Kind>().valueToKey(int(error.kind)));
    };
    connect(m_client.get(), &EventsClient::connectionFailed, this,
            [=, this](const Error &error) { m_signals << u"failed:"_s + kindOf(error); });
    connect(m_client.get(), &EventsClient::errorOccurred, this,
            [=, this](const Error &error) { m_signals << u"error:"_s + kindOf(error); });
}

//! An attempt that cannot get further than Opening, because of where it goes.
void tst_StateMachine::openTowards(Happening happening)
{
    switch (happening) {
    case H::HostNotFound:
        // A name of more than 255 characters is refused by the resolver itself, without a network.
        m_client->setEndpoint(Endpoint(
            QUrl(u"https://%1invalid/event"_s.arg((QString(60, u'x') + u'.').repeated(5)))));
        break;
    case H::TcpRefused:
        m_server->stopListening();
        break;
    case H::TlsFails:
        m_client->setEndpoint(Endpoint(m_server->url(u"https"_s)));
        m_server->answerAnything("HTTP/1.1 400 Bad Request\r\n\r\n");
        break;
    default:
        break;
    }
}

void tst_StateMachine::reach(ConnectionState wanted, Happening happening)
{
    if (wanted == ConnectionState::Disconnected)
        return;
    if (wanted == ConnectionState::Opening)
        openTowards(happening);
    m_authorizer->answersAtOnce = wanted != ConnectionState::Authorizing && !goesNowhere(happening);
    m_client->open();
    if (!m_authorizer->answersAtOnce)
        return;
    QTRY_COMPARE(state(), ConnectionState::Opening);
    QTRY_VERIFY(m_server->wasAsked());
    if (wanted == ConnectionState::Opening)
        return;
    m_server->acceptUpgrade();
    QTRY_VERIFY(m_server->wasSpokenTo());
    if (wanted == ConnectionState::Handshaking)
        return;
    m_server->sendText(R"({"type":"connection_ack","connectionTimeoutMs":300000})");
    QTRY_COMPARE(state(), ConnectionState::Ready);
    if (wanted == ConnectionState::Backoff) {
        m_authorizer->answersAtOnce = false; // stay where the next attempt begins
        m_server->drop();
    }
}

void tst_StateMachine::happen(Happening happening)
{
    switch (happening) {
    case H::Open:
        m_client->open();
        break;
    case H::Close:
        m_client->close(EventsClient::CloseMode::Discard);
        break;
    case H::Authorized:
        m_authorizer->last->succeed({{"x-api-key"_ba, "da2-k"_ba}});
        break;
    case H::AuthorizerFails:
        m_authorizer->last->fail(Error::local(Error::Kind::InvalidInput, u"No key."_s));
        break;
    case H::DeadlineEnds:
        m_authorizer->answersAtOnce = false; // stay where the next attempt begins
        QVERIFY(m_clock->untilNext().has_value());
        m_clock->advance(*m_clock->untilNext());
        break;
    case H::HostNotFound:
    case H::TcpRefused:
    case H::TlsFails: // see openTowards()
        m_authorizer->last->succeed({{"x-api-key"_ba, "da2-k"_ba}});
        break;
    case H::UpgradeRefused403:
        m_server->answerAlways("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
        break;
    case H::UpgradeRefused503:
        m_server->answerAlways("HTTP/1.1 503 Unavailable\r\ncontent-length: 0\r\n\r\n");
        break;
    case H::UpgradeOfOtherProtocol:
        m_server->acceptAlways("graphql-ws");
        break;
    case H::UpgradeAccepted:
        m_server->acceptUpgrade();
        break;
    case H::Ack:
        m_server->sendText(R"({"type":"connection_ack","connectionTimeoutMs":300000})");
        break;
    case H::ConnectionError:
        m_server->sendText(
            R"({"type":"connection_error","errors":[{"errorType":"UnauthorizedException"}]})");
        break;
    case H::ErrorWithoutId:
        m_server->sendText(R"({"type":"error","errors":[{"errorType":"BadRequestException"}]})");
        break;
    case H::KeepAlive:
        m_server->sendText(R"({"type":"ka"})");
        break;
    case H::CloseFrame1000:
        m_server->sendClose(1000);
        break;
    case H::CloseFrame1001:
        m_server->sendClose(1001, "going away");
        break;
    case H::CloseFrame1009:
        m_server->sendClose(1009);
        break;
    case H::CloseFrame1011:
        m_server->sendClose(1011);
        break;
    case H::ConnectionCut:
        m_server->drop();
        break;
    case H::CutInsideAFrame:
        m_server->cutInsideAFrame();
        break;
    case H::HalfOpen:
        // The server never answers the ping: nobody there reads.
        m_authorizer->answersAtOnce = false;
        Q_EMIT m_monitor->timeJumped(1h);
        m_clock->advance(10s);
        break;
    case H::NetworkGone:
        Q_EMIT m_monitor->networkChanged(false);
        break;
    case H::NetworkBack:
        Q_EMIT m_monitor->networkChanged(true);
        break;
    case H::TimeJumps:
        Q_EMIT m_monitor->timeJumped(1h);
        break;
    }
}

void tst_StateMachine::rows_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(std::size(kRows)); ++i) {
        const Row &row = kRows[i];
        QTest::addRow("%s × %s → %s", qPrintable(nameOf(row.state)),
                      qPrintable(nameOf(row.happening)), qPrintable(nameOf(row.next)))
            << i;
    }
}

void tst_StateMachine::rows()
{
    QFETCH(int, index);
    const Row &row = kRows[index];
    reach(row.state, row.happening);
    QTRY_COMPARE(state(), goesNowhere(row.happening) ? ConnectionState::Authorizing : row.state);
    listen();
    happen(row.happening);
    const QString expected = QString::fromLatin1(row.signals);
    const auto seen = [&] {
        QStringList seen = m_signals;
        // Qt itself may look at the subprotocol before it says that the socket is connected.
        if (row.happening == H::UpgradeOfOtherProtocol)
            seen.removeOne(u"Handshaking"_s);
        return seen.join(u' ');
    };
    QTRY_COMPARE(seen(), expected);
    if (expected.isEmpty()) {
        // Nothing may follow later either: a round of the event loop with everything that is queued.
        QCoreApplication::processEvents();
        QCOMPARE(m_signals, QStringList());
    }
    QCOMPARE(nameOf(state()), nameOf(row.next));
    const auto timer = m_clock->untilNext();
    QCOMPARE(timer ? int(timer->count()) : -1, row.timerMs);
}

GUILESS_TEST(tst_StateMachine)
#include "tst_statemachine.moc"
