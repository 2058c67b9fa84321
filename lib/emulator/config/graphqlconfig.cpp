// SPDX-License-Identifier: Apache-2.0
#include "graphqlconfig_p.h"

#include "../access/authmodename_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::GraphQlConfig {

namespace {

using Mode = EmulatorOptions::AuthMode;

constexpr int kDepth = 75;
constexpr int kResolvers = 10'000;

Mode readMode(ConfigObject &object)
{
    QList<QPair<QString, Mode>> names;
    for (const Mode mode : EmulatorOptions::allAuthModes())
        names.append({AuthModeName::of(mode), mode});
    Mode mode = Mode::ApiKey;
    if (!object.has(u"authenticationType"_s))
        object.fail(u"authenticationType"_s, u"an \"authenticationType\" is needed"_s);
    object.read(u"authenticationType"_s, names, &mode);
    return mode;
}

//! What a resolver and a function of a pipeline have in common.
template <typename Step> void readStep(ConfigObject &object, Step *step)
{
    object.read(u"code"_s, &step->code, object.has(u"code"_s));
    object.readPath(u"codeFile"_s, &step->codeFile);
    object.read(u"dataSource"_s, &step->dataSource, object.has(u"dataSource"_s));
    if (object.has(u"code"_s) == object.has(u"codeFile"_s))
        object.fail({}, u"one of \"code\" and \"codeFile\" is needed"_s);
}

} // namespace

void readApi(ConfigObject &top, EmulatorOptions *options)
{
    top.object(u"graphqlApi"_s, [options](ConfigObject &api) {
        EmulatorOptions::GraphQl &settings = options->graphQl;
        api.ignore({u"name"_s, u"apiType"_s, u"visibility"_s, u"xrayEnabled"_s});
        settings.defaultMode = readMode(api);
        settings.modes = {*settings.defaultMode};
        api.objects(u"additionalAuthenticationProviders"_s, [&settings](ConfigObject &provider) {
            const Mode mode = readMode(provider);
            if (!settings.modes.contains(mode))
                settings.modes.append(mode);
        });
        api.read(u"introspectionConfig"_s,
                 QList<QPair<QString, bool>>{{u"ENABLED"_s, true}, {u"DISABLED"_s, false}},
                 &settings.introspection);
        api.read(u"queryDepthLimit"_s, 0, kDepth, &settings.queryDepthLimit);
        api.read(u"resolverCountLimit"_s, 0, kResolvers, &settings.resolverCountLimit);
        if (settings.resolverCountLimit == 0) // as the service has it
            settings.resolverCountLimit = kResolvers;
    });
}

void readSchema(ConfigObject &emulator, EmulatorOptions *options)
{
    EmulatorOptions::GraphQl &settings = options->graphQl;
    emulator.readPath(u"schemaFile"_s, &settings.schemaFile);
    const QStringList fields = emulator.value(u"resolvers"_s).toObject().keys();
    emulator.object(u"resolvers"_s, [&](ConfigObject &resolvers) {
        for (const QString &field : fields) {
            resolvers.object(field, [&](ConfigObject &object) {
                EmulatorOptions::Resolver resolver;
                readStep(object, &resolver);
                object.objects(u"functions"_s, [&resolver](ConfigObject &part) {
                    EmulatorOptions::Function function;
                    readStep(part, &function);
                    resolver.functions.append(function);
                });
                settings.resolvers.insert(field, resolver);
            });
        }
    });
}

} // namespace AppSync::Emulation::GraphQlConfig
