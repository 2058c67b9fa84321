// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/snippet/snippet.h"
#include "app/ui/traffic/framemodel.h"

#include <QObject>
#include <QPointer>
#include <QtQml/qqml.h>

#include <functional>

namespace Syncscope {

//! Puts the selected row on the clipboard: what it carries, or what would do it again.
class RowCopier : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a table")
    Q_PROPERTY(bool hasRow READ hasRow NOTIFY changed FINAL)
    //! The row is a frame, and no note about the connection.
    Q_PROPERTY(bool hasFrame READ hasFrame NOTIFY changed FINAL)
    //! What the row did can be done again: it is a publish, an event, a subscription or a request.
    Q_PROPERTY(bool canRepeat READ canRepeat NOTIFY changed FINAL)

public:
    enum class Form {
        Payload, //!< as received
        Pretty,
        Json, //!< the row as one line, as `syncscope-cli capture cat` prints it
        Shell, //!< and so on, by SnippetLanguage
        AmplifyJs,
        Python,
        Go,
        Cpp,
    };
    Q_ENUM(Form)
    //! Where the record of this number was seen.
    using Target = std::function<SnippetTarget(qint64 number)>;

    //! \a source and \a model outlive it.
    RowCopier(const FrameSource *source, const FrameModel *model, const Target &target,
              QObject *parent = nullptr);

    [[nodiscard]] bool hasRow() const { return record() != nullptr; }
    [[nodiscard]] bool hasFrame() const { return record() && !record()->note(); }
    [[nodiscard]] bool canRepeat() const;
    //! Empty where the row has no such form.
    [[nodiscard]] QString text(Form form) const;
    Q_INVOKABLE void copy(Syncscope::RowCopier::Form form);

Q_SIGNALS:
    void changed();
    //! A sentence for the user.
    void told(const QString &sentence);

private:
    [[nodiscard]] const FrameRecord *record() const; //!< null: none is selected
    [[nodiscard]] SnippetAction action() const;

    const QPointer<const FrameSource> m_source;
    const QPointer<const FrameModel> m_model;
    const Target m_target;
};

} // namespace Syncscope
