// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/control/page_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_Page : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onePage();
    void severalPages();
    void refusesRubbish_data();
    void refusesRubbish();

private:
    static QJsonArray numbers(int count);
};

QJsonArray tst_Page::numbers(int count)
{
    QJsonArray array;
    for (int i = 0; i < count; ++i)
        array.append(i);
    return array;
}

void tst_Page::onePage()
{
    const auto page = pageOf(numbers(3), u"items"_s, {});
    QCOMPARE(std::get<QJsonObject>(page), (QJsonObject{{u"items"_s, numbers(3)}}));
}

void tst_Page::severalPages()
{
    QJsonArray found;
    QByteArray query = "maxResults=2";
    for (int i = 0; i < 3; ++i) {
        const auto page = std::get<QJsonObject>(pageOf(numbers(5), u"items"_s, query));
        const QJsonArray items = page.value(u"items"_s).toArray();
        QCOMPARE(items.size(), i < 2 ? 2 : 1);
        for (const QJsonValue &item : items)
            found.append(item);
        QCOMPARE(page.contains(u"nextToken"_s), i < 2);
        query = "maxResults=2&nextToken=" + page.value(u"nextToken"_s).toString().toLatin1();
    }
    QCOMPARE(found, numbers(5));
}

void tst_Page::refusesRubbish_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("too many") << QByteArray("maxResults=26");
    QTest::newRow("no number") << QByteArray("maxResults=x");
    QTest::newRow("negative") << QByteArray("maxResults=-1");
    QTest::newRow("strange token") << QByteArray("nextToken=abc");
    QTest::newRow("token beyond") << QByteArray("nextToken=4");
}

void tst_Page::refusesRubbish()
{
    QFETCH(QByteArray, query);
    const auto page = pageOf(numbers(3), u"items"_s, query);
    QCOMPARE(std::get<ServiceError>(page).type, u"BadRequestException"_s);
}

APPLESS_TEST(tst_Page)
#include "tst_page.moc"
