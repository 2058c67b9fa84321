// SPDX-License-Identifier: Apache-2.0
// Scenario files: whatever they contain either is refused in words, or plays: twice the same, forward in
// time, in events that are JSON, with a bounded number of things under way.
#include "fuzz.h"

#include "lib/emulator/jsontext_p.h"
#include "lib/emulator/scenario/scenariorun_p.h"

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

namespace {

constexpr int kSteps = 100;
constexpr size_t kLongest = 16 * 1024;

QList<ScenarioStep> played(const Scenario &scenario)
{
    ScenarioRun run(scenario, 7);
    QList<ScenarioStep> steps;
    const qsizetype mostDue = ScenarioRun::kMostDue + 2 * scenario.actors.size() + 1;
    while (steps.size() < kSteps) {
        if (steps.size() == kSteps / 2)
            run.hear(u"demo/a"_s, uR"({"text":"@bot hello","n":1})"_s,
                     run.nextAt().value_or(std::chrono::milliseconds(0)));
        const auto step = run.next();
        if (!step)
            break;
        FUZZ_CHECK(steps.isEmpty() || steps.last().at <= step->at);
        FUZZ_CHECK(step->events.size() <= 5);
        for (const QString &event : step->events)
            FUZZ_CHECK(JsonText::isValue(event));
        FUZZ_CHECK(run.dueCount() <= mostDue);
        steps.append(*step);
    }
    return steps;
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > kLongest)
        return -1; // answers that quote answers take their time
    QString problem;
    const auto scenario = Scenario::fromJson(Fuzz::bytes(data, size), &problem);
    FUZZ_CHECK(scenario.has_value() == problem.isEmpty());
    if (!scenario)
        return 0;
    FUZZ_CHECK(!scenario->actors.isEmpty());
    FUZZ_CHECK(played(*scenario) == played(*scenario));
    return 0;
}
