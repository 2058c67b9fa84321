// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/framenotes.h"

#include "app/core/jsontext.h"
#include "app/ui/inspect/jsonspans.h"
#include "app/ui/wording.h"

#include <AppSync/ServiceError>

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

using Direction = AppSync::Frame::Direction;

//! What a type of message says, with what was asked or is answered.
QString typeWords(const AppSync::Frame &frame, bool isResult)
{
    if (frame.type == "data"_L1)
        return isResult ? FrameNotes::tr("a result for a subscription")
                        : FrameNotes::tr("an event that was published to what is subscribed");
    static const QHash<QString, const char *> words{
        {u"connection_init"_s,
         QT_TR_NOOP("opens the protocol on the new WebSocket; the service answers connection_ack")},
        {u"connection_ack"_s,
         QT_TR_NOOP("the service accepted the connection: subscriptions may follow")},
        {u"connection_error"_s, QT_TR_NOOP("the service refused the connection")},
        {u"ka"_s, QT_TR_NOOP("keep-alive: the service shows that the connection lives, no more")},
        {u"subscribe"_s,
         QT_TR_NOOP("asks for what is published to a channel; subscribe_success or subscribe_error "
                    "answers")},
        {u"subscribe_success"_s, QT_TR_NOOP("the subscription is live from here on")},
        {u"subscribe_error"_s, QT_TR_NOOP("the subscription was refused")},
        {u"unsubscribe"_s, QT_TR_NOOP("ends a subscription; unsubscribe_success answers")},
        {u"unsubscribe_success"_s, QT_TR_NOOP("the subscription has ended, as it was asked to")},
        {u"unsubscribe_error"_s, QT_TR_NOOP("the subscription could not be ended")},
        {u"publish"_s, QT_TR_NOOP("publishes events; publish_success or publish_error answers")},
        {u"publish_success"_s,
         QT_TR_NOOP("the answer to a publish: which events were taken, and which were not")},
        {u"publish_error"_s, QT_TR_NOOP("the publish was refused as a whole")},
        {u"broadcast_error"_s, QT_TR_NOOP("the service could not hand an event on")},
        {u"start"_s, QT_TR_NOOP("starts a subscription of GraphQL; start_ack or error answers")},
        {u"start_ack"_s, QT_TR_NOOP("the subscription is live from here on")},
        {u"stop"_s, QT_TR_NOOP("ends a subscription of GraphQL; complete answers")},
        {u"complete"_s, QT_TR_NOOP("the subscription has ended")},
        {u"error"_s, QT_TR_NOOP("an error of the operation that id names, or of the connection")},
    };
    const char *const known = words.value(frame.type);
    return known ? FrameNotes::tr(known)
                 : FrameNotes::tr("a type of message that is not known here");
}

QString authorizationWords(const QString &name, QStringView value)
{
    if (value.startsWith(u"\"<masked"))
        return FrameNotes::tr("a credential; it went out whole, and is masked in what is kept");
    if (name.compare("host"_L1, Qt::CaseInsensitive) == 0)
        return FrameNotes::tr("the HTTP host that it is meant for; a signature covers it");
    if (name.compare("x-amz-date"_L1, Qt::CaseInsensitive) == 0)
        return FrameNotes::tr("when it was signed, UTC; a signature is good for some minutes");
    return FrameNotes::tr("a header that belongs to the authorization");
}

QString sizeWords(QStringView literal)
{
    return Wording::bytes(JsonText::plain(literal.toUtf8()).toUtf8().size());
}

//! Goes through a frame, and writes down what it knows.
class Annotator {
public:
    explicit Annotator(const FrameRecord &record)
        : m_record(record), m_frame(record.frame), m_text(record.frame.text)
    {
    }

    QList<FrameNote> run()
    {
        if (m_frame.transport == AppSync::Frame::Transport::Http)
            addWhole();
        else if (m_frame.type.isEmpty())
            add(0, 0, FrameNotes::tr("frame"),
                FrameNotes::tr("no message of AppSync: it is no JSON object with a type"), true);
        each(0, m_text.size(), [this](const JsonSpan &span) { addMember(span); });
        return m_notes;
    }

private:
    template <typename Visit> void each(qsizetype begin, qsizetype end, Visit visit)
    {
        forEachJsonSpan(m_text, begin, end, visit);
    }

    void add(qsizetype begin, qsizetype end, const QString &part, const QString &words,
             bool isError = false)
    {
        m_notes.append({begin, end, part, words, isError});
    }
    void add(const JsonSpan &span, const QString &part, const QString &words, bool isError = false)
    {
        add(span.nameBegin, span.end, part, words, isError);
    }

    [[nodiscard]] bool isOut() const { return m_frame.direction == Direction::Out; }

    void addWhole()
    {
        if (isOut()) {
            add(0, 0, u"HTTP POST"_s,
                FrameNotes::tr("the body of the request; its headers carried the authorization and "
                               "are not kept"));
            return;
        }
        const bool isFine = m_frame.type.startsWith("HTTP 2"_L1);
        add(0, 0, m_frame.type,
            isFine ? FrameNotes::tr("the body of the answer")
                   : FrameNotes::tr("the service, or something on the way, refused the request"),
            !isFine);
    }

