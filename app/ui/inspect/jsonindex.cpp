// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/jsonindex.h"

#include <algorithm>
#include <cstring>

namespace Syncscope {

namespace {

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

//! Behind the string that begins at \a begin.
qsizetype endOfJsonString(QByteArrayView json, qsizetype begin)
{
    qsizetype at = begin + 1;
    while (at < json.size()) {
        const auto *const quote = static_cast<const char *>(
            std::memchr(json.data() + at, '"', std::size_t(json.size() - at)));
        if (!quote)
            break;
        const qsizetype found = quote - json.data();
        qsizetype slash = found;
        while (slash > begin + 1 && json[slash - 1] == '\\')
            --slash;
        at = found + 1;
        if ((found - slash) % 2 == 0)
            return at;
    }
    return json.size();
}

qsizetype endOfJsonWord(QByteArrayView json, qsizetype at)
{
    while (at < json.size() && !isJsonSpace(json[at]) && !QByteArrayView(",:]}").contains(json[at]))
        ++at;
    return at;
}

//! Behind the object or array that begins at \a at.
qsizetype endOfJsonBranch(QByteArrayView json, qsizetype at)
{
    qsizetype depth = 0;
    while (at < json.size()) {
        const char c = json[at];
        if (c == '"') {
            at = endOfJsonString(json, at);
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            break;
    }
    return at;
}

} // namespace

JsonIndex JsonIndex::of(QByteArrayView json)
{
    JsonIndex index;
    if (json.size() < kLarge)
        return index;
    std::vector<Branch> open;
    bool isEmpty = false; // what was opened last
    for (qsizetype at = 0; at < json.size();) {
        const char c = json[at];
        if (c == ']' || c == '}') {
            ++at;
            if (open.empty())
                break;
            Branch branch = open.back();
            open.pop_back();
            branch.end = at;
            branch.count += isEmpty ? 0 : 1; // there are as many commas, but one
            isEmpty = false;
            if (branch.end - branch.begin >= kLarge && index.m_branches.size() < kMost)
                index.m_branches.push_back(branch);
            continue;
        }
        if (c == ',' && !open.empty())
            ++open.back().count;
        if (c == ',' || c == ':' || isJsonSpace(c)) {
            ++at;
            continue;
        }
        isEmpty = c == '{' || c == '[';
        if (isEmpty) {
            open.push_back({at, 0, 0});
            ++at;
        } else {
            at = c == '"' ? endOfJsonString(json, at) : std::max(at + 1, endOfJsonWord(json, at));
        }
    }
    std::sort(index.m_branches.begin(), index.m_branches.end(),
              [](const Branch &a, const Branch &b) { return a.begin < b.begin; });
    return index;
}

std::optional<JsonIndex::Branch> JsonIndex::at(qsizetype begin) const
{
    const auto found =
        std::lower_bound(m_branches.begin(), m_branches.end(), begin,
                         [](const Branch &branch, qsizetype at) { return branch.begin < at; });
    if (found == m_branches.end() || found->begin != begin)
        return std::nullopt;
    return *found;
}

void JsonMembers::skipSpace()
{
    while (m_at < m_json.size() && (isJsonSpace(m_json[m_at]) || m_json[m_at] == ','))
        ++m_at;
}

bool JsonMembers::next()
{
    skipSpace();
    m_name = {};
    if (m_at >= m_json.size() || m_json[m_at] == ']' || m_json[m_at] == '}')
        return false;
    if (m_isObject) {
        if (m_json[m_at] != '"')
            return false; // no JSON
        const qsizetype begin = m_at;
        m_at = endOfJsonString(m_json, m_at);
        m_name = m_json.sliced(begin, m_at - begin);
        while (m_at < m_json.size() && (isJsonSpace(m_json[m_at]) || m_json[m_at] == ':'))
            ++m_at;
    }
    const qsizetype begin = m_at;
    if (begin >= m_json.size())
        return false;
    const char c = m_json[begin];
    if (c == '"') {
        m_at = endOfJsonString(m_json, begin);
    } else if (c == '{' || c == '[') {
        const auto known = m_index.at(begin);
        m_at = known ? known->end : endOfJsonBranch(m_json, begin);
    } else {
        m_at = endOfJsonWord(m_json, begin);
    }
    m_value = m_json.sliced(begin, m_at - begin);
    return !m_value.isEmpty();
}

} // namespace Syncscope
