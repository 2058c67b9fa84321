// SPDX-License-Identifier: Apache-2.0
#include "tests/app/ui/graphql/graphqltest.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::GraphQlDraft;
using Syncscope::GraphQlResultLog;
using Syncscope::GraphQlResultView;

class TestGraphQlResultLog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsEachResult();
    void errorsHaveWords();
    void failuresHaveANextStep();
    void stops();
    void forgets();
    void isBounded();

private:
    static void run(const GraphQlTest::Api &api, const QString &document)
    {
        api.draft()->setText(document);
        api.draft()->run();
    }
};

void TestGraphQlResultLog::keepsEachResult()
{
    const GraphQlTest::Api api;
    GraphQlResultLog *log = api.draft()->results();
    const QAbstractItemModelTester tester(log);
    const QSignalSpy finished(log, &GraphQlResultLog::finished);
    run(api, u"query One { messages(room: \"a\") { id } }"_s);
    QCOMPARE(log->running(), 1);
    QTRY_COMPARE(finished.size(), 1);
    run(api, u"mutation Two { sendMessage(room: \"a\", body: \"b\") { body } }"_s);
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(log->count(), 2);
    QCOMPARE(log->index(0).data(GraphQlResultLog::TitleRole).toString(), u"mutation Two"_s);
    QCOMPARE(log->index(0).data(GraphQlResultLog::OutcomeRole).toInt(),
             int(GraphQlResultLog::Done));
    QVERIFY(log->index(0).data(GraphQlResultLog::SummaryRole).toString().startsWith(u"HTTP 200"_s));
    GraphQlResultView *view = api.draft()->resultView();
    QVERIFY(view->hasResult());
    QCOMPARE(view->text(), u"{\n  \"sendMessage\": {\n    \"body\": \"b\"\n  }\n}"_s);
    QVERIFY(!view->requestId().isEmpty());
    log->setCurrent(1); // the earlier one is still there
    QCOMPARE(view->title(), u"query One"_s);
    QVERIFY(view->text().contains(u"messages"_s));
    view->setView(GraphQlResultView::View::Response);
    QVERIFY(view->text().startsWith(u"{\"data\":"_s));
    view->setView(GraphQlResultView::View::Request);
    QVERIFY(view->text().startsWith(u"query One"_s));
    view->search()->setQuery(u"messages"_s);
    QCOMPARE(view->search()->count(), 1);
    view->copyView();
    QCOMPARE(QGuiApplication::clipboard()->text(), view->text());
    view->copyRequestId();
    QCOMPARE(QGuiApplication::clipboard()->text(), view->requestId());
}

void TestGraphQlResultLog::errorsHaveWords()
{
    const GraphQlTest::Api api;
    GraphQlResultLog *log = api.draft()->results();
    run(api, u"mutation {\n  fail(message: \"no way\") { id }\n}"_s);
    QTRY_COMPARE(log->running(), 0);
    const QVariantList errors = api.draft()->resultView()->errors();
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.first().toMap().value(u"message"_s).toString(), u"no way"_s);
    QCOMPARE(errors.first().toMap().value(u"path"_s).toString(), u"fail"_s);
    QCOMPARE(errors.first().toMap().value(u"place"_s).toString(), u"2:3"_s);
    QVERIFY(log->index(0).data(GraphQlResultLog::SummaryRole).toString().contains(u"1 error"_s));
}

void TestGraphQlResultLog::failuresHaveANextStep()
{
    GraphQlTest::Api api;
    api.emulator.close();
    run(api, u"{ messages(room: \"a\") { id } }"_s);
    GraphQlResultLog *log = api.draft()->results();
    QTRY_COMPARE(log->running(), 0);
    QCOMPARE(api.draft()->resultView()->outcome(), GraphQlResultLog::Failed);
    QVERIFY(!api.draft()->resultView()->failure().isEmpty());
    QVERIFY(!api.draft()->resultView()->remark().isEmpty());
}

void TestGraphQlResultLog::stops()
{
    const GraphQlTest::Api api;
    GraphQlResultLog *log = api.draft()->results();
    const QAbstractItemModelTester tester(log);
    run(api, u"{ messages(room: \"a\") { id } }"_s);
    api.draft()->stop();
    QCOMPARE(log->running(), 0);
    QCOMPARE(log->index(0).data(GraphQlResultLog::OutcomeRole).toInt(),
             int(GraphQlResultLog::Stopped));
    QVERIFY(log->index(0).data(GraphQlResultLog::SummaryRole).toString().contains(u"unknown"_s));
    // What comes of it later changes nothing: a whole round trip later.
    const QSignalSpy finished(log, &GraphQlResultLog::finished);
    run(api, u"{ messages(room: \"b\") { id } }"_s);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(log->index(1).data(GraphQlResultLog::OutcomeRole).toInt(),
             int(GraphQlResultLog::Stopped));
}

void TestGraphQlResultLog::forgets()
{
    const GraphQlTest::Api api;
    GraphQlResultLog *log = api.draft()->results();
    const QAbstractItemModelTester tester(log);
    run(api, u"{ messages(room: \"a\") { id } }"_s);
    QTRY_COMPARE(log->running(), 0);
    log->clear();
    QCOMPARE(log->count(), 0);
    QVERIFY(!api.draft()->resultView()->hasResult());
}

void TestGraphQlResultLog::isBounded()
{
    const GraphQlTest::Api api;
    GraphQlResultLog *log = api.draft()->results();
    const QAbstractItemModelTester tester(log);
    for (std::size_t i = 0; i < GraphQlResultLog::kKept + 5; ++i) {
        run(api, u"{ messages(room: \"a\") { id } }"_s);
        log->stop(0);
    }
    QCOMPARE(log->count(), int(GraphQlResultLog::kKept));
    QVERIFY(log->droppedText().contains(u"5"_s));
}

GUI_TEST(TestGraphQlResultLog)
#include "tst_graphqlresultlog.moc"
