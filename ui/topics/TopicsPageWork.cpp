// SPDX-License-Identifier: GPL-3.0-or-later

// What is done with the chosen topic: loaded, begun, saved, removed, sent; and the dialogs beside it.

#include "engine/base/Future.h"
#include "ui/forms/Unsaved.h"
#include "ui/frame/Prompts.h"
#include "ui/topics/BrandsDialog.h"
#include "ui/topics/ContentFacts.h"
#include "ui/topics/FrequencyCapsDialog.h"
#include "ui/topics/TopicEditor.h"
#include "ui/topics/TopicsPage.h"
#include "ui/triggers/SendNowDialog.h"
#include "ui/widgets/DataTable.h"

#include <QStackedWidget>

namespace carillon::ui {

void TopicsPage::load(qint64 id)
{
    m_shown = id;
    whenReady(services().topics.get(id), this, [this, id](const Result<TopicDetail>& topic) {
        if (id != m_shown)
            return;
        if (!topic) {
            Q_EMIT problem(topic.error());
            return;
        }
        m_editor->setTopic(*topic);
        m_detail->setCurrentWidget(m_editor);
    });
}

void TopicsPage::beginNew()
{
    askToDiscard(prompts(), this, isTopicUnsaved(), tr("this topic"), [this](bool discard) {
        if (!discard)
            return;
        m_shown = 0;
        m_table->clearSelection();
        m_editor->setTopic({});
        m_detail->setCurrentWidget(m_editor);
        m_detail->show();
        m_editor->focusFirst();
    });
}

void TopicsPage::askToSave()
{
    const TextRequest request{tr("Save with a note"), tr("What has changed, and why?"), {}, tr("Save"), {}};
    prompts().askText(this, request, [this](const QString& note) { save(note); });
}

void TopicsPage::save(const QString& note)
{
    m_editor->clearErrors();
    if (const Status right = m_editor->check(); !right) {
        m_editor->showError(right.error());
        return;
    }
    TopicDetail topic = m_editor->topic();
    topic.note = note;
    whenReady(services().topics.save(caller(), topic), this, [this, topic](const Result<qint64>& saved) {
        if (!saved) {
            if (!m_editor->showError(saved.error()))
                Q_EMIT problem(saved.error());
            return;
        }
        Q_EMIT notice(tr("Topic \"%1\" saved.").arg(topic.topic.name));
        if (m_shown == topic.topic.id)
            takeSaved(*saved, topic);
    });
}

// New routes and templates have their ids now.
void TopicsPage::takeSaved(qint64 id, const TopicDetail& sent)
{
    m_shown = id;
    whenReady(services().topics.get(id), this, [this, id, sent](const Result<TopicDetail>& stored) {
        if (!stored)
            Q_EMIT problem(stored.error());
        else if (m_shown == id)
            m_editor->setSaved(sent, *stored);
        activate();
    });
}

void TopicsPage::remove()
{
    const Topic topic = m_editor->topic().topic;
    const Question question{tr("Delete topic"), tr("Delete the topic \"%1\"?").arg(topic.name),
                            tr("Its content and its routes go, too. This cannot be undone."), tr("Delete topic"), true};
    prompts().confirm(this, question, [this, topic](bool yes) {
        if (!yes)
            return;
        whenReady(services().topics.remove(caller(), topic.id), this, [this, topic](const Status& removed) {
            if (!removed) {
                Q_EMIT problem(removed.error());
                return;
            }
            m_shown = 0;
            m_editor->setTopic({});
            m_detail->setCurrentIndex(0);
            Q_EMIT notice(tr("Topic \"%1\" deleted.").arg(topic.name));
            activate();
        });
    });
}

void TopicsPage::sendNow()
{
    auto* dialog = new SendNowDialog(services(), caller(), this);
    dialog->setTopic(m_shown);
    connect(dialog, &SendNowDialog::sent, this,
            [this](qint64 trigger) { Q_EMIT openDeliveries(u"trigger:%1"_qs.arg(trigger)); });
    dialog->open();
}

void TopicsPage::openBrands()
{
    auto* dialog = new BrandsDialog(services().topics, caller(), prompts(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &BrandsDialog::saved, m_facts, &ContentFacts::load);
    dialog->open();
}

void TopicsPage::openCaps()
{
    auto* dialog = new FrequencyCapsDialog(services().topics, caller(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace carillon::ui
