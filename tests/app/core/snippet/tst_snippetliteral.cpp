// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetliteral.h"

#include "snippettexts.h"
#include "tests/shared/testrunner.h"

#include <QJSEngine>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryFile>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

//! Each language reads the literals itself, where it is at hand.
class TestSnippetLiteral : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shell();
    void shellFormats();
    void python();
    void javaScript();
    void go();
    void cpp();
    void halfCharacters();
    void nothingHides();
    void readable();
    void javaScriptValues_data();
    void javaScriptValues();
    void javaScriptValuesSayWhatTheyChange();

private:
    static QByteArray run(const QString &program, const QStringList &arguments);
    static QByteArray runScript(const QString &program, const QByteArray &script);
    static QByteArrayList hexLines(const QList<QByteArray> &texts)
    {
        QByteArrayList lines;
        for (const QByteArray &text : texts)
            lines += text.toHex();
        return lines;
    }

    quint32 m_seed = 0;
    QList<QByteArray> m_texts;
};

void TestSnippetLiteral::initTestCase()
{
    m_seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", m_seed);
    m_texts = SnippetTexts::known() + SnippetTexts::random(m_seed, 1'000);
}

QByteArray TestSnippetLiteral::run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return "failed";
    return process.readAllStandardOutput();
}

QByteArray TestSnippetLiteral::runScript(const QString &program, const QByteArray &script)
{
    QTemporaryFile file;
    if (!file.open() || file.write(script) != script.size() || !file.flush())
        return "not written";
    return run(program, {file.fileName()});
}

void TestSnippetLiteral::shell()
{
#ifdef Q_OS_WIN
    QSKIP("there is no such shell");
#endif
    QByteArray script;
    for (const QByteArray &text : std::as_const(m_texts))
        script += "printf '%s\\0' " + SnippetLiteral::shell(text) + '\n';
    QByteArrayList read = runScript(u"/bin/sh"_s, script).split('\0');
    QCOMPARE(read.takeLast(), QByteArray());
    QCOMPARE(read, m_texts);
}

void TestSnippetLiteral::shellFormats()
{
#ifdef Q_OS_WIN
    QSKIP("there is no such shell");
#endif
    QList<QByteArray> texts{QByteArray("\0", 1), QByteArray("a\0001\0\0", 6),
                            QByteArray("%s\0\\0", 5)};
    for (qsizetype i = 0; i < 60; ++i)
        texts += m_texts.at(i) + '\0' + m_texts.at(i + 1);
    QByteArray script;
    for (const QByteArray &text : std::as_const(texts))
        script += "printf " + SnippetLiteral::shellFormat(text)
            + " | od -An -v -tx1 | tr -d ' \\n'; echo\n";
    QByteArrayList read = runScript(u"/bin/sh"_s, script).split('\n');
    QCOMPARE(read.takeLast(), QByteArray());
    QCOMPARE(read, hexLines(texts));
}

void TestSnippetLiteral::python()
{
    QByteArray script = "texts = [\n";
    for (const QByteArray &text : std::as_const(m_texts))
        script += SnippetLiteral::python(text) + ",\n";
    script += "]\nfor text in texts:\n    print(text.encode().hex())\n";
    QByteArrayList read = runScript(QStringLiteral(PYTHON), script).replace('\r', "").split('\n');
    QCOMPARE(read.takeLast(), QByteArray());
    QCOMPARE(read, hexLines(m_texts));
}

void TestSnippetLiteral::javaScript()
{
    QJSEngine engine;
    for (const QByteArray &text : std::as_const(m_texts)) {
        const QByteArray literal = SnippetLiteral::javaScript(text);
        const QJSValue value = engine.evaluate(QString::fromUtf8(literal));
        QVERIFY2(value.isString(), literal);
        QCOMPARE(value.toString().toUtf8(), text);
    }
}

//! Reads a string literal as the specification of Go has it.
static QByteArray goText(const QByteArray &literal)
{
    if (literal.startsWith('`'))
        return literal.mid(1, literal.size() - 2);
    QByteArray text;
    for (qsizetype i = 1; i < literal.size() - 1; ++i) {
        if (literal[i] != '\\') {
            text += literal[i];
            continue;
        }
        const char kind = literal[++i];
        const int digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
        if (digits == 0) {
            text += kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind == 't' ? '\t' : kind;
            continue;
        }
        const char32_t code = literal.mid(i + 1, digits).toUInt(nullptr, 16);
        text +=
            kind == 'x' ? QByteArray(1, char(code)) : QStringView(QChar::fromUcs4(code)).toUtf8();
        i += digits;
    }
    return text;
}

void TestSnippetLiteral::go()
{
    for (const QByteArray &text : std::as_const(m_texts)) {
        const QByteArray literal = SnippetLiteral::go(text);
        QCOMPARE(goText(literal), text);
        // What the compiler refuses.
        QVERIFY(!literal.contains('\n') && !literal.contains('\0'));
        QVERIFY(!literal.contains("\xef\xbb\xbf"));
        QVERIFY(!literal.startsWith('`') || !literal.contains('\r'));
    }
    QCOMPARE(SnippetLiteral::go(QByteArray("a\0\xff", 3)), QByteArray(R"("a\x00\xff")"));
}

