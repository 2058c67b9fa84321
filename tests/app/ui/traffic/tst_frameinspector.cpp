// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/frameinspector.h"
#include "app/ui/traffic/framelog.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameInspector;
using Syncscope::FrameLog;
using Syncscope::FrameModel;
using View = FrameInspector::View;

class TestFrameInspector : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsPayloadThreeWays();
    void showsATree();
    void showsBytes();
    void comparesWithTheOneBefore();
    void comparesWithThePinnedOne();
    void showsControlFrames();
    void showsWhatIsNoJson();
    void guardsLargePayloads();
    void boundsTheScreenNotTheCopy();
    void copiesAsReceived();
    void selectsAndLetsGo();
    void explainsNotes();
    void survivesTheLog();

private:
    void show(const QByteArray &json);

    std::unique_ptr<FrameLog> m_log;
    std::unique_ptr<FrameModel> m_model;
    std::unique_ptr<FrameInspector> m_inspector;
    qint64 m_seq = 0;
};

void TestFrameInspector::init()
{
    m_inspector.reset();
    m_model.reset();
    m_log = std::make_unique<FrameLog>();
    m_model = std::make_unique<FrameModel>(m_log.get());
    m_inspector = std::make_unique<FrameInspector>(m_log.get(), m_model.get());
}

void TestFrameInspector::show(const QByteArray &json)
{
    m_log->append(UiTest::data(++m_seq));
    m_log->attach(UiTest::event(m_seq, json), 1);
    m_log->flush();
    m_model->follow();
    m_model->select(m_model->count() - 1);
}

void TestFrameInspector::showsPayloadThreeWays()
{
    QVERIFY(!m_inspector->hasFrame());
    show("{\"id\":9007199254740993,\"id\":1.0}");
    QVERIFY(m_inspector->hasFrame());
    QCOMPARE(m_inspector->view(), View::Pretty);
    QCOMPARE(m_inspector->text(), u"{\n  \"id\": 9007199254740993,\n  \"id\": 1.0\n}"_s);
    m_inspector->setView(View::Raw);
    QCOMPARE(m_inspector->text(), u"{\"id\":9007199254740993,\"id\":1.0}"_s);
    m_inspector->setView(View::Frame);
    QCOMPARE(m_inspector->text(), UiTest::data(1).text);
    QCOMPARE(m_inspector->channel(), u"/demo/*"_s);
    QCOMPARE(m_inspector->slot(), 1);
    QVERIFY(m_inspector->remark().isEmpty());
}

void TestFrameInspector::showsATree()
{
    show("{\"id\":1,\"name\":\"x\"}");
    QCOMPARE(m_inspector->tree()->count(), 0);
    m_inspector->setView(View::Tree);
    QCOMPARE(m_inspector->tree()->count(), 3);
    m_inspector->copyView();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"{\"id\":1,\"name\":\"x\"}"_s);
    m_inspector->filterBy(m_inspector->tree()->filterFor(1));
    QCOMPARE(m_model->filter()->applied().text(), u"event.id == 1"_s);
    m_model->filter()->clear();
    show("no JSON");
    QCOMPARE(m_inspector->view(), View::Raw);
    QVERIFY(m_inspector->remark().contains(u"not JSON"_s));
    show("[2]");
    QCOMPARE(m_inspector->view(), View::Tree); // as it was chosen
    QCOMPARE(m_inspector->tree()->count(), 2);
}

void TestFrameInspector::showsBytes()
{
    m_inspector->setView(View::Hex);
    show("\"\xc3\xa9\"");
    QCOMPARE(m_inspector->hex()->rowCount(), 1);
    m_inspector->copyView();
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"22 c3 a9 22"_s));
    QCOMPARE(m_inspector->text(), QString());
}

void TestFrameInspector::comparesWithTheOneBefore()
{
    m_inspector->setView(View::Diff);
    show("{\"a\":1,\"b\":2}");
    QVERIFY(m_inspector->remark().contains(u"no earlier event"_s));
    AppSync::Event other = UiTest::event(++m_seq, "{\"a\":5}");
    other.subscription = u"/other"_s;
    m_log->append(UiTest::data(m_seq));
    m_log->attach(other, 1);
    show("{\"a\":2,\"b\":2}");
    QCOMPARE(m_inspector->diff()->text(), u"- $.a: 1\n+ $.a: 2\n"_s);
    QVERIFY2(m_inspector->remark().contains(u"#1, the one before"_s),
             qPrintable(m_inspector->remark()));
    QVERIFY(m_inspector->remark().contains(u"The same: 1"_s));
}

