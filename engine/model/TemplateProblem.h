// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace carillon {

enum class Severity { Hint, Warning, Error };

// What is wrong with one part of a template, and where. Lines and columns count from 1, columns in characters (UTF-16 units,
// as Qt counts).
struct TemplateProblem {
    Severity severity = Severity::Error;
    QString part; // "subject", "html", ...
    int line = 1;
    int column = 1;
    int length = 1;
    QString message; // a sentence: what, and what to do
    int position = 0; // from the start of the source, in characters
    QString text; // the offending text, shortened
    QString rule; // id of the rule that found it: "image-without-alt"; "liquid" for what does not compile
    QString fix; // a sentence: what to do, where `message` does not say it
    QString channel; // of the template; set where several are looked at together
    QString locale;

    friend bool operator==(const TemplateProblem&, const TemplateProblem&) = default;
};

} // namespace carillon
