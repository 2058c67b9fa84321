// SPDX-License-Identifier: Apache-2.0
#include "app/ui/evidence.h"
#include "app/ui/notice.h"
#include "app/ui/wording.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::Evidence;
using Syncscope::Notice;

class TestEvidence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void showsTheFrameAsItCame();
    void showsTheWholeAnswer();
    void saysWhatIsCut();
    void standsUnderTheFacts();
};

void TestEvidence::showsTheFrameAsItCame()
{
    QVERIFY(Evidence().text().isEmpty());
    const AppSync::Frame frame =
        UiTest::frame(1, u"error"_s, u"{ \"type\":\t\"error\",\"n\":9007199254740993 }"_s);
    QCOMPARE(Evidence({frame, {}}).text(),
             u"Frame received at "_s + Syncscope::Wording::time(frame.at) + u":\n"_s + frame.text);
}

void TestEvidence::showsTheWholeAnswer()
{
    AppSync::HttpAnswer answer;
    answer.status = 403;
    answer.reason = u"Forbidden"_s;
    answer.headers = {{"x-amzn-ErrorType", "UnauthorizedException"},
                      {"Set-Cookie", "session=secret; Path=/"}};
    answer.body = "{\"message\":\"no\"}";
    const QString text = Evidence({{}, answer}).text();
    QVERIFY2(text.endsWith(u"HTTP 403 Forbidden\nx-amzn-ErrorType: UnauthorizedException\n"
                           "Set-Cookie: (masked)\n\n{\"message\":\"no\"}"_s),
             qPrintable(text));
    answer.reason.clear();
    answer.body.clear();
    QVERIFY(Evidence({{}, answer}).text().contains(u"HTTP 403\n"_s));
    QVERIFY(Evidence({{}, answer}).text().endsWith(u"(no body)"_s));
}

void TestEvidence::saysWhatIsCut()
{
    const AppSync::Frame frame =
        UiTest::frame(1, u"error"_s, QString(Evidence::kShownLimit + 5, u'x'));
    const QString text = Evidence({frame, {}}).text();
    QVERIFY(text.endsWith(u"x\n[the first 16000 of 16005 characters]"_s));
}

void TestEvidence::standsUnderTheFacts()
{
    AppSync::Error error = AppSync::Error::local(AppSync::Error::Kind::Refused, u"No."_s);
    error.type = u"BadRequestException"_s;
    const AppSync::Frame frame = UiTest::frame(1, u"error"_s, u"{}"_s);
    QVERIFY(Notice::fromError(error, {frame, {}})
                .details.startsWith(u"Type: BadRequestException\n\nFrame received at "_s));
    QVERIFY(Notice::fromError({}, {frame, {}}).isEmpty());
}

GUILESS_TEST(TestEvidence)
#include "tst_evidence.moc"
