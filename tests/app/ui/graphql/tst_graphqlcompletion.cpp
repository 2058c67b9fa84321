// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/graphqlcompletion.h"
#include "tests/app/ui/graphql/graphqltest.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::Completion;
using Syncscope::CompletionModel;
using Syncscope::GraphQlCompletion;

class TestGraphQlCompletion : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void proposes_data();
    void proposes();
    void replacesTheWord();
    void marksWhatIsDeprecated();
    void isAModel();

private:
    //! Completes at the `|` in \a text.
    static Completion at(QString text)
    {
        const qsizetype cursor = text.indexOf(u'|');
        return GraphQlCompletion::of(text.remove(cursor, 1), int(cursor), GraphQlTest::schema());
    }
};

void TestGraphQlCompletion::proposes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("some"); // that are proposed
    QTest::addColumn<QStringList>("none"); // that are not
    const QStringList nothing;
    const auto row = [](const char *name, const QString &text, const QStringList &some,
                        const QStringList &none = {}) {
        QTest::newRow(name) << text << some << none;
    };
    row("definitions", u"|"_s, {u"query "_s, u"subscription "_s}, {u"product"_s});
    row("definitions behind one", u"{ product(id: 1) { id } } |"_s, {u"mutation "_s});
    row("root fields", u"{ |"_s, {u"product"_s, u"search"_s, u"__typename"_s}, {u"putNote"_s});
    row("of a mutation", u"mutation M { | }"_s, {u"putNote"_s}, {u"product"_s});
    row("of a subscription", u"subscription { o| }"_s, {u"onNote"_s});
    row("fields", u"query { product(id: 1) { n| } }"_s, {u"name"_s}, {u"search"_s, u"price"_s});
    row("fields behind an alias", u"{ a: product(id: 1) { | } }"_s, {u"price"_s});
    row("fields of a list", u"{ product(id: 1) { related(first: 1) { | } } }"_s, {u"name"_s});
    row("fields behind a nested one", u"{ product(id: 1) { id related(first: 1) { id } | } }"_s,
        {u"price"_s});
    row("arguments", u"{ product(|) }"_s, {u"id: "_s}, {u"text: "_s});
    row("further arguments", u"{ product(id: 1) { price(currency: EUR, |) } }"_s, {u"round: "_s},
        {u"currency: "_s});
    row("enum values", u"{ product(id: 1) { price(currency: |) } }"_s, {u"EUR"_s, u"JPY"_s},
        {u"round: "_s});
    row("values of a list", u"{ search(text: \"a\", in: [EUR, |]) { __typename } }"_s, {u"JPY"_s});
    row("Boolean", u"{ product(id: 1) { price(round: |) } }"_s, {u"true"_s, u"false"_s});
    row("variables", u"query Q($id: ID!, $text: String) { product(id: $|) }"_s,
        {u"$id"_s, u"$text"_s});
    row("no variables of others", u"query A($a: ID!) { a } query B($b: ID!) { product(id: $|) }"_s,
        {u"$b"_s}, {u"$a"_s});
    row("input fields", u"mutation { putNote(input: {id: 1, |}) { id } }"_s,
        {u"meta: "_s, u"inner: "_s}, {u"id: "_s, u"input: "_s});
    row("nested input fields", u"mutation { putNote(input: {inner: {|}}) { id } }"_s, {u"id: "_s});
    row("arguments behind an object", u"mutation { putNote(input: {id: 1}, |) { id } }"_s,
        {u"meta: "_s}, {u"input: "_s});
    row("types of variables", u"query Q($a: |"_s,
        {u"NoteInput"_s, u"ID"_s, u"Currency"_s, u"AWSJSON"_s}, {u"Product"_s});
    row("type conditions", u"{ search(text: \"a\") { ... on | } }"_s, {u"Product"_s, u"Note"_s},
        {u"NoteInput"_s});
    row("fields in a condition", u"{ search(text: \"a\") { ... on Note { | } } }"_s, {u"meta"_s},
        {u"price"_s});
    row("fragments", u"{ product(id: 1) { ...| } } fragment Parts on Product { id }"_s,
        {u"Parts"_s, u"on "_s});
    row("fields in a fragment", u"fragment Parts on Product { | }"_s, {u"price"_s});
    row("directives", u"{ product(id: 1) @|"_s, {u"@include"_s, u"@skip"_s}, {u"@deprecated"_s});
    row("arguments of directives", u"{ product(id: 1) @include(|"_s, {u"if: "_s}, {u"id: "_s});
    row("fields behind a directive", u"{ product(id: 1) @include(if: true) { | } }"_s,
        {u"price"_s});
    row("not in strings", u"{ search(text: \"pr|\") }"_s, {}, {u"product"_s});
    row("not in comments", u"{ # pr|\n }"_s, {}, {u"product"_s});
    row("not what is complete", u"{ product(id: 1) { name| } }"_s, {}, {u"name"_s});
    row("in the middle of nonsense", u"query ( { ) } } { product( { | "_s, {});
}

void TestGraphQlCompletion::proposes()
{
    QFETCH(QString, text);
    QFETCH(QStringList, some);
    QFETCH(QStringList, none);
    QStringList found;
    const auto proposals = at(text).proposals;
    for (const auto &proposal : proposals)
        found += proposal.text;
    for (const QString &wanted : some)
        QVERIFY2(found.contains(wanted), qPrintable(wanted + u" is not in "_s + found.join(u' ')));
    for (const QString &unwanted : none)
        QVERIFY2(!found.contains(unwanted), qPrintable(unwanted));
}

void TestGraphQlCompletion::replacesTheWord()
{
    const auto completion = at(u"{ prod|uct }"_s);
    QCOMPARE(completion.begin, 2);
    QCOMPARE(completion.end, 9);
    const auto empty = at(u"{ | }"_s);
    QCOMPARE(empty.begin, empty.end);
    // What begins so comes first.
    const auto both = at(u"{ product(id: 1) { e| } }"_s);
    QCOMPARE(both.proposals.isEmpty(), false);
}

void TestGraphQlCompletion::marksWhatIsDeprecated()
{
    const auto proposals = at(u"{ product(id: 1) { ol| } }"_s).proposals;
    QCOMPARE(proposals.size(), 1);
    QVERIFY(proposals.first().isDeprecated);
    QCOMPARE(proposals.first().detail, u"Int"_s);
}

void TestGraphQlCompletion::isAModel()
{
    CompletionModel model;
    const QAbstractItemModelTester tester(&model);
    model.setCompletion(at(u"{ product(id: 1) { na| } }"_s));
    QCOMPARE(model.count(), 2); // __typename has it inside
    QCOMPARE(model.textOf(0), u"name"_s);
    QCOMPARE(model.index(0).data(CompletionModel::DescriptionRole).toString(),
             u"In the language of the shop."_s);
    QCOMPARE(model.textOf(7), QString());
    model.setCompletion({});
    QCOMPARE(model.count(), 0);
}

GUILESS_TEST(TestGraphQlCompletion)
#include "tst_graphqlcompletion.moc"
