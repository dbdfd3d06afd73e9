// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/topics/AttachmentsEditor.h"

#include "engine/model/Asset.h"
#include "ui/forms/Layouts.h"
#include "ui/frame/Prompts.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Theme.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QMimeDatabase>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardItemModel>
#include <QUrl>

namespace carillon::ui {

namespace {

const QString nameKey = QStringLiteral("name");
const QString typeKey = QStringLiteral("type");
const QString assetKey = QStringLiteral("asset");
const QString contentIdKey = QStringLiteral("content_id");

} // namespace

AttachmentsEditor::AttachmentsEditor(const ContentTools& tools, QWidget* parent)
    : QWidget(parent)
    , m_tools(tools)
    , m_model(new QStandardItemModel(this))
    , m_table(new DataTable(this))
    , m_problem(makeLabel({}, "error", this))
    , m_remove(makeButton(tr("Re&move"), QStringLiteral("removeAttachment"), this))
    , m_tag(makeButton(tr("Put in&to HTML"), QStringLiteral("insertCid"), this))
{
    setAcceptDrops(true);
    m_table->setObjectName(QStringLiteral("attachmentTable"));
    m_table->setAccessibleName(tr("Attachments"));
    m_table->setModel(m_model);
    m_problem->setObjectName(QStringLiteral("attachmentProblem"));
    m_tag->setToolTip(tr("Puts <img src=\"cid:…\"> where the cursor is in the HTML"));
    auto* attach = makeButton(tr("Attac&h file…"), QStringLiteral("attachFile"), this);
    auto* image = makeButton(tr("Add &image…"), QStringLiteral("attachImage"), this);
    image->setToolTip(tr("An image that the mail brings along and its HTML shows"));
    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::SmallSpace);
    for (QPushButton* button : {attach, image})
        row->addWidget(button);
    row->addWidget(makeLabel(tr("or drop files here"), "muted", this), 1);
    row->addWidget(m_tag);
    row->addWidget(m_remove);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::SmallSpace);
    column->addLayout(row);
    column->addWidget(m_problem);
    column->addWidget(m_table, 1);
    column->addStretch();
    connect(attach, &QPushButton::clicked, this, [this] { askFile(false); });
    connect(image, &QPushButton::clicked, this, [this] { askFile(true); });
    connect(m_remove, &QPushButton::clicked, this, &AttachmentsEditor::removeCurrent);
    connect(m_tag, &QPushButton::clicked, this,
            [this] { Q_EMIT tagWanted(u"<img src=\"cid:" + current().value(contentIdKey).toString() + u"\" alt=\"\">"); });
    connect(m_table, &DataTable::currentRowChanged, this, &AttachmentsEditor::updateButtons);
    refresh();
}

void AttachmentsEditor::setAttachments(const QJsonArray& attachments)
{
    if (attachments == m_attachments)
        return;
    m_attachments = attachments;
    refresh();
    for (const QJsonValue& attachment : attachments) {
        const QString hash = attachment.toObject().value(assetKey).toString();
        if (hash.isEmpty() || m_sizes.contains(hash))
            continue;
        whenReady(m_tools.asset(hash), this, [this, hash](const Result<QByteArray>& data) {
            if (data)
                m_sizes.insert(hash, data->size());
            showSizes();
        });
    }
}

void AttachmentsEditor::askFile(bool inlineImage)
{
    FileRequest request{inlineImage ? tr("Add an image") : tr("Attach a file"), {}, {}};
    if (inlineImage)
        request.filter = tr("Images (*.png *.jpg *.jpeg *.gif)");
    m_tools.prompts.openFile(this, request, [this, inlineImage](const QString& path) { addFile(path, inlineImage); });
}

void AttachmentsEditor::addFile(const QString& path, bool inlineImage)
{
    showProblem({});
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (m_attachments.size() >= Most)
        return showProblem(tr("A mail has at most %1 attachments.").arg(Most));
    if (!file.open(QIODevice::ReadOnly))
        return showProblem(tr("%1 cannot be read: %2").arg(name, file.errorString()));
    if (file.size() > Asset::maxBytes)
        return showProblem(
            tr("%1 has %2; a file of a mail has at most %3.")
                .arg(name, QLocale().formattedDataSize(file.size()), QLocale().formattedDataSize(Asset::maxBytes)));
    const QByteArray data = file.read(Asset::maxBytes);
    const QString type = QMimeDatabase().mimeTypeForFileNameAndData(name, data).name();
    if (inlineImage && !type.startsWith(u"image/"))
        return showProblem(tr("%1 is no image. Attach it as a file.").arg(name));
    keep(name, type, data, inlineImage);
}

