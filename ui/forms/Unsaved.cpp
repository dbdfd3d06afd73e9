// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/forms/Unsaved.h"

#include "ui/frame/Prompts.h"

#include <QCoreApplication>

namespace carillon::ui {

void askToDiscard(Prompts& prompts, QWidget* over, bool unsaved, const QString& thing,
                  std::function<void(bool discard)> done)
{
    if (!unsaved)
        return done(true);
    const auto say = [](const char* text) { return QCoreApplication::translate("Unsaved", text); };
    const Question question{say(QT_TRANSLATE_NOOP("Unsaved", "Unsaved changes")),
                            say(QT_TRANSLATE_NOOP("Unsaved", "Discard the changes to %1?")).arg(thing),
                            {},
                            say(QT_TRANSLATE_NOOP("Unsaved", "Discard changes")),
                            true};
    prompts.confirm(over, question, std::move(done));
}

} // namespace carillon::ui
