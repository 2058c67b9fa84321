// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QCoreApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using AppSync::Emulator;

//! The library as QML sees it, against the emulator.
class tst_QmlModule : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void subscribesAndReceives();
    void destroyingTheItemUnsubscribes();
    void publishReplyIsReadable();
    void refusalIsReadable();
    void errorsAndStatesAreReadable();
    void collectingGarbageKeepsWhatTheClientOwns();

private:
    std::unique_ptr<QObject> create(const QByteArray &body);

    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<QQmlEngine> m_engine;
};

void tst_QmlModule::init()
{
    m_emulator = std::make_unique<Emulator>();
    QVERIFY2(m_emulator->listen(), qPrintable(m_emulator->problem()));
    m_engine = std::make_unique<QQmlEngine>();
    m_engine->addImportPath(u"qrc:/qt/qml"_s);
}

void tst_QmlModule::cleanup()
{
    m_engine.reset();
    m_emulator.reset();
}

//! A root object with a connected client `events`, a list `log`, and \a body.
std::unique_ptr<QObject> tst_QmlModule::create(const QByteArray &body)
{
    const QByteArray source = R"(
import QtQml
import AppSync
QtObject {
    id: root
    required property string endpoint
    required property string apiKey
    property var log: []
    property int count: 0
    function note(text) { log.push(text); count += 1 }
    readonly property EventsClient events: EventsClient {
        endpoint: root.endpoint
        authorizer: ApiKeyAuthorizer { key: root.apiKey }
    }
)" + body
        + "\n}";
    QQmlComponent component(m_engine.get());
    component.setData(source, QUrl(u"inline.qml"_s));
    std::unique_ptr<QObject> root(component.createWithInitialProperties(
        {{u"endpoint"_s, m_emulator->httpUrl().toString()}, {u"apiKey"_s, m_emulator->apiKey()}}));
    if (!root)
        qWarning().noquote() << component.errorString();
    return root;
}

void tst_QmlModule::subscribesAndReceives()
{
    const auto root = create(R"(
    readonly property ChannelSubscription all: ChannelSubscription {
        client: root.events
        channel: "/default/*"
        onReceived: event => root.note(event.subscription + " " + event.text + " " + event.payload.text)
        onStateChanged: if (state === ChannelSubscription.State.Subscribed) root.events.publish("/default/a", { text: "hi" })
    })");
    QVERIFY(root);
    QTRY_COMPARE(root->property("count").toInt(), 1);
    QCOMPARE(root->property("log").toList().first().toString(),
             u"/default/* {\"text\":\"hi\"} hi"_s);
}

void tst_QmlModule::destroyingTheItemUnsubscribes()
{
    const auto root = create(R"(
    property ChannelSubscription one: ChannelSubscription { client: root.events; channel: "/default/a" }
    function drop() { one.destroy() })");
    QVERIFY(root);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 1);
    QMetaObject::invokeMethod(root.get(), "drop");
    QTRY_COMPARE(m_emulator->subscriptionCount(), 0);
    QCOMPARE(m_emulator->connectionCount(), 1);
}

void tst_QmlModule::publishReplyIsReadable()
{
    const auto root = create(R"(
    Component.onCompleted: {
        const reply = events.publishText("/default/a", ["1", "{\"a\": 2}"])
        reply.finished.connect(() => note([reply.isFinished, reply.error.message, reply.channel,
                                           reply.successful.length, reply.successful[1].index,
                                           reply.failed.length, reply.elapsedMs > 0].join("|")))
    })");
    QVERIFY(root);
    QTRY_COMPARE(root->property("count").toInt(), 1);
    QCOMPARE(root->property("log").toList().first().toString(), u"true||/default/a|2|1|0|true"_s);
}

void tst_QmlModule::refusalIsReadable()
{
    const auto root = create(R"(
    Component.onCompleted: {
        const reply = events.publishText("/default/a", ["1", "2", "3", "4", "5", "6"])
        reply.finished.connect(() => note(reply.error.message))
    })");
    QVERIFY(root);
    QTRY_COMPARE(root->property("count").toInt(), 1);
    QVERIFY(root->property("log").toList().first().toString().contains(u"at most 5"));
}

void tst_QmlModule::errorsAndStatesAreReadable()
{
    const auto root = create(R"(
    readonly property ChannelSubscription wrong: ChannelSubscription {
        client: root.events
        channel: "/nowhere/a"
        onErrorOccurred: error => root.note([error.type, state === ChannelSubscription.State.Failed,
            root.events.connection.state === Connection.State.Ready, error.nextStep !== ""].join("|"))
    })");
    QVERIFY(root);
    QTRY_COMPARE(root->property("count").toInt(), 1);
    QCOMPARE(root->property("log").toList().first().toString(),
             u"UnauthorizedException|true|true|true"_s);
}

void tst_QmlModule::collectingGarbageKeepsWhatTheClientOwns()
{
    const auto root = create(R"(
    Component.onCompleted: {
        events.subscribe("/default/a")
        events.connection
        gc()
    })");
    QVERIFY(root);
    QTRY_COMPARE(m_emulator->subscriptionCount(), 1);
    m_engine->collectGarbage();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    const auto publish = create(
        "Component.onCompleted: events.publish('/default/a', 1).finished.connect(() => note(''))");
    QTRY_COMPARE(publish->property("count").toInt(), 1);
    QCOMPARE(m_emulator->subscriptionCount(), 1);
}

GUILESS_TEST(tst_QmlModule)
#include "tst_qmlmodule.moc"
