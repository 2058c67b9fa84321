// SPDX-License-Identifier: Apache-2.0
// snippetprinter LANGUAGE ENDPOINT MODE: reads the text of a frame that was sent from standard input and prints
// the snippet. snippetprinter cpp-literals SEED: a program that prints the bytes of texts, one a line, in hex.
#include "app/core/snippet/snippet.h"
#include "app/core/snippet/snippetliteral.h"
#include "snippettexts.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace Syncscope;

namespace {

QByteArray literals(quint32 seed)
{
    QByteArray program = "#include <QByteArray>\n#include <cstdio>\n\n"
                         "using namespace Qt::StringLiterals;\n\nint main()\n{\n"
                         "    const QByteArray texts[]{\n";
    const QList<QByteArray> texts = SnippetTexts::known() + SnippetTexts::random(seed, 300)
        + QList<QByteArray>{QByteArray("a\0b", 3), QByteArray(20'000, '\\')};
    for (const QByteArray &text : texts)
        program += "        " + SnippetLiteral::cpp(text) + "_ba,\n";
    return program
        + "    };\n    for (const QByteArray &text : texts)\n"
          "        std::puts(text.toHex().constData());\n}\n";
}

SnippetAction actionOf(const QByteArray &text)
{
    AppSync::Frame frame;
    frame.direction = AppSync::Frame::Direction::Out;
    frame.type = QJsonDocument::fromJson(text).object().value(u"type"_s).toString();
    frame.text = QString::fromUtf8(text);
    if (frame.type.isEmpty()) {
        frame.type = u"POST"_s;
        frame.transport = AppSync::Frame::Transport::Http;
    }
    return SnippetAction::of(CapturedFrame::fromFrame(frame, 1, {}));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    QFile in;
    QFile out;
    if (!in.open(stdin, QIODevice::ReadOnly) || !out.open(stdout, QIODevice::WriteOnly))
        return 1;
    if (arguments.value(1) == u"cpp-literals") {
        out.write(literals(arguments.value(2).toUInt()));
        return 0;
    }
    const qsizetype language =
        QStringList{u"shell"_s, u"amplify"_s, u"python"_s, u"go"_s, u"cpp"_s}.indexOf(
            arguments.value(1));
    const auto mode = authModeFromText(arguments.value(3));
    if (language < 0 || !mode)
        return 2;
    SnippetTarget target;
    target.endpoint = AppSync::Endpoint::fromUserInput(arguments.value(2));
    if (target.endpoint.region().isEmpty())
        target.endpoint = target.endpoint.withRegion(u"us-east-1"_s); // of the local one
    target.connect = target.subscribe = target.publish = *mode;
    out.write(snippet(actionOf(in.readAll()), target, SnippetLanguage(language)));
    return 0;
}
