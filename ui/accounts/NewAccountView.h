// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/service/AccountService.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTimer;
class QTreeWidget;
class QTreeWidgetItem;

namespace carillon::ui {

class SearchField;
class SecretText;
class ToneLabel;

// Where a new account begins: a place to paste what the platform gave (a token, a key, an address), which tells the platform
// and fills its form; and the list of all platforms by channel, to be searched. Belongs to its parent.
class NewAccountView : public QWidget {
    Q_OBJECT

public:
    explicit NewAccountView(QWidget* parent = nullptr);

    void setProviders(const QList<ProviderDescription>& providers);
    // Empty again, ready to be typed in.
    void begin();
    // What the pasted text may be, the likeliest first.
    void setRecognised(const QList<RecognisedAccount>& accounts);

Q_SIGNALS:
    void pasted(const QString& text); // to be recognised
    void chosen(const carillon::RecognisedAccount& account); // a platform from the list has nothing filled in

private:
    QWidget* makePaste();
    QWidget* makeList();
    void fill();
    void addProvider(QTreeWidgetItem* under, const ProviderDescription& provider, const RecognisedAccount& account);
    void search(const QString& text);
    void selectBest(const QString& name);
    void select(const QString& provider);
    void choose();

    QList<ProviderDescription> m_providers;
    QList<RecognisedAccount> m_recognised;
    SecretText* m_paste;
    QTimer* m_pause;
    ToneLabel* m_answer;
    SearchField* m_search;
    QTreeWidget* m_list;
    QPushButton* m_continue;
};

} // namespace carillon::ui
