// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/TemplateProblem.h"
#include "engine/model/Topic.h"

namespace carillon {

// A part of a template that does not compile.
struct CompileProblem {
    qint64 templateId = 0;
    QString channel;
    QString locale;
    QString part;
    TemplateProblem problem;
    TemplateScope scope = TemplateScope::Topic;
};

} // namespace carillon
