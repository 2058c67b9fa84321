// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/sandbox.h"
#include "tests/app/ui/graphql/graphqltest.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameModel;
using Syncscope::GraphQlDraft;
using Syncscope::GraphQlResultLog;
using Syncscope::SubscriptionModel;

class TestGraphQlDraft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judgesAside();
    void runsWhatIsAtTheCursor();
    void saysWhyNothingRuns();
    void subscriptionsAreInTheTraffic();
    void keepsDrafts();
    void beginsWithASample();
    void editsJsonInsideOfStrings();
    void formats();
    void imports();

private:
    static const QString kDocument;
    QTemporaryDir m_folder;
};

const QString TestGraphQlDraft::kDocument =
    u"subscription On($room: String) { onMessage(room: $room) { id body room author createdAt } }\n"
    u"mutation Send($room: String!, $body: String!) {\n"
    u"  sendMessage(room: $room, body: $body) { id body room author createdAt }\n}\n"_s;

void TestGraphQlDraft::judgesAside()
{
    const GraphQlTest::Api api;
    GraphQlDraft *draft = api.draft();
    draft->schema()->load();
    QTRY_COMPARE(draft->schema()->state(), Syncscope::SchemaBook::State::Ready);
    draft->setText(u"{ messages { id } }"_s);
    QTRY_COMPARE(draft->problems()->count(), 1); // the room is missing
    QCOMPARE(draft->operations()->count(), 1);
    QCOMPARE(draft->currentKind(), u"query"_s);
    draft->setText(u"{ messages(room: \"a\") { id } "_s);
    QTRY_VERIFY(!draft->canFormat());
    QCOMPARE(draft->operations()->count(), 1); // while one types, they stay
    draft->setText(u"{ messages(room: \"a\") { id } }"_s);
    QTRY_COMPARE(draft->problems()->count(), 0);
}

void TestGraphQlDraft::runsWhatIsAtTheCursor()
{
    const GraphQlTest::Api api;
    GraphQlDraft *draft = api.draft();
    draft->setText(kDocument);
    draft->setVariables(u"{\"room\": \"a\", \"body\": \"9007199254740993\", \"other\": 1}"_s);
    draft->setCursor(int(kDocument.indexOf(u"sendMessage")));
    draft->run();
    QTRY_COMPARE(draft->results()->running(), 0);
    QCOMPARE(draft->results()->entry(0).outcome, GraphQlResultLog::Done);
    QCOMPARE(draft->results()->entry(0).variables,
             QByteArray("{\"room\":\"a\",\"body\":\"9007199254740993\"}"));
    QVERIFY(draft->results()->entry(0).data.contains("9007199254740993"));
    QCOMPARE(api.session->subscriptions()->count(), 0);
}

void TestGraphQlDraft::saysWhyNothingRuns()
{
    const GraphQlTest::Api api;
    GraphQlDraft *draft = api.draft();
    draft->run();
    QVERIFY(draft->messageIsProblem());
    QVERIFY(!draft->message().isEmpty());
    draft->setText(u"{ a("_s);
    draft->run();
    QVERIFY(draft->message().contains(u"1:5"_s));
    draft->setText(u"{ messages(room: \"a\") { id } }"_s);
    draft->setVariables(u"[1]"_s);
    draft->run();
    QVERIFY(draft->message().contains(u"variables"_s));
    QCOMPARE(draft->results()->count(), 0);
    draft->setVariables({});
    draft->run();
    QVERIFY(draft->message().isEmpty());
    QCOMPARE(draft->results()->count(), 1);
}

void TestGraphQlDraft::subscriptionsAreInTheTraffic()
{
    const GraphQlTest::Api api;
    GraphQlDraft *draft = api.draft();
    const QSignalSpy subscribed(draft, &GraphQlDraft::subscribed);
    draft->setText(kDocument);
    draft->setVariables(u"{\"room\": \"a\", \"body\": \"b\"}"_s);
    draft->run(); // at the cursor's place: the subscription
    draft->setVariables(u"{\"body\": \"b\"}"_s);
    draft->run(); // another one, without a filter
    QCOMPARE(subscribed.size(), 2);
    SubscriptionModel *subscriptions = api.session->subscriptions();
    QCOMPARE(subscriptions->count(), 2);
    QCOMPARE(subscriptions->index(0).data(SubscriptionModel::ChannelRole).toString(),
             u"On (room: \"a\")"_s);
    QCOMPARE(subscriptions->index(1).data(SubscriptionModel::ChannelRole).toString(), u"On"_s);
    QTRY_COMPARE(subscriptions->liveCount(), 2);
    draft->setVariables(u"{\"room\": \"a\", \"body\": \"b\"}"_s);
    draft->setCursor(int(kDocument.indexOf(u"sendMessage")));
    draft->run();
    FrameModel *frames = api.session->frames();
    QTRY_COMPARE(frames->count(), 4); // request, answer, and an event for each subscription
    QStringList channels;
    QStringList payloads;
    for (int row = 0; row < frames->count(); ++row) {
        channels += frames->index(row).data(FrameModel::ChannelRole).toString();
        payloads += frames->index(row).data(FrameModel::PreviewRole).toString();
    }
    QCOMPARE(channels.count(u"Send"_s), 2);
    QVERIFY(channels.contains(u"On (room: \"a\")"_s));
    const QString event = payloads.at(channels.indexOf(u"On"_s));
    QVERIFY2(event.startsWith(u"{\"data\":{\"onMessage\":"_s), qPrintable(event));
    frames->select(int(channels.indexOf(u"On"_s)));
    QVERIFY(api.session->inspector()->text().contains(u"\"body\": \"b\""_s));
    subscriptions->remove(0); // each ends by itself
    QCOMPARE(subscriptions->liveCount(), 1);
}

