// SPDX-License-Identifier: Apache-2.0
#include "summary.h"

#include "printer.h"

namespace AppSync::GraphQl {

static OperationSummary summaryOf(const OperationDefinition &operation)
{
    OperationSummary result{
        operation.name.text, operation.kind, operation.position, operation.end, {}, {}};
    for (const Selection &selection : operation.selections) {
        if (selection.kind == Selection::Kind::Field)
            result.fields += selection.name.text;
    }
    for (const VariableDefinition &variable : operation.variables) {
        const auto &value = variable.defaultValue;
        result.variables +=
            VariableSummary{variable.name.text, variable.type.toString(),
                            value ? std::optional(print(*value)) : std::nullopt, variable.position};
    }
    return result;
}

QList<OperationSummary> summary(const Document &document)
{
    QList<OperationSummary> result;
    const auto operations = document.operations();
    for (const OperationDefinition *operation : operations)
        result += summaryOf(*operation);
    return result;
}

} // namespace AppSync::GraphQl
