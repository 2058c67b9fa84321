// SPDX-License-Identifier: Apache-2.0
// Runs a target over kept inputs without libFuzzer, so that every compiler can: replay FOLDER…
#include "fuzz.h"

#include <QDirIterator>
#include <QFile>

#include <cstdio>
#include <vector>

int main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    int count = 0;
    for (int i = 1; i < argc; ++i) {
        QDirIterator files(QString::fromLocal8Bit(argv[i]), QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (!file.open(QIODevice::ReadOnly)) {
                std::fprintf(stderr, "%s cannot be read\n", qPrintable(file.fileName()));
                return 1;
            }
            // Said before, since a failure ends the program.
            std::printf("%s\n", qPrintable(file.fileName()));
            std::fflush(stdout);
            const QByteArray content = file.readAll();
            // In memory of just that size, so that sanitizers see every byte too many.
            const std::vector<uint8_t> exact(content.begin(), content.end());
            LLVMFuzzerTestOneInput(exact.data(), exact.size());
            ++count;
        }
    }
    std::printf("%d inputs replayed\n", count);
    return count > 0 ? 0 : 1;
}
