// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/schemamodel.h"
#include "tests/app/ui/graphql/graphqltest.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::SchemaModel;

class TestSchemaModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rootTypesComeFirst();
    void goesFromTypeToType();
    void finds();
    void isBounded();
    void keepsThePageWhereItCan();

private:
    static QStringList names(const SchemaModel &model)
    {
        QStringList names;
        for (int row = 0; row < model.count(); ++row)
            names += model.index(row).data(SchemaModel::NameRole).toString()
                + model.index(row).data(SchemaModel::SignatureRole).toString();
        return names;
    }
};

void TestSchemaModel::rootTypesComeFirst()
{
    SchemaModel model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.count(), 0);
    model.setSchema(GraphQlTest::schema());
    QCOMPARE(names(model).mid(0, 3), QStringList({u"Query"_s, u"Mutation"_s, u"Subscription"_s}));
    QVERIFY(names(model).contains(u"Currency"_s));
    QVERIFY(!names(model).contains(u"AWSJSON"_s)); // built in
    QCOMPARE(names(model).count(u"Query"_s), 1);
}

void TestSchemaModel::goesFromTypeToType()
{
    SchemaModel model;
    model.setSchema(GraphQlTest::schema());
    QVERIFY(!model.canGoBack());
    model.follow(0); // Query
    QCOMPARE(model.typeName(), u"Query"_s);
    QCOMPARE(model.typeKind(), u"query root"_s);
    QCOMPARE(names(model).mid(0, 2), QStringList({u"product: Product"_s, u"id: ID!"_s}));
    QCOMPARE(model.index(1).data(SchemaModel::IndentRole).toInt(), 1);
    model.follow(0);
    QCOMPARE(model.typeName(), u"Product"_s);
    QCOMPARE(model.description(), u"What is sold."_s);
    QCOMPARE(names(model).at(0), u"Node"_s); // that it implements
    const auto old = names(model).indexOf(u"old: Int"_s);
    QCOMPARE(model.index(int(old)).data(SchemaModel::DeprecatedRole).toString(), u"Use price."_s);
    const auto argument = names(model).indexOf(u"currency: Currency = EUR"_s);
    model.follow(int(argument));
    QCOMPARE(model.typeName(), u"Currency"_s);
    QCOMPARE(names(model), QStringList({u"EUR"_s, u"JPY"_s}));
    model.follow(0); // a value leads nowhere
    QCOMPARE(model.typeName(), u"Currency"_s);
    model.goBack();
    QCOMPARE(model.typeName(), u"Product"_s);
    model.goTo(u"Found"_s);
    QCOMPARE(names(model), QStringList({u"Product"_s, u"Note"_s}));
    model.goTo(u"Nobody"_s);
    QCOMPARE(model.typeName(), u"Found"_s);
    for (int i = 0; i < 5; ++i)
        model.goBack();
    QCOMPARE(model.typeName(), QString());
}

void TestSchemaModel::finds()
{
    SchemaModel model;
    const QAbstractItemModelTester tester(&model);
    model.setSchema(GraphQlTest::schema());
    model.setSearch(u"PRICE"_s);
    QCOMPARE(names(model),
             QStringList{u"Product.price(currency: Currency = EUR, round: Boolean): Float"_s});
    model.setSearch(u"round"_s); // an argument
    QCOMPARE(model.count(), 1);
    model.follow(0);
    QCOMPARE(model.typeName(), u"Product"_s);
    QCOMPARE(model.search(), QString());
    model.setSearch(u"nowhere"_s);
    QCOMPARE(model.count(), 0);
    model.goBack();
    QCOMPARE(model.typeName(), u"Product"_s);
}

void TestSchemaModel::isBounded()
{
    QString text = u"type Query { a: Int }\n"_s;
    for (int i = 0; i < 1200; ++i)
        text += u"type Thing%1 { thing: Int }\n"_s.arg(i);
    SchemaModel model;
    model.setSchema(AppSync::GraphQl::Schema::fromText(text).schema);
    model.setSearch(u"thing"_s);
    QCOMPARE(model.count(), int(SchemaModel::kMostFound));
    QVERIFY(!model.remark().isEmpty());
    model.setSearch(u"thing1199"_s);
    QCOMPARE(model.count(), 1);
    QVERIFY(model.remark().isEmpty());
}

void TestSchemaModel::keepsThePageWhereItCan()
{
    SchemaModel model;
    model.setSchema(GraphQlTest::schema());
    model.goTo(u"Product"_s);
    model.setSchema(GraphQlTest::schema());
    QCOMPARE(model.typeName(), u"Product"_s);
    model.setSchema(AppSync::GraphQl::Schema::fromText(u"type Query { a: Int }"_s).schema);
    QCOMPARE(model.typeName(), QString());
    QCOMPARE(names(model), QStringList{u"Query"_s});
}

GUILESS_TEST(TestSchemaModel)
#include "tst_schemamodel.moc"
