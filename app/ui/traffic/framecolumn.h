// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/jsonpath.h"

#include <QObject>
#include <QtQml/qqml.h>

namespace Syncscope {

//! A column of a traffic table: what its cells say, and where it stands.
class FrameColumn : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a table")
    Q_PROPERTY(Syncscope::FrameColumn::Kind kind READ kind CONSTANT FINAL)
    //! In lists of columns.
    Q_PROPERTY(QString title READ title NOTIFY headingChanged FINAL)
    //! Above the rows, where room is scarce.
    Q_PROPERTY(QString heading READ heading NOTIFY headingChanged FINAL)
    //! What its cells say, in a sentence; of a path the path.
    Q_PROPERTY(QString description READ description NOTIFY headingChanged FINAL)
    //! As filters write it; empty: it is none from a path.
    Q_PROPERTY(QString path READ path CONSTANT FINAL)
    Q_PROPERTY(bool shown READ isShown NOTIFY shownChanged FINAL)
    //! In pixels, from the left edge of a row; of columns that are not shown they mean nothing.
    Q_PROPERTY(double x READ x NOTIFY placeChanged FINAL)
    Q_PROPERTY(double width READ width NOTIFY placeChanged FINAL)
    Q_PROPERTY(bool resizable READ isResizable CONSTANT FINAL)
    //! Its cells are numbers below one another.
    Q_PROPERTY(bool rightAligned READ isRightAligned CONSTANT FINAL)

public:
    enum class Kind {
        Number,
        Time,
        Delta,
        Direction,
        Channel, //!< with the sign of its subscription
        Size,
        Preview,
        FrameKind, //!< as filters name it, and so on
        FrameType,
        Result,
        Path, //!< of the events' JSON
    };
    Q_ENUM(Kind)

    explicit FrameColumn(Kind kind, QObject *parent = nullptr) : QObject(parent), m_kind(kind) { }
    FrameColumn(const QString &text, const JsonPath &path, QObject *parent = nullptr);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString description() const;
    [[nodiscard]] QString path() const { return m_text; }
    [[nodiscard]] const JsonPath &jsonPath() const { return m_path; }
    [[nodiscard]] bool isShown() const { return m_shown; }
    [[nodiscard]] double x() const { return m_x; }
    [[nodiscard]] double width() const { return m_width; }
    [[nodiscard]] bool isResizable() const { return m_kind != Kind::Direction; }
    [[nodiscard]] bool isRightAligned() const;
    //! What its cells say is read from the payload or the frame when they come into view.
    [[nodiscard]] bool isRead() const { return m_kind >= Kind::FrameKind; }

    //! The names of kinds in what is kept.
    [[nodiscard]] static const QStringList &kindNames();

    static constexpr double kAutomatic = 0; //!< as wide as there is room
    static constexpr double kWidest = 2'000;

    [[nodiscard]] double minimumWidth() const;
    [[nodiscard]] double defaultWidth() const;

Q_SIGNALS:
    void headingChanged();
    void shownChanged();
    void placeChanged();

private:
    friend class FrameColumns;
    void place(double x, double width);

    const Kind m_kind;
    const QString m_text;
    const JsonPath m_path;
    QString m_heading; //!< that depends on what the table is of; empty: the kind's own
    QString m_description; //!< likewise
    double m_wish = kAutomatic;
    double m_x = 0;
    double m_width = 0;
    bool m_shown = true;
};

} // namespace Syncscope
