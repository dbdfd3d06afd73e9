// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TextsModel.h"

#include "ui/topics/PartWords.h"
#include "ui/widgets/Theme.h"

#include <QRegularExpression>

#include <algorithm>

namespace carillon::ui {

void TextsModel::setTexts(const QList<Template>& texts)
{
    beginResetModel();
    m_saved.clear();
    for (const Template& text : texts)
        m_saved.insert(text.locale, text);
    m_texts = m_saved;
    m_locales = m_texts.keys();
    collectKeys();
    endResetModel();
}

void TextsModel::collectKeys()
{
    m_keys.clear();
    for (const Template& text : qAsConst(m_texts))
        m_keys << text.parts.keys();
    std::sort(m_keys.begin(), m_keys.end());
    m_keys.erase(std::unique(m_keys.begin(), m_keys.end()), m_keys.end());
}

void TextsModel::setPalette(const QPalette& palette)
{
    m_palette = palette;
    if (!m_keys.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::ForegroundRole});
}

QString TextsModel::text(const QString& key, const QString& locale) const
{
    return m_texts.value(locale).parts.value(key);
}

int TextsModel::missingCount() const
{
    int count = 0;
    for (const QString& key : m_keys) {
        for (const QString& locale : m_locales)
            count += text(key, locale).isEmpty() ? 1 : 0;
    }
    return count;
}

QString TextsModel::keyProblem(const QString& key) const
{
    static const QRegularExpression form(QStringLiteral("^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$"));
    if (m_keys.contains(key))
        return tr("There is such a key already.");
    if (!form.match(key).hasMatch())
        return tr("A key is made of letters, digits, dots, dashes, underscores and slashes.");
    return {};
}

void TextsModel::addKey(const QString& key)
{
    const int row = int(std::lower_bound(m_keys.begin(), m_keys.end(), key) - m_keys.begin());
    beginInsertRows({}, row, row);
    m_keys.insert(row, key);
    endInsertRows();
}

void TextsModel::removeKeys(const QStringList& keys)
{
    for (const QString& key : keys) {
        const int row = int(m_keys.indexOf(key));
        if (row < 0)
            continue;
        beginRemoveRows({}, row, row);
        m_keys.removeAt(row);
        for (Template& text : m_texts)
            text.parts.remove(key);
        endRemoveRows();
    }
    Q_EMIT edited();
}

void TextsModel::addLocale(const QString& locale)
{
    if (m_locales.contains(locale))
        return;
    const int at = int(std::lower_bound(m_locales.begin(), m_locales.end(), locale) - m_locales.begin());
    beginInsertColumns({}, at + 1, at + 1);
    m_locales.insert(at, locale);
    Template text;
    text.scope = TemplateScope::Texts;
    text.locale = locale;
    m_texts.insert(locale, text);
    endInsertColumns();
}

void TextsModel::put(const QString& key, const QString& locale, const QString& text)
{
    if (text.isEmpty())
        m_texts[locale].parts.remove(key);
    else
        m_texts[locale].parts.insert(key, text);
}

bool TextsModel::setText(const QString& key, const QString& locale, const QString& text)
{
    if (!m_keys.contains(key)) {
        if (!keyProblem(key).isEmpty())
            return false;
        addKey(key);
    }
    addLocale(locale);
    return setData(index(int(m_keys.indexOf(key)), int(m_locales.indexOf(locale)) + 1), text, Qt::EditRole);
}

QList<Template> TextsModel::changed() const
{
    QList<Template> all;
    for (auto text = m_texts.cbegin(); text != m_texts.cend(); ++text) {
        if (text->parts != m_saved.value(text.key()).parts)
            all << *text;
    }
    return all;
}

void TextsModel::adopt(const Template& stored)
{
    m_saved.insert(stored.locale, stored);
    const QMap<QString, QString> typed = m_texts.value(stored.locale).parts;
    m_texts.insert(stored.locale, stored);
    m_texts[stored.locale].parts = typed;
}

int TextsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_keys.size());
}

int TextsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_locales.size()) + 1;
}

QVariant TextsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QString& key = m_keys.at(index.row());
    if (role == IsMissingAnywhereRole)
        return std::any_of(m_locales.begin(), m_locales.end(),
                           [&](const QString& locale) { return text(key, locale).isEmpty(); });
    if (index.column() == 0)
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(key) : QVariant();
    const QString text = this->text(key, m_locales.at(index.column() - 1));
    switch (role) {
    case MissingRole: return text.isEmpty();
    case Qt::EditRole: return text;
    case Qt::DisplayRole: return text.isEmpty() ? tr("missing") : QString(text).replace(u'\n', u'⏎');
    case Qt::ToolTipRole: return text;
    case Qt::ForegroundRole: return text.isEmpty() ? QVariant(themeColours(m_palette).warning) : QVariant();
    default: return {};
    }
}

bool TextsModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || index.column() == 0 || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const QString text = value.toString();
    if (text == data(index, Qt::EditRole).toString())
        return true;
    put(m_keys.at(index.row()), m_locales.at(index.column() - 1), text);
    Q_EMIT dataChanged(index.siblingAtColumn(0), index);
    Q_EMIT edited();
    return true;
}

QVariant TextsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section > m_locales.size())
        return {};
    if (section == 0)
        return tr("Key");
    const QString title = languageTitle(m_locales.at(section - 1));
    return m_locales.at(section - 1).isEmpty() ? title.left(1).toUpper() + title.mid(1) : title;
}

Qt::ItemFlags TextsModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() > 0 ? flags | Qt::ItemIsEditable : flags;
}

} // namespace carillon::ui
