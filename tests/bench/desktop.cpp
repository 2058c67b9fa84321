// SPDX-License-Identifier: Apache-2.0
// The desktop program's real window under load: connects to an AppSync of Events, subscribes, filters, and tells
// every second how late its event loop was, how many pictures it painted and what it holds. Once all events are
// there it looks for each of them in the recording. One line of JSON for each; the key comes in the environment.
//   bench_desktop --url URL --channel CHANNEL --events N [--filter TEXT] [--numbered COPIES] [--picture FILE]
#include "app/core/capture/capturefile.h"
#include "app/ui/windowmemory.h"
#include "app/ui/workspace.h"

#include <QCommandLineParser>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QTextStream>
#include <QThread>
#include <QTimer>
#include <QtQml/qqmlextensionplugin.h>

#include <algorithm>

Q_IMPORT_QML_PLUGIN(SyncscopePlugin)
Q_IMPORT_QML_PLUGIN(Syncscope_UiPlugin)

using namespace Qt::StringLiterals;
using namespace Syncscope;

namespace {

constexpr unsigned long kProbeIntervalMs = 5;
constexpr int kPatienceSeconds = 60; // in which nothing arrives or is written

void tell(const QJsonObject &object)
{
    QTextStream(stdout) << QJsonDocument(object).toJson(QJsonDocument::Compact) << Qt::endl;
}

//! Asks the event loop for an answer every few milliseconds, from a thread of its own: how late it comes is how
//! late any click would be.
class LagProbe : public QThread {
public:
    explicit LagProbe(QObject *target) : m_target(target) { }
    ~LagProbe() override
    {
        requestInterruption();
        wait();
    }

    //! In milliseconds, since the last call.
    QList<double> take() { return std::exchange(m_lags, {}); }

protected:
    void run() override
    {
        while (!isInterruptionRequested()) {
            msleep(kProbeIntervalMs);
            QElapsedTimer age;
            age.start();
            QMetaObject::invokeMethod(
                m_target, [this, age] { m_lags.append(double(age.nsecsElapsed()) / 1e6); },
                Qt::QueuedConnection);
        }
    }

private:
    QObject *const m_target;
    QList<double> m_lags; //!< of the target's thread
};

struct Wanted {
    QUrl url;
    QString channel;
    qint64 events = 0;
    int copies = 0; //!< senders that number their events from 1; 0: they are not numbered
    QString filter;
    QString picture;
};

class Run : public QObject {
public:
    Run(const Wanted &wanted, Workspace *workspace, QQuickWindow *window, const QString &folder)
        : m_wanted(wanted)
        , m_workspace(workspace)
        , m_window(window)
        , m_folder(folder)
        , m_probe(this)
    {
        connect(window, &QQuickWindow::frameSwapped, this, [this] { ++m_painted; });
        connect(&m_second, &QTimer::timeout, this, &Run::look);
        connect(&m_moment, &QTimer::timeout, this, &Run::watchForTheEnd);
    }

    bool start()
    {
        m_workspace->form()->setAddress(m_wanted.url.toString());
        m_workspace->form()->setCredential(qEnvironmentVariable("SYNCSCOPE_API_KEY"));
        m_workspace->openForm();
        Session *session = m_workspace->session();
        if (!session || !session->subscriptions()->add(m_wanted.channel))
            return false;
        session->frames()->filter()->setText(m_wanted.filter);
        session->frames()->filter()->apply();
        connect(session->subscriptions(), &SubscriptionModel::summaryChanged, this,
                &Run::onSummary);
        return true;
    }

private:
    [[nodiscard]] SubscriptionModel *subscriptions() const
    {
        return m_workspace->session()->subscriptions();
    }

