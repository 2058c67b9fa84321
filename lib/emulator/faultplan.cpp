// SPDX-License-Identifier: Apache-2.0
#include "faultplan.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Kind = FaultPlan::Kind;
using Fault = FaultPlan::Fault;

constexpr int kDayMs = 86'400'000;
constexpr int kAnyNumber = std::numeric_limits<int>::max();

//! What the JSON form of a kind takes.
enum class Takes { Nothing, Number, Milliseconds, ErrorType };

struct KindInfo { // NOLINT(clang-analyzer-optin.performance.Padding): written as it is read
    Kind kind = Kind::NeverAck;
    QLatin1StringView name;
    Takes takes = Takes::Nothing;
    int least = 0;
    int greatest = 0;
    bool FaultPlan::*flag = nullptr; //!< the short member, if there is one
    int FaultPlan::*count = nullptr;
};

// In the order of the enumeration.
constexpr KindInfo kKinds[] = {
    {Kind::RefuseUpgradeStatus, "refuseUpgradeStatus"_L1, Takes::Number, 0, 599, nullptr,
     &FaultPlan::refuseUpgradeStatus},
    {Kind::NeverAnswerUpgrade, "neverAnswerUpgrade"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::neverAnswerUpgrade},
    {Kind::OtherSubprotocol, "otherSubprotocol"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::otherSubprotocol},
    {Kind::NeverAck, "neverAck"_L1, Takes::Nothing, 0, 0, &FaultPlan::neverAck},
    {Kind::AckDelay, "ackDelayMs"_L1, Takes::Milliseconds, 0, kDayMs},
    {Kind::RefuseConnect, "refuseConnect"_L1, Takes::Nothing, 0, 0, &FaultPlan::refuseConnect},
    {Kind::CloseCodeAfterAck, "closeCodeAfterAck"_L1, Takes::Number, 0, 4999, nullptr,
     &FaultPlan::closeCodeAfterAck},
    {Kind::NeverKeepAlive, "neverKeepAlive"_L1, Takes::Nothing, 0, 0, &FaultPlan::neverKeepAlive},
    {Kind::DropAfterFrames, "dropAfterFrames"_L1, Takes::Number, 0, kAnyNumber, nullptr,
     &FaultPlan::dropAfterFrames},
    {Kind::CutInsideFrame, "cutInsideFrame"_L1, Takes::Number, 0, kAnyNumber, nullptr,
     &FaultPlan::cutInsideFrame},
    {Kind::SilentAfterFrames, "silentAfterFrames"_L1, Takes::Number, 0, kAnyNumber, nullptr,
     &FaultPlan::silentAfterFrames},
    {Kind::HalfOpen, "halfOpen"_L1},
    {Kind::CloseCode, "closeCode"_L1, Takes::Number, 1000, 4999},
    {Kind::NeverAnswerSubscribe, "neverAnswerSubscribe"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::neverAnswerSubscribe},
    {Kind::NeverAnswerPublish, "neverAnswerPublish"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::neverAnswerPublish},
    {Kind::NeverAnswerHttp, "neverAnswerHttp"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::neverAnswerHttp},
    {Kind::DropOnPublish, "dropOnPublish"_L1, Takes::Nothing, 0, 0, &FaultPlan::dropOnPublish},
    {Kind::AnswerDelay, "answerDelayMs"_L1, Takes::Milliseconds, 0, kDayMs},
    {Kind::SubscribeError, "subscribeError"_L1, Takes::ErrorType},
    {Kind::PublishError, "publishError"_L1, Takes::ErrorType},
    {Kind::HttpError, "httpError"_L1, Takes::Number, 400, 599},
    {Kind::DeliveryGap, "deliveryGapMs"_L1, Takes::Milliseconds, 0, kDayMs},
    {Kind::DeliveryDelay, "deliveryDelayMs"_L1, Takes::Milliseconds, 0, kDayMs},
    {Kind::LoseEvents, "loseEvents"_L1},
    {Kind::ShuffleEvents, "shuffleEvents"_L1},
    {Kind::BroadcastError, "broadcastError"_L1, Takes::ErrorType},
    {Kind::EventAsArray, "eventAsArray"_L1, Takes::Nothing, 0, 0, &FaultPlan::eventAsArray},
    {Kind::ErrorsAsObject, "errorsAsObject"_L1, Takes::Nothing, 0, 0, &FaultPlan::errorsAsObject},
    {Kind::ErrorsWithoutMessage, "errorsWithoutMessage"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::errorsWithoutMessage},
    {Kind::NumericFailureCode, "numericFailureCode"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::numericFailureCode},
    {Kind::HtmlEscapedSignatures, "htmlEscapedSignatures"_L1, Takes::Nothing, 0, 0,
     &FaultPlan::htmlEscapedSignatures},
};
static_assert(std::size(kKinds) == size_t(Kind::HtmlEscapedSignatures) + 1);

