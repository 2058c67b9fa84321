// SPDX-License-Identifier: Apache-2.0
#include "app/ui/interactionqueue.h"

#include <AppSync/Clock>

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

InteractionQueue::InteractionQueue(QObject *parent)
    : QObject(parent), m_clock(AppSync::Clock::system())
{
    connect(&m_ticker, &QTimer::timeout, this, &InteractionQueue::ticked);
}

void InteractionQueue::add(AppSync::Interaction *interaction)
{
    if (!interaction || interaction->isClosed() || m_interactions.contains(interaction))
        return;
    m_interactions.append(interaction);
    connect(interaction, &AppSync::Interaction::closed, this,
            [this, interaction] { onClosed(interaction); });
    // A source that is taken down takes its questions with it, without closing them.
    connect(interaction, &QObject::destroyed, this, [this] { onClosed(nullptr); });
    if (m_interactions.size() == 1)
        begin();
    else
        Q_EMIT waitingChanged();
}

void InteractionQueue::onClosed(AppSync::Interaction *interaction)
{
    const qsizetype index = m_interactions.indexOf(interaction);
    if (index < 0)
        return;
    m_interactions.removeAt(index);
    if (index == 0)
        begin();
    else
        Q_EMIT waitingChanged();
}

void InteractionQueue::begin()
{
    m_fields = isShown() ? current()->fields() : QList<AppSync::InteractionField>();
    m_values.clear();
    for (const AppSync::InteractionField &field : std::as_const(m_fields)) {
        if (!field.value.isEmpty())
            m_values.insert(field.name, field.value);
        else if (!field.choices.isEmpty())
            m_values.insert(field.name, field.choices.first());
    }
    m_isOpened = false;
    m_openProblem.clear();
    if (isShown())
        m_ticker.start(1s);
    else
        m_ticker.stop();
    Q_EMIT changed();
    Q_EMIT answerChanged();
    Q_EMIT openedChanged();
    Q_EMIT ticked();
    Q_EMIT waitingChanged();
}

InteractionQueue::Kind InteractionQueue::kind() const
{
    if (!isShown())
        return Kind::Confirm;
    switch (current()->kind()) {
    case AppSync::Interaction::Kind::OpenUrl:
        return Kind::OpenUrl;
    case AppSync::Interaction::Kind::Form:
        return Kind::Form;
    case AppSync::Interaction::Kind::Confirm:
        break;
    }
    return Kind::Confirm;
}

QString InteractionQueue::title() const
{
    return isShown() ? current()->title() : QString();
}

QString InteractionQueue::message() const
{
    return isShown() ? current()->message() : QString();
}

QString InteractionQueue::problem() const
{
    return isShown() ? current()->problem() : QString();
}

QString InteractionQueue::url() const
{
    if (!isShown())
        return {};
    // A provider's answer decides on this address: it must not start a program.
    const QUrl url = current()->url();
    const bool isPage = url.scheme() == "https"_L1 || url.scheme() == "http"_L1;
    return isPage && url.isValid() ? url.toString(QUrl::FullyEncoded) : QString();
}

QString InteractionQueue::userCode() const
{
    return isShown() ? current()->userCode() : QString();
}

QVariantList InteractionQueue::fields() const
{
    QVariantList list;
    for (const AppSync::InteractionField &field : m_fields) {
        const QStringList &labels =
            field.choiceLabels.size() == field.choices.size() ? field.choiceLabels : field.choices;
        const QString value = m_values.value(field.name).toString();
        list.append(QVariantMap{{u"label"_s, field.label},
                                {u"hint"_s, field.hint},
                                {u"value"_s, value},
                                {u"isSecret"_s, field.isSecret},
                                {u"isRequired"_s, field.isRequired},
                                {u"choices"_s, labels},
                                {u"choice"_s, int(field.choices.indexOf(value))}});
    }
    return list;
}

bool InteractionQueue::canAnswer() const
{
    return isShown() && std::all_of(m_fields.begin(), m_fields.end(), [this](const auto &field) {
               return !field.isRequired || !m_values.value(field.name).toString().isEmpty();
           });
}

QString InteractionQueue::deadlineText() const
{
    if (!isShown() || !current()->deadline().isValid())
        return {};
    const qint64 leftMs = current()->deadline().toMSecsSinceEpoch() - m_clock->wallMs();
    const qint64 seconds = std::max<qint64>(0, (leftMs + 999) / 1000);
    return tr("%1:%2 left to answer").arg(seconds / 60).arg(seconds % 60, 2, 10, QChar(u'0'));
}

void InteractionQueue::setValue(int field, const QString &value)
{
    if (field >= 0 && field < m_fields.size() && m_fields.at(field).choices.isEmpty())
        store(field, value);
}

void InteractionQueue::choose(int field, int choice)
{
    if (field < 0 || field >= m_fields.size())
        return;
    const QStringList choices = m_fields.at(field).choices;
    if (choice >= 0 && choice < choices.size())
        store(field, choices.at(choice));
}

void InteractionQueue::store(int field, const QString &value)
{
    m_values.insert(m_fields.at(field).name, value);
    Q_EMIT answerChanged();
}

bool InteractionQueue::answer()
{
    if (!canAnswer())
        return false;
    const QVariantMap values = std::exchange(m_values, {});
    return current()->answer(values);
}

void InteractionQueue::cancel()
{
    if (isShown())
        current()->cancel();
}

void InteractionQueue::openUrl()
{
    const QString page = url();
    if (page.isEmpty())
        return;
    m_isOpened = QDesktopServices::openUrl(QUrl(page));
    m_openProblem = m_isOpened
        ? QString()
        : tr("No browser could be opened. Copy the link and open it yourself.");
    Q_EMIT openedChanged();
}

void InteractionQueue::copyUrl() const
{
    if (!url().isEmpty())
        QGuiApplication::clipboard()->setText(url());
}

} // namespace Syncscope
