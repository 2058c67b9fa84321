// SPDX-License-Identifier: Apache-2.0
// The compact `data` and `publish_success` messages are taken apart on a way of their own, and must mean what
// all others mean.
#include "lib/wire/eventsprotocol_p.h"
#include "tests/shared/testrunner.h"

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
    void answersMeanWhatTheirSpacedTwinsMean_data();
    void answersMeanWhatTheirSpacedTwinsMean();
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

//! What the white space behind the first bracket changes is the way, not the meaning.
void tst_UsualMessage::answersMeanWhatTheirSpacedTwinsMean_data()
{
    QTest::addColumn<QString>("text");
    const QStringList lists{
        u"[]"_s,
        u"[{\"identifier\":\"a\",\"index\":0}]"_s,
        u"[{\"index\":9999,\"identifier\":\"ü\"},{\"identifier\":\"\",\"index\":1}]"_s,
        u"[{\"identifier\":\"a\",\"index\":10000}]"_s,
        u"[{\"identifier\":\"a\",\"index\":-1}]"_s,
        u"[{\"identifier\":\"a\",\"index\":1.5}]"_s,
        u"[{\"identifier\":\"a\",\"index\":01}]"_s,
        u"[{\"identifier\":\"a\"}]"_s,
        u"[{\"index\":1}]"_s,
        u"[{}]"_s,
        u"[{\"identifier\":\"a\\u0041\",\"index\":2}]"_s,
        u"[{\"identifier\":\"a\",\"index\":2,\"extra\":{\"k\":[1]}}]"_s,
        u"[{\"identifier\":\"a\",\"index\":2,\"index\":3}]"_s,
        u"[{\"identifier\":\"a\",\"index\":2},]"_s,
        u"[3]"_s,
        u"{}"_s,
        u"null"_s,
    };
    const QString failure =
        u"[{\"identifier\":\"b\",\"index\":1,\"code\":413,\"message\":\"too large\"}]"_s;
    QStringList members{u"\"type\":\"publish_success\""_s, u"\"id\":\"pub-1\""_s};
    for (const QString &successful : lists) {
        for (const QString &failed : {u"[]"_s, failure}) {
            const QString text = u"{%1,%2,\"successful\":%3,\"failed\":%4}"_s.arg(
                members[0], members[1], successful, failed);
            QTest::addRow("%s / %s", qPrintable(successful), qPrintable(failed)) << text;
        }
    }
    QTest::newRow("failed first")
        << u"{\"failed\":[],\"successful\":[{\"index\":0,\"identifier\":\"a\"}],\"id\":\"p\",\"type\":\"publish_success\"}"_s;
    QTest::newRow("no id") << u"{\"type\":\"publish_success\",\"successful\":[],\"failed\":[]}"_s;
    QTest::newRow("no type") << u"{\"id\":\"p\",\"successful\":[],\"failed\":[]}"_s;
    QTest::newRow("rest") << u"{\"type\":\"publish_success\",\"id\":\"p\",\"failed\":[]}}"_s;
}

void tst_UsualMessage::answersMeanWhatTheirSpacedTwinsMean()
{
    QFETCH(QString, text);
    const QString twin = u"{ "_s + text.sliced(1);
    const Incoming usual = eventsProtocol().decode(text);
    const Incoming spaced = eventsProtocol().decode(twin);
    QCOMPARE(usual.kind, spaced.kind);
    QCOMPARE(usual.type.toString(), spaced.type.toString());
    QCOMPARE(usual.id.toString(), spaced.id.toString());
    QCOMPARE(usual.failed, spaced.failed);
    QCOMPARE(usual.successful.size(), spaced.successful.size());
    for (qsizetype i = 0; i < usual.successful.size(); ++i) {
        QCOMPARE(usual.successful[i].index, spaced.successful[i].index);
        QCOMPARE(usual.successful[i].identifier, spaced.successful[i].identifier);
        QCOMPARE(usual.successful[i].code, spaced.successful[i].code);
        QCOMPARE(usual.successful[i].raw(), spaced.successful[i].raw());
    }
}

GUILESS_TEST(tst_UsualMessage)
#include "tst_usualmessage.moc"