    void addMember(const JsonSpan &span)
    {
        if (span.name == "type"_L1)
            add(span, span.name, typeWords(m_frame, m_record.isResult()),
                m_frame.type.endsWith("error"_L1));
        else if (span.name == "id"_L1)
            add(span, span.name, idWords());
        else if (span.name == "channel"_L1)
            add(span, span.name, channelWords(span));
        else if (span.name == "event"_L1 || span.name == "events"_L1)
            addEvents(span);
        else if (span.name == "authorization"_L1)
            addAuthorization(span, span.name);
        else if (span.name == "connectionTimeoutMs"_L1)
            addTimeout(span, span.name);
        else if (span.name == "errors"_L1)
            addErrors(span, span.name);
        else if (span.name == "successful"_L1 || span.name == "failed"_L1)
            addVerdict(span);
        else if (span.name == "payload"_L1)
            addPayload(span);
        else
            addRequestMember(span);
    }

    //! Of a request of GraphQL over HTTP, its answer, and of what nobody knows.
    void addRequestMember(const JsonSpan &span)
    {
        const bool isHttp = m_frame.transport == AppSync::Frame::Transport::Http;
        if (isHttp && span.name == "query"_L1)
            add(span, span.name, FrameNotes::tr("the GraphQL document"));
        else if (isHttp && span.name == "variables"_L1)
            add(span, span.name, FrameNotes::tr("the values of its variables"));
        else if (isHttp && span.name == "operationName"_L1)
            add(span, span.name, FrameNotes::tr("which operation of the document is meant"));
        else if (isHttp && span.name == "data"_L1)
            addData(span, span.name);
        else if (isHttp && span.name == "extensions"_L1)
            add(span, span.name, FrameNotes::tr("what the service adds for its own purposes"));
        else
            add(span, span.name, FrameNotes::tr("a member that is not known here"));
    }

    [[nodiscard]] QString idWords() const
    {
        const QString &channel = m_record.channel;
        if (channel.isEmpty())
            return isOut() ? FrameNotes::tr("chosen by the client; what answers has the same")
                           : FrameNotes::tr("the operation that it belongs to");
        const bool isPublish = m_frame.type.startsWith("publish"_L1);
        return isPublish ? FrameNotes::tr("the publish to %1").arg(channel)
                         : FrameNotes::tr("the subscription to %1").arg(channel);
    }

    [[nodiscard]] QString channelWords(const JsonSpan &span) const
    {
        if (m_frame.type != "subscribe"_L1)
            return FrameNotes::tr("where to it is published");
        return span.in(m_text).endsWith(u"*\"")
            ? FrameNotes::tr("what is subscribed: every channel that begins so. Events do not name "
                             "theirs")
            : FrameNotes::tr("what is subscribed");
    }

    void addEvents(const JsonSpan &span)
    {
        if (span.in(m_text).startsWith(u'"')) {
            add(span, span.name,
                FrameNotes::tr("payload of %1: a JSON text in a string")
                    .arg(sizeWords(span.in(m_text))));
            return;
        }
        if (!span.in(m_text).startsWith(u'[')) {
            add(span, span.name,
                FrameNotes::tr("payload of %1")
                    .arg(Wording::bytes(span.in(m_text).toUtf8().size())));
            return;
        }
        int count = 0;
        each(span.begin, span.end, [&](const JsonSpan &event) {
            if (++count <= FrameNotes::kMostElements)
                add(event, u"%1[%2]"_s.arg(span.name).arg(count - 1),
                    FrameNotes::tr("payload of %1: a JSON text in a string")
                        .arg(sizeWords(event.in(m_text))));
        });
        addRest(span, count);
    }

    void addRest(const JsonSpan &span, int count)
    {
        if (count == 0)
            add(span, span.name, FrameNotes::tr("empty"));
        else if (count > FrameNotes::kMostElements)
            add(span, span.name, FrameNotes::tr("%1 in all").arg(Wording::count(count)));
    }

    void addAuthorization(const JsonSpan &span, const QString &part)
    {
        int count = 0;
        each(span.begin, span.end, [&](const JsonSpan &header) {
            ++count;
            add(header, part + u'.' + header.name,
                authorizationWords(header.name, header.in(m_text)));
        });
        if (count == 0)
            add(span, part, FrameNotes::tr("no authorization"));
    }

    void addTimeout(const JsonSpan &span, const QString &part)
    {
        const qint64 ms = span.in(m_text).toLongLong();
        add(span, part,
            FrameNotes::tr(
                "a silence of %1 means that the connection is lost; keep-alives come more "
                "often")
                .arg(Wording::span(std::chrono::milliseconds(ms))));
    }

    void addErrors(const JsonSpan &span, const QString &part)
    {
        int count = 0;
        each(span.begin, span.end, [&](const JsonSpan &entry) {
            if (++count <= FrameNotes::kMostElements)
                addError(entry, u"%1[%2]"_s.arg(part).arg(count - 1));
        });
        addRest(span, count);
    }

