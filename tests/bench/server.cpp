// SPDX-License-Identifier: Apache-2.0
// The emulator in a process of its own. Prints its port and key as one line of JSON; ends with its standard
// input.
#include <AppSync/Emulator>

#include <QCoreApplication>
#include <QTextStream>

#include <thread>

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    AppSync::Emulator emulator;
    if (!emulator.listen())
        return 1;
    QTextStream(stdout) << "{\"port\":" << emulator.port() << ",\"key\":\"" << emulator.apiKey()
                        << "\"}" << Qt::endl;
    std::thread([] {
        QTextStream(stdin).readAll();
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    }).detach();
    return app.exec();
}
