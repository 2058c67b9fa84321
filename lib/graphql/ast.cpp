// SPDX-License-Identifier: Apache-2.0
#include "ast.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl {

const TypeReference &TypeReference::named() const
{
    const TypeReference *type = this;
    while (type->kind != Kind::Named)
        type = &type->wrapped();
    return *type;
}

QString TypeReference::toString() const
{
    switch (kind) {
    case Kind::Named:
        return name;
    case Kind::List:
        return u'[' + wrapped().toString() + u']';
    case Kind::NonNull:
        return wrapped().toString() + u'!';
    }
    return {};
}

template <typename T> static QList<const T *> definitionsOf(const Document &document)
{
    QList<const T *> found;
    for (const Definition &definition : document.definitions) {
        if (const auto *wanted = std::get_if<T>(&definition))
            found += wanted;
    }
    return found;
}

QList<const OperationDefinition *> Document::operations() const
{
    return definitionsOf<OperationDefinition>(*this);
}

QList<const FragmentDefinition *> Document::fragments() const
{
    return definitionsOf<FragmentDefinition>(*this);
}

const FragmentDefinition *Document::fragment(QStringView name) const
{
    for (const Definition &definition : definitions) {
        const auto *fragment = std::get_if<FragmentDefinition>(&definition);
        if (fragment && fragment->name.text == name)
            return fragment;
    }
    return nullptr;
}

const OperationDefinition *Document::operation(QStringView name) const
{
    const QList<const OperationDefinition *> all = operations();
    if (name.isEmpty())
        return all.size() == 1 ? all.first() : nullptr;
    for (const OperationDefinition *operation : all) {
        if (operation->name.text == name)
            return operation;
    }
    return nullptr;
}

QString keyword(OperationKind kind)
{
    switch (kind) {
    case OperationKind::Query:
        return u"query"_s;
    case OperationKind::Mutation:
        return u"mutation"_s;
    case OperationKind::Subscription:
        return u"subscription"_s;
    }
    return {};
}

QString keyword(TypeKind kind)
{
    switch (kind) {
    case TypeKind::Scalar:
        return u"scalar"_s;
    case TypeKind::Object:
        return u"type"_s;
    case TypeKind::Interface:
        return u"interface"_s;
    case TypeKind::Union:
        return u"union"_s;
    case TypeKind::Enum:
        return u"enum"_s;
    case TypeKind::InputObject:
        return u"input"_s;
    }
    return {};
}

} // namespace AppSync::GraphQl
