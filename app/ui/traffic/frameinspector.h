// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/inspect/framecontent.h"
#include "app/ui/inspect/framenotes.h"
#include "app/ui/inspect/handshake.h"
#include "app/ui/inspect/hexlines.h"
#include "app/ui/inspect/jsontree.h"
#include "app/ui/inspect/payloaddiff.h"
#include "app/ui/inspect/textlines.h"
#include "app/ui/inspect/textsearch.h"
#include "app/ui/traffic/framemodel.h"

#include <QFutureWatcher>
#include <QObject>
#include <QtQml/qqml.h>

#include <atomic>
#include <memory>

#include <optional>

namespace Syncscope {

//! What the inspector says about the selected frame or note. Large payloads are not formatted unasked, and are prepared
//! on a thread; nothing of them is cut.
class FrameInspector : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session")
    Q_PROPERTY(bool hasRecord READ hasRecord NOTIFY changed FINAL)
    //! The record is a frame: it has a payload, and can be seen in several ways.
    Q_PROPERTY(bool hasFrame READ hasFrame NOTIFY changed FINAL)
    //! There is a row that could be selected.
    Q_PROPERTY(bool canSelect READ canSelect NOTIFY canSelectChanged FINAL)
    Q_PROPERTY(double number READ number NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString channel READ channel NOTIFY changed FINAL)
    Q_PROPERTY(QString timeText READ timeText NOTIFY changed FINAL)
    Q_PROPERTY(QString sizeText READ sizeText NOTIFY changed FINAL)
    Q_PROPERTY(int slot READ slot NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::FrameInspector::View view READ view WRITE setView NOTIFY changed FINAL)
    //! Of the views that are text.
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::TextLines *lines READ lines CONSTANT FINAL)
    Q_PROPERTY(Syncscope::JsonTree *tree READ tree CONSTANT FINAL)
    Q_PROPERTY(Syncscope::HexLines *hex READ hex CONSTANT FINAL)
    Q_PROPERTY(Syncscope::PayloadDiff *diff READ diff CONSTANT FINAL)
    //! What the parts of the frame mean; of that view only.
    Q_PROPERTY(Syncscope::FrameNotes *notes READ notes CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Handshake *handshake READ handshake CONSTANT FINAL)
    //! In the present view.
    Q_PROPERTY(Syncscope::TextSearch *search READ search CONSTANT FINAL)
    //! The present view is being prepared.
    Q_PROPERTY(bool busy READ isBusy NOTIFY changed FINAL)
    //! Number of the record that others are compared with; 0: the one before on the channel.
    Q_PROPERTY(double pinned READ pinned NOTIFY changed FINAL)
    //! The record can be pinned, or is.
    Q_PROPERTY(bool canPin READ canPin NOTIFY changed FINAL)
    //! What is shown, where that is not simply everything.
    Q_PROPERTY(QString remark READ remark NOTIFY changed FINAL)
    Q_PROPERTY(bool canFormat READ canFormat NOTIFY changed FINAL)

public:
    enum class View {
        Tree,
        Pretty, //!< text, laid out
        Raw, //!< text as received
        Hex,
        Diff, //!< with an earlier event of the channel, or a pinned one
        Frame, //!< the whole frame as it was on the wire
        Handshake, //!< of the connection that it came over; there is one for notes, too
    };
    Q_ENUM(View)

    FrameInspector(FrameSource *source, FrameModel *model, QObject *parent = nullptr);
    ~FrameInspector() override;

    [[nodiscard]] bool hasRecord() const { return m_record.has_value(); }
    [[nodiscard]] bool hasFrame() const { return m_record && !m_record->note(); }
    [[nodiscard]] bool canSelect() const { return m_model->count() > 0; }
    [[nodiscard]] double number() const { return m_record ? double(m_record->number) : 0; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString channel() const;
    [[nodiscard]] QString timeText() const;
    [[nodiscard]] QString sizeText() const;
    [[nodiscard]] int slot() const { return m_record ? m_record->slot : -1; }
    [[nodiscard]] View view() const;
    void setView(View view); //!< Pretty formats even a large payload: that was a choice
    [[nodiscard]] QString text() const { return m_content.text; }
    [[nodiscard]] TextLines *lines() { return &m_lines; }
    [[nodiscard]] JsonTree *tree() { return &m_tree; }
    [[nodiscard]] HexLines *hex() { return &m_hex; }
    [[nodiscard]] PayloadDiff *diff() { return &m_diff; }
    [[nodiscard]] FrameNotes *notes() { return &m_notes; }
    [[nodiscard]] Syncscope::Handshake *handshake() { return &m_handshake; }
    [[nodiscard]] TextSearch *search() { return &m_search; }
    [[nodiscard]] bool isBusy() const { return m_isBusy; }
    [[nodiscard]] double pinned() const { return double(m_pinned); }
    [[nodiscard]] bool canPin() const;
    [[nodiscard]] QString remark() const;
    [[nodiscard]] bool canFormat() const;

    //! The payload as it was received; the frame where there is none; what a note says.
    Q_INVOKABLE void copyPayload();
    //! All of the present view, also what is not on the screen.
    Q_INVOKABLE void copyView();
    //! Compares others with this record from now on; if it is pinned, no more.
    Q_INVOKABLE void togglePin();
    //! Shows the rows for which \a filter holds.
    Q_INVOKABLE void filterBy(const QString &filter);
    //! Gives the table a column of what stands at \a path, as filters write it.
    Q_INVOKABLE void showAsColumn(const QString &path);
    //! Wants the numbers that stand at \a path, as filters write it, drawn over time.
    Q_INVOKABLE void plot(const QString &path) { Q_EMIT plotWanted(path); }
    Q_INVOKABLE void copyText(const QString &text) { copy(text); }
    Q_INVOKABLE void selectNewest();
    //! Nothing is selected any more.
    Q_INVOKABLE void dismiss();

    static constexpr qsizetype kFormatUnaskedLimit = 256 * 1024;
    static constexpr qint64 kDiffReach = 20'000; //!< records in front that may be the one before

Q_SIGNALS:
    void changed();
    void canSelectChanged();
    void copied(const QString &what);
    void plotWanted(const QString &path);

private:
    void onSelectionChanged();
    void onAmended(qint64 number);
    void update();
    void prepare();
    void show(const FrameContent &content);
    [[nodiscard]] FrameContent::Form form() const;
    [[nodiscard]] SearchSubject searched() const;
    [[nodiscard]] QString comparisonText() const;
    [[nodiscard]] qint64 comparable() const;
    [[nodiscard]] bool isLarge() const;
    void copy(const QString &text);

    QPointer<FrameSource> m_source;
    QPointer<FrameModel> m_model;
    std::optional<FrameRecord> m_record;
    FrameContent m_content; //!< of the present view; empty while it is being prepared
    TextLines m_lines;
    JsonTree m_tree;
    HexLines m_hex;
    PayloadDiff m_diff;
    FrameNotes m_notes;
    Syncscope::Handshake m_handshake;
    TextSearch m_search;
    QFutureWatcher<std::shared_ptr<FrameContent>> m_preparing;
    //! How often a view was wanted: what is prepared for an earlier time is given up.
    std::shared_ptr<std::atomic_int> m_wanted = std::make_shared<std::atomic_int>(0);
    qint64 m_pinned = 0;
    qint64 m_compared = 0; //!< number of the record that is compared with; 0: none
    View m_view = View::Pretty;
    bool m_formatLarge = false;
    bool m_isBusy = false;
};

} // namespace Syncscope
