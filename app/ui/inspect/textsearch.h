// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QFutureWatcher>
#include <QList>
#include <QObject>
#include <QString>
#include <QtQml/qqml.h>

#include <atomic>
#include <memory>
#include <vector>

namespace Syncscope {

//! What is searched: a text, bytes, or the keys and values of JSON texts.
class SearchSubject {
public:
    enum class Kind { None, Text, Bytes, Json };

    Kind kind = Kind::None;
    QString text;
    QByteArray bytes;
    QList<QByteArray> json; //!< each valid

    [[nodiscard]] qsizetype size() const;
};

//! One place. In JSON it is a member or element: \a begin is that of its value.
struct SearchHit {
    int part = 0; //!< which of the JSON texts
    qsizetype begin = 0;
    qsizetype length = 0;

    friend bool operator==(const SearchHit &, const SearchHit &) = default;
};

//! Finds a text in what the inspector shows, and goes from one place to the next. What is large is searched on a thread.
class TextSearch : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to an inspector")
    //! In bytes also `0x` and pairs of hexadecimal digits.
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged FINAL)
    Q_PROPERTY(
        bool caseSensitive READ isCaseSensitive WRITE setCaseSensitive NOTIFY queryChanged FINAL)
    Q_PROPERTY(bool running READ isRunning NOTIFY changed FINAL)
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    //! "3 of 17", or why there is nothing; empty without a query.
    Q_PROPERTY(QString stateText READ stateText NOTIFY changed FINAL)
    //! Of the current place; -1: there is none.
    Q_PROPERTY(int hitPart READ hitPart NOTIFY changed FINAL)
    Q_PROPERTY(int hitBegin READ hitBegin NOTIFY changed FINAL)
    Q_PROPERTY(int hitLength READ hitLength NOTIFY changed FINAL)

public:
    using Hits = std::vector<SearchHit>;

    explicit TextSearch(QObject *parent = nullptr);
    ~TextSearch() override;

    void setSubject(const SearchSubject &subject);
    [[nodiscard]] QString query() const { return m_query; }
    void setQuery(const QString &query);
    [[nodiscard]] bool isCaseSensitive() const { return m_case == Qt::CaseSensitive; }
    void setCaseSensitive(bool sensitive);
    [[nodiscard]] bool isRunning() const { return m_isRunning; }
    [[nodiscard]] int count() const { return int(m_hits.size()); }
    [[nodiscard]] QString stateText() const;
    [[nodiscard]] const Hits &hits() const { return m_hits; } //!< ascending
    [[nodiscard]] int current() const { return m_current; } //!< index; -1: none
    [[nodiscard]] int hitPart() const { return m_current < 0 ? -1 : hit().part; }
    [[nodiscard]] int hitBegin() const { return m_current < 0 ? -1 : int(hit().begin); }
    [[nodiscard]] int hitLength() const { return m_current < 0 ? -1 : int(hit().length); }
    Q_INVOKABLE void goOn(bool forward = true); //!< around the end

    //! All places, ascending, at most kMostHits.
    [[nodiscard]] static Hits find(const SearchSubject &subject, const QString &query,
                                   Qt::CaseSensitivity sensitivity,
                                   const std::atomic_bool *isCancelled = nullptr);

    static constexpr std::size_t kMostHits = 100'000;
    static constexpr qsizetype kAtOnce = 200'000; //!< units that are searched without a thread

Q_SIGNALS:
    void queryChanged();
    void changed();
    //! The current place is another one: show it.
    void moved();

private:
    void look();
    void giveUp();
    void take(Hits &&hits);
    [[nodiscard]] const SearchHit &hit() const { return m_hits[std::size_t(m_current)]; }

    SearchSubject m_subject;
    QString m_query;
    Qt::CaseSensitivity m_case = Qt::CaseInsensitive;
    Hits m_hits;
    int m_current = -1;
    bool m_isRunning = false;
    std::shared_ptr<std::atomic_bool> m_isCancelled;
    QFutureWatcher<std::shared_ptr<Hits>> m_looking;
};

} // namespace Syncscope
