// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>
#include <QtQml/qqml.h>
#include <QUrl>

namespace Syncscope {

//! Where a file is to be written, as a person types it: with or without a folder, `~` and ending.
class TargetPath : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY changed FINAL)
    //! Without dots; the first is that of a name without one. What is none of these is a problem.
    Q_PROPERTY(QStringList endings READ endings WRITE setEndings NOTIFY changed FINAL)
    //! Empty while there is a problem.
    Q_PROPERTY(QUrl url READ url NOTIFY changed FINAL)
    Q_PROPERTY(bool valid READ isValid NOTIFY changed FINAL)
    //! Why nothing can be written there; empty for an empty text, too.
    Q_PROPERTY(QString problem READ problem NOTIFY changed FINAL)
    //! There is a file, which would be replaced.
    Q_PROPERTY(bool exists READ exists NOTIFY changed FINAL)
    Q_PROPERTY(QUrl folder READ folder NOTIFY changed FINAL)

public:
    using QObject::QObject;

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] QStringList endings() const { return m_endings; }
    void setEndings(const QStringList &endings);
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] bool isValid() const { return url().isValid(); }
    [[nodiscard]] QString problem() const;
    [[nodiscard]] bool exists() const;
    [[nodiscard]] QUrl folder() const;

    //! \a name with the present time and the first ending, in the folder that was used last; else in that of documents.
    Q_INVOKABLE void suggest(const QString &name);
    //! The same name in another folder.
    Q_INVOKABLE void moveTo(const QUrl &folder);
    //! It is written to: the next suggestion is in this folder.
    Q_INVOKABLE void use();

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QString path() const;

    QString m_text;
    QStringList m_endings;
};

} // namespace Syncscope
