// SPDX-License-Identifier: Apache-2.0
#include "channeltree_p.h"

#include <algorithm>
#include <unordered_map>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! Lets a map of QString be asked with a QStringView, without a copy.
struct ViewHash {
    using is_transparent = void;
    size_t operator()(QStringView text) const { return qHash(text, QHashSeed::globalSeed()); }
};

QStringView takeSegment(QStringView &rest)
{
    const qsizetype slash = rest.indexOf(u'/');
    const QStringView segment = slash < 0 ? rest : rest.first(slash);
    rest = slash < 0 ? QStringView() : rest.sliced(slash + 1);
    return segment;
}

} // namespace

struct ChannelTree::Node {
    std::unordered_map<QString, std::unique_ptr<Node>, ViewHash, std::equal_to<>> children;
    QList<Subscriber> exact;
    QList<Subscriber> below; //!< of `<this>/*`

    [[nodiscard]] bool isEmpty() const
    {
        return children.empty() && exact.isEmpty() && below.isEmpty();
    }
};

ChannelTree::ChannelTree() : m_root(std::make_unique<Node>())
{
}

ChannelTree::~ChannelTree() = default;

void ChannelTree::add(const QString &channel, const Subscriber &subscriber)
{
    Node *node = m_root.get();
    QStringView rest(channel);
    while (!rest.isEmpty() && rest != u"*"_s) {
        auto &child = node->children[takeSegment(rest).toString()];
        if (!child)
            child = std::make_unique<Node>();
        node = child.get();
    }
    (rest.isEmpty() ? node->exact : node->below).append(subscriber);
    ++m_size;
}

void ChannelTree::remove(const QString &channel, const EventsSession *session, const QString &id)
{
    if (removeFrom(*m_root, channel, session, id))
        --m_size;
}

bool ChannelTree::removeFrom(Node &node, QStringView rest, const EventsSession *session,
                             const QString &id)
{
    if (rest.isEmpty() || rest == u"*"_s) {
        QList<Subscriber> &list = rest.isEmpty() ? node.exact : node.below;
        return list.removeIf([&](const Subscriber &s) {
            return s.session == session && s.id == id;
        }) > 0;
    }
    const auto child = node.children.find(takeSegment(rest));
    if (child == node.children.end())
        return false;
    const bool removed = removeFrom(*child->second, rest, session, id);
    if (child->second->isEmpty())
        node.children.erase(child);
    return removed;
}

QList<ChannelTree::Subscriber> ChannelTree::subscribers(const QString &channel) const
{
    QList<Subscriber> found;
    const Node *node = m_root.get();
    QStringView rest(channel);
    while (!rest.isEmpty()) {
        // `ns/*` covers what is below `ns`, not `ns` itself; the service's documents leave that open.
        found += node->below;
        const auto child = node->children.find(takeSegment(rest));
        if (child == node->children.end())
            return found;
        node = child->second.get();
    }
    return found + node->exact;
}

} // namespace AppSync::Emulation
