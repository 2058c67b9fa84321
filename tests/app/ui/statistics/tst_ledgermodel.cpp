// SPDX-License-Identifier: Apache-2.0
#include "app/ui/statistics/ledgermodel.h"
#include "tests/app/core/statistics/samples.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Samples::Sample;
using Syncscope::LedgerModel;
using Syncscope::PublishLedger;

class TestLedgerModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void listsTheNewestFirst();
    void saysWhereItWasSeen();
    void saysWhyItWasNot();
    void countsWhatItForgets();
    void showsAnother();

private:
    struct Setup {
        FakeClock clock;
        PublishLedger ledger;
        LedgerModel model{&clock};
        QAbstractItemModelTester tester{&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal};

        Setup() { model.show(&ledger); }
        void add(Sample sample)
        {
            // The samples' time is the clock's.
            sample.atMs += clock.wallMs() - Samples::kStart;
            model.apply(ledger.add(sample));
        }
        template <typename Role> [[nodiscard]] QString text(int row, Role role) const
        {
            return model.index(row).data(role).toString();
        }
        [[nodiscard]] QString seen(int row = 0) const { return text(row, LedgerModel::SeenRole); }
    };
    std::unique_ptr<Setup> m_setup;
};

void TestLedgerModel::init()
{
    m_setup = std::make_unique<Setup>();
}

void TestLedgerModel::listsTheNewestFirst()
{
    Setup &s = *m_setup;
    QCOMPARE(s.model.count(), 0);
    const QSignalSpy counts(&s.model, &LedgerModel::countChanged);
    s.add(Samples::publish(0, u"p1"_s, u"/a"_s, {"{\"n\":1}", "{\"n\":\n2}"}));
    s.add(Samples::publish(1, u"p2"_s, u"/b"_s, {"3"}));
    QCOMPARE(counts.size(), 2);
    QCOMPARE(s.model.count(), 3);
    QCOMPARE(s.text(0, LedgerModel::ChannelRole), u"/b"_s);
    QCOMPARE(s.text(1, LedgerModel::PreviewRole), u"{\"n\": 2}"_s);
    QCOMPARE(s.model.index(2).data(LedgerModel::OutcomeRole).toInt(), int(LedgerModel::Pending));
    const QSignalSpy changes(&s.model, &LedgerModel::dataChanged);
    s.add(Samples::answer(20, u"p1"_s,
                          R"({"successful":[{"identifier":"id","index":0}],"failed":[{"index":1,)"
                          R"("code":"TooLarge"}]})"));
    QCOMPARE(changes.size(), 2);
    QCOMPARE(s.model.index(2).data(LedgerModel::OutcomeRole).toInt(), int(LedgerModel::Accepted));
    QCOMPARE(s.text(2, LedgerModel::VerdictRole), u"id"_s);
    QCOMPARE(s.text(1, LedgerModel::VerdictRole), u"refused: TooLarge"_s);
    QCOMPARE(s.seen(1), QString());
    QVERIFY(s.text(2, LedgerModel::AccessibleNameRole).contains(u"/a, accepted, not seen"_s));
}

void TestLedgerModel::saysWhereItWasSeen()
{
    Setup &s = *m_setup;
    Samples::subscribe(&s.ledger, 0, u"s1"_s, u"/game/*"_s);
    Samples::subscribe(&s.ledger, 0, u"s2"_s, u"/game/7"_s);
    Samples::subscribe(&s.ledger, 0, u"s3"_s, u"/game/7"_s);
    s.add(Samples::publish(0, u"p1"_s, u"/game/7"_s, {"1"}));
    const QSignalSpy amended(&s.model, &LedgerModel::amended);
    s.add(Samples::event(36, u"s1"_s, {"1"}));
    QCOMPARE(s.seen(), u"seen on /game/* after 36\u00A0ms"_s);
    QCOMPARE(amended.last().first().toString(), u"p1"_s);
    QCOMPARE(s.model.seenText(u"p1"_s, 0), s.seen());
    QVERIFY(s.model.index(0).data(LedgerModel::WasSeenRole).toBool());
    s.add(Samples::event(38, u"s2"_s, {"1"}));
    QCOMPARE(s.seen(), u"seen on /game/* after 36\u00A0ms and on /game/7 after 38\u00A0ms"_s);
    QCOMPARE(s.model.seenText(u"p1"_s, 1), QString());
    QCOMPARE(s.model.seenText(u"p9"_s, 0), QString());
}

void TestLedgerModel::saysWhyItWasNot()
{
    Setup &s = *m_setup;
    s.add(Samples::publish(0, u"p1"_s, u"/chat/1"_s, {"1"}));
    QCOMPARE(s.seen(), u"not seen: no live subscription covered its channel"_s);
    Samples::subscribe(&s.ledger, 0, u"s1"_s, u"/chat/*"_s);
    s.add(Samples::publish(0, u"p2"_s, u"/chat/1"_s, {"1"}));
    QCOMPARE(s.seen(), u"not seen for 0 s"_s);
    const QSignalSpy changes(&s.model, &LedgerModel::dataChanged);
    const QSignalSpy amended(&s.model, &LedgerModel::amended);
    s.clock.advance(59s);
    s.model.tick();
    QCOMPARE(s.seen(), u"not seen for 59 s"_s);
    QCOMPARE(changes.size(), 1);
    QCOMPARE(amended.size(), 1);
    s.clock.advance(2s);
    s.model.tick();
    QCOMPARE(s.seen(), u"not seen within 60 s"_s);
    QCOMPARE(changes.size(), 2);
    s.clock.advance(60s);
    s.model.tick();
    QCOMPARE(changes.size(), 2); // nothing is waited for any more
}

void TestLedgerModel::countsWhatItForgets()
{
    Setup &s = *m_setup;
    const int total = int(PublishLedger::kKept) + 3;
    QVERIFY(s.model.remark().isEmpty());
    s.model.blockSignals(true); // the tester looks at every row each time
    for (int i = 0; i < total - 1; ++i)
        s.add(Samples::publish(0, QString::number(i), u"/a"_s, {"1"}));
    s.model.blockSignals(false);
    s.add(Samples::publish(0, u"last"_s, u"/last"_s, {"1"}));
    QCOMPARE(s.model.count(), int(PublishLedger::kKept));
    QCOMPARE(s.text(0, LedgerModel::ChannelRole), u"/last"_s);
    QVERIFY(s.model.remark().contains(u"3 older"_s));
}

void TestLedgerModel::showsAnother()
{
    Setup &s = *m_setup;
    s.add(Samples::publish(0, u"p1"_s, u"/a"_s, {"1"}));
    s.model.show(nullptr);
    QCOMPARE(s.model.count(), 0);
    QCOMPARE(s.model.seenText(u"p1"_s, 0), QString());
    s.model.tick();
    s.model.show(&s.ledger);
    QCOMPARE(s.model.count(), 1);
}

GUILESS_TEST(TestLedgerModel)
#include "tst_ledgermodel.moc"
