// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/base/Error.h"
#include "engine/service/TopicService.h"
#include "ui/editor/LiquidVocabulary.h"
#include "ui/topics/ContentTools.h"

#include <QJsonObject>
#include <QWidget>

class QComboBox;
class QLabel;
class QTabWidget;

namespace carillon::ui {

class ContentEditor;
class EditorPane;

// What a campaign says: its topic, the topic's content, and the campaign's own data as JSON. Belongs to its parent.
class ContentStep : public QWidget {
    Q_OBJECT

public:
    explicit ContentStep(const ContentTools& tools, QWidget* parent = nullptr);

    void setTopics(const QList<TopicSummary>& topics);
    void setChannels(const QStringList& channels);
    void setBrands(const QList<Brand>& brands);
    // Where the editors' words come from; they follow the campaign's data by themselves.
    void setVocabulary(std::function<LiquidVocabulary(const QJsonObject& data)> vocabulary);
    void updateVocabulary();

    void setTopic(const TopicDetail& topic);
    // The topic with its content as it stands in the editor.
    TopicDetail topic() const;
    void adopt(const TopicDetail& stored);
    void showTopicAgain(); // in the box, after another one was chosen and not taken

    void setData(const QJsonObject& data);
    // The last data that could be read.
    QJsonObject data() const { return m_data; }
    QString dataProblem() const; // empty when the data can be read

    QString channel() const;
    void goTo(const QString& part, int line, int column);
    bool showError(const Error& error);
    void focusFirst();

Q_SIGNALS:
    void topicChosen(qint64 id);
    void newTopicAsked();
    void contentChanged();
    void dataChanged();

private:
    QWidget* makeTopicLine();
    void readData();
    QList<TemplateProblem> checkData(const QString& text) const;

    TopicDetail m_topic;
    QJsonObject m_data;
    std::function<LiquidVocabulary(const QJsonObject& data)> m_vocabulary;
    QComboBox* m_choice;
    QLabel* m_topicError;
    QTabWidget* m_tabs;
    ContentEditor* m_content;
    EditorPane* m_dataPane;
    bool m_filling = false;
};

} // namespace carillon::ui
