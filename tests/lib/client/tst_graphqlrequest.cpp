// SPDX-License-Identifier: Apache-2.0
#include "lib/client/graphqlrequest_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_GraphQlRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isNamedForPeople_data();
    void isNamedForPeople();
    void problems_data();
    void problems();
    void subscriptionIsTold_data();
    void subscriptionIsTold();
    void bodyLeavesOutWhatIsEmpty();
};

void tst_GraphQlRequest::isNamedForPeople_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("operationName");
    QTest::addColumn<QString>("name");
    QTest::newRow("given") << u"query A { a } query B { b }"_s << u"B"_s << u"B"_s;
    QTest::newRow("named") << u"subscription OnX($a: ID) { onX(a: $a) { id } }"_s << QString()
                           << u"OnX"_s;
    QTest::newRow("field") << u"mutation { sendMessage(body: \"x\") { id } }"_s << QString()
                           << u"sendMessage"_s;
    QTest::newRow("behind an alias") << u"{ short: long { id } }"_s << QString() << u"long"_s;
    QTest::newRow("behind a comment") << u"# query No { no }\n{ yes }"_s << QString() << u"yes"_s;
    QTest::newRow("nothing") << u"rubbish"_s << QString() << QString();
}

void tst_GraphQlRequest::isNamedForPeople()
{
    QFETCH(QString, document);
    QFETCH(QString, operationName);
    QTEST(GraphQlRequest::nameForPeople(document, operationName), "name");
}

void tst_GraphQlRequest::problems_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<QByteArray>("variables");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("words");
    const QString good = u"{ a }"_s;
    QTest::newRow("none") << good << QByteArray() << Error::Kind::None << QString();
    QTest::newRow("an object") << good << " { \"a\": null }\n"_ba << Error::Kind::None << QString();
    QTest::newRow("white space") << good << " \n"_ba << Error::Kind::None << QString();
    QTest::newRow("no document") << u" \n"_s << QByteArray() << Error::Kind::InvalidInput
                                 << u"no GraphQL document"_s;
    QTest::newRow("lone surrogate")
        << QString(QChar(0xd800)) << QByteArray() << Error::Kind::Encoding << u"Unicode"_s;
    QTest::newRow("an array") << good << "[1]"_ba << Error::Kind::InvalidInput << u"object"_s;
    QTest::newRow("a string") << good << "\"x\""_ba << Error::Kind::InvalidInput << u"object"_s;
    QTest::newRow("broken") << good << "{\"a\":}"_ba << Error::Kind::Encoding << u"byte 5"_s;
    QTest::newRow("two") << good << "{} {}"_ba << Error::Kind::Encoding << u"not JSON"_s;
    QTest::newRow("not UTF-8") << good << "{\"a\":\"\xff\"}"_ba << Error::Kind::Encoding
                               << u"UTF-8"_s;
}

void tst_GraphQlRequest::problems()
{
    QFETCH(QString, document);
    QFETCH(QByteArray, variables);
    QFETCH(QString, words);
    const Error problem = GraphQlRequest::problem(document, variables);
    QTEST(problem.kind, "kind");
    QVERIFY2(problem.message.contains(words), qPrintable(problem.message));
}

void tst_GraphQlRequest::subscriptionIsTold_data()
{
    QTest::addColumn<QString>("document");
    QTest::addColumn<bool>("isOne");
    QTest::newRow("named") << u"# of mine\n subscription A { a }"_s << true;
    QTest::newRow("bare") << u"subscription{a}"_s << true;
    QTest::newRow("query") << u"query { subscription { a } }"_s << false;
    QTest::newRow("shorthand") << u"{ subscription }"_s << false;
    QTest::newRow("comment") << u"#subscription { a }\n{ a }"_s << false;
    QTest::newRow("several") << u"subscription A { a } query B { b }"_s << false;
    QTest::newRow("another word") << u"subscriptions { a }"_s << false;
}

void tst_GraphQlRequest::subscriptionIsTold()
{
    QFETCH(QString, document);
    QTEST(GraphQlRequest::isSubscription(document), "isOne");
}

void tst_GraphQlRequest::bodyLeavesOutWhatIsEmpty()
{
    QCOMPARE(GraphQlRequest::body(u"{ a }"_s, " \n"_ba, {}), R"({"query":"{ a }"})"_ba);
    QCOMPARE(GraphQlRequest::body(u"{ a }"_s, "{ }"_ba, u"A"_s),
             R"({"query":"{ a }","variables":{ },"operationName":"A"})"_ba);
}

GUILESS_TEST(tst_GraphQlRequest)
#include "tst_graphqlrequest.moc"
