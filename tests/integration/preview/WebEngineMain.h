// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QApplication>
#include <QTest>

#include <unistd.h>

// main() of a test that shows web pages: the superuser, as whom machines run tests, must do without Chromium's sandbox.
#define CARILLON_WEBENGINE_TEST_MAIN(Test)                                                                                  \
    int main(int argc, char** argv)                                                                                         \
    {                                                                                                                       \
        if (geteuid() == 0)                                                                                                 \
            qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");                                                                    \
        QApplication application(argc, argv);                                                                               \
        Test test;                                                                                                          \
        return QTest::qExec(&test, argc, argv);                                                                             \
    }
