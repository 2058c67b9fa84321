// SPDX-License-Identifier: Apache-2.0
#include "app/core/signalwatcher.h"
#include "app/gui/options.h"
#include "app/ui/theme.h"
#include "app/ui/windowmemory.h"
#include "app/ui/workspace.h"

#include <QGuiApplication>
#include <QNetworkProxyFactory>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTextStream>
#include <QTimer>
#include <QtQml/qqmlextensionplugin.h>

#include <algorithm>

Q_IMPORT_QML_PLUGIN(SyncscopePlugin)
Q_IMPORT_QML_PLUGIN(Syncscope_UiPlugin)

using namespace Qt::StringLiterals;

namespace {

constexpr int kUsageError = 2;

void complain(const QString &text)
{
    QTextStream(stderr) << text << Qt::endl;
}

// Sees to it that the picture is taken before the program ends by itself.
void quitLater(QQuickWindow *window, const Syncscope::Options &options)
{
    QTimer::singleShot(*options.quitAfter, window, [window, file = options.screenshotFile] {
        bool saved = true;
        if (!file.isEmpty()) {
            saved = window->grabWindow().save(file);
            complain(saved ? u"Screenshot: %1"_s.arg(file)
                           : u"The screenshot could not be written to %1."_s.arg(file));
        }
        QCoreApplication::exit(saved ? 0 : 1);
    });
}

// Help and version are for terminals without a display, too. Does not return if they were asked for.
void answerWithoutWindow(int argc, char *argv[])
{
    const bool isAsked = std::any_of(argv + 1, argv + argc, [](const char *argument) {
        const QByteArrayView word(argument);
        return word == "--help" || word == "-h" || word == "--help-all" || word == "--version"
            || word == "-v";
    });
    if (!isAsked)
        return;
    const QCoreApplication app(argc, argv);
    (void)Syncscope::Options::read(QCoreApplication::arguments());
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"Syncscope"_s);
    QCoreApplication::setOrganizationName(u"Syncscope"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(SYNCSCOPE_VERSION));
    answerWithoutWindow(argc, argv);
    QGuiApplication app(argc, argv);
    QGuiApplication::setDesktopFileName(u"syncscope"_s);
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    // One style everywhere: Linux, Windows, macOS and the screenshots agree.
    QQuickStyle::setStyle(u"Fusion"_s);

    const Syncscope::Options options = Syncscope::Options::read(app.arguments());
    if (!options.problem.isEmpty()) {
        complain(options.problem);
        return kUsageError;
    }
    if (options.themeMode)
        Syncscope::Theme::instance()->overrideMode(*options.themeMode);

    // At the end of a session the recordings are removed as when the window is closed.
    const Syncscope::SignalWatcher watcher;
    QObject::connect(&watcher, &Syncscope::SignalWatcher::interrupted, &app,
                     [](int exitCode) { QCoreApplication::exit(exitCode); });

    // Sizes that were asked for are for this run only. Before anything reads what was remembered.
    Syncscope::WindowMemory::instance()->setEnabled(!options.size
                                                    && options.screenshotFile.isEmpty());
    Syncscope::Workspace workspace;
    workspace.form()->setAddress(options.endpoint);
    if (options.sandbox)
        workspace.openSandbox();

    QQmlApplicationEngine engine;
    engine.addImportPath(u"qrc:/qt/qml"_s);
    engine.setInitialProperties({{u"workspace"_s, QVariant::fromValue(&workspace)}});
    engine.load(QUrl(u"qrc:/qt/qml/Syncscope/Ui/Main.qml"_s));
    auto *window = engine.rootObjects().isEmpty()
        ? nullptr
        : qobject_cast<QQuickWindow *>(engine.rootObjects().first());
    if (!window) {
        complain(
            u"The window could not be loaded; the lines above say why. Are the QML modules of Qt installed?"_s);
        return 1;
    }
    if (options.size)
        window->resize(*options.size);
    if (options.quitAfter)
        quitLater(window, options);
    return app.exec();
}
