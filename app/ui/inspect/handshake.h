// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/linkstatus.h"
#include "app/ui/traffic/framesource.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqml.h>

#include <memory>
#include <optional>

namespace Syncscope {

//! How the connection came about that a frame came over: what is known of it, and what is not. Its frames are looked for
//! among the records in front of that one.
class Handshake : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to an inspector")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(bool searching READ isSearching NOTIFY changed FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        TextRole,
        WireRole, //!< true: the text was on the wire so, and is shown in the fixed-width font
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    //! A connection of a capture.
    struct Opening {
        QString url;
        QDateTime at;
    };

    //! \a source outlives it.
    explicit Handshake(FrameSource *source, QObject *parent = nullptr);
    ~Handshake() override;

    //! Of a session, which tells how a request to \a url would go out now.
    void setLink(LinkStatus *link, const QString &url);
    //! Of a capture, in the order of time.
    void setOpenings(const QList<Opening> &openings) { m_openings = openings; }

    void show(const FrameRecord &record);
    void clear();
    [[nodiscard]] bool isSearching() const { return m_search && m_search->isRunning(); }
    [[nodiscard]] QString text() const; //!< all of it

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_facts.size()); }

Q_SIGNALS:
    void changed();

private:
    struct Fact {
        QString name;
        QString text;
        bool isWire = false;
    };

    void onFound(const QList<qint64> &numbers);
    void describe();
    [[nodiscard]] QList<Fact> facts() const;
    void addFrames(QList<Fact> *facts) const;
    [[nodiscard]] QString url() const;

    FrameSource *const m_source;
    std::unique_ptr<FrameSearch> m_search;
    QPointer<LinkStatus> m_link;
    QString m_url; //!< of a session
    QList<Opening> m_openings;
    std::optional<FrameRecord> m_record; //!< nothing: it is not shown
    qint64 m_asked = 0; //!< number of the frame that opened the protocol; 0: it is not there
    qint64 m_answered = 0; //!< likewise of the service's answer
    QList<Fact> m_facts;
};

} // namespace Syncscope
