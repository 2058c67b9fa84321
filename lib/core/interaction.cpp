// SPDX-License-Identifier: Apache-2.0
#include "interaction.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace AppSync {

Interaction::Interaction(Kind kind, const QString &title, const QString &message, QObject *parent)
    : QObject(parent), m_kind(kind), m_title(title), m_message(message)
{
}

Interaction::~Interaction()
{
    if (!std::exchange(m_isClosed, true))
        Q_EMIT closed();
}

bool Interaction::answer(const QVariantMap &values)
{
    const auto isAnswered = [&values](const InteractionField &field) {
        const QString value = values.value(field.name).toString();
        if (value.isEmpty())
            return !field.isRequired;
        return field.choices.isEmpty() || field.choices.contains(value);
    };
    if (m_isClosed || !std::all_of(m_fields.cbegin(), m_fields.cend(), isAnswered))
        return false;
    m_isClosed = true;
    const QPointer<Interaction> alive(this);
    Q_EMIT answered(values);
    if (alive)
        end();
    return true;
}

void Interaction::cancel()
{
    if (std::exchange(m_isClosed, true))
        return;
    const QPointer<Interaction> alive(this);
    Q_EMIT cancelled();
    if (alive)
        end();
}

void Interaction::close()
{
    if (!std::exchange(m_isClosed, true))
        end();
}

void Interaction::end()
{
    Q_EMIT closed();
    deleteLater();
}

} // namespace AppSync
