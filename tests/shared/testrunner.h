// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCoreApplication>
#include <QTest>

//! The tests of one folder share a program, since compiling and linking each by itself takes most of a build.
//! It runs one of them by the name of its file: `app_core tst_duration [function…]`.
namespace TestRunner {

using Run = int (*)(int &argc, char **argv);

//! Registers the test in \a file. Called while the program's static objects are made.
bool add(const char *file, Run run);

//! Stands in for the application of a test that needs none.
struct NoApplication {
    NoApplication(int &, char **) { }
};

template <typename Application, typename Test> int run(int &argc, char **argv)
{
    [[maybe_unused]] Application application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace TestRunner

#define SYNCSCOPE_TEST_IN(Application, Test) \
    [[maybe_unused]] static const bool added##Test = \
        TestRunner::add(__FILE__, [](int &argc, char **argv) { \
            return TestRunner::run<Application, Test>(argc, argv); \
        });

//! As QTEST_GUILESS_MAIN, QTEST_MAIN and QTEST_APPLESS_MAIN, for a test that shares its program.
#define GUILESS_TEST(Test) SYNCSCOPE_TEST_IN(QCoreApplication, Test)
#define GUI_TEST(Test) SYNCSCOPE_TEST_IN(QGuiApplication, Test)
#define APPLESS_TEST(Test) SYNCSCOPE_TEST_IN(TestRunner::NoApplication, Test)
