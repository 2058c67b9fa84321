// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/control/apis_p.h"
#include "lib/emulator/http/httprequest_p.h"
#include "lib/emulator/realm_p.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_Apis : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void finds();
    void resolves_data();
    void resolves();
    void domains();
};

void tst_Apis::finds()
{
    Realm realm(u"da2-x"_s);
    Apis apis({}, realm, nullptr);
    QSignalSpy added(&apis, &Apis::added);
    QSignalSpy removed(&apis, &Apis::removed);
    const QString id = apis.add(u"second"_s).api->apiId();
    QCOMPARE(id.size(), 26);
    QCOMPARE(added.count(), 1);
    QCOMPARE(apis.all().size(), 2);
    QVERIFY(apis.find(id));
    apis.remove(apis.first().apiId());
    QCOMPARE(apis.all().size(), 2);
    apis.remove(id);
    QCOMPARE(removed.count(), 1);
    QVERIFY(!apis.find(id));
}

void tst_Apis::resolves_data()
{
    QTest::addColumn<QByteArray>("host"); // ID stands for that of the second API
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<int>("api"); // 0: none, 1: the first one, 2: the second one
    QTest::addColumn<QByteArray>("rest");
    const auto row = [](const char *name, const QByteArray &host, const QByteArray &path, int api,
                        const QByteArray &rest) {
        QTest::newRow(name) << host << path << api << rest;
    };
    row("address", "127.0.0.1:8787", "/event", 1, "/event");
    row("localhost", "localhost", "/event", 1, "/event");
    row("any name", "x.localhost", "/event", 1, "/event");
    row("of the service", "abc.appsync-api.eu-west-1.amazonaws.com", "/event", 1, "/event");
    row("own name", "ID.appsync-api.localhost:8787", "/event", 2, "/event");
    row("realtime name", "ID.appsync-realtime-api.localhost", "/event/realtime", 2,
        "/event/realtime");
    row("gone", "zzz.appsync-api.localhost", "/event", 0, "/event");
    row("path", "localhost", "/apis/ID/event/realtime", 2, "/event/realtime");
    row("path only", "localhost", "/apis/ID", 2, "/");
    row("unknown path", "localhost", "/apis/zzz/event", 0, "/apis/zzz/event");
}

void tst_Apis::resolves()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, path);
    QFETCH(int, api);
    Realm realm(u"da2-x"_s);
    Apis apis({}, realm, nullptr);
    const Apis::Record &second = apis.add(u"second"_s);
    const QByteArray id = second.api->apiId().toLatin1();
    HttpRequest request;
    request.path = path.replace("ID", id);
    request.headers.emplaceBack("host", host.replace("ID", id));
    EventsApi *found = apis.resolve(request);
    QCOMPARE(found, api == 0 ? nullptr : api == 1 ? &apis.first() : second.api.get());
    QTEST(request.path, "rest");
    QCOMPARE(request.folder, path.startsWith("/apis/" + id) ? "/apis/" + id : QByteArray());
}

void tst_Apis::domains()
{
    QCOMPARE(Apis::domain(u"abc"_s, false, "127.0.0.1:8787"), u"abc.appsync-api.localhost:8787"_s);
    QCOMPARE(Apis::domain(u"abc"_s, true, "[::1]:80"), u"abc.appsync-realtime-api.localhost:80"_s);
    QCOMPARE(Apis::domain(u"abc"_s, false, "[::1]"), u"abc.appsync-api.localhost"_s);
}

GUILESS_TEST(tst_Apis)
#include "tst_apis.moc"
