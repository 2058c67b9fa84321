// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

namespace AppSync::Handlers {

//! JavaScript as a file that is in memory only, since the engine imports modules from files: a resource, as
//! rcc would have made it, for as long as this lives.
class MemoryModule {
public:
    explicit MemoryModule(const QString &code);
    ~MemoryModule();
    Q_DISABLE_COPY_MOVE(MemoryModule)

    //! `:/…/handler.js`, another one for each.
    [[nodiscard]] QString path() const;

private:
    const QByteArray m_resource;
    const QString m_root;
};

} // namespace AppSync::Handlers
