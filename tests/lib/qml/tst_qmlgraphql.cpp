// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/messageserver.h"
#include "tests/shared/testrunner.h"

#include <QCoreApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;

//! GraphQlClient and GraphQlSubscription as QML sees them.
class tst_QmlGraphQl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void subscribesAndExecutes();
    void replyIsReadable();
    void errorIsReadable();
    void propertiesSubscribeAnew();
    void destroyingTheItemUnsubscribes();
    void variablesMayBeText();
    void clientMakesSubscriptions();
    void handshakeHasNames();

private:
    std::unique_ptr<QObject> create(const QByteArray &body);
    [[nodiscard]] static QStringList log(QObject *root)
    {
        return root->property("log").toStringList();
    }

    std::unique_ptr<MessageServer> m_server;
    std::unique_ptr<QQmlEngine> m_engine;
};

void tst_QmlGraphQl::init()
{
    m_server = std::make_unique<MessageServer>();
    m_engine = std::make_unique<QQmlEngine>();
    m_engine->addImportPath(u"qrc:/qt/qml"_s);
}

void tst_QmlGraphQl::cleanup()
{
    m_engine.reset();
    m_server.reset();
}

//! A root object with a client `api`, a list `log`, and \a body.
std::unique_ptr<QObject> tst_QmlGraphQl::create(const QByteArray &body)
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
    readonly property string document: "subscription On($room: String) { onMessage(room: $room) { body } }"
    function note(text) { log.push(text); count += 1 }
    readonly property GraphQlClient api: GraphQlClient {
        endpoint: root.endpoint
        authorizer: ApiKeyAuthorizer { key: root.apiKey }
    }
)" + body
        + "\n}";
    QQmlComponent component(m_engine.get());
    component.setData(source, QUrl(u"inline.qml"_s));
    std::unique_ptr<QObject> root(component.createWithInitialProperties(
        {{u"endpoint"_s, m_server->url().toString()}, {u"apiKey"_s, m_server->apiKey()}}));
    if (!root)
        qWarning().noquote() << component.errorString();
    return root;
}

void tst_QmlGraphQl::subscribesAndExecutes()
{
    const auto root = create(R"(
    readonly property GraphQlSubscription lobby: GraphQlSubscription {
        client: root.api
        document: root.document
        variables: ({ room: "lobby" })
        userData: ({ any: 1 })
        onReceived: result => root.note([result.data.onMessage.body, result.hasData, result.errors.length,
                                         result.dataText.includes("hi"), userData.any].join("|"))
        onStateChanged: if (state === GraphQlSubscription.State.Subscribed)
            root.api.execute("mutation S($body: String!) { sendMessage(body: $body) { body } }", { body: "hi" })
    })");
    QVERIFY(root);
    QTRY_COMPARE(root->property("count").toInt(), 1);
    QCOMPARE(log(root.get()).first(), u"hi|true|0|true|1"_s);
}

void tst_QmlGraphQl::replyIsReadable()
{
    const auto root = create(R"(
    Component.onCompleted: {
        const reply = api.execute("mutation { sendMessage { body } }", { body: "hi" })
        reply.finished.connect(() => note([reply.isFinished, reply.error.message, reply.data.sendMessage.body,
            reply.errors.length, reply.httpStatus, reply.requestId, reply.operationId, reply.elapsedMs > 0,
            reply.result.text.startsWith("{\"data\"")].join("|")))
    })");
    QVERIFY(root);
    QTRY_COMPARE(root->property("count").toInt(), 1);
    QCOMPARE(log(root.get()).first(), u"true||hi|0|200||req-1|true|true"_s);
}

void tst_QmlGraphQl::errorIsReadable()
{
    const auto root = create(R"(
    Component.onCompleted: {
        api.authorizer = null
        const reply = api.execute("{ a }")
        reply.finished.connect(() => note(reply.error.message))
    })");
    QVERIFY(root);
    QTRY_COMPARE(root->property("count").toInt(), 1);
    QVERIFY(log(root.get()).first().contains(u"No credentials"));
}

void tst_QmlGraphQl::propertiesSubscribeAnew()
{
    const auto root = create(R"(
    property string room: "a"
    readonly property GraphQlSubscription one: GraphQlSubscription {
        client: root.api
        document: root.document
        variables: ({ room: root.room })
        onReceived: result => root.note(result.data.onMessage.body)
        onEnded: reason => root.note(reason === GraphQlSubscription.EndReason.Unsubscribed)
    })");
    QVERIFY(root);
    QTRY_COMPARE(m_server->subscriptions(), 1);
    m_server->publish(u"a"_s, u"first"_s);
    QTRY_COMPARE(log(root.get()), QStringList{u"first"_s});
    root->setProperty("room", u"b"_s);
    QTRY_COMPARE(log(root.get()), QStringList({u"first"_s, u"true"_s}));
    QTRY_VERIFY(m_server->isSubscribed(u"b"_s));
    m_server->publish(u"b"_s, u"second"_s);
    QTRY_COMPARE(log(root.get()).last(), u"second"_s);
    QCOMPARE(m_server->connections(), 1);
}

void tst_QmlGraphQl::destroyingTheItemUnsubscribes()
{
    const auto root = create(R"(
    property GraphQlSubscription one: GraphQlSubscription { client: root.api; document: root.document }
    function drop() { one.destroy() })");
    QVERIFY(root);
    QTRY_COMPARE(m_server->subscriptions(), 1);
    QMetaObject::invokeMethod(root.get(), "drop");
    QTRY_COMPARE(m_server->subscriptions(), 0);
}

void tst_QmlGraphQl::variablesMayBeText()
{
    const auto root = create(R"(
    readonly property GraphQlSubscription one: GraphQlSubscription {
        client: root.api
        document: root.document
        variablesText: "{\"room\": \"c\", \"n\": 9007199254740993}"
        onReceived: result => root.note(variables.room + result.data.onMessage.body)
    })");
    QVERIFY(root);
    QTRY_COMPARE(m_server->subscriptions(), 1);
    m_server->publish(u"c"_s, u"!"_s);
    QTRY_COMPARE(log(root.get()), QStringList{u"c!"_s});
}

void tst_QmlGraphQl::clientMakesSubscriptions()
{
    const auto root = create(R"(
    Component.onCompleted: {
        const one = api.subscribe(document, { room: "d" })
        one.received.connect(result => note(result.data.onMessage.body))
    })");
    QVERIFY(root);
    m_engine->collectGarbage();
    QTRY_COMPARE(m_server->subscriptions(), 1);
    m_server->publish(u"d"_s, u"made"_s);
    QTRY_COMPARE(log(root.get()), QStringList{u"made"_s});
}

void tst_QmlGraphQl::handshakeHasNames()
{
    const auto root = create(R"(
    Component.onCompleted: {
        api.handshake = Connection.Handshake.Query
        note(api.handshake === Connection.Handshake.Query)
        note(api.introspectionQuery(2).includes("__schema"))
    })");
    QVERIFY(root);
    QCOMPARE(log(root.get()), QStringList({u"true"_s, u"true"_s}));
}

GUILESS_TEST(tst_QmlGraphQl)
#include "tst_qmlgraphql.moc"
