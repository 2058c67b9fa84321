// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/frameinspector.h"
#include "app/ui/traffic/framelog.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
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
    void preparesLargePayloadsAside_data();
    void preparesLargePayloadsAside();
    void cutsNothing();
    void laysOutNoHostileNesting();
    void searchesThePresentView();
    void copiesAsReceived();
    void selectsAndLetsGo();
    void explainsNotes();
    void tellsTheHandshake();
    void tellsARefusedHandshake();
    void survivesTheLog();

private:
    void show(const QByteArray &json);
    //! Numbers have hard spaces in front of their units.
    [[nodiscard]] static QString plain(QString text) { return text.replace(QChar::Nbsp, u' '); }

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
    QVERIFY(m_inspector->lines()->colors(0).isEmpty());
}

void TestFrameInspector::guardsLargePayloads()
{
    const QByteArray large = "[\"" + QByteArray(FrameInspector::kFormatUnaskedLimit, 'x') + "\"]";
    show(large);
    QCOMPARE(m_inspector->view(), View::Raw);
    QVERIFY(m_inspector->canFormat());
    QTRY_COMPARE(m_inspector->text(), QString::fromUtf8(large));
    m_inspector->setView(View::Pretty);
    QCOMPARE(m_inspector->view(), View::Pretty);
    QVERIFY(!m_inspector->canFormat());
    QTRY_VERIFY(m_inspector->text().startsWith(u"[\n  \"xxx"_s));
    show("[1]"); // the next one is small again
    QCOMPARE(m_inspector->view(), View::Pretty);
    QVERIFY(!m_inspector->canFormat());
    show(large); // and asking once was not for ever
    QCOMPARE(m_inspector->view(), View::Raw);
}

void TestFrameInspector::preparesLargePayloadsAside_data()
{
    QTest::addColumn<FrameInspector::View>("view");
    QTest::newRow("tree") << View::Tree;
    QTest::newRow("pretty") << View::Pretty;
    QTest::newRow("raw") << View::Raw;
    QTest::newRow("hex") << View::Hex;
    QTest::newRow("diff") << View::Diff;
    QTest::newRow("frame") << View::Frame;
}

void TestFrameInspector::preparesLargePayloadsAside()
{
    QFETCH(const FrameInspector::View, view);
    const QByteArray large = "[\"" + QByteArray(3'000'000, 'x') + "\",1]";
    show(large);
    show(large);
    m_inspector->setView(view);
    QVERIFY(m_inspector->isBusy()); // it did not wait
    QVERIFY(m_inspector->remark().isEmpty());
    m_inspector->setView(View::Tree); // and goes on with what is wanted now
    show("[2]");
    QVERIFY(!m_inspector->isBusy());
    QCOMPARE(m_inspector->tree()->count(), 2);
    m_model->select(0);
    m_inspector->setView(view);
    QTRY_VERIFY(!m_inspector->isBusy());
    QTRY_VERIFY(!m_inspector->lines()->isBusy());
    const int shown = view == View::Tree ? m_inspector->tree()->count()
        : view == View::Hex              ? m_inspector->hex()->rowCount()
        : view == View::Diff             ? 1
                                         : m_inspector->lines()->count();
    QVERIFY(shown > 0);
}

void TestFrameInspector::cutsNothing()
{
    const QByteArray huge = '"' + QByteArray(2'500'000, 'x') + '"';
    show(huge);
    QTRY_VERIFY(!m_inspector->isBusy());
    QCOMPARE(m_inspector->lines()->text(), QString::fromUtf8(huge));
    m_inspector->copyView();
    QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromUtf8(huge));
    QVERIFY(m_inspector->remark().contains(u"shown as received"_s));
}

void TestFrameInspector::laysOutNoHostileNesting()
{
    const QByteArray deep = QByteArray(2'000'000, '[') + QByteArray(2'000'000, ']');
    show(deep);
    m_inspector->setView(View::Pretty);
    QTRY_VERIFY(!m_inspector->isBusy());
    QVERIFY(m_inspector->remark().contains(u"indent"_s));
    QCOMPARE(m_inspector->text(), QString::fromUtf8(deep));
}

