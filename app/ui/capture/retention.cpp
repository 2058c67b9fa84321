// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/retention.h"

#include "app/ui/traffic/framelog.h"
#include "app/ui/wording.h"

#include <QSettings>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr std::array<qint64, 7> kMemoryBytes{64'000'000,   128'000'000,   FrameLog::kDefaultBudget,
                                             512'000'000,  1'000'000'000, 2'000'000'000,
                                             4'000'000'000};
constexpr std::array<qint64, 5> kRecordingBytes{0, 1'000'000'000, 5'000'000'000, 20'000'000'000,
                                                100'000'000'000};
constexpr std::array<qint64, 5> kRecordingHours{0, 1, 6, 24, 168};

const QString kMemoryKey = u"traffic/memoryBytes"_s;
const QString kSizeKey = u"traffic/recordingBytes"_s;
const QString kAgeKey = u"traffic/recordingHours"_s;

// Values, not indexes, are kept: choices may be added. What is none of them counts as not chosen.
template <std::size_t Count>
int savedChoice(const QString &key, const std::array<qint64, Count> &choices, qint64 standard)
{
    const qint64 saved = QSettings().value(key, standard).toLongLong();
    const auto found = std::find(choices.begin(), choices.end(), saved);
    const auto chosen =
        found != choices.end() ? found : std::find(choices.begin(), choices.end(), standard);
    return int(chosen - choices.begin());
}

} // namespace

Retention::Retention(QObject *parent)
    : QObject(parent)
    , m_memory(savedChoice(kMemoryKey, kMemoryBytes, FrameLog::kDefaultBudget))
    , m_size(savedChoice(kSizeKey, kRecordingBytes, 0))
    , m_age(savedChoice(kAgeKey, kRecordingHours, 0))
{
}

QStringList Retention::memoryNames()
{
    QStringList names;
    for (const qint64 bytes : kMemoryBytes)
        names += Wording::bytes(bytes);
    return names;
}

QStringList Retention::sizeNames()
{
    QStringList names;
    for (const qint64 bytes : kRecordingBytes)
        names += bytes == 0 ? tr("Any size") : Wording::bytes(bytes);
    return names;
}

QStringList Retention::ageNames()
{
    QStringList names;
    for (const qint64 hours : kRecordingHours)
        names += hours == 0 ? tr("Any age") : hours == 1 ? tr("1 hour") : tr("%1 hours").arg(hours);
    return names;
}

void Retention::setMemory(int index)
{
    choose(m_memory, index, kMemoryKey, kMemoryBytes);
}

void Retention::setSize(int index)
{
    choose(m_size, index, kSizeKey, kRecordingBytes);
}

void Retention::setAge(int index)
{
    choose(m_age, index, kAgeKey, kRecordingHours);
}

template <std::size_t Count>
void Retention::choose(int &member, int index, const QString &key,
                       const std::array<qint64, Count> &choices)
{
    if (member == index || index < 0 || std::size_t(index) >= Count)
        return;
    member = index;
    QSettings().setValue(key, choices[std::size_t(index)]);
    Q_EMIT changed();
}

qint64 Retention::memoryBytes() const
{
    return kMemoryBytes[std::size_t(m_memory)];
}

qint64 Retention::recordingBytes() const
{
    return kRecordingBytes[std::size_t(m_size)];
}

std::chrono::hours Retention::recordingAge() const
{
    return std::chrono::hours(kRecordingHours[std::size_t(m_age)]);
}

} // namespace Syncscope