void AttachmentsEditor::keep(const QString& name, const QString& type, const QByteArray& data, bool inlineImage)
{
    whenReady(m_tools.addAsset(data), this,
              [this, name, type, size = data.size(), inlineImage](const Result<QString>& hash) {
                  if (!hash)
                      return showProblem(hash.error().message);
                  m_sizes.insert(*hash, size);
                  QJsonObject attachment{{nameKey, name}, {typeKey, type}, {assetKey, *hash}};
                  if (inlineImage)
                      attachment.insert(contentIdKey, freeContentId(name));
                  append(attachment);
              });
}

void AttachmentsEditor::append(const QJsonObject& attachment)
{
    m_attachments.append(attachment);
    refresh();
    m_table->selectRow(m_model->rowCount() - 1);
    Q_EMIT changed();
}

// "Logo 2.png" -> "logo-2", with a number when that is taken.
QString AttachmentsEditor::freeContentId(const QString& name) const
{
    static const QRegularExpression other(QStringLiteral("[^a-z0-9]+"));
    static const QRegularExpression ends(QStringLiteral("^-|-$"));
    QString base = QFileInfo(name).completeBaseName().toLower().replace(other, QStringLiteral("-")).remove(ends);
    if (base.isEmpty())
        base = QStringLiteral("image");
    QString id = base;
    const auto taken = [this](const QString& wanted) {
        return std::any_of(m_attachments.begin(), m_attachments.end(), [&](const QJsonValue& attachment) {
            return attachment.toObject().value(contentIdKey).toString() == wanted;
        });
    };
    for (int n = 2; taken(id); ++n)
        id = base + u'-' + QString::number(n);
    return id;
}

void AttachmentsEditor::removeCurrent()
{
    const int row = m_table->currentRow();
    if (row < 0)
        return;
    m_attachments.removeAt(row);
    refresh();
    Q_EMIT changed();
}

QJsonObject AttachmentsEditor::current() const
{
    return m_attachments.at(m_table->currentRow()).toObject();
}

void AttachmentsEditor::refresh()
{
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Name"), tr("Shown in the mail as"), tr("Type"), tr("Size")});
    for (const QJsonValue& value : qAsConst(m_attachments)) {
        const QJsonObject attachment = value.toObject();
        const QString contentId = attachment.value(contentIdKey).toString();
        m_model->appendRow({new QStandardItem(attachment.value(nameKey).toString()),
                            new QStandardItem(contentId.isEmpty() ? tr("attachment") : u"cid:" + contentId),
                            new QStandardItem(attachment.value(typeKey).toString()), new QStandardItem});
    }
    m_table->setColumnWidths({0, 160, 150, 90});
    m_table->setVisible(!m_attachments.isEmpty());
    showSizes();
    updateButtons();
}

void AttachmentsEditor::showSizes()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const auto size = m_sizes.constFind(m_attachments.at(row).toObject().value(assetKey).toString());
        m_model->item(row, 3)->setText(size == m_sizes.cend() ? QString() : QLocale().formattedDataSize(*size));
    }
}

void AttachmentsEditor::updateButtons()
{
    const bool chosen = m_table->currentRow() >= 0;
    m_remove->setVisible(!m_attachments.isEmpty());
    m_remove->setEnabled(chosen);
    m_tag->setVisible(chosen && current().contains(contentIdKey));
}

void AttachmentsEditor::showProblem(const QString& sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

QString AttachmentsEditor::summary() const
{
    if (m_attachments.isEmpty())
        return {};
    qint64 size = 0;
    for (const QJsonValue& attachment : m_attachments)
        size += m_sizes.value(attachment.toObject().value(assetKey).toString());
    const QString text = QLocale().formattedDataSize(size);
    return m_attachments.size() == 1 ? tr("1 file, %1").arg(text) : tr("%1 files, %2").arg(m_attachments.size()).arg(text);
}

void AttachmentsEditor::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

// Images become inline ones: whoever wants them attached uses the button.
void AttachmentsEditor::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        if (!url.isLocalFile())
            continue;
        const QString path = url.toLocalFile();
        addFile(path, QMimeDatabase().mimeTypeForFile(path).name().startsWith(u"image/"));
    }
    event->acceptProposedAction();
}

} // namespace carillon::ui