const KindInfo &infoOf(Kind kind)
{
    return kKinds[size_t(kind)];
}

const KindInfo *infoOf(const QString &name)
{
    for (const KindInfo &info : kKinds) {
        if (name == info.name)
            return &info;
    }
    return nullptr;
}

bool isWhole(const QJsonValue &value, int least, int greatest)
{
    const double number = value.toDouble(-1);
    return value.isDouble() && number >= least && number <= greatest
        && number == std::floor(number);
}

bool takesErrorType(const KindInfo &info)
{
    return info.takes == Takes::ErrorType || info.kind == Kind::HttpError
        || info.kind == Kind::RefuseConnect;
}

//! Reads one entry of `faults`; the first thing that is wrong stays as the problem.
class FaultReader {
public:
    FaultReader(const QJsonObject &object, const QString &place) : m_object(object), m_place(place)
    {
    }

    Fault read(QString *problem)
    {
        readKind();
        onlyKnows(m_object, m_place,
                  {u"kind"_s, u"value"_s, u"errorType"_s, u"message"_s, u"rate"_s, u"times"_s,
                   u"when"_s, u"for"_s});
        readText(m_object, u"errorType"_s, m_place, &m_fault.errorType);
        readText(m_object, u"message"_s, m_place, &m_fault.message);
        const QJsonValue rate = m_object.value("rate"_L1);
        if (!rate.isUndefined() && (rate.toDouble(-1) < 0 || rate.toDouble(-1) > 1))
            fail(u"%1: \"rate\" must be a number from 0 to 1"_s.arg(m_place));
        m_fault.rate = rate.toDouble(1);
        m_fault.times = number(m_object, u"times"_s, m_place, kAnyNumber);
        readWhen(group(u"when"_s));
        readFor(group(u"for"_s));
        checkConditions();
        *problem = m_problem;
        return m_fault;
    }

private:
    void readKind()
    {
        const QString name = m_object.value("kind"_L1).toString();
        const KindInfo *info = infoOf(name);
        if (!info)
            return fail(name.isEmpty() ? u"%1 needs a \"kind\""_s.arg(m_place)
                                       : u"%1: unknown fault \"%2\""_s.arg(m_place, name));
        m_fault.kind = info->kind;
        const QJsonValue value = m_object.value("value"_L1);
        const bool isNumber = info->takes == Takes::Number || info->takes == Takes::Milliseconds;
        const int least = std::max(1, info->least); // without a fault there is no entry
        if (isNumber && !isWhole(value, least, info->greatest)) {
            fail(u"%1: \"%2\" needs a \"value\", a whole number from %3 to %4"_s.arg(m_place, name)
                     .arg(least)
                     .arg(info->greatest));
        } else if (!isNumber && !value.isUndefined()) {
            fail(u"%1: \"%2\" takes no \"value\""_s.arg(m_place, name));
        }
        m_fault.value = isNumber ? value.toInt() : 0;
        if (!takesErrorType(*info)) {
            for (const QString &key : {u"errorType"_s, u"message"_s}) {
                if (m_object.contains(key))
                    fail(u"%1: \"%2\" takes no \"%3\""_s.arg(m_place, name, key));
            }
        }
    }

