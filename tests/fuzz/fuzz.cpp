// SPDX-License-Identifier: Apache-2.0
#include "fuzz.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace Fuzz {

namespace {

constexpr qsizetype kQJsonDepth = 1024;

bool isNumberCharacter(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

} // namespace

void broken(const char *condition, const char *file, int line)
{
    std::fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    std::fflush(stderr);
    std::abort();
}

// NOLINTNEXTLINE(readability-non-const-parameter): as Qt takes it
void startApplication(int *argc, char **argv)
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    // Never destroyed: statics of Qt Network, which listen for its end, are gone by then.
    [[maybe_unused]] static auto &application = *new QCoreApplication(*argc, argv);
}

QByteArray bytes(const uint8_t *data, size_t size)
{
    return QByteArray::fromRawData(reinterpret_cast<const char *>(data), qsizetype(size));
}

ExactText::ExactText(const QString &text)
    : m_memory(new char16_t[size_t(text.size())])
    , m_string(QString::fromRawData(reinterpret_cast<const QChar *>(m_memory.get()), text.size()))
{
    std::copy_n(text.utf16(), text.size(), m_memory.get());
}

bool isUtf8(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes).toUtf8() == bytes;
}

bool hasByteOrderMark(const QString &text)
{
    return text.contains(QChar(QChar::ByteOrderMark));
}

QJsonValue parsed(const QByteArray &json)
{
    const QJsonArray array = QJsonDocument::fromJson('[' + json + ']').array();
    return array.size() == 1 ? array.first() : QJsonValue(QJsonValue::Undefined);
}

bool exceedsQJson(const QByteArray &json)
{
    qsizetype depth = 1; // parsed() adds brackets
    bool inString = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString) {
            if (c == '\\')
                ++i;
            inString = c != '"';
        } else if (c == '"') {
            inString = true;
        } else if (c == '[' || c == '{') {
            if (++depth > kQJsonDepth)
                return true;
        } else if (c == ']' || c == '}') {
            --depth;
        } else if (isNumberCharacter(c) && c != 'e' && c != 'E') {
            const qsizetype begin = i;
            while (i + 1 < json.size() && isNumberCharacter(json[i + 1]))
                ++i;
            bool fits = false;
            const double number = json.sliced(begin, i + 1 - begin).toDouble(&fits);
            if (!fits || !std::isfinite(number))
                return true;
        }
    }
    return false;
}

} // namespace Fuzz
