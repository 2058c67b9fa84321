// SPDX-License-Identifier: Apache-2.0
// Fault plans: whatever a file contains either is refused in words, or is a plan within its bounds. Nothing
// that is no object is one.
#include "fuzz.h"

#include <AppSync/FaultPlan>

#include <QJsonDocument>
#include <QJsonObject>

using namespace AppSync;
using namespace Qt::StringLiterals;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray json = Fuzz::bytes(data, size);
    QString problem;
    const auto plan = FaultPlan::fromJson(json, &problem);
    FUZZ_CHECK(plan.has_value() == problem.isEmpty());
    if (!plan)
        return 0;
    FUZZ_CHECK(plan->refuseUpgradeStatus >= 0 && plan->refuseUpgradeStatus <= 599);
    FUZZ_CHECK(plan->closeCodeAfterAck >= 0 && plan->closeCodeAfterAck <= 4999);
    FUZZ_CHECK(plan->dropAfterFrames >= 0 && plan->cutInsideFrame >= 0);
    FUZZ_CHECK(plan->silentAfterFrames >= 0 && plan->deliveryGap.count() >= 0);
    // What it says is what it does.
    const QJsonObject members = QJsonDocument::fromJson(json).object();
    FUZZ_CHECK(plan->neverAck == members.value(u"neverAck"_s).toBool());
    FUZZ_CHECK(plan->dropAfterFrames == members.value(u"dropAfterFrames"_s).toInt());
    return 0;
}
