// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractListModel>
#include <QtQml/qqml.h>

namespace Syncscope {

//! Bytes, sixteen on a line, or eight where there is little room.
class HexLines : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to an inspector")
    Q_PROPERTY(bool narrow READ isNarrow WRITE setNarrow NOTIFY narrowChanged FINAL)
    Q_PROPERTY(int width READ width NOTIFY narrowChanged FINAL) //!< bytes on a line

public:
    enum Role {
        OffsetRole = Qt::UserRole + 1, //!< of the first byte, eight hexadecimal digits
        HexRole,
        TextRole, //!< what of them is printable ASCII; a dot for each of the others
    };
    Q_ENUM(Role)

    explicit HexLines(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    void setBytes(const QByteArray &bytes);
    [[nodiscard]] bool isNarrow() const { return m_isNarrow; }
    void setNarrow(bool narrow);
    [[nodiscard]] int width() const { return m_isNarrow ? kBytesOnALine / 2 : kBytesOnALine; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    //! All lines, as `xxd` writes them.
    [[nodiscard]] QString text() const;

    static constexpr int kBytesOnALine = 16;

Q_SIGNALS:
    void narrowChanged();

private:
    [[nodiscard]] QByteArrayView line(int row) const;

    QByteArray m_bytes;
    bool m_isNarrow = false;
};

} // namespace Syncscope