void TestFrameInspector::searchesThePresentView()
{
    show("{\"a\":1,\"b\":[1]}");
    m_inspector->search()->setQuery(u"1"_s);
    QCOMPARE(m_inspector->search()->count(), 2);
    m_inspector->setView(View::Hex);
    m_inspector->search()->setQuery(u"0x22"_s);
    QCOMPARE(m_inspector->search()->count(), 4);
    m_inspector->setView(View::Tree);
    QCOMPARE(m_inspector->search()->count(), 0);
    m_inspector->search()->setQuery(u"b"_s);
    QCOMPARE(m_inspector->search()->hitBegin(), 11);
    m_inspector->setView(View::Diff);
    QCOMPARE(m_inspector->search()->count(), 0);
    m_inspector->dismiss();
    QCOMPARE(m_inspector->search()->count(), 0);
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
    m_inspector->setView(View::Frame); // there is none: nothing changes
    QCOMPARE(m_inspector->text(), note.explanation());
    m_inspector->copyPayload();
    QCOMPARE(QGuiApplication::clipboard()->text(), note.explanation());
}

void TestFrameInspector::tellsTheHandshake()
{
    const auto ack = [](qint64 seq, int ms) {
        return UiTest::frame(seq, u"connection_ack"_s,
                             u"{\"type\":\"connection_ack\",\"connectionTimeoutMs\":%1}"_s.arg(ms));
    };
    const QString init = u"{\"type\":\"connection_init\"}"_s;
    m_log->append(UiTest::outgoing(1, u"connection_init"_s, init));
    m_log->append(ack(3, 60'000));
    m_log->append(UiTest::data(4));
    m_log->append(UiTest::outgoing(5, u"connection_init"_s, init)); // a later connection
    m_log->append(ack(9, 300'000));
    m_log->append(UiTest::data(10));
    m_log->flush();
    m_inspector->handshake()->setOpenings({{u"wss://first/event"_s, UiTest::data(1).at},
                                           {u"wss://second/event"_s, UiTest::data(5).at}});
    const QAbstractItemModelTester tester(m_inspector->handshake(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_inspector->setView(View::Handshake);
    QCOMPARE(m_inspector->handshake()->count(), 0); // nothing is selected
    m_model->select(0);
    QTRY_VERIFY(!m_inspector->handshake()->isSearching());
    const QString first = plain(m_inspector->handshake()->text());
    QVERIFY2(first.contains(u"wss://first/event"_s), qPrintable(first));
    QVERIFY2(first.contains(u", 20 ms later"_s), qPrintable(first));
    QVERIFY2(first.contains(u"a silence of 60 s"_s, Qt::CaseInsensitive), qPrintable(first));
    QVERIFY(first.contains(u"Not recorded: The upgrade request"_s));
    m_model->select(1);
    QTRY_VERIFY(!m_inspector->handshake()->isSearching());
    m_inspector->copyView();
    const QString second = plain(QGuiApplication::clipboard()->text());
    QVERIFY2(second.contains(u"wss://second/event"_s), qPrintable(second));
    QVERIFY2(second.contains(u", 40 ms later"_s), qPrintable(second));
    QVERIFY(m_inspector->remark().isEmpty());
    m_inspector->setView(View::Pretty);
    QCOMPARE(m_inspector->handshake()->count(), 0);
}

void TestFrameInspector::tellsARefusedHandshake()
{
    m_log->append(UiTest::outgoing(1, u"connection_init"_s, u"{\"type\":\"connection_init\"}"_s));
    m_log->append(UiTest::frame(
        2, u"connection_error"_s,
        u"{\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"UnauthorizedException\"}]}"_s));
    m_log->flush();
    m_model->setShowControl(true);
    m_inspector->setView(View::Handshake);
    m_model->select(0);
    QTRY_VERIFY(!m_inspector->handshake()->isSearching());
    QVERIFY(m_inspector->handshake()->text().contains(u"Not before this row."_s));
    m_model->select(1);
    QTRY_VERIFY(!m_inspector->handshake()->isSearching());
    const QString words = m_inspector->handshake()->text();
    QVERIFY2(words.contains(u"The connection was not authorized."_s), qPrintable(words));
    m_log->clear();
    show("1");
    QTRY_VERIFY(!m_inspector->handshake()->isSearching());
    QVERIFY(m_inspector->handshake()->text().contains(u"Its frames are not here"_s));
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
