// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TopicEditor.h"

#include "ui/forms/FieldForm.h"
#include "ui/forms/Layouts.h"
#include "ui/topics/ContentEditor.h"
#include "ui/topics/ContentLevels.h"
#include "ui/topics/NextChannelField.h"
#include "ui/topics/RoutesEditor.h"
#include "ui/topics/RulesForm.h"
#include "ui/topics/TopicKey.h"
#include "ui/widgets/Theme.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>

namespace carillon::ui {

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

} // namespace

TopicEditor::TopicEditor(const ContentTools& tools, QWidget* parent)
    : QWidget(parent)
    , m_form(new FieldForm(this))
    , m_name(new QLineEdit(this))
    , m_key(new QLineEdit(this))
    , m_category(new QComboBox(this))
    , m_brand(new QComboBox(this))
    , m_attempts(new QSpinBox(this))
    , m_uncertain(new QComboBox(this))
    , m_borrowed(makeLabel({}, "muted", this))
    , m_routes(new RoutesEditor(this))
    , m_nextChannel(new NextChannelField(this))
    , m_content(new ContentEditor(tools, this))
    , m_tabs(new QTabWidget(this))
    , m_save(makeButton(tr("&Save"), QStringLiteral("saveTopic"), this, "primary"))
    , m_saveWithNote(makeButton(tr("Save with n&ote…"), QStringLiteral("saveTopicWithNote"), this))
    , m_remove(makeButton(tr("&Delete…"), QStringLiteral("removeTopic"), this, "danger"))
{
    m_tabs->setObjectName(QStringLiteral("topicTabs"));
    m_tabs->setDocumentMode(true);
    auto* contentTab = new QWidget(m_tabs);
    auto* around = new QVBoxLayout(contentTab);
    around->setContentsMargins(Theme::Space, Theme::Space, Theme::Space, 0);
    m_borrowed->setObjectName(QStringLiteral("borrowedContent"));
    m_borrowed->hide();
    around->addWidget(m_borrowed);
    around->addWidget(m_content);
    m_tabs->addTab(makeSettings(), tr("Settings"));
    m_tabs->addTab(contentTab, tr("Content"));
    auto* card = new QFrame(this);
    setRole(card, "card");
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(Theme::Space, 0, Theme::Space, Theme::Space);
    buttons->addWidget(m_remove);
    buttons->addStretch(1);
    m_saveWithNote->setToolTip(tr("The note stands in the history of the content"));
    buttons->addWidget(m_saveWithNote);
    buttons->addWidget(m_save);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->setSpacing(Theme::Space);
    inside->addWidget(m_tabs, 1);
    inside->addLayout(buttons);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(card);
    const auto touched = [this] { setUnsaved(true); };
    connect(m_content, &ContentEditor::changed, this, touched);
    connect(m_routes, &RoutesEditor::changed, this, touched);
    connect(m_nextChannel, &NextChannelField::changed, this, touched);
    connect(m_save, &QPushButton::clicked, this, &TopicEditor::saveAsked);
    connect(m_saveWithNote, &QPushButton::clicked, this, &TopicEditor::saveWithNoteAsked);
    connect(m_remove, &QPushButton::clicked, this, &TopicEditor::removeAsked);
}

