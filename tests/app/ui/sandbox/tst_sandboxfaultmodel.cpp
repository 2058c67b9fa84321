// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandboxfaultmodel.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using AppSync::Emulator;
using Syncscope::SandboxFaultModel;

class TestSandboxFaultModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyRowIsAFaultOfItsOwn();
    void switchesOnAndOff();
    void amountsTakeEffect();
    void errorTypesTakeEffect();
    void conditionsTakeEffect();
    void everyKindIsThere();
    void clears();

private:
    [[nodiscard]] int rowWith(const QString &title) const;
    [[nodiscard]] QVariant value(int row, int role) const
    {
        return m_model->data(m_model->index(row), role);
    }

    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<SandboxFaultModel> m_model;
};

void TestSandboxFaultModel::init()
{
    m_model.reset();
    m_emulator = std::make_unique<Emulator>();
    QVERIFY(m_emulator->listen());
    m_model = std::make_unique<SandboxFaultModel>(m_emulator.get());
}

int TestSandboxFaultModel::rowWith(const QString &title) const
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (value(row, SandboxFaultModel::TitleRole).toString().contains(title))
            return row;
    }
    return -1;
}

void TestSandboxFaultModel::everyRowIsAFaultOfItsOwn()
{
    const QAbstractItemModelTester tester(m_model.get());
    QVERIFY(m_model->rowCount() > 10);
    QVERIFY(!value(0, SandboxFaultModel::GroupRole).toString().isEmpty());
    QVERIFY(value(1, SandboxFaultModel::GroupRole).toString().isEmpty());
    QList<AppSync::FaultPlan> plans;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QVERIFY(!value(row, SandboxFaultModel::TitleRole).toString().isEmpty());
        QVERIFY(!value(row, SandboxFaultModel::HelpRole).toString().isEmpty());
        m_model->toggle(row);
        const AppSync::FaultPlan plan = m_emulator->faults();
        QVERIFY(!plans.contains(plan));
        QVERIFY(plan != AppSync::FaultPlan());
        plans.append(plan);
        m_model->toggle(row);
        QVERIFY(m_emulator->faults() == AppSync::FaultPlan());
    }
}

void TestSandboxFaultModel::switchesOnAndOff()
{
    QSignalSpy counted(m_model.get(), &SandboxFaultModel::activeCountChanged);
    const int row = rowWith(u"keep-alive"_s);
    QVERIFY(row >= 0);
    m_model->toggle(row);
    QVERIFY(value(row, SandboxFaultModel::ActiveRole).toBool());
    QCOMPARE(m_model->activeCount(), 1);
    QCOMPARE(counted.count(), 1);
    m_model->toggle(rowWith(u"acknowledge"_s));
    QCOMPARE(m_model->activeCount(), 2);
    m_model->toggle(row);
    QVERIFY(!value(row, SandboxFaultModel::ActiveRole).toBool());
    QCOMPARE(m_model->activeCount(), 1);
    m_model->toggle(-1);
    m_model->toggle(m_model->rowCount());
    QCOMPARE(m_model->activeCount(), 1);
}

void TestSandboxFaultModel::amountsTakeEffect()
{
    const int row = rowWith(u"Refuse the upgrade"_s);
    QVERIFY(value(row, SandboxFaultModel::HasAmountRole).toBool());
    QCOMPARE(value(row, SandboxFaultModel::AmountRole).toInt(), 503);
    m_model->toggle(row);
    const AppSync::FaultPlan before = m_emulator->faults();
    m_model->setAmount(row, 429);
    QCOMPARE(value(row, SandboxFaultModel::AmountRole).toInt(), 429);
    QVERIFY(m_emulator->faults() != before);
    m_model->setAmount(row, 0);
    QCOMPARE(value(row, SandboxFaultModel::AmountRole).toInt(), 429);
    const int without = rowWith(u"acknowledge"_s);
    QVERIFY(!value(without, SandboxFaultModel::HasAmountRole).toBool());
    m_model->setAmount(without, 3);
    QCOMPARE(value(without, SandboxFaultModel::AmountRole).toInt(), 0);
}

void TestSandboxFaultModel::errorTypesTakeEffect()
{
    const int row = rowWith(u"Refuse a publish with"_s);
    QVERIFY(value(row, SandboxFaultModel::HasErrorTypeRole).toBool());
    m_model->toggle(row);
    QCOMPARE(m_emulator->faults().faults.first().errorType, u"LimitExceededError"_s);
    m_model->setErrorType(row, u" UnauthorizedException "_s);
    QCOMPARE(value(row, SandboxFaultModel::ErrorTypeRole).toString(), u"UnauthorizedException"_s);
    QCOMPARE(m_emulator->faults().faults.first().errorType, u"UnauthorizedException"_s);
    const int without = rowWith(u"acknowledge"_s);
    m_model->setErrorType(without, u"X"_s);
    QVERIFY(value(without, SandboxFaultModel::ErrorTypeRole).toString().isEmpty());
}

void TestSandboxFaultModel::conditionsTakeEffect()
{
    const int lose = rowWith(u"Shuffle"_s);
    m_model->toggle(lose);
    m_model->setPercent(lose, 25);
    m_model->setTimes(lose, 3);
    m_model->setChannel(lose, u" chat/* "_s);
    const AppSync::FaultPlan::Fault fault = m_emulator->faults().faults.first();
    QCOMPARE(fault.rate, 0.25);
    QCOMPARE(fault.times, 3);
    QCOMPARE(fault.channel, u"chat/*"_s);
    for (const int wrong : {0, 101, -5})
        m_model->setPercent(lose, wrong);
    m_model->setTimes(lose, -1);
    QCOMPARE(value(lose, SandboxFaultModel::PercentRole).toInt(), 25);
    QCOMPARE(value(lose, SandboxFaultModel::TimesRole).toInt(), 3);
    // Of no channel, and of no condition at all.
    const int upgrade = rowWith(u"Refuse the upgrade"_s);
    m_model->setChannel(upgrade, u"a"_s);
    QVERIFY(value(upgrade, SandboxFaultModel::ChannelRole).toString().isEmpty());
    const int signatures = rowWith(u"signatures"_s);
    QVERIFY(!value(signatures, SandboxFaultModel::HasConditionsRole).toBool());
    m_model->setPercent(signatures, 10);
    QCOMPARE(value(signatures, SandboxFaultModel::PercentRole).toInt(), 100);
}

//! What a file can say, and its JSON form accepts what a click makes.
void TestSandboxFaultModel::everyKindIsThere()
{
    for (int row = 0; row < m_model->rowCount(); ++row)
        m_model->toggle(row);
    const QByteArray json = QJsonDocument(m_model->plan().toJson()).toJson();
    QString problem;
    const auto plan = AppSync::FaultPlan::fromJson(json, &problem);
    QVERIFY2(plan, qPrintable(problem));
    QList<AppSync::FaultPlan::Kind> kinds;
    for (const auto &fault : plan->toList())
        kinds.append(fault.kind);
    for (int kind = 0; kind <= int(AppSync::FaultPlan::Kind::HtmlEscapedSignatures); ++kind)
        QVERIFY2(kinds.contains(AppSync::FaultPlan::Kind(kind)), QByteArray::number(kind));
}

void TestSandboxFaultModel::clears()
{
    m_model->toggle(0);
    m_model->toggle(1);
    m_model->clear();
    QCOMPARE(m_model->activeCount(), 0);
    QVERIFY(m_emulator->faults() == AppSync::FaultPlan());
}

GUI_TEST(TestSandboxFaultModel)
#include "tst_sandboxfaultmodel.moc"
