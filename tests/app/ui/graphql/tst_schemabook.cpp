// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/schemabook.h"
#include "tests/app/ui/graphql/graphqltest.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::SchemaBook;

class TestSchemaBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksTheApi();
    void readsAFile();
    void saysWhatIsWrong();
    void aRefusalLeavesTheSchema();

private:
    QUrl write(const QString &name, const QByteArray &text)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return QUrl::fromLocalFile(file.fileName());
    }

    QTemporaryDir m_folder;
};

void TestSchemaBook::asksTheApi()
{
    const GraphQlTest::Api api;
    SchemaBook *book = api.draft()->schema();
    QCOMPARE(book->state(), SchemaBook::State::None);
    book->load();
    QCOMPARE(book->state(), SchemaBook::State::Loading);
    QTRY_COMPARE(book->state(), SchemaBook::State::Ready);
    QVERIFY(book->schema().type(u"Message"_s));
    QVERIFY(book->sourceText().contains(u"4 types"_s) || book->sourceText().contains(u"types"_s));
    QVERIFY(book->model()->count() >= 4);
}

void TestSchemaBook::readsAFile()
{
    const GraphQlTest::Api api;
    SchemaBook *book = api.draft()->schema();
    book->loadFile(write(u"s.graphql"_s, "type Query { a: Int }"));
    QTRY_COMPARE(book->state(), SchemaBook::State::Ready);
    QVERIFY(book->schema().type(u"Query"_s));
    QVERIFY(book->sourceText().contains(u"s.graphql"_s));
    book->loadFile(
        write(u"s.json"_s,
              R"({"data":{"__schema":{"queryType":{"name":"Q"},"types":[{"kind":"OBJECT","name":"Q",
        "fields":[{"name":"b","args":[],"type":{"kind":"SCALAR","name":"Int"}}],"interfaces":[]},
        {"kind":"SCALAR","name":"Int"}],"directives":[]}}})"));
    QTRY_VERIFY(book->schema().type(u"Q"_s));
}

void TestSchemaBook::saysWhatIsWrong()
{
    const GraphQlTest::Api api;
    SchemaBook *book = api.draft()->schema();
    book->loadFile(QUrl::fromLocalFile(m_folder.filePath(u"none.graphql"_s)));
    QVERIFY(book->notice().message.contains(u"none.graphql"_s));
    book->loadFile(write(u"bad.graphql"_s, "type Query { a: Nobody }"));
    QTRY_VERIFY(book->notice().message.contains(u"Nobody"_s));
    QCOMPARE(book->state(), SchemaBook::State::None);
    book->dismissNotice();
    QVERIFY(book->notice().isEmpty());
}

void TestSchemaBook::aRefusalLeavesTheSchema()
{
    GraphQlTest::Api api;
    SchemaBook *book = api.draft()->schema();
    book->load();
    QTRY_COMPARE(book->state(), SchemaBook::State::Ready);
    api.emulator.close();
    book->load();
    QTRY_VERIFY(!book->notice().isEmpty());
    QCOMPARE(book->state(), SchemaBook::State::Ready);
}

GUI_TEST(TestSchemaBook)
#include "tst_schemabook.moc"
