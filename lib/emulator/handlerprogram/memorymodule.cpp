// SPDX-License-Identifier: Apache-2.0
#include "memorymodule.h"

#include <QResource>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace AppSync::Handlers {

namespace {

const QLatin1StringView kName("handler.js");

void append16(QByteArray &out, quint16 value)
{
    out.resize(out.size() + 2);
    qToBigEndian(value, out.data() + out.size() - 2);
}

void append32(QByteArray &out, quint32 value)
{
    out.resize(out.size() + 4);
    qToBigEndian(value, out.data() + out.size() - 4);
}

//! By which resources are looked up.
quint32 nameHash()
{
    quint32 hash = 0;
    for (const char c : kName) {
        hash = (hash << 4) + quint32(c);
        hash ^= (hash & 0xf0000000) >> 23;
        hash &= 0x0fffffff;
    }
    return hash;
}

//! A file of rcc, format 1: head, a tree of a folder with one file, their names, the content.
QByteArray resourceOf(const QByteArray &content)
{
    constexpr quint32 headSize = 20;
    constexpr quint32 treeSize = 2 * 14;
    const quint32 namesSize = 2 + 4 + 2 * quint32(kName.size());
    QByteArray out("qres");
    append32(out, 1);
    append32(out, headSize);
    append32(out, headSize + treeSize + namesSize);
    append32(out, headSize + treeSize);

    append32(out, 0); // the folder: its name, that it is one, one entry, the second of the tree
    append16(out, 2);
    append32(out, 1);
    append32(out, 1);
    append32(out,
             0); // the file: its name, no compression, no country, no language (C), its content
    append16(out, 0);
    append16(out, 0);
    append16(out, 1);
    append32(out, 0);

    append16(out, quint16(kName.size()));
    append32(out, nameHash());
    for (const char c : kName)
        append16(out, quint16(c));
    append32(out, quint32(content.size()));
    return out + content;
}

QString nextRoot()
{
    static int count = 0;
    return u"/%1"_s.arg(++count);
}

} // namespace

MemoryModule::MemoryModule(const QString &code)
    : m_resource(resourceOf(code.toUtf8())), m_root(nextRoot())
{
    QResource::registerResource(reinterpret_cast<const uchar *>(m_resource.constData()), m_root);
}

MemoryModule::~MemoryModule()
{
    QResource::unregisterResource(reinterpret_cast<const uchar *>(m_resource.constData()), m_root);
}

QString MemoryModule::path() const
{
    return u':' + m_root + u'/' + kName;
}

} // namespace AppSync::Handlers
