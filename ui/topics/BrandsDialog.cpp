// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/BrandsDialog.h"

#include "engine/base/Future.h"
#include "engine/service/TopicService.h"
#include "ui/forms/FieldForm.h"
#include "ui/forms/Layouts.h"
#include "ui/forms/TimeZones.h"
#include "ui/forms/Unsaved.h"
#include "ui/widgets/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace carillon::ui {

BrandsDialog::BrandsDialog(TopicService& topics, const Caller& caller, Prompts& prompts, QWidget* parent)
    : QDialog(parent)
    , m_topics(topics)
    , m_caller(caller)
    , m_prompts(prompts)
    , m_list(new QListWidget(this))
    , m_form(new FieldForm(this))
    , m_notice(makeLabel({}, "error", this))
    , m_save(makeButton(tr("&Save brand"), QStringLiteral("saveBrand"), this, "primary"))
{
    setObjectName(QStringLiteral("brandsDialog"));
    setWindowTitle(tr("Brands"));
    resize(820, 640);
    m_list->setObjectName(QStringLiteral("brandList"));
    m_list->setAccessibleName(tr("Brands"));
    m_list->setFixedWidth(200);
    m_notice->setObjectName(QStringLiteral("brandNotice"));
    makeForm();
    auto* add = makeButton(tr("&New brand"), QStringLiteral("newBrand"), this);
    auto* closeButton = makeButton(tr("Close"), QStringLiteral("closeBrands"), this);
    auto* left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    left->addWidget(add);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(Theme::Space);
    middle->addLayout(left);
    middle->addWidget(makeEditorCard(m_form, {nullptr, m_save}, this), 1);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_notice, 1);
    bottom->addWidget(closeButton);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(Theme::PageMargin, Theme::PageMargin, Theme::PageMargin, Theme::PageMargin);
    whole->setSpacing(Theme::Space);
    whole->addLayout(middle, 1);
    whole->addLayout(bottom);
    connect(m_list, &QListWidget::currentRowChanged, this, &BrandsDialog::showRow);
    connect(m_save, &QPushButton::clicked, this, &BrandsDialog::save);
    connect(closeButton, &QPushButton::clicked, this, &QDialog::close);
    connect(add, &QPushButton::clicked, this, [this] {
        m_list->setCurrentRow(-1);
        showBrand({});
        m_name->setFocus();
    });
    load();
}

QLineEdit* BrandsDialog::addLine(const QString& key, const QString& label, const QString& help)
{
    auto* line = new QLineEdit(m_form);
    line->setObjectName(u"brand_" + key);
    m_form->addField(key, label, line, help);
    connect(line, &QLineEdit::textEdited, this, [this] { setDirty(true); });
    return line;
}

void BrandsDialog::makeForm()
{
    m_name = addLine(QStringLiteral("name"), tr("Na&me *"), {});
    m_fromName = addLine(QStringLiteral("from_name"), tr("From name"), tr("What people see as the sender."));
    m_fromAddress = addLine(QStringLiteral("from_address"), tr("&From address *"), {});
    m_replyTo = addLine(QStringLiteral("reply_to"), tr("&Reply to"), tr("Empty: replies go to the from address."));
    m_postal = new QPlainTextEdit(m_form);
    m_postal->setObjectName(QStringLiteral("brand_postal_address"));
    m_postal->setTabChangesFocus(true);
    m_postal->setFixedHeight(70);
    m_form->addField(QStringLiteral("postal_address"), tr("&Postal address"), m_postal,
                     tr("Marketing mail has to show it in many countries."));
    connect(m_postal, &QPlainTextEdit::textChanged, this, [this] { setDirty(true); });
    m_url = addLine(QStringLiteral("public_url"), tr("Public &URL"),
                    tr("Where unsubscribe links point, for example https://news.example.org."));
    m_unsubscribe = addLine(QStringLiteral("unsubscribe_mailto"), tr("Unsu&bscribe address"),
                            tr("Mail programs offer to unsubscribe by a mail to this address."));
    m_locale = addLine(QStringLiteral("locale"), tr("&Language"), tr("For contacts that have none of their own."));
    m_timeZone = makeTimeZoneBox(m_form);
    m_timeZone->setObjectName(QStringLiteral("brand_time_zone"));
    m_form->addField(QStringLiteral("time_zone"), tr("Time &zone"), m_timeZone);
    connect(m_timeZone, &QComboBox::currentTextChanged, this, [this] { setDirty(true); });
}

void BrandsDialog::load()
{
    whenReady(m_topics.brands(), this, [this](const Result<QList<Brand>>& brands) {
        if (!brands)
            return m_notice->setText(brands.error().message);
        m_brands = *brands;
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        int row = m_brands.isEmpty() ? -1 : 0;
        for (const Brand& brand : qAsConst(m_brands)) {
            if (brand.id == m_brand.id)
                row = m_list->count();
            m_list->addItem(brand.name);
        }
        m_list->setCurrentRow(row);
        if (!m_dirty) // somebody may be typing already
            showBrand(row < 0 ? Brand() : m_brands.at(row));
    });
}

void BrandsDialog::showRow(int row)
{
    if (row < 0 || row >= m_brands.size())
        return;
    askToDiscard(m_prompts, this, m_dirty, tr("this brand"), [this, row](bool discard) {
        const QSignalBlocker quiet(m_list);
        if (discard)
            showBrand(m_brands.at(row));
        else
            m_list->setCurrentRow(int(m_brands.indexOf(m_brand)));
    });
}

void BrandsDialog::reject()
{
    askToDiscard(m_prompts, this, m_dirty, tr("this brand"), [this](bool discard) {
        if (discard)
            QDialog::reject();
    });
}

void BrandsDialog::showBrand(const Brand& brand)
{
    m_brand = brand;
    m_name->setText(brand.name);
    m_fromName->setText(brand.fromName);
    m_fromAddress->setText(brand.fromAddress);
    m_replyTo->setText(brand.replyTo);
    m_postal->setPlainText(brand.postalAddress);
    m_url->setText(brand.publicUrl);
    m_unsubscribe->setText(brand.unsubscribeMailto);
    m_locale->setText(brand.locale);
    m_timeZone->setCurrentText(brand.timeZone);
    m_form->clearErrors();
    m_notice->clear();
    setDirty(false);
}

Brand BrandsDialog::brand() const
{
    Brand brand = m_brand;
    brand.name = m_name->text().trimmed();
    brand.fromName = m_fromName->text().trimmed();
    brand.fromAddress = m_fromAddress->text().trimmed();
    brand.replyTo = m_replyTo->text().trimmed();
    brand.postalAddress = m_postal->toPlainText().trimmed();
    brand.publicUrl = m_url->text().trimmed();
    brand.unsubscribeMailto = m_unsubscribe->text().trimmed();
    brand.locale = m_locale->text().trimmed();
    brand.timeZone = m_timeZone->currentText().trimmed();
    return brand;
}

void BrandsDialog::save()
{
    m_form->clearErrors();
    m_notice->clear();
    whenReady(m_topics.saveBrand(m_caller, brand()), this, [this](const Result<qint64>& id) {
        if (!id) {
            if (!m_form->showError(id.error()))
                m_notice->setText(id.error().message);
            return;
        }
        m_brand.id = *id;
        setDirty(false);
        Q_EMIT saved();
        load();
    });
}

void BrandsDialog::setDirty(bool dirty)
{
    m_dirty = dirty;
    m_save->setEnabled(dirty);
}

} // namespace carillon::ui
