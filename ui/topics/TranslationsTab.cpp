// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/TranslationsTab.h"

#include "engine/base/Future.h"
#include "engine/service/TemplateService.h"
#include "ui/forms/Layouts.h"
#include "ui/frame/Prompts.h"
#include "ui/topics/PartWords.h"
#include "ui/topics/TextsCsv.h"
#include "ui/topics/TextsFilter.h"
#include "ui/topics/TextsModel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/SearchField.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Words.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSaveFile>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>

namespace carillon::ui {

namespace {

constexpr int rowHeight = 32;
constexpr int keyWidth = 220;
constexpr int textWidth = 260;

} // namespace

TranslationsTab::TranslationsTab(const Services& services, const Caller& caller, Prompts& prompts, QWidget* parent)
    : LibraryTab(parent)
    , m_services(services)
    , m_caller(caller)
    , m_prompts(prompts)
    , m_model(new TextsModel(this))
    , m_filtered(new TextsFilter(this))
    , m_brand(new QComboBox(this))
    , m_onlyMissing(new QCheckBox(tr("Only &missing"), this))
    , m_table(new QTableView(this))
    , m_count(makeLabel({}, "muted", this))
{
    setObjectName(QStringLiteral("translationsTab"));
    m_model->setPalette(palette());
    m_filtered->setSourceModel(m_model);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterKeyColumn(-1);
    m_save = makeButton(tr("&Save"), QStringLiteral("saveTexts"), this, "primary");
    m_remove = makeButton(tr("&Delete key…"), QStringLiteral("removeTextKey"), this, "danger");
    m_count->setObjectName(QStringLiteral("textCount"));
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_remove);
    bottom->addWidget(m_count, 1);
    bottom->addWidget(m_save);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(Theme::Space);
    whole->addWidget(makeTools());
    whole->addWidget(makeTable(), 1);
    whole->addLayout(bottom);
    connect(m_model, &TextsModel::edited, this, &TranslationsTab::updateControls);
    connect(m_onlyMissing, &QCheckBox::toggled, m_filtered, &TextsFilter::setOnlyMissing);
    connect(m_brand, &QComboBox::activated, this, &TranslationsTab::chooseBrand);
    connect(m_remove, &QPushButton::clicked, this, &TranslationsTab::askToRemove);
    connect(m_save, &QPushButton::clicked, this, &TranslationsTab::save);
    setBrands({});
    updateControls();
}

