// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <memory>

//! What a target implements: libFuzzer calls them, or replay.cpp for inputs that are kept.
extern "C" int LLVMFuzzerInitialize(int *argc, char ***argv);
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

//! What must hold for every input.
#define FUZZ_CHECK(condition) ((condition) ? void() : Fuzz::broken(#condition, __FILE__, __LINE__))

namespace Fuzz {

//! Ends the program as a sanitizer does.
[[noreturn]] void broken(const char *condition, const char *file, int line);

//! Makes the application object, and silences what the code under test says about bad input.
void startApplication(int *argc, char **argv);

//! The input without a copy: a read behind its end is a read behind libFuzzer's allocation.
QByteArray bytes(const uint8_t *data, size_t size);

//! The same for text: a UTF-16 string in memory that ends where the string ends.
class ExactText {
public:
    explicit ExactText(const QString &text);
    //! Valid as long as this object.
    [[nodiscard]] const QString &string() const { return m_string; }

private:
    std::unique_ptr<char16_t[]> m_memory;
    QString m_string;
};

//! True if \a bytes are UTF-8 that QString keeps whole (without a byte order mark).
bool isUtf8(const QByteArray &bytes);

//! QJsonDocument loses a byte order mark at the beginning of a string.
bool hasByteOrderMark(const QString &text);

//! \a json as QJsonDocument reads it, whatever value it is; undefined if it does not.
QJsonValue parsed(const QByteArray &json);

//! Whether QJsonDocument may refuse this valid JSON: it has limits of depth and of numbers.
bool exceedsQJson(const QByteArray &json);

} // namespace Fuzz