    void readWhen(const QJsonObject &when)
    {
        const QString place = m_place + u".when"_s;
        onlyKnows(when, place, {u"fromMs"_s, u"forMs"_s});
        m_fault.from = std::chrono::milliseconds(number(when, u"fromMs"_s, place, kDayMs));
        m_fault.duration = std::chrono::milliseconds(number(when, u"forMs"_s, place, kDayMs));
    }

    void readFor(const QJsonObject &whom)
    {
        const QString place = m_place + u".for"_s;
        onlyKnows(whom, place,
                  {u"connection"_s, u"peer"_s, u"authType"_s, u"user"_s, u"channel"_s});
        readText(whom, u"connection"_s, place, &m_fault.connection);
        readText(whom, u"peer"_s, place, &m_fault.peer);
        readText(whom, u"authType"_s, place, &m_fault.authType);
        readText(whom, u"user"_s, place, &m_fault.user);
        readText(whom, u"channel"_s, place, &m_fault.channel);
    }

    void checkConditions()
    {
        if (m_fault.kind == Kind::HtmlEscapedSignatures && !m_fault.isUnconditional())
            fail(u"%1: \"htmlEscapedSignatures\" takes no conditions"_s.arg(m_place));
    }

    QJsonObject group(const QString &key)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined() && !value.isObject())
            fail(u"%1: \"%2\" must be an object"_s.arg(m_place, key));
        return value.toObject();
    }

    void readText(const QJsonObject &object, const QString &key, const QString &place,
                  QString *text)
    {
        const QJsonValue value = object.value(key);
        if (!value.isUndefined() && !value.isString())
            fail(u"%1: \"%2\" must be a text"_s.arg(place, key));
        *text = value.toString();
    }

    int number(const QJsonObject &object, const QString &key, const QString &place, int greatest)
    {
        const QJsonValue value = object.value(key);
        if (value.isUndefined())
            return 0;
        if (!isWhole(value, 0, greatest))
            fail(u"%1: \"%2\" must be a whole number from 0 to %3"_s.arg(place, key).arg(greatest));
        return value.toInt();
    }

    void onlyKnows(const QJsonObject &object, const QString &place, const QStringList &known)
    {
        for (const QString &key : object.keys()) {
            if (!known.contains(key))
                fail(u"%1: \"%2\" is not known here; known are %3"_s.arg(place, key,
                                                                         known.join(u", ")));
        }
    }

    void fail(const QString &problem)
    {
        if (m_problem.isEmpty())
            m_problem = problem;
    }

    const QJsonObject m_object;
    const QString m_place;
    Fault m_fault;
    QString m_problem;
};

//! Empty, or what is wrong with the member that is short for a fault.
QString readShort(FaultPlan &plan, const QString &name, const QJsonValue &value)
{
    const KindInfo *info = infoOf(name);
    if (!info)
        return u"Unknown fault \"%1\""_s.arg(name);
    const auto wrong = [&](const QString &expected) {
        return u"Fault \"%1\" must be %2"_s.arg(name, expected);
    };
    if (info->takes == Takes::ErrorType) {
        if (!value.isString())
            return wrong(u"an error type; \"\" is the service's usual one"_s);
        plan.faults.append({info->kind, 0, value.toString()});
        return {};
    }
    if (info->takes == Takes::Nothing) {
        if (!value.isBool())
            return wrong(u"true or false"_s);
        if (info->flag)
            plan.*info->flag = value.toBool();
        else if (value.toBool())
            plan.faults.append({info->kind});
        return {};
    }
    if (!isWhole(value, info->least, info->greatest)) {
        return wrong(info->takes == Takes::Milliseconds
                         ? u"a whole number of milliseconds, a day at most"_s
                         : u"a whole number from %1 to %2"_s.arg(info->least).arg(info->greatest));
    }
    if (info->count)
        plan.*info->count = value.toInt();
    else if (info->kind == Kind::DeliveryGap)
        plan.deliveryGap = std::chrono::milliseconds(value.toInt());
    else
        plan.faults.append({info->kind, value.toInt()});
    return {};
}