void TestFrameInspector::comparesWithThePinnedOne()
{
    show("{\"a\":1}");
    QVERIFY(m_inspector->canPin());
    m_inspector->togglePin();
    QCOMPARE(m_inspector->pinned(), 1.0);
    m_inspector->setView(View::Diff);
    show("{\"a\":2}");
    show("{\"a\":3}");
    QCOMPARE(m_inspector->diff()->text(), u"- $.a: 1\n+ $.a: 3\n"_s);
    QVERIFY(m_inspector->remark().contains(u"pinned"_s));
    m_inspector->copyView();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_inspector->diff()->text());
    m_model->select(0);
    m_inspector->togglePin();
    QCOMPARE(m_inspector->pinned(), 0.0);
    m_model->select(2);
    QCOMPARE(m_inspector->diff()->text(), u"- $.a: 2\n+ $.a: 3\n"_s);
    m_log->append(UiTest::keepAlive(++m_seq));
    m_log->flush();
    m_model->setShowControl(true);
    m_model->follow();
    m_model->select(3);
    QVERIFY(!m_inspector->canPin());
}

void TestFrameInspector::showsControlFrames()
{
    m_log->append(UiTest::keepAlive(1));
    m_log->flush();
    m_model->setShowControl(true);
    m_model->select(0);
    QCOMPARE(m_inspector->text(), u"{\n  \"type\": \"ka\"\n}"_s);
    QVERIFY(m_inspector->remark().contains(u"no event"_s));
}

void TestFrameInspector::showsWhatIsNoJson()
{
    show("hello {");
    QCOMPARE(m_inspector->text(), u"hello {"_s);
    QVERIFY(m_inspector->remark().contains(u"not JSON"_s));
    QVERIFY(!m_inspector->isColored());
}

void TestFrameInspector::guardsLargePayloads()
{
    const QByteArray large = "[\"" + QByteArray(FrameInspector::kFormatUnaskedLimit, 'x') + "\"]";
    show(large);
    QCOMPARE(m_inspector->view(), View::Raw);
    QVERIFY(m_inspector->canFormat());
    QCOMPARE(m_inspector->text(), QString::fromUtf8(large));
    m_inspector->setView(View::Pretty);
    QCOMPARE(m_inspector->view(), View::Pretty);
    QVERIFY(!m_inspector->canFormat());
    QVERIFY(m_inspector->text().startsWith(u"[\n  \"xxx"_s));
    show("[1]"); // the next one is small again
    QCOMPARE(m_inspector->view(), View::Pretty);
    QVERIFY(!m_inspector->canFormat());
    show(large); // and asking once was not for ever
    QCOMPARE(m_inspector->view(), View::Raw);
}

void TestFrameInspector::boundsTheScreenNotTheCopy()
{
    const QByteArray huge = '"' + QByteArray(FrameInspector::kShownLimit + 500'000, 'x') + '"';
    show(huge);
    QVERIFY(m_inspector->isTruncated());
    QCOMPARE(m_inspector->text().size(), FrameInspector::kShownLimit);
    QVERIFY(m_inspector->remark().contains(u"copying takes all"_s));
    m_inspector->copyView();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromUtf8(huge));
}

void TestFrameInspector::copiesAsReceived()
{
    const QByteArray json = "{ \"a\" :\t1e2 }";
    show(json);
    const QSignalSpy copied(m_inspector.get(), &FrameInspector::copied);
    m_inspector->copyPayload();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromUtf8(json));
    QCOMPARE(copied.size(), 1);
    m_inspector->copyView();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"{\n  \"a\": 1e2\n}"_s);
}

void TestFrameInspector::selectsAndLetsGo()
{
    QVERIFY(!m_inspector->canSelect());
    show("1");
    m_inspector->dismiss();
    QVERIFY(!m_inspector->hasFrame());
    QVERIFY(m_inspector->canSelect());
    m_inspector->selectNewest();
    QVERIFY(m_inspector->hasFrame());
}

void TestFrameInspector::explainsNotes()
{
    Syncscope::LinkNote note;
    note.kind = Syncscope::LinkNote::Kind::Gap;
    note.from = UiTest::data(1).at;
    note.at = UiTest::data(9).at;
    m_log->append(note);
    m_log->flush();
    m_model->select(0);
    QVERIFY(m_inspector->hasRecord());
    QVERIFY(!m_inspector->hasFrame());
    QCOMPARE(m_inspector->text(), note.explanation());
    QCOMPARE(m_inspector->channel(), u"Gap"_s);
    QVERIFY(m_inspector->sizeText().isEmpty());
    QVERIFY(m_inspector->remark().isEmpty());
    QVERIFY(!m_inspector->isColored());
    m_inspector->setView(View::Frame); // there is none: nothing changes
    QCOMPARE(m_inspector->text(), note.explanation());
    m_inspector->copyPayload();
    QCOMPARE(QGuiApplication::clipboard()->text(), note.explanation());
}

void TestFrameInspector::survivesTheLog()
{
    show("\"kept\"");
    m_log->setByteBudget(1); // drops all but one
    for (int i = 0; i < 10; ++i)
        m_log->append(UiTest::data(++m_seq));
    m_log->flush();
    QVERIFY(!m_log->contains(1));
    QCOMPARE(m_inspector->text(), u"\"kept\""_s);
}

GUI_TEST(TestFrameInspector)
#include "tst_frameinspector.moc"
