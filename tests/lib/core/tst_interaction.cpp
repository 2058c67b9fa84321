// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Interaction>

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_Interaction : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void tellsWhatIsAsked();
    void answerIsHandedOverOnce();
    void incompleteAnswersAreNotTaken_data();
    void incompleteAnswersAreNotTaken();
    void answerMayBeEmptyWhereNothingIsAsked();
    void cancelling();
    void closingBySource();
    void livesUntilClosedWasHandled();
    void deletedInItsSlotIsSafe();

private:
    void makeForm();

    QObject m_owner;
    QPointer<Interaction> m_form;
};

namespace {

InteractionField field(const QString &name)
{
    InteractionField field;
    field.name = name;
    field.label = name.toUpper();
    return field;
}

} // namespace

//! A form with one field of each kind.
void tst_Interaction::makeForm()
{
    m_form =
        new Interaction(Interaction::Kind::Form, u"Sign in"_s, u"A code is wanted."_s, &m_owner);
    InteractionField password = field(u"password"_s);
    password.isSecret = true;
    InteractionField device = field(u"device"_s);
    device.isRequired = false;
    InteractionField method = field(u"method"_s);
    method.choices = {u"SMS_MFA"_s, u"SOFTWARE_TOKEN_MFA"_s};
    method.choiceLabels = {u"SMS"_s, u"App"_s};
    m_form->setFields({password, device, method});
}

void tst_Interaction::init()
{
    delete m_form;
    makeForm();
}

void tst_Interaction::tellsWhatIsAsked()
{
    m_form->setProblem(u"The last one was wrong."_s);
    m_form->setUrl(QUrl(u"https://example.com/help"_s));
    m_form->setUserCode(u"ABCD-EFGH"_s);
    const QDateTime deadline({2025, 1, 1}, {0, 0}, Qt::UTC);
    m_form->setDeadline(deadline);
    QCOMPARE(m_form->kind(), Interaction::Kind::Form);
    QCOMPARE(m_form->title(), u"Sign in"_s);
    QCOMPARE(m_form->message(), u"A code is wanted."_s);
    QCOMPARE(m_form->problem(), u"The last one was wrong."_s);
    QCOMPARE(m_form->url(), QUrl(u"https://example.com/help"_s));
    QCOMPARE(m_form->userCode(), u"ABCD-EFGH"_s);
    QCOMPARE(m_form->deadline(), deadline);
    QCOMPARE(m_form->fields().size(), 3);
    QCOMPARE(m_form->fields()[2].choiceLabels, (QStringList{u"SMS"_s, u"App"_s}));
    QVERIFY(!m_form->isClosed());
}

void tst_Interaction::answerIsHandedOverOnce()
{
    QSignalSpy answered(m_form.data(), &Interaction::answered);
    QSignalSpy cancelled(m_form.data(), &Interaction::cancelled);
    QSignalSpy closed(m_form.data(), &Interaction::closed);
    const QVariantMap values{{u"password"_s, u"p"_s}, {u"method"_s, u"SMS_MFA"_s}};
    QVERIFY(m_form->answer(values));
    QVERIFY(m_form->isClosed());
    QCOMPARE(answered.count(), 1);
    QCOMPARE(answered.first().first().toMap(), values);
    QCOMPARE(closed.count(), 1);
    // Too late.
    QVERIFY(!m_form->answer(values));
    m_form->cancel();
    m_form->close();
    QCOMPARE(answered.count(), 1);
    QCOMPARE(cancelled.count(), 0);
    QCOMPARE(closed.count(), 1);
}

void tst_Interaction::incompleteAnswersAreNotTaken_data()
{
    QTest::addColumn<QVariantMap>("values");
    QTest::newRow("nothing") << QVariantMap();
    QTest::newRow("one missing") << QVariantMap{{u"password"_s, u"p"_s}};
    QTest::newRow("one empty") << QVariantMap{{u"password"_s, u""_s}, {u"method"_s, u"SMS_MFA"_s}};
    QTest::newRow("none of the choices")
        << QVariantMap{{u"password"_s, u"p"_s}, {u"method"_s, u"EMAIL"_s}};
    QTest::newRow("a label for a choice")
        << QVariantMap{{u"password"_s, u"p"_s}, {u"method"_s, u"SMS"_s}};
}

void tst_Interaction::incompleteAnswersAreNotTaken()
{
    QFETCH(QVariantMap, values);
    QSignalSpy answered(m_form.data(), &Interaction::answered);
    QSignalSpy closed(m_form.data(), &Interaction::closed);
    QVERIFY(!m_form->answer(values));
    QVERIFY(!m_form->isClosed());
    QCOMPARE(answered.count(), 0);
    QCOMPARE(closed.count(), 0);
    // It can be answered yet.
    QVERIFY(m_form->answer({{u"password"_s, u"p"_s},
                            {u"method"_s, u"SOFTWARE_TOKEN_MFA"_s},
                            {u"device"_s, u"phone"_s}}));
}

void tst_Interaction::answerMayBeEmptyWhereNothingIsAsked()
{
    auto *question = new Interaction(Interaction::Kind::Confirm, u"t"_s, u"Really?"_s, &m_owner);
    QSignalSpy answered(question, &Interaction::answered);
    QVERIFY(question->answer());
    QCOMPARE(answered.count(), 1);
}

void tst_Interaction::cancelling()
{
    QSignalSpy answered(m_form.data(), &Interaction::answered);
    QSignalSpy cancelled(m_form.data(), &Interaction::cancelled);
    QSignalSpy closed(m_form.data(), &Interaction::closed);
    m_form->cancel();
    m_form->cancel();
    QVERIFY(m_form->isClosed());
    QCOMPARE(cancelled.count(), 1);
    QCOMPARE(closed.count(), 1);
    QCOMPARE(answered.count(), 0);
}

void tst_Interaction::closingBySource()
{
    QSignalSpy answered(m_form.data(), &Interaction::answered);
    QSignalSpy cancelled(m_form.data(), &Interaction::cancelled);
    QSignalSpy closed(m_form.data(), &Interaction::closed);
    m_form->close();
    m_form->close();
    QCOMPARE(closed.count(), 1);
    QCOMPARE(cancelled.count() + answered.count(), 0);
}

void tst_Interaction::livesUntilClosedWasHandled()
{
    bool wasAlive = false;
    connect(m_form, &Interaction::closed, this, [this, &wasAlive] { wasAlive = !!m_form; });
    QSignalSpy destroyed(m_form.data(), &QObject::destroyed);
    m_form->cancel();
    QVERIFY(wasAlive);
    QVERIFY(m_form);
    QVERIFY(destroyed.wait());
}

void tst_Interaction::deletedInItsSlotIsSafe()
{
    connect(m_form, &Interaction::answered, this, [this] { delete m_form; });
    QVERIFY(m_form->answer({{u"password"_s, u"p"_s}, {u"method"_s, u"SMS_MFA"_s}}));
    QVERIFY(!m_form);
    makeForm();
    connect(m_form, &Interaction::cancelled, this, [this] { delete m_form; });
    m_form->cancel();
    QVERIFY(!m_form);
}

GUILESS_TEST(tst_Interaction)
#include "tst_interaction.moc"
