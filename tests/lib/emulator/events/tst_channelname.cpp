// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/events/channelname_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_ChannelName : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void channels_data();
    void channels();
    void namespaceIsTheFirstSegment();
};

void tst_ChannelName::channels_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("forPublish"); // null: refused
    QTest::addColumn<QString>("forSubscribe");

    const QString fifty = QString(50, u'a');
    const QString none;
    QTest::newRow("namespace alone") << u"news"_s << u"news"_s << u"news"_s;
    QTest::newRow("slashes at both ends") << u"/news/a/"_s << u"news/a"_s << u"news/a"_s;
    QTest::newRow("five segments") << u"a/b/c/d/e"_s << u"a/b/c/d/e"_s << u"a/b/c/d/e"_s;
    QTest::newRow("six segments") << u"a/b/c/d/e/f"_s << none << none;
    QTest::newRow("fifty characters") << fifty << fifty << fifty;
    QTest::newRow("fifty-one characters") << fifty + u'a' << none << none;
    QTest::newRow("inner dashes, digits, case") << u"A-1/b--2"_s << u"A-1/b--2"_s << u"A-1/b--2"_s;
    QTest::newRow("dash first") << u"-a"_s << none << none;
    QTest::newRow("dash last") << u"a/b-"_s << none << none;
    QTest::newRow("underscore") << u"a/b_c"_s << none << none;
    QTest::newRow("dot") << u"a.b"_s << none << none;
    QTest::newRow("umlaut") << u"a/ä"_s << none << none;
    QTest::newRow("empty") << u""_s << none << none;
    QTest::newRow("slash") << u"/"_s << none << none;
    QTest::newRow("two slashes") << u"a//b"_s << none << none;
    QTest::newRow("two leading slashes") << u"//a"_s << none << none;
    QTest::newRow("wildcard") << u"/a/*"_s << none << u"a/*"_s;
    QTest::newRow("deep wildcard") << u"a/b/c/d/*"_s << none << u"a/b/c/d/*"_s;
    QTest::newRow("too deep wildcard") << u"a/b/c/d/e/*"_s << none << none;
    QTest::newRow("wildcard alone") << u"*"_s << none << none;
    QTest::newRow("wildcard first") << u"/*"_s << none << none;
    QTest::newRow("wildcard inside") << u"a/*/b"_s << none << none;
    QTest::newRow("wildcard in a segment") << u"a/b*"_s << none << none;
    QTest::newRow("two wildcards") << u"a/**"_s << none << none;
    QTest::newRow("wildcard behind two slashes") << u"a//*"_s << none << none;
    QTest::newRow("slash behind the wildcard") << u"a/*/"_s << none << none;
}

void tst_ChannelName::channels()
{
    QFETCH(QString, text);
    QFETCH(QString, forPublish);
    QFETCH(QString, forSubscribe);
    QCOMPARE(ChannelName::forPublish(text).value_or(QString()), forPublish);
    QCOMPARE(ChannelName::forSubscribe(text).value_or(QString()), forSubscribe);
}

void tst_ChannelName::namespaceIsTheFirstSegment()
{
    QCOMPARE(ChannelName::namespaceOf(u"news"_s), u"news"_s);
    QCOMPARE(ChannelName::namespaceOf(u"news/a/b"_s), u"news"_s);
    QCOMPARE(ChannelName::namespaceOf(u"/news/a"_s), u"news"_s);
    QCOMPARE(ChannelName::namespaceOf(u"/news"_s), u"news"_s);
    QVERIFY(ChannelName::namespaceOf(u"/"_s).isEmpty());
    QVERIFY(ChannelName::isNamespace(u"news-1"_s));
    QVERIFY(!ChannelName::isNamespace(u"news/a"_s));
    QVERIFY(!ChannelName::isNamespace(u""_s));
}

GUILESS_TEST(tst_ChannelName)
#include "tst_channelname.moc"
