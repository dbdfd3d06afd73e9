// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/model/Caller.h"
#include "engine/service/WorkspaceService.h"

#include <QObject>

class QWidget;

namespace carillon::ui {

class Prompts;

// Asks, once, whether a workspace that was copied or restored may send from here. Nothing is asked of one that is not held;
// without an answer, it waits. Belongs to `over`; the services and prompts outlive it.
class HoldQuestion : public QObject {
    Q_OBJECT

public:
    HoldQuestion(WorkspaceService& workspace, const Caller& caller, Prompts& prompts, QWidget* over);

    void ask();

Q_SIGNALS:
    void notice(const QString& sentence);
    void problem(const carillon::Error& error);

private:
    void askAbout(const WorkspaceHold& hold);
    void release();

    WorkspaceService& m_workspace;
    const Caller m_caller;
    Prompts& m_prompts;
    QWidget* m_over;
};

} // namespace carillon::ui
