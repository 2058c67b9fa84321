// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replaysurvey.h"
#include "replayfixture.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestReplaySurvey : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void prefersWhatWasDelivered();
    void takesWhatWasPublished();
    void countsWhatTheFilterLetsThrough();
    void triesTheTemplateOnEveryEvent();
    void saysWhyNothingCanBeReplayed();

private:
    [[nodiscard]] ReplaySurvey of(const QList<ReplayFixture::Row> &rows, const QString &filter = {},
                                  const QByteArray &rewrite = {})
    {
        const QString path = m_folder.filePath(QString::number(++m_made) + u".ssc"_s);
        CaptureFile file;
        if (!ReplayFixture::write(path, rows) || !file.open(path))
            return {};
        ReplayTemplate::Error error;
        const auto made = ReplayTemplate::parse(rewrite, {}, &error);
        return ReplaySurvey::of(file, Filter(filter), made ? &*made : nullptr);
    }
    QTemporaryDir m_folder;
    int m_made = 0;
};

void TestReplaySurvey::prefersWhatWasDelivered()
{
    const ReplaySurvey survey = of({{"/default/b", R"("{\"n\":0}")", 0, true},
                                    {"/default/*", "{\"n\":1}", 100},
                                    {"/default/a", "{\"n\":2}", 250},
                                    {"/default/*", "{\"n\":3}", 1'100}});
    QCOMPARE(survey.kind, QByteArray("event"));
    QCOMPARE(survey.events, 3);
    QCOMPARE(survey.lastMs - survey.firstMs, 1'000);
    QCOMPARE(survey.first->text, QByteArray("{\"n\":1}"));
    QCOMPARE(survey.channels.size(), 2);
    QCOMPARE(survey.channels.at(0).name, u"/default/*"_s);
    QCOMPARE(survey.channels.at(0).events, 2);
    QCOMPARE(survey.channels.at(1).name, u"/default/a"_s);
    QVERIFY(!survey.obstacle().isProblem());
}

void TestReplaySurvey::takesWhatWasPublished()
{
    const QList<ReplayFixture::Row> rows{{"/default/b", R"("{\"n\":1}","{\"n\":2}")", 0, true},
                                         {"/default/a", "{\"n\":3}", 1}};
    const ReplaySurvey survey = of(rows, u"kind == \"publish\""_s);
    QCOMPARE(survey.kind, QByteArray("publish"));
    QCOMPARE(survey.events, 2);
    QCOMPARE(survey.channels.at(0).name, u"/default/b"_s);
    // Of one request only what matches.
    QCOMPARE(of(rows, u"event.n == 2"_s).events, 1);
}

void TestReplaySurvey::countsWhatTheFilterLetsThrough()
{
    const QList<ReplayFixture::Row> rows{{"/a/*", "{\"n\":1}", 0}, {"/b/1", "{\"n\":2}", 10}};
    const ReplaySurvey survey = of(rows, u"event.n > 1"_s);
    QCOMPARE(survey.events, 1);
    QCOMPARE(survey.channels.size(), 1);
    QCOMPARE(survey.channels.at(0).name, u"/b/1"_s);
}

void TestReplaySurvey::triesTheTemplateOnEveryEvent()
{
    const QList<ReplayFixture::Row> rows{{"/a", "{\"n\":1}"}, {"/a", "{\"m\":2}"}, {"/a", "3"}};
    QVERIFY(!of(rows, {}, R"({"was":{{event}}})").problem.isProblem());
    const ReplaySurvey survey = of(rows, {}, "{{event.n}}");
    QVERIFY2(survey.problem.message.contains(u"frame 2"_s), qPrintable(survey.problem.message));
    QVERIFY(survey.obstacle().isProblem());
}

void TestReplaySurvey::saysWhyNothingCanBeReplayed()
{
    QVERIFY(of({}).obstacle().message.contains(u"no events"_s));
    const QString path = m_folder.filePath(u"graphql.ssc"_s);
    AppSync::Frame frame;
    frame.at = QDateTime::currentDateTimeUtc();
    frame.type = u"data"_s;
    frame.id = u"s"_s;
    frame.text = uR"({"id":"s","type":"data","payload":{"data":{"onMessage":{"id":1}}}})"_s;
    CapturedFrame captured = CapturedFrame::fromFrame(frame, 1, "OnMessage");
    captured.number = 1;
    CaptureFile file;
    {
        CaptureWriter writer;
        QVERIFY(writer.open(path) && writer.write({captured}));
    }
    QVERIFY(file.open(path));
    const Problem problem = ReplaySurvey::of(file, {}, nullptr).obstacle();
    QVERIFY2(problem.message.contains(u"GraphQL"_s), qPrintable(problem.message));
}

GUILESS_TEST(TestReplaySurvey)
#include "tst_replaysurvey.moc"
