// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/topics/ContentTools.h"

#include <QJsonArray>
#include <QWidget>

class QLabel;
class QPushButton;
class QStandardItemModel;

namespace carillon::ui {

class DataTable;

// The files of a mail: attachments, and images that its HTML shows by their cid: name. Added from a file dialog or by
// dropping files on it; kept in the workspace as soon as they are added. Belongs to its parent.
class AttachmentsEditor : public QWidget {
    Q_OBJECT

public:
    static constexpr int Most = 20; // of one mail

    // The tools' owner outlives it.
    AttachmentsEditor(const ContentTools& tools, QWidget* parent = nullptr);

    // As in Template::settings "attachments".
    void setAttachments(const QJsonArray& attachments);
    const QJsonArray& attachments() const { return m_attachments; }
    // Reads a file and keeps it; an image that is to be shown in the mail gets a name for cid:.
    void addFile(const QString& path, bool inlineImage);
    QString summary() const; // "2 files, 34 KB"; empty when there are none

Q_SIGNALS:
    void changed();
    void tagWanted(const QString& tag); // <img src="cid:logo" alt="">, to be put into the HTML

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void askFile(bool inlineImage);
    void keep(const QString& name, const QString& type, const QByteArray& data, bool inlineImage);
    void append(const QJsonObject& attachment);
    void removeCurrent();
    void refresh();
    void showSizes();
    void updateButtons();
    void showProblem(const QString& sentence);
    QString freeContentId(const QString& name) const;
    QJsonObject current() const;

    const ContentTools& m_tools;
    QJsonArray m_attachments;
    QHash<QString, qint64> m_sizes; // by asset
    QStandardItemModel* m_model;
    DataTable* m_table;
    QLabel* m_problem;
    QPushButton* m_remove;
    QPushButton* m_tag;
};

} // namespace carillon::ui
