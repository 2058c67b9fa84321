// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/handshake.h"

#include "app/ui/inspect/framenotes.h"
#include "app/ui/wording.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

Handshake::Handshake(FrameSource *source, QObject *parent)
    : QAbstractListModel(parent), m_source(source)
{
}

Handshake::~Handshake() = default;

void Handshake::setLink(LinkStatus *link, const QString &url)
{
    m_link = link;
    m_url = url;
    connect(link, &LinkStatus::requestChanged, this, &Handshake::describe);
}

void Handshake::show(const FrameRecord &record)
{
    m_record = record;
    m_asked = 0;
    m_answered = 0;
    if (m_link && m_link->request().isEmpty())
        m_link->describe();
    m_search = m_source->makeSearch();
    connect(m_search.get(), &FrameSearch::found, this, &Handshake::onFound);
    connect(m_search.get(), &FrameSearch::runningChanged, this, &Handshake::describe);
    FrameTest test;
    test.filter = Filter(u"type ~ \"connection_*\""_s);
    test.withControl = true;
    m_search->start(test);
    describe();
}

void Handshake::clear()
{
    m_search.reset();
    m_record.reset();
    describe();
}

//! The last ones in front of the record count.
void Handshake::onFound(const QList<qint64> &numbers)
{
    for (const qint64 number : numbers) {
        if (number > m_record->number || !m_source->contains(number))
            continue;
        const QString type = m_source->record(number).frame.type;
        if (type == "connection_init"_L1)
            m_asked = std::max(m_asked, number);
        else if (type == "connection_ack"_L1 || type == "connection_error"_L1)
            m_answered = std::max(m_answered, number);
    }
}

void Handshake::describe()
{
    if (!m_record && m_facts.isEmpty())
        return;
    beginResetModel();
    m_facts = m_record ? facts() : QList<Fact>();
    endResetModel();
    Q_EMIT changed();
}

QString Handshake::url() const
{
    if (m_openings.isEmpty())
        return m_url;
    QString url = m_openings.first().url;
    for (const Opening &opening : m_openings) {
        if (opening.at <= m_record->at())
            url = opening.url;
    }
    return url;
}

QList<Handshake::Fact> Handshake::facts() const
{
    QList<Fact> all;
    if (!m_record->note() && m_record->frame.transport == AppSync::Frame::Transport::Http)
        all +=
            {tr("This frame"),
             tr("It went over HTTP, in a request of its own. Below stands the WebSocket that was "
                "open then."),
             false};
    if (!url().isEmpty())
        all += {tr("Address"), url(), true};
    addFrames(&all);
    if (m_link) {
        all += {tr("Request"),
                m_link->request().isEmpty() ? tr("Asking for the credentials…") : m_link->request(),
                true};
        all += {tr("About it"),
                tr("The request is shown as it would go out now, credentials masked. That of an "
                   "earlier connection is not kept, nor are the headers that answered it."),
                false};
    } else {
        all += {tr("Not recorded"),
                tr("The upgrade request and what answered it: headers, sub-protocols and the "
                   "authorization in them. A capture holds the address without its query, and "
                   "the frames."),
                false};
    }
    return all;
}

void Handshake::addFrames(QList<Fact> *facts) const
{
    const bool hasAsked = m_asked > 0 && m_source->contains(m_asked);
    const bool isAnswer = m_answered > m_asked && m_source->contains(m_answered);
    if (!hasAsked && !isAnswer) {
        facts->append({tr("Handshake"),
                       isSearching() ? tr("Looking for its frames…")
                                     : tr("Its frames are not here: they are older than what is "
                                          "kept, or were cleared away."),
                       false});
        return;
    }
    QDateTime asked;
    if (hasAsked) {
        const FrameRecord record = m_source->record(m_asked);
        asked = record.at();
        facts->append({tr("Opened"),
                       tr("%1, #%2. The WebSocket was open, and this opened the protocol:")
                           .arg(Wording::time(asked), QString::number(m_asked)),
                       false});
        facts->append({record.frame.type, record.frame.text, true});
    }
    if (!isAnswer) {
        facts->append({tr("Answered"), tr("Not before this row."), false});
        return;
    }
    const FrameRecord record = m_source->record(m_answered);
    QString when = tr("%1, #%2").arg(Wording::time(record.at()), QString::number(m_answered));
    if (asked.isValid())
        when += tr(", %1 later").arg(Wording::milliseconds(double(asked.msecsTo(record.at()))));
    const bool isRefused = record.frame.type == "connection_error"_L1;
    for (const FrameNote &note : FrameNotes::of(record)) {
        if (note.isError != isRefused)
            continue;
        when += u". "_s + note.words.first(1).toUpper() + note.words.sliced(1);
        if (when.back().isLetterOrNumber())
            when += u'.';
    }
    facts->append({isRefused ? tr("Refused") : tr("Acknowledged"), when, false});
    facts->append({record.frame.type, record.frame.text, true});
}

QString Handshake::text() const
{
    QString all;
    for (const Fact &fact : m_facts)
        all += fact.name + u": "_s + fact.text + u'\n';
    return all;
}

int Handshake::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant Handshake::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Fact &fact = m_facts.at(index.row());
    switch (Role(role)) {
    case NameRole:
        return fact.name;
    case TextRole:
        return fact.text;
    case WireRole:
        return fact.isWire;
    case AccessibleNameRole:
        return tr("%1: %2").arg(fact.name, fact.text);
    }
    return {};
}

QHash<int, QByteArray> Handshake::roleNames() const
{
    return {{NameRole, "name"},
            {TextRole, "words"},
            {WireRole, "wire"},
            {AccessibleNameRole, "accessibleName"}};
}

} // namespace Syncscope