//! Empty, or what is wrong with the member `faults`.
QString readList(FaultPlan &plan, const QJsonValue &value)
{
    if (!value.isArray())
        return u"\"faults\" must be an array of objects"_s;
    const QJsonArray array = value.toArray();
    QString problem;
    for (qsizetype i = 0; problem.isEmpty() && i < array.size(); ++i) {
        const QString place = u"faults[%1]"_s.arg(i);
        if (array.at(i).isObject())
            plan.faults.append(FaultReader(array.at(i).toObject(), place).read(&problem));
        else
            problem = u"%1 must be an object"_s.arg(place);
    }
    return problem;
}

QJsonObject withoutEmpty(const QJsonObject &object)
{
    QJsonObject result;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value() != u""_s && it.value() != QJsonObject() && it.value() != 0)
            result.insert(it.key(), it.value());
    }
    return result;
}

QJsonObject toObject(const Fault &fault)
{
    const KindInfo &info = infoOf(fault.kind);
    QJsonObject object = withoutEmpty({
        {u"kind"_s, info.name},
        {u"errorType"_s, fault.errorType},
        {u"message"_s, fault.message},
        {u"times"_s, fault.times},
        {u"when"_s,
         withoutEmpty({{u"fromMs"_s, qint64(fault.from.count())},
                       {u"forMs"_s, qint64(fault.duration.count())}})},
        {u"for"_s,
         withoutEmpty({{u"connection"_s, fault.connection},
                       {u"peer"_s, fault.peer},
                       {u"authType"_s, fault.authType},
                       {u"user"_s, fault.user},
                       {u"channel"_s, fault.channel}})},
    });
    if (info.takes == Takes::Number || info.takes == Takes::Milliseconds)
        object.insert(u"value"_s, fault.value);
    if (fault.rate != 1)
        object.insert(u"rate"_s, fault.rate);
    return object;
}

} // namespace

bool FaultPlan::Fault::isUnconditional() const
{
    Fault bare{kind, value, errorType, message};
    return *this == bare;
}

QList<FaultPlan::Fault> FaultPlan::toList() const
{
    QList<Fault> list;
    for (const KindInfo &info : kKinds) {
        if (info.flag && this->*info.flag)
            list.append({info.kind});
        else if (info.count && this->*info.count > 0)
            list.append({info.kind, this->*info.count});
    }
    if (deliveryGap.count() > 0)
        list.append({Kind::DeliveryGap, int(deliveryGap.count())});
    return list + faults;
}

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
        text = it.key() == u"faults" ? readList(plan, it.value())
                                     : readShort(plan, it.key(), it.value());
    if (text.isEmpty())
        return plan;
    if (problem)
        *problem = text;
    return std::nullopt;
}

QJsonObject FaultPlan::toJson() const
{
    QJsonObject object;
    for (const KindInfo &info : kKinds) {
        if (info.flag && this->*info.flag)
            object.insert(info.name, true);
        else if (info.count && this->*info.count > 0)
            object.insert(info.name, this->*info.count);
    }
    if (deliveryGap.count() > 0)
        object.insert(u"deliveryGapMs"_s, qint64(deliveryGap.count()));
    QJsonArray list;
    for (const Fault &fault : faults)
        list.append(toObject(fault));
    if (!list.isEmpty())
        object.insert(u"faults"_s, list);
    return object;
}

} // namespace AppSync
