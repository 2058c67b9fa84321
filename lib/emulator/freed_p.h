// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace AppSync::Emulation {

//! Deleter that calls a C function: `std::unique_ptr<X509, Freed<X509_free>>`.
template <auto Free> struct Freed {
    template <typename T> void operator()(T *object) const { Free(object); }
};

} // namespace AppSync::Emulation
