// SPDX-License-Identifier: Apache-2.0
#include "faultplan.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

struct Flag {
    QLatin1StringView name;
    bool FaultPlan::*member = nullptr;
};

struct Count {
    QLatin1StringView name;
    int FaultPlan::*member = nullptr;
    int greatest = 0;
};

constexpr qint64 kDayMs = 86'400'000;

constexpr Flag kFlags[] = {
    {"neverAnswerUpgrade"_L1, &FaultPlan::neverAnswerUpgrade},
    {"otherSubprotocol"_L1, &FaultPlan::otherSubprotocol},
    {"dropOnPublish"_L1, &FaultPlan::dropOnPublish},
    {"neverAck"_L1, &FaultPlan::neverAck},
    {"refuseConnect"_L1, &FaultPlan::refuseConnect},
    {"neverKeepAlive"_L1, &FaultPlan::neverKeepAlive},
    {"neverAnswerSubscribe"_L1, &FaultPlan::neverAnswerSubscribe},
    {"neverAnswerPublish"_L1, &FaultPlan::neverAnswerPublish},
    {"neverAnswerHttp"_L1, &FaultPlan::neverAnswerHttp},
    {"eventAsArray"_L1, &FaultPlan::eventAsArray},
    {"errorsAsObject"_L1, &FaultPlan::errorsAsObject},
    {"numericFailureCode"_L1, &FaultPlan::numericFailureCode},
    {"htmlEscapedSignatures"_L1, &FaultPlan::htmlEscapedSignatures},
};

constexpr Count kCounts[] = {
    {"refuseUpgradeStatus"_L1, &FaultPlan::refuseUpgradeStatus, 599},
    {"dropAfterFrames"_L1, &FaultPlan::dropAfterFrames, std::numeric_limits<int>::max()},
    {"cutInsideFrame"_L1, &FaultPlan::cutInsideFrame, std::numeric_limits<int>::max()},
    {"silentAfterFrames"_L1, &FaultPlan::silentAfterFrames, std::numeric_limits<int>::max()},
    {"closeCodeAfterAck"_L1, &FaultPlan::closeCodeAfterAck, 4999},
};

//! A whole number from 0 to \a greatest.
std::optional<qint64> wholeNumber(const QJsonValue &value, qint64 greatest)
{
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < 0 || number > double(greatest)
        || number != std::floor(number))
        return std::nullopt;
    return qint64(number);
}

//! Empty, or what is wrong with the member.
QString readMember(FaultPlan &plan, const QString &name, const QJsonValue &value)
{
    const auto wrong = [&](const QString &expected) {
        return u"Fault \"%1\" must be %2"_s.arg(name, expected);
    };
    for (const Flag &flag : kFlags) {
        if (name != flag.name)
            continue;
        if (!value.isBool())
            return wrong(u"true or false"_s);
        plan.*flag.member = value.toBool();
        return {};
    }
    for (const Count &count : kCounts) {
        if (name != count.name)
            continue;
        const auto number = wholeNumber(value, count.greatest);
        if (!number)
            return wrong(u"a whole number from 0 to %1"_s.arg(count.greatest));
        plan.*count.member = int(*number);
        return {};
    }
    if (name == "deliveryGapMs"_L1) {
        const auto number = wholeNumber(value, kDayMs);
        if (!number)
            return wrong(u"a whole number of milliseconds, a day at most"_s);
        plan.deliveryGap = std::chrono::milliseconds(*number);
        return {};
    }
    return u"Unknown fault \"%1\""_s.arg(name);
}

} // namespace

std::optional<FaultPlan> FaultPlan::fromJson(const QByteArray &json, QString *problem)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    QString text;
    FaultPlan plan;
    if (document.isNull())
        text = u"Not JSON at byte %1: %2"_s.arg(error.offset).arg(error.errorString());
    else if (!document.isObject())
        text = u"A fault plan is a JSON object"_s;
    const QJsonObject members = document.object();
    for (auto it = members.begin(); text.isEmpty() && it != members.end(); ++it)
        text = readMember(plan, it.key(), it.value());
    if (text.isEmpty())
        return plan;
    if (problem)
        *problem = text;
    return std::nullopt;
}

} // namespace AppSync