    void onSummary()
    {
        if (m_second.isActive() || subscriptions()->liveCount() == 0)
            return;
        m_probe.start();
        m_second.start(1'000);
        m_moment.start(10);
        m_clock.start();
        tell({{u"ready"_s, true}});
    }

    [[nodiscard]] qint64 received() const
    {
        return subscriptions()->index(0).data(SubscriptionModel::CountRole).toLongLong();
    }

    void watchForTheEnd()
    {
        if (received() < m_wanted.events)
            return;
        m_arrived = double(m_clock.elapsed()) / 1e3;
        m_moment.stop();
    }

    void look()
    {
        const qint64 received = this->received();
        QList<double> lags = m_probe.take();
        std::sort(lags.begin(), lags.end());
        QJsonObject now{{u"received"_s, received},
                        {u"painted"_s, std::exchange(m_painted, 0)},
                        {u"rows"_s, m_workspace->session()->frames()->count()},
                        {u"shown"_s, m_workspace->session()->frames()->total()}};
        if (!lags.isEmpty()) {
            now[u"p50"_s] = lags[lags.size() / 2];
            now[u"p99"_s] = lags[lags.size() * 99 / 100];
            now[u"worst"_s] = lags.last();
        }
        now[u"seconds"_s] = double(m_clock.elapsed()) / 1e3;
        tell(now);
        m_silence = received == m_received ? m_silence + 1 : 0;
        m_received = received;
        if (received >= m_wanted.events || m_silence >= kPatienceSeconds)
            finish();
    }

    void finish()
    {
        m_second.stop();
        if (!m_wanted.picture.isEmpty())
            m_window->grabWindow().save(m_wanted.picture);
        const QString path = recording();
        tell(QJsonObject{{u"received"_s, m_received},
                         {u"seconds"_s, m_arrived},
                         {u"stored"_s, settled(path)},
                         {u"numbered"_s, numbered(path)},
                         {u"fileBytes"_s, QFileInfo(path).size()},
                         {u"status"_s, m_workspace->session()->recordingText()}});
        QCoreApplication::quit();
    }

    [[nodiscard]] QString recording() const
    {
        QDirIterator files(m_folder, {u"*.ssc"_s}, QDir::Files, QDirIterator::Subdirectories);
        return files.hasNext() ? files.next() : QString();
    }

    //! Events in the recording, once no more come.
    [[nodiscard]] qint64 settled(const QString &path) const
    {
        qint64 stored = -1;
        for (int looks = 0; looks < kPatienceSeconds; ++looks) {
            CaptureFile file;
            if (!file.open(path))
                return -1;
            qint64 now = 0;
            for (const CaptureFile::Group &group : file.groups())
                now += group.kind == u"event" ? group.frames : 0;
            if (now >= m_wanted.events || now == stored)
                return now;
            stored = now;
            QEventLoop second; // nothing else is measured any more
            connect(m_workspace->session(), &Session::ticked, &second, &QEventLoop::quit);
            second.exec();
        }
        return stored;
    }

    //! How many of the senders have all their numbers in the recording, in their order; -1: not asked.
    [[nodiscard]] int numbered(const QString &path) const
    {
        if (m_wanted.copies == 0)
            return -1;
        QList<qint64> last(m_wanted.copies, 0);
        QList<bool> isGood(m_wanted.copies, true);
        CaptureFile file;
        if (!file.open(path))
            return 0;
        (void)file.read(Filter(u"kind == \"event\""_s), {}, [&](const CapturedFrame &frame) {
            for (const QByteArray &event : frame.events()) {
                const QJsonObject object = QJsonDocument::fromJson(event).object();
                const int copy = object[u"copy"_s].toInt() - 1;
                if (copy < 0 || copy >= m_wanted.copies)
                    return false;
                const qint64 number = object[u"n"_s].toInteger();
                isGood[copy] = isGood[copy] && number == last[copy] + 1;
                last[copy] = number;
            }
            return true;
        });
        int good = 0;
        for (int copy = 0; copy < m_wanted.copies; ++copy)
            good += isGood[copy] && last[copy] * m_wanted.copies == m_wanted.events ? 1 : 0;
        return good;
    }

    const Wanted m_wanted;
    Workspace *const m_workspace;
    QQuickWindow *const m_window;
    const QString m_folder;
    LagProbe m_probe;
    QTimer m_second;
    QTimer m_moment;
    double m_arrived = 0; //!< seconds until all was received
    QElapsedTimer m_clock;
    int m_painted = 0;
    qint64 m_received = 0;
    int m_silence = 0;
};

Wanted wantedOf(const QStringList &arguments)
{
    QCommandLineParser parser;
    for (const char *name : {"url", "channel", "events", "filter", "numbered", "picture"})
        parser.addOption({QString::fromLatin1(name), {}, u"VALUE"_s});
    parser.process(arguments);
    return {QUrl(parser.value(u"url"_s)),
            parser.value(u"channel"_s),
            parser.value(u"events"_s).toLongLong(),
            parser.value(u"numbered"_s).toInt(),
            parser.value(u"filter"_s),
            parser.value(u"picture"_s)};
}

} // namespace

int main(int argc, char *argv[])
{
    QGuiApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"Syncscope bench"_s);
    QCoreApplication::setOrganizationName(u"Syncscope"_s);
    QQuickStyle::setStyle(u"Fusion"_s);
    const QTemporaryDir folder;
    Workspace workspace(nullptr, folder.filePath(u"profiles.json"_s));
    WindowMemory::instance()->setEnabled(false);
    QQmlApplicationEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.setInitialProperties({{u"workspace"_s, QVariant::fromValue(&workspace)}});
    engine.load(QUrl(u"qrc:/qt/qml/Syncscope/Ui/Main.qml"_s));
    auto *window = engine.rootObjects().isEmpty()
        ? nullptr
        : qobject_cast<QQuickWindow *>(engine.rootObjects().first());
    if (!window)
        return 1;
    Run run(wantedOf(app.arguments()), &workspace, window, folder.path());
    if (!run.start())
        return 1;
    return app.exec();
}
