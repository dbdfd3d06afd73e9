// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/AddContentDialog.h"

#include "ui/forms/Layouts.h"
#include "ui/topics/PartWords.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>

namespace carillon::ui {

AddContentDialog::AddContentDialog(const QStringList& channels, const QList<Brand>& brands,
                                   std::function<bool(const Template&)> taken, QWidget* parent)
    : QDialog(parent)
    , m_taken(std::move(taken))
    , m_channel(new QComboBox(this))
    , m_locale(new QLineEdit(this))
    , m_brand(new QComboBox(this))
    , m_variant(new QLineEdit(this))
    , m_problem(makeLabel({}, "error", this))
{
    setObjectName(QStringLiteral("addContentDialog"));
    setWindowTitle(tr("Add content"));
    setMinimumWidth(420);
    m_channel->setObjectName(QStringLiteral("newContentChannel"));
    m_locale->setObjectName(QStringLiteral("newContentLocale"));
    m_brand->setObjectName(QStringLiteral("newContentBrand"));
    m_variant->setObjectName(QStringLiteral("newContentVariant"));
    for (const QString& channel : channels)
        m_channel->addItem(channelTitle(channel), channel);
    m_brand->addItem(tr("Every brand"), 0);
    for (const Brand& brand : brands)
        m_brand->addItem(brand.name, brand.id);
    m_locale->setPlaceholderText(tr("Every language; else for example de or pt-BR"));
    m_variant->setPlaceholderText(tr("None; else for example b"));
    m_variant->setToolTip(tr("The version of an A/B test that this is"));
    auto* rows = new QFormLayout(this);
    rows->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    rows->setSpacing(Theme::Space);
    rows->addRow(tr("&Channel"), m_channel);
    rows->addRow(tr("&Language"), m_locale);
    rows->addRow(tr("&Brand"), m_brand);
    rows->addRow(tr("&Variant"), m_variant);
    rows->addRow(m_problem);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_add = buttons->addButton(tr("&Add content"), QDialogButtonBox::AcceptRole);
    m_add->setObjectName(QStringLiteral("newContentAdd"));
    m_add->setDefault(true);
    rows->addRow(buttons);
    connect(m_channel, &QComboBox::currentIndexChanged, this, &AddContentDialog::check);
    connect(m_locale, &QLineEdit::textChanged, this, &AddContentDialog::check);
    connect(m_brand, &QComboBox::currentIndexChanged, this, &AddContentDialog::check);
    connect(m_variant, &QLineEdit::textChanged, this, &AddContentDialog::check);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT chosen(place());
        accept();
    });
    check();
}

Template AddContentDialog::place() const
{
    Template place;
    place.channel = m_channel->currentData().toString();
    place.locale = m_locale->text().trimmed();
    place.brandId = m_brand->currentData().toLongLong();
    place.variant = m_variant->text().trimmed();
    return place;
}

void AddContentDialog::check()
{
    static const QRegularExpression variantForm(QStringLiteral("^[a-z0-9][a-z0-9_-]{0,39}$"));
    const Template place = this->place();
    QString problem;
    if (!place.locale.isEmpty())
        problem = localeProblem(place.locale);
    if (problem.isEmpty() && !place.variant.isEmpty() && !variantForm.match(place.variant).hasMatch())
        problem = tr("A variant is a short word of lower-case letters and digits.");
    if (problem.isEmpty() && m_taken(place))
        problem = tr("There is such content already.");
    m_problem->setText(problem);
    m_add->setEnabled(problem.isEmpty() && !place.channel.isEmpty());
}

} // namespace carillon::ui
