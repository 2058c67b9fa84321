// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxcountermodel.h"
#include "tests/shared/testrunner.h"

#include "tests/app/ui/uitest.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::SandboxCounterModel;

class TestSandboxCounterModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsWhatHappens();

private:
    [[nodiscard]] static QString valueOf(const SandboxCounterModel &model, const QString &name)
    {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (model.data(model.index(row), SandboxCounterModel::NameRole) == name)
                return model.data(model.index(row), SandboxCounterModel::ValueRole).toString();
        }
        return {};
    }
};

void TestSandboxCounterModel::countsWhatHappens()
{
    UiTest::Server server;
    SandboxCounterModel model(&server.emulator);
    const QAbstractItemModelTester tester(&model);
    QCOMPARE(model.count(), 0);
    AppSync::EventsClient client(server.endpoint(), &server.key);
    client.subscribe(u"default/a"_s);
    QTRY_COMPARE(valueOf(model, u"ConnectSuccess"_s), u"1"_s);
    QTRY_COMPARE(valueOf(model, u"ActiveSubscriptions"_s), u"1"_s);
    QVERIFY(valueOf(model, u"BroadcastEventSuccess"_s).isEmpty());
    client.publish(u"default/a"_s, QByteArray("1"));
    QTRY_COMPARE(valueOf(model, u"BroadcastEventSuccess"_s), u"1"_s);
    QTRY_COMPARE(valueOf(model, u"SuccessfulEvents"_s), u"1"_s);
    // What was counted once stays on its place.
    client.close();
    QTRY_COMPARE(valueOf(model, u"ActiveConnections"_s), u"0"_s);
    int helped = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        helped += model.data(model.index(row), SandboxCounterModel::HelpRole).toString().isEmpty()
            ? 0
            : 1;
    QVERIFY(helped > 0);
}

GUI_TEST(TestSandboxCounterModel)
#include "tst_sandboxcountermodel.moc"
