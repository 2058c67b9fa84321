// SPDX-License-Identifier: Apache-2.0
// The compact `data` message is taken apart on a way of its own, and must mean what all others mean.
#include "lib/wire/eventsprotocol_p.h"

#include <AppSync/Event>

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_UsualMessage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void membersComeInAnyOrderAndSpacing();
    void nothingMayBeMissingOrLeftOver_data();
    void nothingMayBeMissingOrLeftOver();
};

void tst_UsualMessage::membersComeInAnyOrderAndSpacing()
{
    QStringList members{u"\"event\":\"{\\\"a\\\":\\\"\\\\\\\\\\\"}\""_s, u"\"id\":\"sub-1\""_s,
                        u"\"type\":\"data\""_s};
    const QString payload = u"{\"a\":\"\\\\\"}"_s;
    const QStringList commas{u","_s, u" ,\n"_s, u",\"extra\":{\"id\":\"no\"},"_s};
    int orders = 0;
    do {
        for (const QString &comma : commas) {
            const QString text = u"{"_s + members.join(comma) + u"}"_s;
            const Incoming incoming = eventsProtocol().decode(text);
            QCOMPARE(incoming.kind, Incoming::Kind::Data);
            QCOMPARE(incoming.type.toString(), u"data"_s);
            QCOMPARE(incoming.id.toString(), u"sub-1"_s);
            QCOMPARE(incoming.events.size(), 1);
            const Incoming::Payload &span = incoming.events.front();
            QCOMPARE(Event(text, span.begin, span.end, span.hasEscapes).text(), payload);
        }
        ++orders;
    } while (std::next_permutation(members.begin(), members.end()));
    QCOMPARE(orders, 6);
}

void tst_UsualMessage::nothingMayBeMissingOrLeftOver_data()
{
    QTest::addColumn<QString>("text");
    const QString whole = u"{\"type\":\"data\",\"id\":\"s\",\"event\":\"{\\\"a\\\":1}\"}"_s;
    QCOMPARE(eventsProtocol().decode(whole).kind, Incoming::Kind::Data);
    for (qsizetype size = 0; size < whole.size(); ++size)
        QTest::addRow("%lld units", qlonglong(size)) << whole.left(size);
    for (const QString &more : {u"}"_s, u","_s, u"\""_s, u"x"_s})
        QTest::addRow("and %s", qPrintable(more)) << whole + more;
    QTest::newRow("no event") << u"{\"type\":\"data\",\"id\":\"s\"}"_s;
    QTest::newRow("no type") << u"{\"id\":\"s\",\"event\":\"1\"}"_s;
    QTest::newRow("nothing behind the comma") << u"{\"type\":\"data\",\"event\":\"1\",}"_s;
}

void tst_UsualMessage::nothingMayBeMissingOrLeftOver()
{
    QFETCH(QString, text);
    QCOMPARE(eventsProtocol().decode(text).kind, Incoming::Kind::Malformed);
}

QTEST_GUILESS_MAIN(tst_UsualMessage)
#include "tst_usualmessage.moc"
