// SPDX-License-Identifier: Apache-2.0
#include "memorytable_p.h"

#include "tableexpression_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qint64 kTableBytes = 64 * 1024 * 1024;
constexpr qint64 kItemBytes = 400 * 1024; // DynamoDB's limit
constexpr int kPage = 100; // of Query and Scan without a limit

qint64 sizeOf(const QJsonObject &item)
{
    return QJsonDocument(item).toJson(QJsonDocument::Compact).size();
}

QString keyText(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

MemoryTable::Answer failure(const QString &type, const QString &message)
{
    return {QJsonValue(QJsonValue::Null), u"DynamoDB:"_s + type, message};
}

MemoryTable::Answer invalid(const QString &message)
{
    return failure(u"ValidationException"_s, message);
}

} // namespace

bool MemoryTable::Key::operator<(const Key &other) const
{
    if (partition != other.partition)
        return partition < other.partition;
    if (sort.isDouble() && other.sort.isDouble())
        return sort.toDouble() < other.sort.toDouble();
    if (sort.isString() && other.sort.isString())
        return sort.toString() < other.sort.toString();
    return sort.type() < other.sort.type();
}

MemoryTable::MemoryTable(const QString &partitionKey, const QString &sortKey)
    : m_partitionKey(partitionKey), m_sortKey(sortKey)
{
}

std::optional<MemoryTable::Key> MemoryTable::keyOf(const QJsonObject &item) const
{
    const QJsonValue partition = item.value(m_partitionKey);
    const QJsonValue sort =
        m_sortKey.isEmpty() ? QJsonValue(QJsonValue::Undefined) : item.value(m_sortKey);
    const bool isKey = partition.isString() || partition.isDouble();
    if (!isKey || (!m_sortKey.isEmpty() && !sort.isString() && !sort.isDouble()))
        return std::nullopt;
    return Key{keyText(partition), sort};
}

MemoryTable::Answer MemoryTable::ask(const QJsonObject &request)
{
    const QString operation = request.value("operation"_L1).toString();
    if (operation == "Query"_L1 || operation == "Scan"_L1)
        return list(request);
    if (operation.startsWith("Batch"_L1))
        return batch(operation, request);
    const QJsonObject keyAttributes =
        TableExpression::plainItem(request.value("key"_L1).toObject());
    const auto key = keyOf(keyAttributes);
    if (!key)
        return invalid(u"The provided key element does not match the schema"_s);
    if (operation == "GetItem"_L1)
        return get(*key);
    if (const auto problem = conditionProblem(*key, request))
        return *problem;
    if (operation == "DeleteItem"_L1)
        return remove(*key);
    QJsonObject item = keyAttributes;
    if (operation == "PutItem"_L1) {
        const QJsonObject attributes =
            TableExpression::plainItem(request.value("attributeValues"_L1).toObject());
        for (auto it = attributes.begin(); it != attributes.end(); ++it)
            item.insert(it.key(), it.value());
        return put(*key, item);
    }
    if (operation != "UpdateItem"_L1)
        return invalid(u"Unsupported operation '%1'"_s.arg(operation));
    if (const auto found = m_items.find(*key); found != m_items.end())
        item = found->second;
    QString problem;
    item = TableExpression(request.value("update"_L1).toObject()).updated(item, &problem);
    if (!problem.isEmpty())
        return invalid(u"Invalid UpdateExpression: "_s + problem);
    return put(*key, item);
}

std::optional<MemoryTable::Answer> MemoryTable::conditionProblem(const Key &key,
                                                                 const QJsonObject &request) const
{
    const TableExpression condition(request.value("condition"_L1).toObject());
    const auto found = m_items.find(key);
    QString problem;
    if (condition.holds(found == m_items.end() ? QJsonObject() : found->second, &problem))
        return std::nullopt;
    if (!problem.isEmpty())
        return invalid(u"Invalid ConditionExpression: "_s + problem);
    Answer answer =
        failure(u"ConditionalCheckFailedException"_s, u"The conditional request failed"_s);
    if (found != m_items.end())
        answer.result = found->second; // as AppSync hands it to `response`
    return answer;
}

