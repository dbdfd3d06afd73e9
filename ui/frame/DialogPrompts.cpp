// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/DialogPrompts.h"

#include "ui/widgets/Theme.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace carillon::ui {

namespace {

QMessageBox* makeBox(QWidget* over, const QString& title, const QString& text, const QString& name)
{
    auto* box = new QMessageBox(over);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(name);
    box->setWindowTitle(title);
    box->setText(text);
    box->setTextFormat(Qt::PlainText); // names of contacts and campaigns are not markup
    return box;
}

void openFileDialog(QWidget* over, const FileRequest& request, QFileDialog::AcceptMode mode,
                    std::function<void(const QString&)> done)
{
    auto* dialog = new QFileDialog(over, request.title, {}, request.filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("fileDialog"));
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptOpen ? QFileDialog::ExistingFile : QFileDialog::AnyFile);
    dialog->selectFile(request.suggestedName);
    QObject::connect(dialog, &QFileDialog::fileSelected, over,
                     [done = std::move(done)](const QString& path) { done(path); });
    dialog->open();
}

} // namespace

void DialogPrompts::confirm(QWidget* over, const Question& question, std::function<void(bool)> done)
{
    QMessageBox* box = makeBox(over, question.title, question.text, QStringLiteral("confirmDialog"));
    box->setInformativeText(question.detail);
    auto* yes = box->addButton(question.verb, question.destructive ? QMessageBox::DestructiveRole : QMessageBox::AcceptRole);
    auto* no = box->addButton(tr("&Keep as it is"), QMessageBox::RejectRole);
    setRole(yes, question.destructive ? "danger" : "primary");
    box->setDefaultButton(question.destructive ? no : yes);
    box->setEscapeButton(no);
    QObject::connect(box, &QDialog::finished, over,
                     [box, yes, done = std::move(done)] { done(box->clickedButton() == yes); });
    box->open();
}

void DialogPrompts::choose(QWidget* over, const Choice& choice, std::function<void(int)> done)
{
    QMessageBox* box = makeBox(over, choice.title, choice.text, QStringLiteral("choiceDialog"));
    QList<QAbstractButton*> verbs;
    for (const QString& verb : choice.verbs)
        verbs.append(box->addButton(verb, QMessageBox::ActionRole));
    box->setEscapeButton(box->addButton(QMessageBox::Cancel));
    if (auto* first = qobject_cast<QPushButton*>(verbs.value(0)))
        box->setDefaultButton(first);
    QObject::connect(box, &QDialog::finished, over, [box, verbs, done = std::move(done)] {
        if (const auto verb = verbs.indexOf(box->clickedButton()); verb >= 0)
            done(static_cast<int>(verb));
    });
    box->open();
}

void DialogPrompts::openFile(QWidget* over, const FileRequest& request, std::function<void(const QString&)> done)
{
    openFileDialog(over, request, QFileDialog::AcceptOpen, std::move(done));
}

void DialogPrompts::saveFile(QWidget* over, const FileRequest& request, std::function<void(const QString&)> done)
{
    openFileDialog(over, request, QFileDialog::AcceptSave, std::move(done));
}

void DialogPrompts::askText(QWidget* over, const TextRequest& request, std::function<void(const QString&)> done)
{
    auto* dialog = new QDialog(over);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("textDialog"));
    dialog->setWindowTitle(request.title);
    auto* field = new QLineEdit(request.text, dialog);
    field->setObjectName(QStringLiteral("textField"));
    field->setMinimumWidth(320);
    auto* label = new QLabel(request.label, dialog);
    label->setBuddy(field);
    auto* wrong = new QLabel(dialog);
    setRole(wrong, "error");
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, dialog);
    QPushButton* verb = buttons->addButton(request.verb, QDialogButtonBox::AcceptRole);
    verb->setDefault(true);
    auto* layout = new QVBoxLayout(dialog);
    for (QWidget* widget : std::initializer_list<QWidget*>{label, field, wrong, buttons})
        layout->addWidget(widget);

    const auto check = [field, wrong, verb, rule = request.check] {
        const QString problem = rule ? rule(field->text()) : QString();
        wrong->setText(problem);
        verb->setEnabled(problem.isEmpty() && !field->text().trimmed().isEmpty());
    };
    check();
    QObject::connect(field, &QLineEdit::textChanged, dialog, check);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(dialog, &QDialog::accepted, over, [field, done = std::move(done)] { done(field->text().trimmed()); });
    dialog->open();
}

void DialogPrompts::showError(QWidget* over, const Error& error)
{
    QMessageBox* box = makeBox(over, tr("This did not work"), error.message, QStringLiteral("errorDialog"));
    box->setIcon(QMessageBox::Warning);
    box->addButton(QMessageBox::Ok);
    box->open();
}

} // namespace carillon::ui
