// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/handlerprogram/lowering.h"

#include <QTest>

using AppSync::Handlers::Lowering;
using namespace Qt::StringLiterals;

//! What is written anew for Qt's engine, and what stays as it is.
class tst_Lowering : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rewrites_data();
    void rewrites();
    void commonJs();
    void imports();
};

void tst_Lowering::rewrites_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("expected"); // empty: as it was
    const auto row = [](const char *name, const QString &code, const QString &expected = {}) {
        QTest::newRow(name) << code << expected;
    };
    row("nothing", u"a = {b, c: [...d], e(f) { return {f} }};"_s);
    row("spread", u"a = {b: 1, ...c, d};"_s, u"a = $spread({b: 1, },c,{ d});"_s);
    row("spread only", u"a = {...b};"_s, u"a = $spread({},b,{});"_s);
    row("spread in spread", u"a = {...{...b}};"_s, u"a = $spread({},$spread({},b,{}),{});"_s);
    row("spread of a call", u"a = {...f(b, c), d};"_s, u"a = $spread({},f(b, c),{ d});"_s);
    row("spread in an arrow", u"a = () => ({...b})"_s, u"a = () => ($spread({},b,{}))"_s);
    row("rest", u"const {a, 'b-c': d, ...e} = f;"_s,
        u"const {a, 'b-c': d, [$rest([\"a\",'b-c'])]: e} = f;"_s);
    row("rest in parameters", u"a = ({b: {c, ...d}}) => d"_s,
        u"a = ({b: {c, [$rest([\"c\"])]: d}}) => d"_s);
    row("spread as a default", u"a = (b = {...c}) => b"_s, u"a = (b = $spread({},c,{})) => b"_s);
    row("rest of a function", u"function f({a, ...b}) { }"_s,
        u"function f({a, [$rest([\"a\"])]: b}) { }"_s);
    row("rest in a loop", u"for (const {a, ...b} of c) { }"_s,
        u"for (const {a, [$rest([\"a\"])]: b} of c) { }"_s);
    row("spread in an argument", u"if (f({...a})) { }"_s, u"if (f($spread({},a,{}))) { }"_s);
    row("catch", u"try { a } catch { b }"_s, u"try { a } catch ($e) { b }"_s);
    row("number", u"a = 1_000 + 0x1f + 1e-5"_s, u"a = 1000 + 0x1f + 1e-5"_s);
    row("async function", u"async function f(a) { return await g(a).b + 1; }"_s,
        u" function f(a) { return $async(function*(){ return (yield g(a).b) + 1; }, this);}"_s);
    row("async arrow", u"a = async b => await c\nd()"_s,
        u"a =  b => $async(function*(){return ( (yield c))}, this)\nd()"_s);
    row("async method", u"a = {async b() { await c; }}"_s,
        u"a = { b() { return $async(function*(){ (yield c); }, this);}}"_s);
    row("not keywords", u"a.async(b); a.await; c = {catch: 1, await: 2}; async(3)"_s);
    row("texts", u"a = '{...b}' + `${'{...c}'} {...d}` + /[/{]...}/.source // {...e}"_s);
    row("in a template", u"a = `${{...b}.c}`"_s, u"a = `${$spread({},b,{}).c}`"_s);
    row("division", u"a = b / c / {...d}.e"_s, u"a = b / c / $spread({},d,{}).e"_s);
    row("broken", u"a = {...b"_s);
    row("unfinished text", u"a = 'b"_s);
}

void tst_Lowering::rewrites()
{
    QFETCH(QString, code);
    QFETCH(QString, expected);
    const QString head = u"export let a;\n"_s; // else it were CommonJS
    const Lowering lowered = Lowering::of(head + code);
    QCOMPARE(lowered.text, head + (expected.isEmpty() ? code : expected));
    QCOMPARE(lowered.problem, QString());
}

void tst_Lowering::commonJs()
{
    const QString lowered = Lowering::of(u"exports.handler = 1;"_s).text;
    QVERIFY(lowered.startsWith(u"const module = "_s));
    QVERIFY(lowered.endsWith(u"exports.handler = 1;\nexport default module.exports;"_s));
}

void tst_Lowering::imports()
{
    QCOMPARE(Lowering::of(u"import {util} from '@aws-appsync/utils'"_s).problem, QString());
    QCOMPARE(Lowering::of(u"import * as ddb from '@aws-appsync/utils/dynamodb'"_s).text,
             u"import   ddb from '@aws-appsync/utils/dynamodb'"_s);
    const Lowering other = Lowering::of(u"const a = 1;\nimport\n  x\nfrom \"fs\";"_s);
    QVERIFY(other.problem.startsWith(u"Cannot import \"fs\""_s));
    QCOMPARE(other.line, 4);
    QVERIFY(Lowering::of(u"export * from './b.js'"_s).problem.contains(u"./b.js"_s));
}

QTEST_APPLESS_MAIN(tst_Lowering)

#include "tst_lowering.moc"
