// SPDX-License-Identifier: Apache-2.0
#include "app/ui/connectiontest.h"

#include "app/ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Kind = DoctorStep::Kind;
using Outcome = DoctorStep::Outcome;

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Endpoint:
        return ConnectionTest::tr("Endpoint");
    case Kind::Credentials:
        return ConnectionTest::tr("Credentials");
    case Kind::Dns:
        return ConnectionTest::tr("DNS");
    case Kind::Tcp:
        return ConnectionTest::tr("TCP");
    case Kind::Tls:
        return ConnectionTest::tr("TLS");
    case Kind::Http:
        return ConnectionTest::tr("HTTP");
    case Kind::Request:
        return ConnectionTest::tr("Request");
    case Kind::Upgrade:
        return ConnectionTest::tr("Upgrade");
    case Kind::Handshake:
        return ConnectionTest::tr("Handshake");
    case Kind::Subscribe:
        return ConnectionTest::tr("Subscribe");
    case Kind::Publish:
        return ConnectionTest::tr("Publish");
    case Kind::Query:
        return ConnectionTest::tr("Query");
    case Kind::Introspection:
        return ConnectionTest::tr("Introspection");
    case Kind::Delivery:
        break;
    }
    return ConnectionTest::tr("Delivery");
}

//! Without a channel these are skipped for that reason alone.
bool needsChannel(Kind kind)
{
    return kind == Kind::Subscribe || kind == Kind::Publish || kind == Kind::Delivery;
}

//! What was signed against what the server expected, if it told.
QStringList differenceOf(const DoctorStep &step)
{
    const QStringList request = step.values(u"canonical"_s);
    const QStringList toSign = step.values(u"toSign"_s);
    if (request.isEmpty() && toSign.isEmpty())
        return {};
    return QStringList{ConnectionTest::tr("Canonical request (- ours, + the server's):")} + request
        + QStringList{QString(), ConnectionTest::tr("String to sign:")} + toSign;
}

QVariantMap mapOf(const DoctorStep &step)
{
    const bool failed = step.outcome == Outcome::Failed;
    QStringList text{failed ? step.error.message : step.summary};
    if (step.kind == Kind::Request && !failed) // the request itself is shown by `doctor` only
        text = {ConnectionTest::tr("made and authorized")};
    const QString likely = step.values(u"likely"_s).join(u'\n');
    QString words = step.error.serverMessage;
    if (!likely.isEmpty()) // what follows the first paragraph is shown as the difference
        words = words.section(u"\n\n"_s, 0, 0);
    if (!words.isEmpty())
        text += ConnectionTest::tr("Reported: “%1”").arg(words);
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(step.duration);
    return {{u"name"_s, nameOf(step.kind)},
            {u"outcome"_s, toText(step.outcome)},
            {u"text"_s, text.join(u'\n')},
            {u"nextStep"_s, likely.isEmpty() ? step.error.nextStep : QString()},
            {u"likely"_s, likely},
            {u"difference"_s, differenceOf(step).join(u'\n')},
            {u"time"_s, step.duration.count() > 0 ? Wording::span(spent) : QString()}};
}

} // namespace

ConnectionTest::ConnectionTest(QObject *parent) : QObject(parent)
{
}

ConnectionTest::~ConnectionTest()
{
    clear();
}

void ConnectionTest::start(const QString &given, const AppSync::Endpoint &endpoint,
                           std::unique_ptr<Access> access)
{
    clear();
    m_access = std::move(access);
    m_client = m_access->newClient(endpoint);
    DoctorCase doctorCase;
    doctorCase.given = given;
    doctorCase.endpoint = endpoint;
    doctorCase.client = m_client.get();
    for (const Access::Way &way : m_access->ways())
        doctorCase.credentials += DoctorStep::Fact{way.operations, {way.authorizer->displayName()}};
    m_doctor = std::make_unique<Doctor>(doctorCase);
    connect(m_doctor.get(), &Doctor::stepStarted, this, [this](DoctorStep::Kind kind) {
        m_current = kind;
        Q_EMIT changed();
    });
    connect(m_doctor.get(), &Doctor::stepFinished, this, [this] {
        m_current.reset();
        Q_EMIT changed();
    });
    connect(m_doctor.get(), &Doctor::finished, this, [this] {
        m_isRunning = false;
        m_client->close();
        Q_EMIT changed();
    });
    m_isRunning = true;
    m_doctor->start();
    Q_EMIT changed();
}

void ConnectionTest::dismiss()
{
    clear();
    Q_EMIT changed();
}

void ConnectionTest::clear()
{
    if (m_doctor) {
        m_doctor->disconnect(this);
        m_doctor->cancel();
    }
    m_doctor.reset();
    m_client.reset();
    m_access.reset();
    m_current.reset();
    m_isRunning = false;
}

QVariantList ConnectionTest::steps() const
{
    QVariantList list;
    if (!m_doctor)
        return list;
    for (const DoctorStep &step : m_doctor->steps()) {
        if (!needsChannel(step.kind))
            list.append(mapOf(step));
    }
    if (m_isRunning && m_current && !needsChannel(*m_current)) {
        DoctorStep step;
        step.kind = *m_current;
        QVariantMap running = mapOf(step);
        running[u"outcome"_s] = u"running"_s;
        running[u"text"_s] = tr("…");
        list.append(running);
    }
    return list;
}

bool ConnectionTest::hasFailed() const
{
    return m_doctor && m_doctor->firstFailure().has_value();
}

QString ConnectionTest::verdict() const
{
    if (!m_doctor)
        return {};
    if (m_isRunning)
        return tr("Trying to connect…");
    if (const auto failure = m_doctor->firstFailure())
        return tr("It does not work: %1 failed.").arg(nameOf(failure->kind));
    const QList<DoctorStep> steps = m_doctor->steps();
    const bool isAcknowledged =
        std::any_of(steps.cbegin(), steps.cend(), [](const DoctorStep &step) {
            return step.kind == Kind::Handshake && step.outcome == Outcome::Ok;
        });
    return isAcknowledged ? tr("It works: AppSync acknowledged the connection.")
                          : tr("Nothing failed, but the connection was not tried.");
}

} // namespace Syncscope
