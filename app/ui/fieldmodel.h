// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/formfield.h"

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! The lines of the editor that belong to the chosen modes. A line that stays keeps its place, so that whoever
//! types in it is not thrown out.
class FieldModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the connection form")

public:
    enum Role {
        NameRole = Qt::UserRole, //!< of the key, for tests and tools
        KindRole,
        LabelRole,
        HintRole,
        HelpRole,
        WarningRole,
        TextRole,
        ChoicesRole,
        ChoiceRole,
        MonoRole,
        KeptRole,
        SectionRole, //!< heading over this line; empty: none
    };
    enum class Kind { Text, Secret, Choice, Remark };
    Q_ENUM(Kind)

    explicit FieldModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const QList<FormField> &fields() const { return m_fields; }
    void setFields(const QList<FormField> &fields);

    Q_INVOKABLE void setText(int row, const QString &text);
    Q_INVOKABLE void choose(int row, int choice);
    //! Drops the secret that is kept, so that another can be typed, or none.
    Q_INVOKABLE void forget(int row);

Q_SIGNALS:
    void textEdited(const Syncscope::FormField &field, const QString &text);
    void choiceMade(const Syncscope::FormField &field, int choice);
    void forgotten(const Syncscope::FormField &field);

private:
    [[nodiscard]] QString section(int row) const;

    QList<FormField> m_fields;
};

} // namespace Syncscope