void TestGraphQlDraft::keepsDrafts()
{
    {
        const GraphQlTest::Api api;
        api.draft()->keepIn(m_folder.path(), u"api"_s);
        api.draft()->setText(u"{ a }"_s);
        api.draft()->setVariables(u"{\"b\": 1}"_s);
    }
    const GraphQlTest::Api api;
    api.draft()->keepIn(m_folder.path(), u"api"_s, u"{ sample }"_s);
    QCOMPARE(api.draft()->text(), u"{ a }"_s);
    QCOMPARE(api.draft()->variables(), u"{\"b\": 1}"_s);
    const QFile file(m_folder.filePath(u"api.variables.json"_s));
    QVERIFY(!(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther)));
    QCOMPARE(GraphQlDraft::nameOf(QUrl(u"https://a.example:8/graphql"_s)),
             u"a.example_8_graphql"_s);
    QVERIFY(!GraphQlDraft::nameOf(QUrl(u"https://user:secret@a.example/../x"_s)).contains(u'/'));
}

void TestGraphQlDraft::beginsWithASample()
{
    const GraphQlTest::Api api;
    api.draft()->keepIn({}, u"sandbox"_s, Syncscope::Sandbox::sampleDocument(),
                        Syncscope::Sandbox::sampleVariables());
    api.draft()->schema()->load();
    QTRY_COMPARE(api.draft()->schema()->state(), Syncscope::SchemaBook::State::Ready);
    api.draft()->settle();
    QCOMPARE(api.draft()->problems()->count(), 0);
    QCOMPARE(api.draft()->operations()->count(), 3);
    QCOMPARE(api.draft()->variableProblems()->count(), 0);
}

void TestGraphQlDraft::editsJsonInsideOfStrings()
{
    const GraphQlTest::Api api;
    GraphQlDraft *draft = api.draft();
    QTemporaryDir folder;
    QFile file(folder.filePath(u"s.graphql"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("type Query { a: Int } type Mutation { put(input: In, meta: AWSJSON): Int } "
               "input In { meta: AWSJSON }");
    file.close();
    draft->schema()->loadFile(QUrl::fromLocalFile(file.fileName()));
    QTRY_COMPARE(draft->schema()->state(), Syncscope::SchemaBook::State::Ready);
    draft->setText(u"mutation M($meta: AWSJSON, $input: In) { put(input: $input, meta: $meta) }"_s);
    draft->setVariables(u"{\n  \"big\": 9007199254740993,\n  \"meta\": \"{\\\"a\\\": 1}\"\n}"_s);
    draft->settle();
    QCOMPARE(draft->jsonNames(), QStringList({u"$meta"_s, u"$input.meta"_s}));
    QCOMPARE(draft->jsonText(0), u"{\"a\": 1}"_s);
    QVERIFY(draft->setJsonText(0, u"{\"a\":\n2}"_s));
    QCOMPARE(draft->variables(),
             u"{\n  \"big\": 9007199254740993,\n  \"meta\": \"{\\\"a\\\":\\n2}\"\n}"_s);
    QCOMPARE(draft->jsonText(0), u"{\"a\":\n2}"_s);
    QVERIFY(!draft->setJsonText(1, u"{}"_s)); // there is no $input to put it into
    draft->setVariables(u"{\"input\": {}}"_s);
    QVERIFY(draft->setJsonText(1, u"[1]"_s));
    QCOMPARE(draft->variables(), u"{\"input\": {\"meta\": \"[1]\"}}"_s);
    QVERIFY(draft->setJsonText(0, u"7"_s));
    QCOMPARE(draft->jsonText(1), u"[1]"_s);
    QCOMPARE(draft->jsonText(0), u"7"_s);
    QCOMPARE(GraphQlDraft::jsonProblemAt(u"{\"ä\": tru}"_s), 6);
    QCOMPARE(GraphQlDraft::jsonProblemAt(u"{\"a\": true}"_s), -1);
}

void TestGraphQlDraft::formats()
{
    const GraphQlTest::Api api;
    GraphQlDraft *draft = api.draft();
    draft->setText(u"{a(b:1){c # why\n}}"_s);
    draft->format();
    QCOMPARE(draft->text(), u"{\n  a(b: 1) {\n    c # why\n  }\n}\n"_s);
    draft->setText(u"{a("_s);
    draft->format();
    QCOMPARE(draft->text(), u"{a("_s); // what cannot be read is not touched
    draft->setVariables(u"{\"a\":1.0}"_s);
    draft->formatVariables();
    QCOMPARE(draft->variables(), u"{\n  \"a\": 1.0\n}"_s);
}

void TestGraphQlDraft::imports()
{
    const GraphQlTest::Api api;
    GraphQlDraft *draft = api.draft();
    QFile file(m_folder.filePath(u"queries.ts"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("export const a = /* GraphQL */ `query A { a }` as X;\n"
               "export const b = /* GraphQL */ `query B { b }\n`;\n");
    file.close();
    draft->setText(u"query A { a }"_s);
    draft->importFile(QUrl::fromLocalFile(file.fileName()));
    QCOMPARE(draft->text(), u"query A { a }\n\nquery B { b }\n"_s);
    QVERIFY(!draft->messageIsProblem());
    QVERIFY(draft->message().contains(u"queries.ts"_s));
    draft->importFile(QUrl::fromLocalFile(m_folder.filePath(u"none.graphql"_s)));
    QVERIFY(draft->messageIsProblem());
}

GUI_TEST(TestGraphQlDraft)
#include "tst_graphqldraft.moc"
