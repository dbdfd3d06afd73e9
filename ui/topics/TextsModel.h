// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Topic.h"

#include <QAbstractTableModel>
#include <QPalette>

namespace carillon::ui {

// The translations of a brand as a table: a row for each key, a column for each locale. Edited in place; what is emptied is
// missing. Nothing is saved here: changed() gives what has to be.
class TextsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { MissingRole = Qt::UserRole, IsMissingAnywhereRole };

    using QAbstractTableModel::QAbstractTableModel;

    // The texts of every locale, one template each.
    void setTexts(const QList<Template>& texts);
    void setPalette(const QPalette& palette);

    const QStringList& keys() const { return m_keys; }
    const QStringList& locales() const { return m_locales; }
    QString text(const QString& key, const QString& locale) const;
    int missingCount() const; // cells without a text

    // Empty when a key can be added, else what is wrong with it.
    QString keyProblem(const QString& key) const;
    void addKey(const QString& key);
    void removeKeys(const QStringList& keys);
    void addLocale(const QString& locale);
    bool setText(const QString& key, const QString& locale, const QString& text); // adds what is not there yet

    bool isChanged() const { return !changed().isEmpty(); }
    // The templates that differ from what is saved, as they are to be saved.
    QList<Template> changed() const;
    // This was saved; what was typed since then stays changed.
    void adopt(const Template& stored);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void edited();

private:
    void put(const QString& key, const QString& locale, const QString& text);
    void collectKeys();

    QMap<QString, Template> m_saved; // by locale
    QMap<QString, Template> m_texts;
    QStringList m_keys; // in order
    QStringList m_locales;
    QPalette m_palette;
};

} // namespace carillon::ui