QWidget* TopicEditor::makeSettings()
{
    m_name->setObjectName(QStringLiteral("topicName"));
    m_key->setObjectName(QStringLiteral("topicKey"));
    m_category->setObjectName(QStringLiteral("topicCategory"));
    m_category->addItem(tr("Transactional"), int(Category::Transactional));
    m_category->addItem(tr("Marketing"), int(Category::Marketing));
    m_category->addItem(tr("System"), int(Category::System));
    m_brand->setObjectName(QStringLiteral("topicBrand"));
    m_attempts->setObjectName(QStringLiteral("topicAttempts"));
    m_attempts->setRange(1, 50);
    m_attempts->setMaximumWidth(100);
    m_uncertain->setObjectName(QStringLiteral("topicUncertain"));
    m_uncertain->addItem(tr("Send it again (better twice than never)"), int(UncertainPolicy::Resend));
    m_uncertain->addItem(tr("Hold it for a person to decide"), int(UncertainPolicy::Hold));
    m_form->addField(QStringLiteral("name"), tr("Na&me *"), m_name);
    m_form->addField(QStringLiteral("key"), tr("&Key *"), m_key,
                     tr("How programs call it: lower case, digits, dots, dashes, underscores."));
    m_form->addField(QStringLiteral("category"), tr("&Category"), m_category);
    m_form->addField(QStringLiteral("brand"), tr("B&rand"), m_brand);
    m_form->addField(QStringLiteral("routes"), tr("&Goes out through"), m_routes,
                     tr("The first account that serves a contact is taken; the next ones are fallbacks."));
    m_form->addField(QStringLiteral("next_channel_after_ms"), tr("Ne&xt channel"), m_nextChannel,
                     tr("A contact that has not read it by then gets it on the next channel above, too; at once when it "
                        "could not be sent."));
    m_form->addField(QStringLiteral("lifetime"), tr("&Expires after"), makeLifetime(),
                     tr("What could not be sent by then is not sent at all."));
    m_form->addField(QStringLiteral("max_attempts"), tr("A&ttempts"), m_attempts);
    m_form->addField(QStringLiteral("uncertain_policy"), tr("&When in doubt"), m_uncertain,
                     tr("If Carillon stops between sending a message and noting it down."));
    m_rules = new RulesForm(m_form);
    const auto touched = [this] { setUnsaved(true); };
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& name) {
        if (m_keyFollowsName)
            m_key->setText(topicKeyFor(name));
        setUnsaved(true);
    });
    connect(m_key, &QLineEdit::textEdited, this, [this](const QString& key) {
        m_keyFollowsName = m_detail.topic.id == 0 && key.isEmpty();
        setUnsaved(true);
    });
    for (QComboBox* box : {m_category, m_brand, m_uncertain})
        connect(box, &QComboBox::activated, this, touched);
    connect(m_attempts, &QSpinBox::valueChanged, this, touched);
    connect(m_rules, &RulesForm::changed, this, touched);
    auto* scrolled = makeEditorCard(m_form, {}, m_tabs);
    setRole(scrolled, "page");
    return scrolled;
}