    void addError(const JsonSpan &span, const QString &part)
    {
        const QByteArray entry = '[' + span.in(m_text).toUtf8() + ']';
        const QJsonValue value = QJsonDocument::fromJson(entry).array().at(0);
        const AppSync::Error error = AppSync::serviceError(value, subject());
        add(span, part, Wording::withNextStep(error.message, error.nextStep), true);
    }

    //! What an error is about, as the beginning of a sentence.
    [[nodiscard]] QString subject() const
    {
        const QString &type = m_frame.type;
        if (type.startsWith("connection"_L1))
            return FrameNotes::tr("The connection");
        if (type.startsWith("publish"_L1) || m_record.kind == FrameRecord::Kind::Answer)
            return FrameNotes::tr("The publish");
        if (type.startsWith("subscribe"_L1) || type.startsWith("start"_L1))
            return FrameNotes::tr("The subscription");
        if (m_frame.transport == AppSync::Frame::Transport::Http)
            return FrameNotes::tr("The request");
        return FrameNotes::tr("The operation");
    }

    void addVerdict(const JsonSpan &span)
    {
        const bool isRefused = span.name == "failed"_L1;
        int count = 0;
        each(span.begin, span.end, [&](const JsonSpan &entry) {
            if (++count > FrameNotes::kMostElements)
                return;
            const QString part = u"%1[%2]"_s.arg(span.name).arg(count - 1);
            if (isRefused)
                addError(entry, part);
            else
                add(entry, part,
                    FrameNotes::tr("event %1 of the publish was taken, under this identifier")
                        .arg(indexOf(entry) + 1));
        });
        if (count == 0)
            add(span, span.name,
                isRefused ? FrameNotes::tr("no event was refused")
                          : FrameNotes::tr("no event was taken"));
        else
            addRest(span, count);
    }

    [[nodiscard]] qint64 indexOf(const JsonSpan &entry)
    {
        qint64 index = 0;
        each(entry.begin, entry.end, [&](const JsonSpan &span) {
            if (span.name == "index"_L1)
                index = span.in(m_text).toLongLong();
        });
        return index;
    }

    //! Of GraphQL's WebSocket.
    void addPayload(const JsonSpan &span)
    {
        bool isEmpty = true;
        each(span.begin, span.end, [&](const JsonSpan &inner) {
            isEmpty = false;
            const QString part = u"payload."_s + inner.name;
            if (inner.name == "connectionTimeoutMs"_L1)
                addTimeout(inner, part);
            else if (inner.name == "errors"_L1)
                addErrors(inner, part);
            else if (inner.name == "data"_L1 && isOut())
                add(inner, part,
                    FrameNotes::tr("the document and its variables, %1: a JSON text in a string")
                        .arg(sizeWords(inner.in(m_text))));
            else if (inner.name == "data"_L1)
                addData(inner, part);
            else if (inner.name == "extensions"_L1 && isOut())
                each(inner.begin, inner.end, [&](const JsonSpan &extension) {
                    if (extension.name == "authorization"_L1)
                        addAuthorization(extension, u"authorization"_s);
                });
            else
                add(inner, part, FrameNotes::tr("a member that is not known here"));
        });
        if (isEmpty)
            add(span, span.name, FrameNotes::tr("empty"));
    }

    void addData(const JsonSpan &span, const QString &part)
    {
        const QString size = Wording::bytes(span.in(m_text).toUtf8().size());
        add(span, part,
            span.in(m_text) == u"null"
                ? FrameNotes::tr("there is no result; errors say why")
                : FrameNotes::tr("the result, %1, as the resolvers gave it").arg(size));
    }

    const FrameRecord &m_record;
    const AppSync::Frame &m_frame;
    const QString &m_text;
    QList<FrameNote> m_notes;
};

} // namespace

QList<FrameNote> FrameNotes::of(const FrameRecord &record)
{
    return Annotator(record).run();
}

void FrameNotes::show(const QList<FrameNote> &notes)
{
    if (notes == m_notes)
        return;
    beginResetModel();
    m_notes = notes;
    endResetModel();
    Q_EMIT changed();
}

int FrameNotes::at(int position) const
{
    const auto found = std::find_if(m_notes.rbegin(), m_notes.rend(), [&](const FrameNote &note) {
        return note.begin <= position && position < note.end;
    });
    return int(m_notes.rend() - found) - 1;
}

int FrameNotes::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant FrameNotes::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const FrameNote &note = m_notes.at(index.row());
    switch (Role(role)) {
    case BeginRole:
        return int(note.begin);
    case EndRole:
        return int(note.end);
    case PartRole:
        return note.part;
    case WordsRole:
        return note.words;
    case ErrorRole:
        return note.isError;
    case AccessibleNameRole:
        return tr("%1: %2").arg(note.part, note.words);
    }
    return {};
}

QHash<int, QByteArray> FrameNotes::roleNames() const
{
    return {{BeginRole, "begin"}, {EndRole, "end"},     {PartRole, "part"},
            {WordsRole, "words"}, {ErrorRole, "error"}, {AccessibleNameRole, "accessibleName"}};
}

} // namespace Syncscope
