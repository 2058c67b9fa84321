// SPDX-License-Identifier: Apache-2.0
#include "app/ui/interactionqueue.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <QDesktopServices>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using AppSync::Interaction;
using AppSync::InteractionField;
using Syncscope::InteractionQueue;
using InteractionKind = Interaction::Kind;

class TestInteractionQueue : public QObject {
    Q_OBJECT

public Q_SLOTS:
    void openPage(const QUrl &url) { m_opened.append(url); }

private Q_SLOTS:
    void asksOneAfterTheOther();
    void handsOverWhatWasTyped();
    void choicesAreTheirValues();
    void cancelsTheQuestion();
    void questionsOfGoneSourcesVanish();
    void opensPagesOnly();
    void tellsHowMuchTimeIsLeft();

private:
    Interaction *form(const QString &title, const QList<InteractionField> &fields)
    {
        auto *interaction = new Interaction(InteractionKind::Form, title, u"message"_s, &m_source);
        interaction->setFields(fields);
        return interaction;
    }
    static InteractionField field(const QString &name)
    {
        InteractionField field;
        field.name = name;
        field.label = name;
        return field;
    }

    QObject m_source;
    QList<QUrl> m_opened;
};

void TestInteractionQueue::asksOneAfterTheOther()
{
    InteractionQueue queue;
    QVERIFY(!queue.isShown());
    QVERIFY(!queue.answer());
    Interaction *first = form(u"first"_s, {});
    queue.add(first);
    queue.add(first); // once is enough
    queue.add(form(u"second"_s, {}));
    QCOMPARE(queue.title(), u"first"_s);
    QCOMPARE(queue.waiting(), 1);
    QVERIFY(queue.answer());
    QCOMPARE(queue.title(), u"second"_s);
    QCOMPARE(queue.waiting(), 0);
    QVERIFY(queue.answer());
    QVERIFY(!queue.isShown());
    QCOMPARE(queue.title(), QString());
}

void TestInteractionQueue::handsOverWhatWasTyped()
{
    InteractionQueue queue;
    InteractionField secret = field(u"password"_s);
    secret.isSecret = true;
    InteractionField optional = field(u"device"_s);
    optional.isRequired = false;
    Interaction *interaction = form(u"Password"_s, {secret, optional});
    interaction->setProblem(u"That was wrong."_s);
    const QSignalSpy answered(interaction, &Interaction::answered);
    queue.add(interaction);
    QCOMPARE(queue.kind(), InteractionQueue::Kind::Form);
    QCOMPARE(queue.problem(), u"That was wrong."_s);
    QCOMPARE(queue.fields().size(), 2);
    QVERIFY(!queue.canAnswer());
    QVERIFY(!queue.answer());
    const QSignalSpy changed(&queue, &InteractionQueue::changed);
    queue.setValue(0, u" pass word "_s);
    queue.setValue(7, u"nowhere"_s);
    QCOMPARE(changed.size(), 0); // whoever types is not thrown out
    QVERIFY(queue.canAnswer());
    QVERIFY(queue.answer());
    QCOMPARE(answered.size(), 1);
    const QVariantMap expected{{u"password"_s, u" pass word "_s}};
    QCOMPARE(answered.first().first().toMap(), expected);
    QVERIFY(queue.fields().isEmpty());
}

void TestInteractionQueue::choicesAreTheirValues()
{
    InteractionQueue queue;
    InteractionField choice = field(u"factor"_s);
    choice.choices = QStringList{u"SMS_MFA"_s, u"SOFTWARE_TOKEN_MFA"_s};
    choice.choiceLabels = QStringList{u"A text message"_s, u"An authenticator app"_s};
    Interaction *interaction = form(u"Choose"_s, {choice});
    const QSignalSpy answered(interaction, &Interaction::answered);
    queue.add(interaction);
    const QVariantMap shown = queue.fields().first().toMap();
    QCOMPARE(shown.value(u"choices"_s).toStringList(), choice.choiceLabels);
    QCOMPARE(shown.value(u"choice"_s).toInt(), 0);
    queue.setValue(0, u"free text"_s); // is no choice
    queue.choose(0, 9);
    queue.choose(0, 1);
    QVERIFY(queue.answer());
    const QVariantMap expected{{u"factor"_s, u"SOFTWARE_TOKEN_MFA"_s}};
    QCOMPARE(answered.first().first().toMap(), expected);
}

void TestInteractionQueue::cancelsTheQuestion()
{
    InteractionQueue queue;
    auto *interaction =
        new Interaction(InteractionKind::Confirm, u"Sure?"_s, u"message"_s, &m_source);
    const QSignalSpy cancelled(interaction, &Interaction::cancelled);
    queue.add(interaction);
    QCOMPARE(queue.kind(), InteractionQueue::Kind::Confirm);
    queue.cancel();
    QCOMPARE(cancelled.size(), 1);
    QVERIFY(!queue.isShown());
}

void TestInteractionQueue::questionsOfGoneSourcesVanish()
{
    InteractionQueue queue;
    auto source = std::make_unique<QObject>();
    queue.add(new Interaction(InteractionKind::Form, u"gone"_s, {}, source.get()));
    queue.add(form(u"stays"_s, {}));
    source.reset();
    QCOMPARE(queue.title(), u"stays"_s);
    queue.cancel();
    auto *closed = form(u"closed by its source"_s, {});
    queue.add(closed);
    closed->close();
    QVERIFY(!queue.isShown());
}

void TestInteractionQueue::opensPagesOnly()
{
    QDesktopServices::setUrlHandler(u"https"_s, this, "openPage");
    InteractionQueue queue;
    auto *page = new Interaction(InteractionKind::OpenUrl, u"Sign in"_s, {}, &m_source);
    page->setUrl(QUrl(u"https://login.example.com/start?a=b"_s));
    page->setUserCode(u"ABCD-1234"_s);
    queue.add(page);
    QCOMPARE(queue.userCode(), u"ABCD-1234"_s);
    QVERIFY(!queue.isOpened());
    queue.openUrl();
    QVERIFY(queue.isOpened());
    QCOMPARE(m_opened, QList<QUrl>{QUrl(u"https://login.example.com/start?a=b"_s)});
    QVERIFY(queue.isShown()); // until its source closes it
    page->close();

    auto *program = new Interaction(InteractionKind::OpenUrl, u"Trap"_s, {}, &m_source);
    program->setUrl(QUrl(u"file:///bin/sh"_s));
    queue.add(program);
    QCOMPARE(queue.url(), QString());
    queue.openUrl();
    QVERIFY(!queue.isOpened());
    QCOMPARE(m_opened.size(), 1);
    QDesktopServices::unsetUrlHandler(u"https"_s);
}

void TestInteractionQueue::tellsHowMuchTimeIsLeft()
{
    FakeClock clock;
    InteractionQueue queue;
    queue.setClock(&clock);
    Interaction *interaction = form(u"Code"_s, {field(u"code"_s)});
    interaction->setDeadline(QDateTime::fromMSecsSinceEpoch(clock.wallMs() + 272'000));
    queue.add(interaction);
    QVERIFY2(queue.deadlineText().startsWith(u"4:32"_s), qPrintable(queue.deadlineText()));
    clock.advance(std::chrono::minutes(5));
    QVERIFY(queue.deadlineText().startsWith(u"0:00"_s));
}

GUI_TEST(TestInteractionQueue)
#include "tst_interactionqueue.moc"
