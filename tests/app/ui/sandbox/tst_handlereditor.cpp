// SPDX-License-Identifier: Apache-2.0
#include "app/ui/sandbox/handlereditor.h"
#include "tests/shared/testrunner.h"

#include "tests/shared/rawclient.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using AppSync::Emulator;
using Syncscope::HandlerEditor;

class TestHandlerEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void appliesWhatItShows();
    void keepsDraftsApart();
    void pointsAtTheError();
    void showsTheConsole();
    void keepsWhatIsApplied();
    void keepsDrafts();
    void saysWhatIsNotKept();
    void examplesWork_data();
    void examplesWork();

private:
    //! The status of a publish of the JSON text \a event.
    [[nodiscard]] int answerTo(const QString &event)
    {
        using namespace RawClient;
        const QJsonObject body{{u"channel"_s, u"default/a"_s}, {u"events"_s, QJsonArray{event}}};
        Connection connection(m_emulator->port());
        const HttpAnswer answer =
            connection.ask(post("/event", "x-api-key: " + m_emulator->apiKey().toLatin1() + "\r\n",
                                QJsonDocument(body).toJson(QJsonDocument::Compact)));
        m_body = answer.body;
        return answer.status;
    }
    void choose(const QString &nameSpace)
    {
        m_editor->setCurrent(int(m_editor->namespaces().indexOf(nameSpace)));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<HandlerEditor> m_editor;
    QByteArray m_body;
};

void TestHandlerEditor::init()
{
    m_editor.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_emulator = std::make_unique<Emulator>();
    QVERIFY(m_emulator->listen());
    m_editor = std::make_unique<HandlerEditor>(m_emulator.get(), m_folder->filePath(u"h"_s));
    m_editor->load();
    choose(u"default"_s);
}

void TestHandlerEditor::appliesWhatItShows()
{
    QCOMPARE(answerTo(u"1"_s), 200);
    m_editor->setText(u"import { util } from '@aws-appsync/utils';\n"
                      "export function onPublish(ctx) { util.error('closed today'); }"_s);
    QVERIFY(m_editor->isDirty());
    QCOMPARE(answerTo(u"1"_s), 200); // not applied yet
    m_editor->apply();
    QVERIFY(!m_editor->isDirty());
    QVERIFY(m_editor->stateText().contains(u"default"_s));
    QCOMPARE(answerTo(u"1"_s), 403);
    QVERIFY2(m_body.contains("closed today"), m_body);
    m_editor->setText({});
    m_editor->apply();
    QCOMPARE(answerTo(u"1"_s), 200);
}

void TestHandlerEditor::keepsDraftsApart()
{
    m_editor->setText(u"// one"_s);
    choose(u"public"_s);
    QVERIFY(m_editor->text().isEmpty());
    m_editor->setText(u"// two"_s);
    choose(u"default"_s);
    QCOMPARE(m_editor->text(), u"// one"_s);
    QVERIFY(m_editor->isDirty());
    m_editor->revert();
    QVERIFY(m_editor->text().isEmpty());
    QVERIFY(!m_editor->isDirty());
}

void TestHandlerEditor::pointsAtTheError()
{
    m_editor->setText(u"export function onPublish(ctx) {\n  return ctx.;\n}\n"_s);
    m_editor->apply();
    QTRY_COMPARE(m_editor->problemLine(), 2);
    QVERIFY2(m_editor->problem().startsWith(u"Line 2: "_s), qPrintable(m_editor->problem()));
    // The line is of the text that was applied.
    m_editor->setText(m_editor->text() + u"\n"_s);
    QCOMPARE(m_editor->problemLine(), 0);
    m_editor->setText(u"export function onPublish(ctx) {\n  return ctx.events;\n}\n"_s);
    m_editor->apply();
    QVERIFY(m_editor->problem().isEmpty());
    QCOMPARE(answerTo(u"1"_s), 200);
    QVERIFY(m_editor->problem().isEmpty());
}

void TestHandlerEditor::showsTheConsole()
{
    m_editor->setText(u"export function onPublish(ctx) { console.log('got', ctx.events.length);\n"
                      "  console.warn('careful'); return ctx.events; }"_s);
    m_editor->apply();
    QCOMPARE(answerTo(u"1"_s), 200);
    QTRY_VERIFY(m_editor->output().contains(u"careful"_s));
    QVERIFY2(m_editor->output().startsWith(u"got 1"_s), qPrintable(m_editor->output()));
    choose(u"public"_s);
    QVERIFY(m_editor->output().isEmpty());
    choose(u"default"_s);
    m_editor->clearOutput();
    QVERIFY(m_editor->output().isEmpty());
}

void TestHandlerEditor::keepsWhatIsApplied()
{
    const QString code = u"export const onPublish = ctx => []; // ü"_s;
    m_editor->setText(code);
    m_editor->apply();
    HandlerEditor next(m_emulator.get(), m_folder->filePath(u"h"_s));
    next.load();
    QCOMPARE(next.text(), code);
    QVERIFY(!next.isDirty());
    m_editor->setText({});
    m_editor->apply();
    QVERIFY(!QFile::exists(m_folder->filePath(u"h/default.js"_s)));
}

void TestHandlerEditor::keepsDrafts()
{
    const QString code = u"export const onPublish = ctx => [];"_s;
    m_editor->setText(code);
    m_editor->apply();
    m_editor->setText(u"// half a thou"_s);
    choose(u"public"_s);
    m_editor->setText(u"// nothing yet"_s);
    m_editor.reset(); // as when the program ends
    m_editor = std::make_unique<HandlerEditor>(m_emulator.get(), m_folder->filePath(u"h"_s));
    m_editor->load();
    choose(u"default"_s);
    QCOMPARE(m_editor->text(), u"// half a thou"_s);
    QVERIFY(m_editor->isDirty());
    m_editor->revert();
    QCOMPARE(m_editor->text(), code);
    choose(u"public"_s);
    QCOMPARE(m_editor->text(), u"// nothing yet"_s);
    m_editor->revert();
    // Without waiting for the end, too; and nothing is left behind.
    QTRY_VERIFY(QDir(m_folder->filePath(u"h"_s)).entryList({u"*.draft.js"_s}).isEmpty());
    QVERIFY(QFile::exists(m_folder->filePath(u"h/default.js"_s)));
}

void TestHandlerEditor::saysWhatIsNotKept()
{
    QFile inTheWay(m_folder->filePath(u"h"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QSignalSpy notKept(m_editor.get(), &HandlerEditor::notKept);
    m_editor->setText(u"export const onPublish = ctx => ctx.events;"_s);
    m_editor->apply();
    QCOMPARE(notKept.count(), 1);
    QVERIFY(!notKept.first().at(1).toString().isEmpty());
    QCOMPARE(answerTo(u"1"_s), 200);
}

void TestHandlerEditor::examplesWork_data()
{
    QTest::addColumn<int>("example");
    const QStringList examples = HandlerEditor::examples();
    for (int i = 0; i < examples.size(); ++i)
        QTest::newRow(qPrintable(examples[i])) << i;
}

void TestHandlerEditor::examplesWork()
{
    QFETCH(int, example);
    m_editor->insertExample(example);
    QVERIFY(!m_editor->text().isEmpty());
    m_editor->apply();
    QCOMPARE(answerTo(QString::fromLatin1("{\"text\":\"hello\"}")), 200);
    QVERIFY2(m_body.contains("\"failed\":[]"), m_body);
    QVERIFY2(m_editor->problem().isEmpty(), qPrintable(m_editor->problem()));
}

GUI_TEST(TestHandlerEditor)
#include "tst_handlereditor.moc"
