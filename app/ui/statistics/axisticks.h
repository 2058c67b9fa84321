// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

//! Where an axis has marks, and what stands there.
namespace Syncscope::AxisTicks {

struct Tick {
    qint64 atMs = 0;
    QString label;

    friend bool operator==(const Tick &, const Tick &) = default;
};
//! At full seconds, minutes, hours or days of local time, at most \a most of them; the first of a day says which
//! day it is.
[[nodiscard]] QList<Tick> ofTime(qint64 fromMs, qint64 toMs, int most);

struct Scale {
    double bottom = 0;
    double top = 1;
};
//! From 0 to a round number that \a most fits below.
[[nodiscard]] Scale fromZero(double most);
//! Round numbers around two of any sign.
[[nodiscard]] Scale around(double least, double most);

} // namespace Syncscope::AxisTicks
