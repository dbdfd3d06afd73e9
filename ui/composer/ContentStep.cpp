// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/ContentStep.h"

#include "engine/base/Json.h"
#include "ui/editor/EditorPane.h"
#include "ui/forms/Layouts.h"
#include "ui/topics/ContentEditor.h"
#include "ui/widgets/Theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QTabWidget>

namespace carillon::ui {

ContentStep::ContentStep(const ContentTools& tools, QWidget* parent)
    : QWidget(parent)
    , m_choice(new QComboBox(this))
    , m_topicError(makeLabel({}, "error", this))
    , m_tabs(new QTabWidget(this))
    , m_content(new ContentEditor(tools, this))
    , m_dataPane(new EditorPane(QStringLiteral("data"), EditorPane::Problems::Line, this))
{
    m_topicError->setObjectName(QStringLiteral("topicChoiceError"));
    m_topicError->hide();
    LiquidEditor* data = m_dataPane->editor();
    data->setLanguage(HostLanguage::Json);
    data->setVocabulary({});
    data->setAccessibleName(tr("The campaign's data as JSON"));
    data->setPlaceholderText(tr("{ \"coupon\": \"SPRING\" }\n\nTemplates see this as data.coupon."));
    data->setChecker([this](const QString& text) { return checkData(text); });
    m_tabs->setObjectName(QStringLiteral("contentTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_content, tr("Message"));
    m_tabs->addTab(m_dataPane, tr("Data"));
    m_tabs->setTabToolTip(1, tr("Values of this campaign alone, for its templates"));
    for (QWidget* tab : {static_cast<QWidget*>(m_content), static_cast<QWidget*>(m_dataPane)})
        tab->layout()->setContentsMargins(0, Theme::Space, 0, 0);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addWidget(makeTopicLine());
    column->addWidget(m_topicError);
    column->addWidget(m_tabs, 1);
    connect(m_content, &ContentEditor::changed, this, [this] {
        if (!m_filling)
            Q_EMIT contentChanged();
    });
    connect(data, &LiquidEditor::edited, this, &ContentStep::readData);
}

QWidget* ContentStep::makeTopicLine()
{
    auto* line = new QWidget(this);
    m_choice->setObjectName(QStringLiteral("campaignTopic"));
    m_choice->setAccessibleName(tr("Topic"));
    m_choice->setPlaceholderText(tr("Choose a topic"));
    auto* label = makeLabel(tr("Topi&c"), "muted", line);
    label->setBuddy(m_choice);
    auto* add = makeButton(tr("New t&opic…"), QStringLiteral("composerNewTopic"), line);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::SmallSpace);
    row->addWidget(label);
    row->addWidget(m_choice, 1);
    row->addWidget(add);
    connect(m_choice, &QComboBox::activated, this, [this] { Q_EMIT topicChosen(m_choice->currentData().toLongLong()); });
    connect(add, &QPushButton::clicked, this, &ContentStep::newTopicAsked);
    return line;
}

void ContentStep::setTopics(const QList<TopicSummary>& topics)
{
    m_choice->clear();
    for (const TopicSummary& summary : topics)
        m_choice->addItem(tr("%1 (%2)").arg(summary.topic.name, summary.topic.key), summary.topic.id);
    showTopicAgain();
}

void ContentStep::showTopicAgain()
{
    m_choice->setCurrentIndex(m_topic.topic.id == 0 ? -1 : m_choice->findData(m_topic.topic.id));
}

void ContentStep::setChannels(const QStringList& channels)
{
    m_content->setChannels(channels);
}

void ContentStep::setBrands(const QList<Brand>& brands)
{
    m_content->setBrands(brands);
}

void ContentStep::setVocabulary(std::function<LiquidVocabulary(const QJsonObject& data)> vocabulary)
{
    m_vocabulary = std::move(vocabulary);
    updateVocabulary();
}

void ContentStep::updateVocabulary()
{
    m_content->setVocabulary(m_vocabulary ? m_vocabulary(m_data) : LiquidVocabulary::standard({}, m_data));
    m_content->recheck();
}

void ContentStep::setTopic(const TopicDetail& topic)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_topic = topic;
    m_topicError->hide();
    showTopicAgain();
    m_content->setTemplates(topic.templates);
    m_content->setEnabled(topic.topic.id != 0);
}

TopicDetail ContentStep::topic() const
{
    TopicDetail topic = m_topic;
    topic.templates = m_content->templates();
    return topic;
}

void ContentStep::adopt(const TopicDetail& stored)
{
    if (stored.topic.id != m_topic.topic.id)
        return;
    m_topic = stored;
    m_content->adopt(stored.templates);
}

void ContentStep::setData(const QJsonObject& data)
{
    const QScopedValueRollback<bool> filling(m_filling, true);
    m_data = data;
    m_dataPane->editor()->setPlainText(data.isEmpty() ? QString() : QString::fromUtf8(QJsonDocument(data).toJson()));
    updateVocabulary();
}

void ContentStep::readData()
{
    const QByteArray text = m_dataPane->editor()->toPlainText().toUtf8();
    const Result<QJsonObject> read = text.trimmed().isEmpty() ? QJsonObject() : parseJsonObject(text);
    if (m_filling || !read)
        return;
    m_data = *read;
    updateVocabulary();
    Q_EMIT dataChanged();
}

QString ContentStep::dataProblem() const
{
    const QList<TemplateProblem> problems = checkData(m_dataPane->editor()->toPlainText());
    return problems.isEmpty() ? QString() : problems.first().message;
}

QList<TemplateProblem> ContentStep::checkData(const QString& text) const
{
    if (text.trimmed().isEmpty())
        return {};
    const QByteArray bytes = text.toUtf8();
    QJsonParseError error;
    QJsonDocument::fromJson(bytes, &error);
    const Result<QJsonObject> read = parseJsonObject(bytes);
    if (read)
        return {};
    const QString before = QString::fromUtf8(bytes.left(qMin(error.offset, int(bytes.size()))));
    const int line = int(before.count(u'\n')) + 1;
    const int column = int(before.size() - before.lastIndexOf(u'\n'));
    return {{Severity::Error, QStringLiteral("data"), line, column, 1, read.error().message, int(before.size()), {}}};
}

QString ContentStep::channel() const
{
    return m_content->currentChannel();
}

void ContentStep::goTo(const QString& part, int line, int column)
{
    const bool data = part == u"data";
    m_tabs->setCurrentIndex(data ? 1 : 0);
    if (data)
        m_dataPane->editor()->goTo(line, column);
    else
        m_content->goTo(part, line, column);
}

bool ContentStep::showError(const Error& error)
{
    if (error.field.startsWith(u"topic")) {
        m_topicError->setText(error.message);
        m_topicError->show();
        return true;
    }
    return m_content->showError(error);
}

void ContentStep::focusFirst()
{
    m_choice->setFocus(Qt::OtherFocusReason);
}

} // namespace carillon::ui
