// SPDX-License-Identifier: Apache-2.0
// The emulator in a process of its own. Prints its port and key as one line of JSON; plays each scenario whose file
// comes as a line of its standard input, and ends with that.
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
    std::thread([&emulator] {
        QTextStream input(stdin);
        for (QString file = input.readLine(); !file.isNull(); file = input.readLine())
            QMetaObject::invokeMethod(
                &emulator, [&emulator, file] { (void)emulator.playScenario(file); },
                Qt::QueuedConnection);
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    }).detach();
    return app.exec();
}
