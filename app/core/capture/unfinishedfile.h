// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

namespace Syncscope {

//! Where a database is made before it takes its name: nobody sees half of one, and what was there under that name
//! stays until then.
class UnfinishedFile {
public:
    //! What becomes of a file that is there already.
    enum class Existing {
        Kept, //!< problem() says that it is in the way
        Replaced,
    };

    explicit UnfinishedFile(const QString &path, Existing existing = Existing::Kept);
    //! Removes what was not finished.
    ~UnfinishedFile();
    UnfinishedFile(const UnfinishedFile &) = delete;
    UnfinishedFile &operator=(const UnfinishedFile &) = delete;

    [[nodiscard]] QString workPath() const { return m_work; }
    [[nodiscard]] Problem problem() const { return m_problem; }
    //! Gives the file its name. Whoever wrote it has to have closed it.
    [[nodiscard]] Problem finish();

private:
    void removeWork();
    [[nodiscard]] bool take(); //!< the name

    const QString m_path;
    const QString m_work;
    const Existing m_existing;
    Problem m_problem;
};

//! What is said when a person ended the making of \a path.
[[nodiscard]] Problem makingEnded(const QString &path);

} // namespace Syncscope
