// SPDX-License-Identifier: Apache-2.0
#include "app/ui/graphql/schemabook.h"

#include "app/ui/aside.h"
#include "app/ui/wording.h"

#include <AppSync/GraphQlClient>

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

// Far over any schema; a device that never ends must not fill the memory.
constexpr qint64 kLargestSchema = 64 * 1024 * 1024;

AppSync::GraphQl::SchemaResult schemaOf(const QByteArray &bytes)
{
    const bool isJson = bytes.trimmed().startsWith('{');
    const QJsonDocument json = isJson ? QJsonDocument::fromJson(bytes) : QJsonDocument();
    return json.isObject() ? AppSync::GraphQl::Schema::fromIntrospection(json.object())
                           : AppSync::GraphQl::Schema::fromText(QString::fromUtf8(bytes));
}

} // namespace

SchemaBook::SchemaBook(AppSync::GraphQlClient *client, QObject *parent)
    : QObject(parent), m_client(client)
{
    connect(&m_reading, &QFutureWatcherBase::finished, this, &SchemaBook::onRead);
}

SchemaBook::~SchemaBook() = default;

SchemaBook::State SchemaBook::state() const
{
    if (m_reply || m_reading.isRunning())
        return State::Loading;
    return m_schema.isEmpty() ? State::None : State::Ready;
}

void SchemaBook::load()
{
    if (!m_client || state() == State::Loading)
        return;
    m_notice = {};
    m_reply = m_client->introspect();
    connect(m_reply, &AppSync::Reply::finished, this, [this, reply = m_reply.data()] {
        m_reply = nullptr;
        onAnswered(*reply);
    });
    Q_EMIT changed();
}

void SchemaBook::onAnswered(const AppSync::GraphQlReply &reply)
{
    const AppSync::GraphQlResult result = reply.result();
    const QString nextStep =
        tr("Introspection may be switched off for this API: then open its schema as a file.");
    if (!result.errors().isEmpty()) {
        return fail(AppSync::Error::local(
            AppSync::Error::Kind::Refused,
            tr("The API did not tell its schema: %1").arg(result.errors().first().toString()),
            nextStep));
    }
    if (reply.error().isError())
        return fail(reply.error());
    const auto work = [result] {
        return AppSync::GraphQl::Schema::fromIntrospection(result.data().toObject());
    };
    read(work, tr("asked of the API at %1").arg(Wording::time(QDateTime::currentDateTimeUtc())));
}

void SchemaBook::loadFile(const QUrl &url)
{
    if (state() == State::Loading)
        return;
    const QString path = url.isLocalFile() ? url.toLocalFile() : url.toString();
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        return fail(AppSync::Error::local(AppSync::Error::Kind::InvalidInput,
                                          tr("The file %1 cannot be read.").arg(name),
                                          tr("Choose a .graphql file of this computer.")));
    }
    if (file.size() > kLargestSchema)
        return fail(AppSync::Error::local(AppSync::Error::Kind::InvalidInput,
                                          tr("%1 is too large for a schema.").arg(name)));
    m_notice = {};
    read([bytes = file.readAll()] { return schemaOf(bytes); }, name);
}

void SchemaBook::dismissNotice()
{
    m_notice = {};
    Q_EMIT changed();
}

void SchemaBook::read(const std::function<Read()> &work, const QString &source)
{
    m_source = source;
    m_reading.setFuture(aside(work));
    Q_EMIT changed();
}

void SchemaBook::onRead()
{
    const Read result = m_reading.result();
    if (!result.errors.isEmpty()) {
        return fail(AppSync::Error::local(
            AppSync::Error::Kind::WrongType,
            tr("This is no schema (%1): %2").arg(m_source, result.errors.first().toString()),
            tr("A schema is types in the schema definition language, or the answer to an "
               "introspection "
               "query.")));
    }
    m_schema = result.schema;
    const auto types =
        std::count_if(m_schema.types().cbegin(), m_schema.types().cend(),
                      [this](const auto &type) { return !m_schema.isBuiltIn(type); });
    m_sourceText = types == 1 ? tr("1 type, %1").arg(m_source)
                              : tr("%1 types, %2").arg(Wording::count(types), m_source);
    m_model.setSchema(m_schema);
    Q_EMIT changed();
    Q_EMIT schemaChanged();
}

void SchemaBook::fail(const AppSync::Error &error)
{
    m_notice = Notice::fromError(error);
    Q_EMIT changed();
}

} // namespace Syncscope
