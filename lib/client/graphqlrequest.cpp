// SPDX-License-Identifier: Apache-2.0
#include "graphqlrequest_p.h"

#include "../core/validation.h"
#include "../wire/graphqlprotocol_p.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQlRequest {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::GraphQlRequest", text);
}

constexpr qsizetype kRead = 10'000; // of a document, in search of a name

QString withoutComments(QString document)
{
    static const QRegularExpression comment(u"#[^\\n\\r]*"_s);
    return document.remove(comment);
}

} // namespace

Error problem(const QString &document, const QByteArray &variables)
{
    if (document.trimmed().isEmpty())
        return Error::local(Error::Kind::InvalidInput, tr("There is no GraphQL document."),
                            tr("Write an operation, such as { __typename }."));
    if (!document.isValidUtf16())
        return Error::local(Error::Kind::Encoding,
                            tr("The GraphQL document is not valid Unicode text."));
    const QByteArray given = variables.trimmed();
    if (given.isEmpty())
        return {};
    const QString nextStep = tr("Variables are one JSON object: {\"name\": value}.");
    if (!QUtf8StringView(given).isValidUtf8())
        return Error::local(Error::Kind::Encoding, tr("The variables are not valid UTF-8."));
    if (const auto broken = Validation::json(variables); broken.isProblem())
        return Error::local(
            Error::Kind::Encoding,
            tr("The variables are not JSON: %1 (byte %2).").arg(broken.message).arg(broken.offset),
            nextStep);
    if (!given.startsWith('{'))
        return Error::local(Error::Kind::InvalidInput, tr("The variables are no JSON object."),
                            nextStep);
    return {};
}

bool isSubscription(const QString &document)
{
    static const QRegularExpression first(u"^[\\s,\ufeff]*subscription\\b"_s);
    static const QRegularExpression others(u"\\b(?:query|mutation)\\b"_s);
    const QString text = withoutComments(document);
    return first.match(text).hasMatch() && !others.match(text).hasMatch();
}

QByteArray body(const QString &document, const QByteArray &variables, const QString &operationName)
{
    return GraphQlWire::body(
        document.toUtf8(), variables.trimmed().isEmpty() ? QByteArray() : variables, operationName);
}

QString nameForPeople(const QString &document, const QString &operationName)
{
    if (!operationName.isEmpty())
        return operationName;
    static const QRegularExpression operation(
        u"\\b(?:query|mutation|subscription)\\s+([_A-Za-z][_0-9A-Za-z]*)"_s);
    static const QRegularExpression field(
        u"\\{[\\s,]*(?:[_A-Za-z][_0-9A-Za-z]*\\s*:\\s*)?([_A-Za-z][_0-9A-Za-z]*)"_s);
    const QString text = withoutComments(document.left(kRead));
    const QString name = operation.match(text).captured(1);
    return name.isEmpty() ? field.match(text).captured(1) : name;
}

} // namespace AppSync::GraphQlRequest
