// SPDX-License-Identifier: Apache-2.0
// lambdaprogram WAY: a Lambda authorizer as a program that answers in one of several ways. Without Qt, which
// would make each start slow.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char **argv)
{
    const std::string event{std::istreambuf_iterator<char>(std::cin), {}};
    const std::string way = argc > 1 ? argv[1] : "";
    if (way == "word") { // whoever knows it may
        const bool knows = event.find("\"authorizationToken\":\"sesame\"") != std::string::npos;
        std::cout << "{\"isAuthorized\":" << (knows ? "true" : "false")
                  << ",\"handlerContext\":{\"by\":\"program\"}}\n";
        return 0;
    }
    if (way == "echo") { // the event, as text in the context
        std::string text;
        for (const char c : event) {
            if (c == '"' || c == '\\')
                text += '\\';
            if (c != '\n')
                text += c;
        }
        std::cout << "{\"isAuthorized\":true,\"handlerContext\":{\"event\":\"" << text << "\"}}";
        return 0;
    }
    if (way == "complain") {
        std::cerr << "first line\ncannot work with " << event << "\n";
        return 3;
    }
    if (way == "crash")
        std::abort();
    if (way == "garbage")
        std::cout << "hello";
    if (way == "flood") {
        const std::string block(1 << 20, 'x');
        for (int i = 0; i < 16; ++i)
            std::cout << block;
    }
    if (way == "hang") {
        for (;;)
            (void)std::getchar();
    }
    return 0;
}
