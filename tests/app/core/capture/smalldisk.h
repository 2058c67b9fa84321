// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#ifdef Q_OS_UNIX
#    include <csignal>
#    include <sys/resource.h>

//! Files of this process cannot grow beyond some bytes, as on a full disk.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes) : m_ignored(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        rlimit small = m_before;
        small.rlim_cur = bytes;
        m_isSmall = setrlimit(RLIMIT_FSIZE, &small) == 0;
    }
    ~SmallDisk() { grow(); }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    [[nodiscard]] bool isSmall() const { return m_isSmall; }
    void grow()
    {
        if (!m_isSmall)
            return;
        m_isSmall = false;
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_ignored);
    }

private:
    rlimit m_before{};
    void (*const m_ignored)(int);
    bool m_isSmall = false;
};

#endif
