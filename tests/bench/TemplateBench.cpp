// SPDX-License-Identifier: GPL-3.0-or-later
// What an HTML mail of about 1 KB takes: rendered again and again, compiled, and from the file to the first text.
//
//     TemplateBench FILE [renderings]
//
// Prints one JSON object; times in microseconds, of the clock on the wall, and cpu_us of the processor: the same for a
// rendering, but whatever else the machine does.
#include "engine/liquid/Program.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

using namespace carillon::liquid;

namespace {

constexpr int contexts = 1000; // each rendering has other data
constexpr int compilations = 2000;

// Data of the yardsticks: five variables, a list of five, a condition, characters to be escaped.
Value context(int i)
{
    static constexpr const char* names[] = {"Ada", "Kate O'Neil", "Nils <n>", "Eve & Co"};
    Array items;
    for (int k = 0; k < 5; ++k) {
        items.emplace_back(Object({{"id", Value(i * 5 + k)},
                                   {"title", Value("Position <" + std::to_string(k) + "> & more")},
                                   {"state", Value(k % 2 ? "open" : "waiting")}}));
    }
    return Object({{"subject", Value("Ticket " + std::to_string(i) + " assigned")},
                   {"name", Value(std::string(names[i % 4]) + " " + std::to_string(i))},
                   {"ticket", Value("T-" + std::to_string(10'000 + i))},
                   {"agent", Value("Olga \"O\"")},
                   {"email", Value("user" + std::to_string(i) + "@rcpt.example.test")},
                   {"urgent", Value(i % 3 == 0)},
                   {"items", Value(std::move(items))}});
}

std::string read(const char* path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

Program compile(const std::string& source)
{
    const auto program = Program::compile(source, {.escape = Escape::Html});
    if (!program) {
        std::fprintf(stderr, "%s\n", program.error().front().sentence.c_str());
        std::exit(1);
    }
    return *program;
}

template <typename Do>
double microseconds(int times, Do work)
{
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i)
        work(i);
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() / times;
}

} // namespace

int main(int count, char** arguments)
{
    if (count < 2) {
        std::fprintf(stderr, "TemplateBench FILE [renderings]\n");
        return 1;
    }
    const char* const path = arguments[1];
    const int renderings = count > 2 ? std::max(1, std::atoi(arguments[2])) : 200'000;
    std::vector<Value> data;
    for (int i = 0; i < contexts; ++i)
        data.push_back(context(i));
    const std::string source = read(path);
    const Program program = compile(source);
    std::size_t bytes = 0;
    const auto render = [&](int i) { bytes += program.render(data[std::size_t(i % contexts)])->size(); };
    for (int i = 0; i < contexts; ++i)
        render(i);
    bytes = 0;
    const std::clock_t before = std::clock();
    const double warm = microseconds(renderings, render);
    const double processor = 1e6 * double(std::clock() - before) / CLOCKS_PER_SEC / renderings;
    const std::size_t average = bytes / std::size_t(renderings);
    const double compiling = microseconds(compilations, [&](int) { bytes += compile(source).variables().size(); });
    const double cold = microseconds(
        compilations, [&](int i) { bytes += compile(read(path)).render(data[std::size_t(i % contexts)])->size(); });
    std::printf("{\"us\": %.3f, \"cpu_us\": %.3f, \"compile_us\": %.2f, \"cold_us\": %.2f, \"bytes\": %zu}\n", warm,
                processor, compiling, cold, average);
}
