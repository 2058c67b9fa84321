// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framemodel.h"

#include <QObject>
#include <QtQml/qqml.h>

#include <optional>

namespace Syncscope {

//! What the inspector says about the selected frame or note. Large payloads are not formatted unasked, and what
//! is on the screen is bounded; copying always gives everything.
class FrameInspector : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session")
    Q_PROPERTY(bool hasRecord READ hasRecord NOTIFY changed FINAL)
    //! The record is a frame: it has a payload, and can be seen in several ways.
    Q_PROPERTY(bool hasFrame READ hasFrame NOTIFY changed FINAL)
    //! There is a row that could be selected.
    Q_PROPERTY(bool canSelect READ canSelect NOTIFY canSelectChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString channel READ channel NOTIFY changed FINAL)
    Q_PROPERTY(QString timeText READ timeText NOTIFY changed FINAL)
    Q_PROPERTY(QString sizeText READ sizeText NOTIFY changed FINAL)
    Q_PROPERTY(int slot READ slot NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::FrameInspector::View view READ view WRITE setView NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    //! What is shown, where that is not simply everything.
    Q_PROPERTY(QString remark READ remark NOTIFY changed FINAL)
    Q_PROPERTY(bool canFormat READ canFormat NOTIFY changed FINAL)
    Q_PROPERTY(bool truncated READ isTruncated NOTIFY changed FINAL)
    Q_PROPERTY(bool colored READ isColored NOTIFY changed FINAL)

public:
    enum class View { Pretty, Raw, Frame };
    Q_ENUM(View)

    FrameInspector(FrameSource *source, FrameModel *model, QObject *parent = nullptr);

    [[nodiscard]] bool hasRecord() const { return m_record.has_value(); }
    [[nodiscard]] bool hasFrame() const { return m_record && !m_record->note(); }
    [[nodiscard]] bool canSelect() const { return m_model->count() > 0; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString channel() const;
    [[nodiscard]] QString timeText() const;
    [[nodiscard]] QString sizeText() const;
    [[nodiscard]] int slot() const { return m_record ? m_record->slot : -1; }
    [[nodiscard]] View view() const;
    void setView(View view); //!< Pretty formats even a large payload: that was a choice
    [[nodiscard]] QString text() const { return m_shown; }
    [[nodiscard]] QString remark() const;
    [[nodiscard]] bool canFormat() const;
    [[nodiscard]] bool isTruncated() const { return m_shown.size() < m_full.size(); }
    [[nodiscard]] bool isColored() const;

    //! The payload as it was received; the frame where there is none; what a note says.
    Q_INVOKABLE void copyPayload();
    //! All of the present view, also what is not on the screen.
    Q_INVOKABLE void copyView();
    Q_INVOKABLE void selectNewest();
    //! Nothing is selected any more.
    Q_INVOKABLE void dismiss();

    static constexpr qsizetype kFormatUnaskedLimit = 256 * 1024;
    static constexpr qsizetype kShownLimit = 1'000'000;

Q_SIGNALS:
    void changed();
    void canSelectChanged();
    void copied(const QString &what);

private:
    void onSelectionChanged();
    void onAmended(qint64 number);
    void update();
    [[nodiscard]] QString payloadText() const;
    [[nodiscard]] QString prettyText();
    [[nodiscard]] bool isLarge() const;
    void copy(const QString &text);

    QPointer<FrameSource> m_source;
    QPointer<FrameModel> m_model;
    std::optional<FrameRecord> m_record;
    QString m_full; //!< the present view
    QString m_shown; //!< its beginning, as much as a text area bears
    View m_view = View::Pretty;
    bool m_formatLarge = false;
    bool m_isJson = true;
};

} // namespace Syncscope
