// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <functional>

class QLineEdit;
class QListView;
class QStandardItemModel;

namespace carillon::ui {

// Something the palette can do or go to.
struct Command {
    QString title;
    QString detail; // what kind of thing it is, or its shortcut
    QString iconName;
    std::function<void()> run;
};

// A field over the window that finds any page, action, topic, contact or campaign as one types. Up and down choose, Enter
// does it, Escape leaves. It searches its own commands itself; what must be looked up is added by whoever hears searched().
class CommandPalette : public QFrame {
    Q_OBJECT

public:
    static constexpr int MostShown = 50;

    explicit CommandPalette(QWidget* window);

    // Shows itself in the middle of the window's upper part with these commands to begin with.
    void popUp(QList<Command> commands);
    // Adds what was found for `text`; dropped when something else is typed by now.
    void addFound(const QString& text, const QList<Command>& found);

    // True when each word of `text` is in the title; better matches first by rank: 0 begins with it, 1 a word does, 2
    // elsewhere, -1 not at all.
    static int rank(const QString& title, const QString& text);

Q_SIGNALS:
    void searched(const QString& text); // at least two characters

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search(const QString& text);
    void append(const Command& command);
    void runCurrent();
    void moveBy(int rows);

    QLineEdit* m_field;
    QListView* m_list;
    QStandardItemModel* m_model;
    QList<Command> m_commands;
    QList<Command> m_shown;
};

} // namespace carillon::ui
