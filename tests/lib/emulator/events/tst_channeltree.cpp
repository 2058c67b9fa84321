// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/events/channeltree_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

#include <cstddef>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_ChannelTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void matches_data();
    void matches();
    void onceForEverySubscription();
    void removesOnlyWhatIsNamed();
};

namespace {

// The tree compares sessions and never looks into them: any three addresses will do.
EventsSession *session(int number)
{
    static std::max_align_t places[3];
    return reinterpret_cast<EventsSession *>(&places[number - 1]);
}

QStringList idsAt(const ChannelTree &tree, const QString &channel)
{
    QStringList ids;
    for (const ChannelTree::Subscriber &subscriber : tree.subscribers(channel))
        ids.append(subscriber.id);
    ids.sort();
    return ids;
}

} // namespace

void tst_ChannelTree::matches_data()
{
    QTest::addColumn<QString>("subscribed");
    QTest::addColumn<QString>("published");
    QTest::addColumn<bool>("matching");

    QTest::newRow("equal") << u"a/b"_s << u"a/b"_s << true;
    QTest::newRow("namespace alone") << u"a"_s << u"a"_s << true;
    QTest::newRow("parent") << u"a"_s << u"a/b"_s << false;
    QTest::newRow("child") << u"a/b"_s << u"a"_s << false;
    QTest::newRow("case") << u"a/b"_s << u"a/B"_s << false;
    QTest::newRow("common beginning") << u"a/b"_s << u"a/bc"_s << false;
    QTest::newRow("wildcard, next level") << u"a/*"_s << u"a/b"_s << true;
    QTest::newRow("wildcard, any depth") << u"a/*"_s << u"a/b/c/d/e"_s << true;
    QTest::newRow("wildcard, itself") << u"a/*"_s << u"a"_s << false;
    QTest::newRow("wildcard, other namespace") << u"a/*"_s << u"b/a"_s << false;
    QTest::newRow("wildcard below") << u"a/b/*"_s << u"a/b/c"_s << true;
    QTest::newRow("wildcard below, its parent") << u"a/b/*"_s << u"a/b"_s << false;
    QTest::newRow("wildcard below, sibling") << u"a/b/*"_s << u"a/c/d"_s << false;
}

void tst_ChannelTree::matches()
{
    QFETCH(QString, subscribed);
    QFETCH(QString, published);
    QFETCH(bool, matching);
    ChannelTree tree;
    tree.add(subscribed, {session(1), u"s"_s, {}});
    QCOMPARE(!tree.subscribers(published).isEmpty(), matching);
    tree.remove(subscribed, session(1), u"s"_s);
    QVERIFY(tree.subscribers(published).isEmpty());
}

void tst_ChannelTree::onceForEverySubscription()
{
    ChannelTree tree;
    tree.add(u"a/b"_s, {session(1), u"exact"_s, {}});
    tree.add(u"a/b"_s, {session(1), u"again"_s, {}});
    tree.add(u"a/*"_s, {session(1), u"wildcard"_s, {}});
    tree.add(u"a/*"_s, {session(2), u"other"_s, {}});
    QCOMPARE(idsAt(tree, u"a/b"_s),
             QStringList({u"again"_s, u"exact"_s, u"other"_s, u"wildcard"_s}));
    QCOMPARE(tree.size(), 4);
}

void tst_ChannelTree::removesOnlyWhatIsNamed()
{
    ChannelTree tree;
    tree.add(u"a/b"_s, {session(1), u"s"_s, {}});
    tree.add(u"a/b"_s, {session(2), u"s"_s, {}});
    tree.add(u"a/b/c"_s, {session(1), u"t"_s, {}});

    tree.remove(u"a/b"_s, session(3), u"s"_s);
    tree.remove(u"a/b"_s, session(1), u"t"_s);
    tree.remove(u"a/x"_s, session(1), u"s"_s);
    QCOMPARE(tree.size(), 3);

    tree.remove(u"a/b"_s, session(1), u"s"_s);
    const auto left = tree.subscribers(u"a/b"_s);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().session, session(2));
    tree.remove(u"a/b"_s, session(2), u"s"_s);
    QCOMPARE(idsAt(tree, u"a/b/c"_s), QStringList(u"t"_s));
    QCOMPARE(tree.size(), 1);
}

GUILESS_TEST(tst_ChannelTree)
#include "tst_channeltree.moc"