MemoryTable::Answer MemoryTable::get(const Key &key) const
{
    const auto found = m_items.find(key);
    return {found == m_items.end() ? QJsonValue(QJsonValue::Null) : QJsonValue(found->second)};
}

MemoryTable::Answer MemoryTable::put(const Key &key, const QJsonObject &item)
{
    const qint64 size = sizeOf(item);
    const auto found = m_items.find(key);
    const qint64 before = found == m_items.end() ? 0 : sizeOf(found->second);
    if (size > kItemBytes)
        return invalid(u"Item size has exceeded the maximum allowed size"_s);
    if (m_bytes + size - before > kTableBytes)
        return failure(u"ProvisionedThroughputExceededException"_s,
                       u"The table in memory holds %1 MB at most"_s.arg(kTableBytes / 1024 / 1024));
    m_bytes += size - before;
    m_items[key] = item;
    return {item};
}

MemoryTable::Answer MemoryTable::remove(const Key &key)
{
    const auto found = m_items.find(key);
    if (found == m_items.end())
        return {QJsonValue(QJsonValue::Null)};
    const QJsonObject item = found->second;
    m_bytes -= sizeOf(item);
    m_items.erase(found);
    return {item};
}

//! An index needs not be declared: its expression alone says what is wanted.
MemoryTable::Answer MemoryTable::list(const QJsonObject &request) const
{
    const TableExpression query(request.value("query"_L1).toObject());
    const TableExpression filter(request.value("filter"_L1).toObject());
    const qsizetype most = std::max(1, request.value("limit"_L1).toInt(kPage));
    const qsizetype skipped = std::max(0, request.value("nextToken"_L1).toString().toInt());
    const bool isForward = request.value("scanIndexForward"_L1).toBool(true);
    QList<const QJsonObject *> matching;
    QString problem;
    for (const auto &[key, item] : m_items) {
        if (query.holds(item, &problem))
            matching.append(&item);
        if (!problem.isEmpty())
            return invalid(u"Invalid KeyConditionExpression: "_s + problem);
    }
    if (!isForward)
        std::reverse(matching.begin(), matching.end());
    QJsonArray items;
    qsizetype at = std::min(skipped, matching.size());
    const qsizetype end =
        std::min(at + most, matching.size()); // the limit counts what is looked at
    for (; at < end; ++at) {
        if (filter.holds(*matching[at], &problem))
            items.append(*matching[at]);
        if (!problem.isEmpty())
            return invalid(u"Invalid FilterExpression: "_s + problem);
    }
    return {QJsonObject{
        {u"items"_s, items},
        {u"scannedCount"_s, end - std::min(skipped, matching.size())},
        {u"nextToken"_s, end < matching.size() ? QJsonValue(QString::number(end)) : QJsonValue()}}};
}

//! `tables` names tables; here there is one, whatever it is called.
MemoryTable::Answer MemoryTable::batch(const QString &operation, const QJsonObject &request)
{
    QJsonObject data;
    const QJsonObject tables = request.value("tables"_L1).toObject();
    for (auto it = tables.begin(); it != tables.end(); ++it) {
        const QJsonValue listed =
            it.value().isObject() ? it.value().toObject().value("keys"_L1) : it.value();
        QJsonArray results;
        const QJsonArray items = listed.toArray();
        for (const QJsonValue typed : items) {
            const QJsonObject item = TableExpression::plainItem(typed.toObject());
            const auto key = keyOf(item);
            if (!key)
                return invalid(u"The provided key element does not match the schema"_s);
            const Answer answer = operation == "BatchGetItem"_L1 ? get(*key)
                : operation == "BatchPutItem"_L1                 ? put(*key, item)
                                                                 : remove(*key);
            if (!answer.errorType.isEmpty())
                return answer;
            results.append(answer.result);
        }
        data.insert(it.key(), results);
    }
    return {QJsonObject{{u"data"_s, data}, {u"unprocessedKeys"_s, QJsonObject()}}};
}

} // namespace AppSync::Emulation
