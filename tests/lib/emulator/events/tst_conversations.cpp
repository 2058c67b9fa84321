// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QDir>
#include <QJsonArray>
#include <QTest>
#include <QUuid>

#include <map>

using namespace AppSync;
using namespace Qt::StringLiterals;

//! Plays the golden conversations of tests/fixtures/emulator.
class tst_Conversations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void play_data();
    void play();
    void playOverTls_data() { play_data(); }
    void playOverTls();

private:
    void playFile(const QString &file, bool tls);
};

namespace {

QString compact(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

//! Whether \a actual is \a expected, where the string "$uuid" stands for any UUID.
bool matches(const QJsonValue &actual, const QJsonValue &expected)
{
    if (expected == QJsonValue(u"$uuid"_s))
        return !QUuid::fromString(actual.toString()).isNull();
    if (expected.isObject() && actual.isObject()) {
        const QJsonObject want = expected.toObject();
        const QJsonObject have = actual.toObject();
        const QStringList keys = want.keys();
        return have.keys() == keys
            && std::all_of(keys.begin(), keys.end(), [&](const QString &key) {
                   return matches(have.value(key), want.value(key));
               });
    }
    if (expected.isArray() && actual.isArray()) {
        const QJsonArray want = expected.toArray();
        const QJsonArray have = actual.toArray();
        return std::equal(want.begin(), want.end(), have.begin(), have.end(),
                          [](const QJsonValue &w, const QJsonValue &h) { return matches(h, w); });
    }
    return actual == expected;
}

class Player {
public:
    Player(Emulator &emulator, bool isGraphQl) : m_emulator(emulator), m_isGraphQl(isGraphQl) { }

    //! Empty, or what went wrong.
    QString play(const QJsonObject &step)
    {
        m_number = 0;
        QString problem;
        while (problem.isEmpty() && m_number++ < step.value("times"_L1).toInt(1))
            problem = playOnce(step);
        return problem;
    }

    //! Whether nothing is on its way on any connection: the answer to one more question is the next frame.
    bool isQuiet()
    {
        for (auto &[name, socket] : m_connections) {
            socket->send(QJsonObject{{u"type"_s, m_isGraphQl ? u"stop"_s : u"unsubscribe"_s},
                                     {u"id"_s, u"barrier"_s}});
            if (socket->nextJson().value("id"_L1).toString() != "barrier"_L1)
                return false;
        }
        return true;
    }

private:
    QString playOnce(const QJsonObject &step)
    {
        const QString name = step.value("as"_L1).toString(u"a"_s);
        if (step.contains("connect"_L1)) {
            const QJsonObject credentials = step.value("connect"_L1).toObject();
            open(name, filled(RawClient::json(credentials)));
            return {};
        }
        if (step.contains("keepAlive"_L1)) {
            m_emulator.sendKeepAlives();
            return {};
        }
        if (step.contains("post"_L1))
            return post(step);
        RawClient::WebSocket &socket = connection(name);
        if (step.contains("closed"_L1)) {
            const bool hasEnded = socket.hasEnded();
            const int code = socket.socket().closeCode();
            m_connections.erase(name);
            return hasEnded && code == step.value("closed"_L1).toInt()
                ? QString()
                : u"the connection did not close, or with %1"_s.arg(code);
        }
        if (step.contains("send"_L1)) {
            const QJsonValue frame = step.value("send"_L1);
            socket.send(
                filled(frame.isString() ? frame.toString() : RawClient::json(frame.toObject())));
            return {};
        }
        const QString text = socket.next();
        if (step.contains("expectText"_L1)) {
            const QString expected = step.value("expectText"_L1).toString();
            return text == expected ? QString() : u"got %1, expected %2"_s.arg(text, expected);
        }
        const QJsonValue expected = filledMember(step, u"expect"_s);
        if (expected.isUndefined())
            return u"a step without send, expect, expectText or post"_s;
        return compared(text, expected);
    }

    //! Empty, or how \a text differs from \a expected.
    static QString compared(const QString &text, const QJsonValue &expected)
    {
        const QJsonValue actual = QJsonDocument::fromJson(text.toUtf8()).object();
        return matches(actual, expected) ? QString()
                                         : u"got %1, expected %2"_s.arg(text, compact(expected));
    }

    //! A request of GraphQL over HTTP.
    QString post(const QJsonObject &step)
    {
        QJsonObject headers{{u"x-api-key"_s, u"$apiKey"_s}};
        if (step.contains("headers"_L1))
            headers = step.value("headers"_L1).toObject();
        QByteArray lines;
        for (auto it = headers.constBegin(); it != headers.constEnd(); ++it)
            lines += it.key().toUtf8() + ": " + filled(it.value().toString()).toUtf8() + "\r\n";
        const QJsonValue body = step.value("post"_L1);
        const QString text = body.isString() ? body.toString() : RawClient::json(body.toObject());
        RawClient::Connection http(m_emulator.port(), m_emulator.caCertificate());
        const RawClient::HttpAnswer answer =
            http.ask(RawClient::post("/graphql", lines, text.toUtf8()));
        if (answer.status != step.value("status"_L1).toInt())
            return u"status %1, %2"_s.arg(answer.status).arg(QString::fromUtf8(answer.body));
        return compared(QString::fromUtf8(answer.body), filledMember(step, u"answer"_s));
    }

    [[nodiscard]] QJsonValue filledMember(const QJsonObject &step, const QString &name) const
    {
        const QString text = filled(RawClient::json({{name, step.value(name)}}));
        return QJsonDocument::fromJson(text.toUtf8()).object().value(name);
    }

    QString filled(QString text) const
    {
        text.replace("$apiKey"_L1, m_emulator.apiKey());
        text.replace("$number"_L1, QString::number(m_number));
        text.replace("$tooLarge"_L1, QString(245'759, u'x')); // with its quotes a byte too many
        text.replace("$token"_L1, m_emulator.token());
        text.replace("$expiredToken"_L1, m_emulator.tokenFor(u"late"_s, std::chrono::seconds(-5)));
        return text;
    }

    RawClient::WebSocket &connection(const QString &name)
    {
        if (!m_connections[name]) {
            const QJsonObject credentials{{u"host"_s, u"localhost"_s},
                                          {u"x-api-key"_s, m_emulator.apiKey()}};
            open(name, RawClient::json(credentials));
        }
        return *m_connections[name];
    }

    void open(const QString &name, const QString &credentials)
    {
        auto &socket = m_connections[name];
        socket = std::make_unique<RawClient::WebSocket>(m_emulator.caCertificate());
        socket->open(
            m_isGraphQl ? m_emulator.graphQlRealtimeUrl() : m_emulator.realtimeUrl(),
            {m_isGraphQl ? u"graphql-ws"_s : u"aws-appsync-event-ws"_s,
             RawClient::headerProtocol(QJsonDocument::fromJson(credentials.toUtf8()).object())});
    }

    Emulator &m_emulator;
    const bool m_isGraphQl;
    std::map<QString, std::unique_ptr<RawClient::WebSocket>> m_connections;
    int m_number = 0; //!< of the times that a step is played
};

} // namespace

void tst_Conversations::play_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(SYNCSCOPE_FIXTURES "/emulator"));
    const QStringList files = folder.entryList({u"*.json"_s});
    QVERIFY(!files.isEmpty());
    for (const QString &file : files)
        QTest::addRow("%s", qPrintable(file.chopped(5))) << folder.filePath(file);
}

void tst_Conversations::play()
{
    QFETCH(QString, file);
    playFile(file, false);
}

void tst_Conversations::playOverTls()
{
    QFETCH(QString, file);
    playFile(file, true);
}

void tst_Conversations::playFile(const QString &file, bool tls)
{
    QFile input(file);
    QVERIFY2(input.open(QIODevice::ReadOnly), qPrintable(input.errorString()));
    QJsonParseError error;
    const QJsonObject conversation = QJsonDocument::fromJson(input.readAll(), &error).object();
    QVERIFY2(!conversation.isEmpty(), qPrintable(error.errorString()));

    Emulator emulator;
    Emulator::Options options;
    options.tls = tls;
    QString problem;
    const QByteArray faults = QJsonDocument(conversation.value("faults"_L1).toObject()).toJson();
    options.faults = FaultPlan::fromJson(faults, &problem).value_or(FaultPlan());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));

    Player player(emulator, conversation.value("service"_L1) == "graphql"_L1);
    const QJsonArray steps = conversation.value("steps"_L1).toArray();
    QVERIFY(!steps.isEmpty());
    for (qsizetype i = 0; i < steps.size(); ++i) {
        problem = player.play(steps.at(i).toObject());
        QVERIFY2(problem.isEmpty(), qPrintable(u"step %1: %2"_s.arg(i + 1).arg(problem)));
    }
    QVERIFY2(player.isQuiet(), "something more was sent");
}

GUILESS_TEST(tst_Conversations)
#include "tst_conversations.moc"