QWidget* TopicEditor::makeLifetime()
{
    auto* box = new QWidget(this);
    m_lifetime = new QSpinBox(box);
    m_lifetime->setObjectName(QStringLiteral("topicLifetime"));
    m_lifetime->setAccessibleName(tr("Expires after"));
    m_lifetime->setRange(0, 10'000);
    m_lifetime->setSpecialValueText(tr("never"));
    m_lifetimeUnit = new QComboBox(box);
    m_lifetimeUnit->setObjectName(QStringLiteral("topicLifetimeUnit"));
    m_lifetimeUnit->setAccessibleName(tr("Unit"));
    m_lifetimeUnit->addItem(tr("minutes"), minute);
    m_lifetimeUnit->addItem(tr("hours"), hour);
    m_lifetimeUnit->addItem(tr("days"), day);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(m_lifetime);
    row->addWidget(m_lifetimeUnit);
    row->addStretch(1);
    box->setFocusProxy(m_lifetime);
    connect(m_lifetime, &QSpinBox::valueChanged, this, [this](int value) {
        m_lifetimeUnit->setVisible(value > 0);
        setUnsaved(true);
    });
    connect(m_lifetimeUnit, &QComboBox::activated, this, [this] { setUnsaved(true); });
    return box;
}

void TopicEditor::showLifetime(qint64 ms)
{
    const qint64 unit = ms % day == 0 ? day : ms % hour == 0 ? hour : minute;
    m_lifetimeUnit->setCurrentIndex(m_lifetimeUnit->findData(unit));
    m_lifetime->setValue(int(ms / unit));
    m_lifetimeUnit->setVisible(ms > 0);
}

// A lifetime that this form cannot show exactly (it came by the API) stays as it is until somebody changes it here.
qint64 TopicEditor::lifetime() const
{
    const qint64 unit = m_lifetimeUnit->currentData().toLongLong();
    const bool untouched = m_detail.topic.lifetimeMs / unit == m_lifetime->value();
    return untouched ? m_detail.topic.lifetimeMs : m_lifetime->value() * unit;
}

void TopicEditor::setBrands(const QList<Brand>& brands)
{
    const QVariant chosen = m_brand->currentData();
    m_content->setBrands(brands);
    m_brand->clear();
    for (const Brand& brand : brands)
        m_brand->addItem(brand.name, brand.id);
    m_brand->setCurrentIndex(qMax(0, m_brand->findData(chosen)));
    if (m_detail.topic.brandId != 0 && !m_dirty)
        m_brand->setCurrentIndex(m_brand->findData(m_detail.topic.brandId));
}

void TopicEditor::setCategoryContent(const QList<Template>& templates)
{
    m_categoryContent = templates;
    showBorrowed();
}

void TopicEditor::showBorrowed()
{
    const QStringList sentences = borrowedContent(topic(), m_accounts, m_categoryContent);
    m_borrowed->setText(tr("Not written here – %1.").arg(sentences.join(QStringLiteral("; "))));
    m_borrowed->setVisible(!sentences.isEmpty());
}

void TopicEditor::setAccounts(const QList<Account>& accounts)
{
    m_accounts = accounts;
    m_routes->setAccounts(accounts);
}

void TopicEditor::setVocabulary(const LiquidVocabulary& vocabulary)
{
    m_content->setVocabulary(vocabulary);
}

void TopicEditor::recheck()
{
    m_content->recheck();
}

void TopicEditor::setChannels(const QStringList& channels)
{
    m_content->setChannels(channels);
}

void TopicEditor::setTopic(const TopicDetail& detail)
{
    m_detail = detail;
    m_keyFollowsName = detail.topic.id == 0;
    m_name->setText(detail.topic.name);
    m_key->setText(detail.topic.key);
    m_category->setCurrentIndex(m_category->findData(int(detail.topic.category)));
    m_brand->setCurrentIndex(qMax(0, m_brand->findData(detail.topic.brandId)));
    showLifetime(detail.topic.lifetimeMs);
    m_attempts->setValue(detail.topic.maxAttempts);
    m_uncertain->setCurrentIndex(m_uncertain->findData(int(detail.topic.uncertainPolicy)));
    m_rules->setRules(detail.topic.rules);
    m_routes->setRoutes(detail.routes);
    m_nextChannel->setAfter(detail.topic.rules.nextChannelAfterMs);
    m_content->setTemplates(detail.templates);
    m_remove->setVisible(detail.topic.id != 0);
    clearErrors();
    setUnsaved(false);
}

TopicDetail TopicEditor::topic() const
{
    TopicDetail detail = m_detail;
    detail.topic.name = m_name->text().trimmed();
    detail.topic.key = m_key->text().trimmed();
    detail.topic.category = Category(m_category->currentData().toInt());
    detail.topic.brandId = m_brand->currentData().toLongLong();
    detail.topic.lifetimeMs = lifetime();
    detail.topic.maxAttempts = m_attempts->value();
    detail.topic.uncertainPolicy = UncertainPolicy(m_uncertain->currentData().toInt());
    if (const Result<DispatchRules> rules = m_rules->rules())
        detail.topic.rules = *rules;
    detail.topic.rules.nextChannelAfterMs = m_nextChannel->after();
    detail.routes = m_routes->routes();
    detail.templates = m_content->templates();
    return detail;
}

Status TopicEditor::check() const
{
    const Result<DispatchRules> rules = m_rules->rules();
    return rules ? Status() : fail(rules.error());
}

void TopicEditor::setSaved(const TopicDetail& sent, const TopicDetail& stored)
{
    const TopicDetail now = topic();
    const bool same = now.topic == sent.topic && now.routes == sent.routes && now.templates == sent.templates;
    m_detail = stored;
    m_routes->adopt(stored.routes);
    m_content->adopt(stored.templates);
    m_remove->show();
    setUnsaved(!same);
}

void TopicEditor::setUnsaved(bool unsaved)
{
    m_dirty = unsaved;
    showBorrowed();
    m_save->setEnabled(unsaved);
    m_saveWithNote->setEnabled(unsaved);
}

void TopicEditor::clearErrors()
{
    m_form->clearErrors();
}

bool TopicEditor::showError(const Error& error)
{
    if (m_form->field(error.field)) {
        m_tabs->setCurrentIndex(0);
        return m_form->showError(error);
    }
    const bool shown = m_content->showError(error);
    if (shown)
        m_tabs->setCurrentIndex(1);
    return shown;
}

void TopicEditor::focusFirst()
{
    m_tabs->setCurrentIndex(0);
    m_name->setFocus(Qt::OtherFocusReason);
}

} // namespace carillon::ui
