// SPDX-License-Identifier: Apache-2.0
#include "handlerfixture.h"
#include "tests/shared/testrunner.h"

using namespace AppSync;
using namespace HandlerFixture;
using namespace Qt::StringLiterals;

//! Lambda authorizers that are JavaScript.
class tst_ScriptedAuthorizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void contextReachesTheHandler();
    void commonJs();
    void whatFailsRefuses();
};

namespace {

const QString kNo = u"401 UnauthorizedException: You are not authorized to make this call."_s;

} // namespace

void tst_ScriptedAuthorizer::contextReachesTheHandler()
{
    Emulator emulator;
    const Journal journal(emulator);
    QVERIFY(emulator.listen(optionsFor(u"tenants.js"_s)));
    emulator.setLambdaAuthorizer(emulator.scriptedAuthorizer({}, handlerFile(u"authorizer.js"_s)));
    Client red(emulator, u"tenant red"_s);
    QCOMPARE(red.subscribe(u"/ns/red"_s), u"subscribed"_s);
    QCOMPARE(red.subscribe(u"/ns/blue"_s),
             u"Unauthorized: You are not authorized to make this call."_s);
    Client stranger(emulator, u"nobody"_s);
    QCOMPARE(stranger.publish(u"/ns/red"_s, {u"1"_s}), kNo);
    QCOMPARE(red.publish(u"/plain/a"_s, {u"1"_s}), kNo); // the authorizer looks at the namespace
    QCOMPARE(red.publish(u"/ns/red"_s, {u"1"_s}), u"ok"_s);
    QCOMPARE(journal.problems, QStringList());

    Client broken(emulator, u"tenant broken"_s);
    QCOMPARE(broken.publish(u"/ns/red"_s, {u"1"_s}), kNo);
    QTRY_COMPARE(journal.problems, QStringList{u"authorizer:9: Error: no such tenant"_s});
}

void tst_ScriptedAuthorizer::commonJs()
{
    Emulator emulator;
    QVERIFY(emulator.listen(optionsFor({})));
    emulator.setLambdaAuthorizer(
        emulator.scriptedAuthorizer({}, handlerFile(u"authorizer-commonjs.js"_s)));
    Client good(emulator, u"sesame"_s);
    QCOMPARE(good.publish(u"/plain/a"_s, {u"1"_s}), u"ok"_s);
    Client bad(emulator, u"barley"_s);
    QCOMPARE(bad.publish(u"/plain/a"_s, {u"1"_s}), kNo);
}

void tst_ScriptedAuthorizer::whatFailsRefuses()
{
    for (const QString &code :
         {u"syntax error"_s, u"export const handler = () => ({});"_s,
          u"export const handler = () => 'yes';"_s, u"export const onPublish = () => [];"_s}) {
        Emulator emulator;
        QVERIFY(emulator.listen(optionsFor({})));
        emulator.setLambdaAuthorizer(emulator.scriptedAuthorizer(code));
        Client client(emulator, u"token"_s);
        QCOMPARE(client.publish(u"/plain/a"_s, {u"1"_s}), kNo);
    }
}

GUILESS_TEST(tst_ScriptedAuthorizer)

#include "tst_scriptedauthorizer.moc"
