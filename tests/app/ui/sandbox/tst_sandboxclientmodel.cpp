// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxclientmodel.h"
#include "tests/shared/testrunner.h"

#include "tests/app/ui/uitest.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::SandboxClientModel;

class TestSandboxClientModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsWhoComesAndGoes();
    void dropsOne();

private:
    [[nodiscard]] static QString text(const SandboxClientModel &model, int row, int role)
    {
        return model.data(model.index(row), role).toString();
    }
};

void TestSandboxClientModel::followsWhoComesAndGoes()
{
    UiTest::Server server;
    SandboxClientModel model(&server.emulator);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy counted(&model, &SandboxClientModel::countChanged);
    QCOMPARE(model.count(), 0);
    auto first = std::make_unique<AppSync::EventsClient>(server.endpoint(), &server.key);
    first->open();
    QTRY_COMPARE(model.count(), 1);
    QCOMPARE(counted.count(), 1);
    QVERIFY(text(model, 0, SandboxClientModel::TitleRole).startsWith(u"127.0.0.1:"_s));
    QVERIFY(text(model, 0, SandboxClientModel::WhoRole).startsWith(u"API_KEY"_s));
    QVERIFY(!text(model, 0, SandboxClientModel::TrafficRole).isEmpty());
    QVERIFY(text(model, 0, SandboxClientModel::SubscriptionsRole).isEmpty());
    first->subscribe(u"default/a"_s);
    first->subscribe(u"public/*"_s);
    QTRY_COMPARE(text(model, 0, SandboxClientModel::SubscriptionsRole), u"/default/a\n/public/*"_s);
    QVERIFY(text(model, 0, SandboxClientModel::AccessibleNameRole)
                .contains(u"/default/a, /public/*"_s));

    AppSync::EventsClient second(server.endpoint(), &server.key);
    second.open();
    QTRY_COMPARE(model.count(), 2);
    const QString other = text(model, 1, SandboxClientModel::TitleRole);
    first.reset();
    QTRY_COMPARE(model.count(), 1);
    QCOMPARE(text(model, 0, SandboxClientModel::TitleRole), other);
}

void TestSandboxClientModel::dropsOne()
{
    UiTest::Server server;
    SandboxClientModel model(&server.emulator);
    AppSync::EventsClient client(server.endpoint(), &server.key);
    client.open();
    QTRY_COMPARE(model.count(), 1);
    model.drop(1);
    model.drop(-1);
    QSignalSpy lost(&client, &AppSync::EventsClient::connectionFailed);
    model.drop(0);
    QTRY_COMPARE(lost.count(), 1);
}

GUI_TEST(TestSandboxClientModel)
#include "tst_sandboxclientmodel.moc"
