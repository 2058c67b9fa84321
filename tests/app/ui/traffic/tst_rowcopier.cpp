// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framelog.h"
#include "app/ui/traffic/rowcopier.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameLog;
using Syncscope::FrameModel;
using Syncscope::LinkNote;
using Syncscope::RowCopier;
using Syncscope::SnippetTarget;

class TestRowCopier : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingSelected();
    void payloads();
    void rowAsJson();
    void notes();
    void programs();
    void openChannels();
    void whatCannotBeRepeated();

private:
    //! Appends it and selects it.
    void show(const AppSync::Frame &frame)
    {
        m_log->append(frame);
        m_log->flush();
        m_model->setShowControl(true);
        m_model->selectRecord(double(m_log->end() - 1));
    }

    std::unique_ptr<FrameLog> m_log;
    std::unique_ptr<FrameModel> m_model;
    std::unique_ptr<RowCopier> m_copier;
    QStringList m_told;
};

void TestRowCopier::init()
{
    m_copier.reset();
    m_model.reset();
    m_log = std::make_unique<FrameLog>();
    m_model = std::make_unique<FrameModel>(m_log.get());
    m_copier = std::make_unique<RowCopier>(m_log.get(), m_model.get(), [](qint64) {
        SnippetTarget target;
        target.endpoint = AppSync::Endpoint::fromUserInput(u"http://127.0.0.1:8787/event"_s);
        return target;
    });
    m_told.clear();
    connect(m_copier.get(), &RowCopier::told, this,
            [this](const QString &sentence) { m_told += sentence; });
    QGuiApplication::clipboard()->setText(u"before"_s);
}

void TestRowCopier::nothingSelected()
{
    QVERIFY(!m_copier->hasRow());
    QVERIFY(!m_copier->canRepeat());
    for (int form = 0; form <= int(RowCopier::Form::Cpp); ++form)
        m_copier->copy(RowCopier::Form(form));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    QCOMPARE(m_told.size(), 8);
}

void TestRowCopier::payloads()
{
    QSignalSpy changed(m_copier.get(), &RowCopier::changed);
    show(UiTest::outgoing(
        1, u"publish"_s,
        uR"({"type":"publish","id":"1","channel":"/a","events":["{\"id\":9007199254740993,\"z\":1,\"a\":1.0}","no json"]})"_s));
    QCOMPARE(changed.count(), 1);
    QVERIFY(m_copier->hasFrame());
    m_copier->copy(RowCopier::Form::Payload);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"{\"id\":9007199254740993,\"z\":1,\"a\":1.0}\nno json"_s);
    m_copier->copy(RowCopier::Form::Pretty);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"{\n  \"id\": 9007199254740993,\n  \"z\": 1,\n  \"a\": 1.0\n}\n\nno json"_s);
    QCOMPARE(m_told.size(), 2);
    show(UiTest::keepAlive(2));
    QCOMPARE(m_copier->text(RowCopier::Form::Payload), m_log->record(2).frame.text);
    // Laid out, it would be far longer: it stays as it came.
    const QString nested =
        QString(64, u'[') + QString(u"1,"_s).repeated(500'000) + u'1' + QString(64, u']');
    show(UiTest::outgoing(
        3, u"publish"_s,
        u"{\"type\":\"publish\",\"id\":\"3\",\"channel\":\"/a\",\"events\":[\"%1\"]}"_s.arg(
            nested)));
    QVERIFY(m_copier->text(RowCopier::Form::Pretty) == nested);
}

void TestRowCopier::rowAsJson()
{
    m_log->append(UiTest::data(1));
    m_log->attach(UiTest::event(1, R"({"id": 9007199254740993})"), 0);
    m_log->flush();
    m_model->selectRecord(1);
    const QString expected =
        uR"({"v":1,"n":1,"t":"2027-01-15T08:00:00.010Z","number":1,"kind":"event","dir":"in","sub":"/demo/*","channel":null,"bytes":1,"event":1})"_s;
    QCOMPARE(m_copier->text(RowCopier::Form::Json), expected);
}

void TestRowCopier::notes()
{
    LinkNote note;
    note.kind = LinkNote::Kind::Gap;
    note.at = UiTest::data(1).at;
    m_log->append(note);
    m_log->flush();
    m_model->selectRecord(1);
    QVERIFY(m_copier->hasRow());
    QVERIFY(!m_copier->hasFrame());
    QVERIFY(!m_copier->canRepeat());
    QVERIFY(!m_copier->text(RowCopier::Form::Payload).isEmpty());
    const QString line = m_copier->text(RowCopier::Form::Json);
    const QJsonObject object = QJsonDocument::fromJson(line.toUtf8()).object();
    QCOMPARE(object["kind"_L1].toString(), u"gap"_s);
    QVERIFY2(object["note"_L1].isObject(), qPrintable(line));
    QVERIFY(m_copier->text(RowCopier::Form::Shell).isEmpty());
}

void TestRowCopier::programs()
{
    show(UiTest::outgoing(
        1, u"publish"_s,
        uR"({"type":"publish","id":"1","channel":"/a","events":["1"],"authorization":{"x-api-key":"da2-secret"}})"_s));
    QVERIFY(m_copier->canRepeat());
    m_copier->copy(RowCopier::Form::Shell);
    QCOMPARE(
        QGuiApplication::clipboard()->text(),
        u"syncscope-cli publish --endpoint http://127.0.0.1:8787/event --auth api-key /a 1\n"_s);
    const QList<std::pair<RowCopier::Form, QString>> signs{
        {RowCopier::Form::AmplifyJs, u"aws-amplify"_s},
        {RowCopier::Form::Python, u"urllib"_s},
        {RowCopier::Form::Go, u"package main"_s},
        {RowCopier::Form::Cpp, u"AppSync::EventsClient"_s}};
    for (const auto &[form, sign] : signs) {
        QVERIFY(m_copier->text(form).contains(sign));
        QVERIFY(!m_copier->text(form).contains(u"da2-secret"));
    }
}

void TestRowCopier::openChannels()
{
    m_log->append(UiTest::data(1));
    m_log->attach(UiTest::event(1, "1"), 0);
    m_log->flush();
    m_model->selectRecord(1);
    m_copier->copy(RowCopier::Form::Python);
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"/demo/<channel>"));
    QVERIFY2(m_told.last().contains(u"<channel>"), qPrintable(m_told.last()));
}

void TestRowCopier::whatCannotBeRepeated()
{
    show(UiTest::keepAlive(1));
    QVERIFY(m_copier->hasFrame());
    QVERIFY(!m_copier->canRepeat());
    m_copier->copy(RowCopier::Form::Go);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
}

GUI_TEST(TestRowCopier)
#include "tst_rowcopier.moc"
