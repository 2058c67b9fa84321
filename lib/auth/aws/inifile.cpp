// SPDX-License-Identifier: Apache-2.0
#include "inifile_p.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::AwsConfig", text);
}

qsizetype indentOf(QStringView line)
{
    const auto *const first =
        std::find_if_not(line.begin(), line.end(), [](QChar c) { return c.isSpace(); });
    return first - line.begin();
}

class Parser {
public:
    IniFile take(QStringView text)
    {
        const QList<QStringView> lines = text.split(u'\n');
        for (QStringView line : lines) {
            ++m_line;
            const QStringView content = line.trimmed();
            if (content.isEmpty() || content.startsWith(u'#') || content.startsWith(u';'))
                continue;
            QString problem;
            if (!m_key.isEmpty() && indentOf(line) > m_indent)
                problem = continuation(content);
            else if (content.startsWith(u'['))
                problem = header(content, indentOf(line));
            else
                problem = option(content, indentOf(line));
            if (!problem.isEmpty())
                return {{}, problem, m_line};
        }
        return m_file;
    }

private:
    QString header(QStringView content, qsizetype indent)
    {
        const qsizetype end = content.lastIndexOf(u']');
        const QString name = content.sliced(1, std::max<qsizetype>(end - 1, 0)).toString();
        if (name.isEmpty())
            return tr("the name of the section has no end, or is empty");
        const auto &sections = m_file.sections;
        if (std::any_of(sections.cbegin(), sections.cend(),
                        [&name](const IniSection &section) { return section.name == name; }))
            return tr("the section stands here for the second time");
        m_file.sections.append({name, {}, {}});
        m_key.clear();
        m_indent = indent;
        return {};
    }

    QString option(QStringView content, qsizetype indent)
    {
        if (m_file.sections.isEmpty())
            return tr("there is no [section] above it");
        const auto *const mark = std::find_if(content.begin(), content.end(),
                                              [](QChar c) { return c == u'=' || c == u':'; });
        const qsizetype at = mark - content.begin();
        const QString key = content.first(at).trimmed().toString().toLower();
        if (mark == content.end() || key.isEmpty())
            return tr("there is no “key = value” in it");
        IniSection &section = m_file.sections.last();
        if (section.values.contains(key))
            return tr("the key stands in its section for the second time");
        section.values.insert(key, content.sliced(at + 1).trimmed().toString());
        m_key = key;
        m_indent = indent;
        return {};
    }

    //! A line further in than its key: of a block where the key has no value, else more of the value.
    QString continuation(QStringView content)
    {
        IniSection &section = m_file.sections.last();
        QString &value = section.values[m_key];
        if (!value.isEmpty()) {
            value += u'\n' + content.toString();
            return {};
        }
        const qsizetype at = content.indexOf(u'=');
        if (at < 1)
            return tr("there is no “key = value” in it");
        section.blocks[m_key].insert(content.first(at).trimmed().toString().toLower(),
                                     content.sliced(at + 1).trimmed().toString());
        return {};
    }

    IniFile m_file;
    QString m_key; //!< of the option that the next line may continue
    qsizetype m_indent = 0;
    int m_line = 0;
};

} // namespace

IniFile IniFile::parse(QStringView text)
{
    return Parser().take(text);
}

} // namespace AppSync
