// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/operationmodel.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::GraphQlAnalysis;
using Syncscope::OperationModel;

class TestOperationModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheCursor();
};

void TestOperationModel::followsTheCursor()
{
    OperationModel model;
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.current(), -1);
    const QString text = u"{ a }\nquery B { b }"_s;
    const auto operations = GraphQlAnalysis::of({text, {}, 0, {}}).operations;
    model.setOperations(operations, 0);
    QCOMPARE(model.count(), 2);
    QCOMPARE(model.current(), 0);
    QCOMPARE(model.index(0).data(OperationModel::NameRole).toString(), u"a"_s); // by its field
    const QSignalSpy moved(&model, &OperationModel::currentChanged);
    model.setCursor(model.offsetOf(1));
    QCOMPARE(moved.size(), 1);
    QVERIFY(model.index(1).data(OperationModel::CurrentRole).toBool());
    QVERIFY(!model.index(0).data(OperationModel::CurrentRole).toBool());
    QCOMPARE(model.currentEntry()->name, u"B"_s);
    model.setOperations({}, 0);
    QCOMPARE(model.current(), -1);
    QCOMPARE(model.currentEntry(), nullptr);
}

GUILESS_TEST(TestOperationModel)
#include "tst_operationmodel.moc"
