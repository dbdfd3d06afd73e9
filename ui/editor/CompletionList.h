// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/LiquidVocabulary.h"

#include <QObject>

class QAbstractItemView;
class QCompleter;
class QPlainTextEdit;
class QStandardItemModel;

namespace carillon::ui {

// The list of words under an editor's cursor, each with its detail in grey. It shows and tells what was chosen; what becomes
// of it is the editor's. Belongs to the editor; window thread.
class CompletionList : public QObject {
    Q_OBJECT

public:
    explicit CompletionList(QPlainTextEdit* editor);

    void show(const QList<Word>& words);
    void hide();
    bool isVisible() const;
    QString current() const; // empty when none is

Q_SIGNALS:
    void chosen(const QString& word);

private:
    QPlainTextEdit* m_editor;
    QStandardItemModel* m_words;
    QCompleter* m_completer;
};

} // namespace carillon::ui
