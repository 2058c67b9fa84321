// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/signaturefacts.h"

#include <AppSync/IamAuthorizer>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QStringList difference(const QList<AppSync::SignatureLine> &lines)
{
    QStringList texts;
    for (const AppSync::SignatureLine &line : lines) {
        if (!line.differs) {
            texts << u"  "_s + line.ours;
            continue;
        }
        if (!line.ours.isNull())
            texts << u"- "_s + line.ours;
        if (!line.theirs.isNull())
            texts << u"+ "_s + line.theirs;
    }
    return texts;
}

} // namespace

QList<DoctorStep::Fact> signatureFacts(const AppSync::Authorizer *authorizer,
                                       const AppSync::Error &error, const QDateTime &serverTime)
{
    const auto *iam = qobject_cast<const AppSync::IamAuthorizer *>(authorizer);
    if (!iam || !AppSync::SignatureHelp::isAboutSignature(error.serverMessage))
        return {};
    const AppSync::SignatureHelp help = iam->explain(error.serverMessage, serverTime);
    QStringList causes;
    for (const AppSync::SignatureCause &cause : help.causes)
        causes << QStringList{cause.text, cause.nextStep}.join(u' ').trimmed();
    QList<DoctorStep::Fact> facts;
    const auto add = [&facts](const QString &name, const QStringList &values) {
        if (!values.isEmpty())
            facts << DoctorStep::Fact{name, values};
    };
    add(u"likely"_s, causes);
    add(u"canonical"_s, difference(help.canonicalRequest));
    add(u"toSign"_s, difference(help.stringToSign));
    if (help.canonicalRequest.isEmpty() && help.signature.isValid())
        add(u"signed"_s, help.signature.canonicalRequest.split(u'\n'));
    return facts;
}

} // namespace Syncscope