//! The compiler read them when this was built.
void TestSnippetLiteral::cpp()
{
    QByteArrayList read = run(QStringLiteral(CPP_LITERALS), {}).replace('\r', "").split('\n');
    QCOMPARE(read.takeLast(), QByteArray());
    QCOMPARE(read,
             hexLines(SnippetTexts::known() + SnippetTexts::random(CPP_SEED, 300)
                      + QList<QByteArray>{QByteArray("a\0b", 3), QByteArray(20'000, '\\')}));
}

void TestSnippetLiteral::halfCharacters()
{
    const QByteArray lone = "a\xed\xa0\xbd z";
    QCOMPARE(SnippetLiteral::python(lone), QByteArray(R"("a\ud83d z")"));
    QCOMPARE(SnippetLiteral::javaScript(lone), QByteArray(R"("a\ud83d z")"));
    QCOMPARE(SnippetLiteral::go(lone), QByteArray(R"("a\xed\xa0\xbd z")"));
    QCOMPARE(SnippetLiteral::cpp(lone), QByteArray(R"("a\355\240\275 z")"));
    QCOMPARE(SnippetLiteral::python("\xff"), QByteArray(R"("\ufffd")"));
}

void TestSnippetLiteral::nothingHides()
{
    // Turned text could show another program than the one that runs.
    const QByteArray turned = "a\xe2\x80\xae"
                              "b";
    for (const QByteArray &literal :
         {SnippetLiteral::python(turned), SnippetLiteral::javaScript(turned),
          SnippetLiteral::go(turned), SnippetLiteral::cpp(turned)})
        QVERIFY2(!literal.contains("\xe2\x80\xae"), literal);
}

void TestSnippetLiteral::readable()
{
    const QByteArray json = R"({"name":"ä"})";
    QCOMPARE(SnippetLiteral::shell(json), R"('{"name":"ä"}')"_ba);
    QCOMPARE(SnippetLiteral::python(json), R"('{"name":"ä"}')"_ba);
    QCOMPARE(SnippetLiteral::javaScript(json), R"('{"name":"ä"}')"_ba);
    QCOMPARE(SnippetLiteral::go(json), R"(`{"name":"ä"}`)"_ba);
    QCOMPARE(SnippetLiteral::cpp(json), R"("{\"name\":\"ä\"}")"_ba);
    QCOMPARE(SnippetLiteral::shell("/default/room"), "/default/room"_ba);
    QCOMPARE(SnippetLiteral::shell(""), "''"_ba);
}

void TestSnippetLiteral::javaScriptValues_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("source");
    QTest::newRow("object") << R"({"a":[1,2.5,true,null],"b":{}})"_ba
                            << R"({"a": [1, 2.5, true, null], "b": {}})"_ba;
    QTest::newRow("large") << "9007199254740993"_ba
                           << R"(JSON.rawJSON("9007199254740993"))"_ba;
    QTest::newRow("inside") << R"({"id":12345678901234567890})"_ba
                            << R"({"id": JSON.rawJSON("12345678901234567890")})"_ba;
    QTest::newRow("1.0") << "1.0"_ba
                         << R"(JSON.rawJSON("1.0"))"_ba;
    QTest::newRow("-0") << "-0"_ba
                        << R"(JSON.rawJSON("-0"))"_ba;
    QTest::newRow("1e2") << "1e2"_ba
                         << R"(JSON.rawJSON("1e2"))"_ba;
    QTest::newRow("tiny") << "0.0000001"_ba
                          << R"(JSON.rawJSON("0.0000001"))"_ba;
    QTest::newRow("15 digits") << "123456789012345"_ba
                               << "123456789012345"_ba;
    QTest::newRow("prototype") << R"({"__proto__":1})"_ba
                               << R"({["__proto__"]: 1})"_ba;
    QTest::newRow("quotes") << R"("say \"it's\"")"_ba
                            << R"("say \"it's\"")"_ba;
}

void TestSnippetLiteral::javaScriptValues()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, source);
    QCOMPARE(SnippetLiteral::javaScriptValue(json).source, source);
}

void TestSnippetLiteral::javaScriptValuesSayWhatTheyChange()
{
    QJSEngine engine;
    int same = 0;
    const QList<QByteArray> events = SnippetTexts::events(m_seed, 500);
    for (const QByteArray &json : events) {
        const SnippetLiteral::JavaScriptValue value = SnippetLiteral::javaScriptValue(json);
        if (value.hasRawNumbers) // this engine does not know them
            continue;
        const QJSValue written =
            engine.evaluate(u"JSON.stringify((%1))"_s.arg(QString::fromUtf8(value.source)));
        QVERIFY2(written.isString(), value.source);
        const bool isSame = written.toString().toUtf8() == json;
        const bool isSaidToBe = !value.losesSpace && !value.changesEscapes && !value.changesKeys;
        QVERIFY2(isSame || !isSaidToBe, json);
        same += isSame;
        if (json.contains("\\ud83d")) // half of a character, which QJsonDocument does not bear
            continue;
        QCOMPARE(QJsonDocument::fromJson('[' + written.toString().toUtf8() + ']'),
                 QJsonDocument::fromJson('[' + json + ']'));
    }
    QVERIFY(same > 100);
    QVERIFY(SnippetLiteral::javaScriptValue("[1, 2]").losesSpace);
    QVERIFY(!SnippetLiteral::javaScriptValue(R"(["a b","\" "])").losesSpace);
    QVERIFY(SnippetLiteral::javaScriptValue(R"(["\u0041"])").changesEscapes);
    QVERIFY(SnippetLiteral::javaScriptValue(R"(["\ud83d\ude00"])").changesEscapes);
    QVERIFY(!SnippetLiteral::javaScriptValue(R"(["\ud83d\n\u0001"])").changesEscapes);
    QVERIFY(SnippetLiteral::javaScriptValue(R"({"a":1,"a":2})").changesKeys);
    QVERIFY(SnippetLiteral::javaScriptValue(R"({"b":1,"7":2})").changesKeys);
}

GUILESS_TEST(TestSnippetLiteral)
#include "tst_snippetliteral.moc"
