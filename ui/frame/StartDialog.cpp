// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/StartDialog.h"

#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

constexpr int dialogWidth = 460;

} // namespace

StartDialog::StartDialog(QString suggestedPath, QWidget* parent)
    : QDialog(parent)
    , m_suggestedPath(std::move(suggestedPath))
{
    setWindowTitle(tr("Welcome to Carillon"));
    setMinimumWidth(dialogWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 20, 24, 24);
    column->setSpacing(6);
    auto* heading = new QLabel(tr("Where do you want to begin?"), this);
    QFont font = heading->font();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    font.setWeight(QFont::DemiBold);
    heading->setFont(font);
    column->addWidget(heading);
    column->addSpacing(8);
    QPushButton* sample
        = addChoice(column, QStringLiteral("startSample"), tr("&Try the sample workspace"),
                    tr("250 people who do not exist and a campaign ready to send. Nothing leaves this machine."));
    QPushButton* fresh = addChoice(column, QStringLiteral("startNew"), tr("Make a &new workspace"),
                                   tr("An empty one, in %1.").arg(m_suggestedPath));
    QPushButton* open = addChoice(column, QStringLiteral("startOpen"), tr("&Open a workspace\u2026"),
                                  tr("A file that was made before, here or elsewhere."));
    sample->setDefault(true);
    connect(sample, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT sampleChosen();
    });
    connect(fresh, &QPushButton::clicked, this, [this] {
        accept();
        Q_EMIT workspaceChosen(m_suggestedPath);
    });
    connect(open, &QPushButton::clicked, this, &StartDialog::chooseExisting);
}

QPushButton* StartDialog::addChoice(QVBoxLayout* column, const QString& name, const QString& title,
                                    const QString& explanation)
{
    auto* button = new QPushButton(title, this);
    button->setObjectName(name);
    button->setAccessibleDescription(explanation);
    auto* label = new QLabel(explanation, this);
    label->setWordWrap(true);
    label->setEnabled(false); // in the quiet colour of the palette
    column->addWidget(button);
    column->addWidget(label);
    column->addSpacing(10);
    return button;
}

void StartDialog::chooseExisting()
{
    auto* files = new QFileDialog(this, tr("Open a workspace"), {}, tr("Carillon workspaces (*.carillon);;All files (*)"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    connect(files, &QFileDialog::fileSelected, this, [this](const QString& path) {
        accept();
        Q_EMIT workspaceChosen(path);
    });
    files->open();
}

} // namespace carillon::ui
