// SPDX-License-Identifier: Apache-2.0
#include "app/cli/console.h"
#include "app/cli/exitcode.h"
#include "app/cli/platform.h"
#include "app/cli/program.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

//! Qt says on standard error what it thinks of locales and subprotocols; people asked for something else.
void onQtMessage(QtMsgType type, const QMessageLogContext &, const QString &text)
{
    if (type == QtCriticalMsg || type == QtFatalMsg
        || qEnvironmentVariableIsSet("QT_LOGGING_RULES"))
        Syncscope::Cli::Console().error(text);
}

//! Arguments that are not UTF-8 would be published with other bytes than given.
bool areFaithful(const QStringList &arguments, int argc, char **argv)
{
#ifdef Q_OS_WIN
    Q_UNUSED(arguments)
    Q_UNUSED(argc)
    Q_UNUSED(argv)
#else
    for (int i = 0; i < argc && i < arguments.size(); ++i) {
        if (arguments.at(i).toUtf8() != argv[i])
            return false;
    }
#endif
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    qInstallMessageHandler(onQtMessage);
    Syncscope::Cli::Platform::prepareStreams();
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (!areFaithful(arguments, argc, argv)) {
        Syncscope::Cli::Console().error(
            u"An argument is not valid UTF-8."_s,
            u"Events must be; read them from a file or standard input."_s);
        return int(Syncscope::Cli::ExitCode::Usage);
    }
    return Syncscope::Cli::run(arguments.mid(1));
}