QWidget* TranslationsTab::makeTools()
{
    auto* tools = new QWidget(this);
    auto* search = new SearchField(tr("Search keys and texts"), tools);
    search->setObjectName(QStringLiteral("textSearch"));
    search->setAccessibleName(tr("Search translations"));
    m_onlyMissing->setObjectName(QStringLiteral("onlyMissing"));
    m_brand->setObjectName(QStringLiteral("textBrand"));
    m_brand->setAccessibleName(tr("Brand"));
    auto* importing = makeButton(tr("&Import…"), QStringLiteral("importTexts"), tools);
    auto* exporting = makeButton(tr("E&xport…"), QStringLiteral("exportTexts"), tools);
    auto* locale = makeButton(tr("Add &language…"), QStringLiteral("addTextLocale"), tools);
    auto* key = makeButton(tr("Add &key…"), QStringLiteral("addTextKey"), tools);
    importing->setToolTip(tr("A CSV file: key, then a column for each language"));
    auto* row = new QHBoxLayout(tools);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(search, 1);
    row->addWidget(m_brand);
    row->addWidget(m_onlyMissing);
    for (QPushButton* button : {importing, exporting, locale, key})
        row->addWidget(button);
    connect(search, &SearchField::searched, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(importing, &QPushButton::clicked, this, &TranslationsTab::importFile);
    connect(exporting, &QPushButton::clicked, this, &TranslationsTab::exportFile);
    connect(locale, &QPushButton::clicked, this, &TranslationsTab::askLocale);
    connect(key, &QPushButton::clicked, this, &TranslationsTab::askKey);
    return tools;
}

QWidget* TranslationsTab::makeTable()
{
    m_table->setObjectName(QStringLiteral("textTable"));
    m_table->setAccessibleName(tr("Translations"));
    m_table->setModel(m_filtered);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(rowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setDefaultSectionSize(textWidth);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto* nothing = new EmptyState(
        QStringLiteral("topics"), tr("No translations yet"),
        tr("Give a text a key and say it in each language; templates put it in with {{ \"greeting\" | t }}."),
        tr("Add a key"), this);
    connect(nothing, &EmptyState::stepTaken, this, &TranslationsTab::askKey);
    m_view = new QStackedWidget(this);
    m_view->addWidget(m_table);
    m_view->addWidget(nothing);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &TranslationsTab::updateControls);
    return m_view;
}

void TranslationsTab::setBrands(const QList<Brand>& brands)
{
    const QSignalBlocker quiet(m_brand);
    m_brand->clear();
    m_brand->addItem(tr("Every brand"), 0);
    for (const Brand& brand : brands)
        m_brand->addItem(brand.name, brand.id);
    m_brand->setCurrentIndex(qMax(0, m_brand->findData(m_brandId)));
    m_brand->setVisible(brands.size() > 1);
}

void TranslationsTab::activate()
{
    if (!hasUnsavedChanges())
        load();
}

bool TranslationsTab::hasUnsavedChanges() const
{
    return m_model->isChanged();
}

void TranslationsTab::load()
{
    whenReady(m_services.templates.shared(TemplateScope::Texts), this, [this](const Result<QList<Template>>& texts) {
        if (!texts)
            Q_EMIT problem(texts.error());
        else if (!hasUnsavedChanges())
            take(*texts);
    });
}

void TranslationsTab::take(const QList<Template>& texts)
{
    m_all = texts;
    QList<Template> own;
    for (const Template& text : texts) {
        if (text.brandId == m_brandId)
            own << text;
    }
    m_model->setTexts(own);
    m_table->setColumnWidth(0, keyWidth);
    updateControls();
}

void TranslationsTab::chooseBrand()
{
    const qint64 wanted = m_brand->currentData().toLongLong();
    if (hasUnsavedChanges()) {
        m_brand->setCurrentIndex(m_brand->findData(m_brandId));
        Q_EMIT problem({ErrorCode::Conflict, tr("Save these translations first."), {}});
        return;
    }
    m_brandId = wanted;
    take(m_all);
}

void TranslationsTab::askKey()
{
    TextRequest request{tr("Add a key"), tr("Key, for example greeting or order.shipped"), {}, tr("Add key"), {}};
    request.check = [this](const QString& key) { return key.isEmpty() ? QString() : m_model->keyProblem(key.trimmed()); };
    m_prompts.askText(this, request, [this](const QString& key) {
        if (m_model->locales().isEmpty())
            m_model->addLocale({});
        m_model->addKey(key);
        updateControls();
        const int row = int(m_model->keys().indexOf(key));
        m_table->setCurrentIndex(m_filtered->mapFromSource(m_model->index(row, 1)));
        m_table->setFocus(Qt::OtherFocusReason);
    });
}

void TranslationsTab::askLocale()
{
    TextRequest request{tr("Add a language"), tr("Language tag, for example de or pt-BR"), {}, tr("Add language"), {}};
    request.check = [this](const QString& text) {
        const QString locale = text.trimmed();
        if (locale.isEmpty())
            return QString();
        return m_model->locales().contains(locale) ? tr("It is there already.") : localeProblem(locale);
    };
    m_prompts.askText(this, request, [this](const QString& locale) {
        m_model->addLocale(locale);
        updateControls();
    });
}

void TranslationsTab::askToRemove()
{
    const QString key = m_table->currentIndex().siblingAtColumn(0).data().toString();
    if (key.isEmpty())
        return;
    const Question question{tr("Delete a key"), tr("Delete the key “%1” in every language?").arg(key),
                            tr("Templates that ask for it get the key itself. It takes effect when you save."),
                            tr("Delete key"), true};
    m_prompts.confirm(this, question, [this, key](bool yes) {
        if (yes)
            m_model->removeKeys({key});
    });
}

void TranslationsTab::importFile()
{
    m_prompts.openFile(this, {tr("Import translations"), tr("CSV files (*.csv)"), {}}, [this](const QString& path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            Q_EMIT problem({ErrorCode::NotFound, tr("%1 cannot be read: %2").arg(path, file.errorString()), {}});
            return;
        }
        const Result<int> changed = textsFromCsv(file.readAll(), *m_model);
        updateControls();
        if (!changed)
            Q_EMIT problem(changed.error());
        else
            Q_EMIT notice(tr("Texts that were changed: %1. Look at them and save.").arg(countText(*changed)));
    });
}

void TranslationsTab::exportFile()
{
    const FileRequest request{tr("Export translations"), tr("CSV files (*.csv)"), QStringLiteral("translations.csv")};
    m_prompts.saveFile(this, request, [this](const QString& path) {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(textsToCsv(*m_model)) >= 0 && file.commit();
        if (written)
            Q_EMIT notice(tr("Translations written to %1.").arg(path));
        else
            Q_EMIT problem({ErrorCode::Internal, tr("%1 cannot be written: %2").arg(path, file.errorString()), {}});
    });
}

void TranslationsTab::save()
{
    m_save->setEnabled(false);
    QList<Template> waiting = m_model->changed();
    for (Template& text : waiting)
        text.brandId = m_brandId;
    saveNext(waiting);
}

// One language after the other; the first that is refused stops it, and what was saved is saved.
void TranslationsTab::saveNext(QList<Template> waiting)
{
    if (waiting.isEmpty()) {
        updateControls();
        Q_EMIT notice(tr("Translations saved."));
        Q_EMIT saved();
        return;
    }
    const Template text = waiting.takeFirst();
    whenReady(m_services.templates.save(m_caller, text, {}), this, [this, waiting](const Result<Template>& stored) {
        if (!stored) {
            updateControls();
            Q_EMIT problem(stored.error());
            return;
        }
        m_model->adopt(*stored);
        saveNext(waiting);
    });
}

void TranslationsTab::updateControls()
{
    m_view->setCurrentIndex(m_model->keys().isEmpty() ? 1 : 0);
    m_remove->setVisible(!m_model->keys().isEmpty());
    m_remove->setEnabled(m_table->currentIndex().isValid());
    m_save->setEnabled(hasUnsavedChanges());
    QString words = tr("Keys: %1").arg(countText(m_model->keys().size()));
    if (const int missing = m_model->missingCount())
        words += u", " + tr("texts missing: %1").arg(countText(missing));
    m_count->setText(m_model->keys().isEmpty() ? QString() : words);
}

void TranslationsTab::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_model->setPalette(palette());
}

} // namespace carillon::ui
